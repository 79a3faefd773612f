import type { RespondArguments, RespondFn } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import type { Logger } from '../../log.js'
import type { MessageRef, Reply } from '../platform.js'
import { ConnectionCut, contractError } from './errors.js'
import { type Rendered, render } from './render.js'

/** Who is answered, where, and by which way. */
export interface AnswerTo {
  user: string
  channel: string
  /** Posts to the request's `response_url`. */
  respond: RespondFn
  /** Where the pressed button hung; null when it was ephemeral. */
  message?: MessageRef | null
  /** The thread that the button hung in. */
  thread?: string | undefined
}

/**
 * Answers commands and buttons: through the `response_url`, which needs no scope and reaches channels that the bot is not
 * in, and, when that fails (used five times, older than 30 minutes), by the Web API.
 */
export class Answerer {
  constructor(
    private readonly client: WebClient,
    private readonly logger: Logger
  ) {}

  /** Never rejects: there is nobody left to tell but the log. */
  async answer(to: AnswerTo, reply: Reply): Promise<void> {
    try {
      const rendered = render(reply.message)
      const reason = await refusalOf(to.respond, payload(to, reply, rendered))
      if (reason === null) return
      this.logger.info({ reason }, 'the response_url did not take an answer; sending it by the Web API')
      await this.byWebApi(to, reply, rendered)
    } catch (error) {
      const reason = contractError(error, 'answering a command').message
      this.logger.error({ channel: to.channel, user: to.user, reason }, 'an answer did not reach its reader')
    }
  }

  private async byWebApi(to: AnswerTo, reply: Reply, rendered: Rendered): Promise<void> {
    const thread = to.thread ? { thread_ts: to.thread } : {}
    if (reply.replace && to.message) {
      await this.client.chat.update({ channel: to.channel, ts: to.message.messageId, ...rendered })
    } else if (reply.public) {
      const still = { unfurl_links: false, unfurl_media: false }
      await this.client.chat.postMessage({ channel: to.channel, ...rendered, ...still, ...thread })
    } else {
      await this.client.chat.postEphemeral({ channel: to.channel, user: to.user, ...rendered, ...thread })
    }
  }
}

function payload(to: AnswerTo, reply: Reply, rendered: Rendered): RespondArguments {
  return {
    ...rendered,
    response_type: reply.public ? 'in_channel' : 'ephemeral',
    replace_original: reply.replace ?? false,
    unfurl_links: false,
    unfurl_media: false,
    ...(to.thread && !reply.replace && { thread_ts: to.thread })
  }
}

/** Null when the answer was taken, or may have been: a public answer must not come twice. */
async function refusalOf(respond: RespondFn, answer: RespondArguments): Promise<string | null> {
  try {
    const response = await respond(answer)
    return refusalIn(await response.text())
  } catch (error) {
    if (error instanceof ConnectionCut && answer.response_type === 'in_channel') throw error
    return (error as Error).message
  }
}

/** Slack answers "ok", and at times 200 with `{"ok": false, "error": …}`. */
function refusalIn(body: string): string | null {
  if (!body.startsWith('{')) return null
  try {
    const answer = JSON.parse(body) as { ok?: boolean; error?: string }
    return answer.ok === false ? (answer.error ?? 'refused') : null
  } catch {
    return null
  }
}
