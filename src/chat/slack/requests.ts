import type { App, BlockAction, ButtonAction, RespondFn, SlashCommand } from '@slack/bolt'
import type { Logger } from '../../log.js'
import type { CommandHandler, MessageRef, Reply, RequestOrigin } from '../platform.js'
import type { Answerer } from './answers.js'
import type { Members } from './members.js'
import type { SharedRepeats } from './repeats.js'

/** What the requests need of the platform. */
export interface RequestServices {
  /** Set by `start`. */
  handler(): CommandHandler
  members: Members
  answerer: Answerer
  /** What was asked before, here or in another process. */
  repeats: SharedRepeats
  logger: Logger
  /** Keeps `stop` waiting until the work is done. */
  inHand<Value>(work: Promise<Value>): Promise<Value>
}

/** Adds what Socket Mode says beside the payload to what a listener sees: the envelope, told apart from a repeat. */
export function envelope(args: { envelope_id?: string }): Record<string, string> {
  return args.envelope_id ? { envelopeId: args.envelope_id } : {}
}

/**
 * Slash commands and buttons. Each is acknowledged before anything else is done (Slack gives up after 3 s: bolt-js,
 * "Acknowledging requests"), then handed to the core, then answered through its `response_url`.
 */
export function listen(app: App, services: RequestServices): void {
  /** Commands of every name: what ours is called is the manifest's choice. */
  app.command(/.*/, async ({ command, ack, respond, context }) => {
    await acknowledge(ack, services.logger)
    const keys = repeatKeys(context, [command.trigger_id, command.response_url, command.channel_id, command.text])
    if (await services.repeats.isRepeat(keys)) return
    await services.inHand(answerCommand(services, command, respond))
  })

  app.action({ type: 'block_actions' }, async ({ body, action, ack, respond, context }) => {
    await acknowledge(ack, services.logger)
    if (action.type !== 'button' || action.value === undefined) return
    const keys = repeatKeys(context, [body.trigger_id, body.response_url, action.action_ts, action.value])
    if (await services.repeats.isRepeat(keys)) return
    await services.inHand(answerButton(services, body, action, respond))
  })
}

/** Tells Slack that its request arrived; the answer is worked on even if Slack cannot be told. */
export async function acknowledge(ack: () => Promise<void>, logger: Logger): Promise<void> {
  try {
    await ack()
  } catch (error) {
    logger.warn(
      { reason: (error as Error).message },
      'Slack could not be told that its request arrived; answering anyway'
    )
  }
}

/** The envelope's id, and what makes the payload one of its kind; without a trigger id nothing does. */
export function repeatKeys(context: Record<string, unknown>, parts: (string | undefined)[]): string[] {
  const keys: string[] = []
  if (typeof context.envelopeId === 'string') keys.push(`envelope ${context.envelopeId}`)
  if (parts[0]) keys.push(JSON.stringify(parts))
  return keys
}

async function answerCommand(services: RequestServices, command: SlashCommand, respond: RespondFn): Promise<void> {
  const origin: RequestOrigin = {
    platform: 'slack',
    actor: { id: command.user_id, name: command.user_name || command.user_id },
    workspace: { id: command.team_id, name: command.team_domain || command.team_id },
    channel: { id: command.channel_id, name: command.channel_name || command.channel_id },
    isManager: () => services.members.isManager(command.user_id)
  }
  const reply = await services.handler().command({ ...origin, text: typedText(command.text ?? '') })
  await services.answerer.answer({ user: command.user_id, channel: command.channel_id, respond }, reply)
}

async function answerButton(
  services: RequestServices,
  body: BlockAction,
  action: ButtonAction,
  respond: RespondFn
): Promise<void> {
  const workspace = body.team ?? { id: body.user.team_id ?? '', domain: '' }
  const channelId = body.channel?.id ?? body.container?.channel_id ?? ''
  const message = messageRef(body, workspace.id, channelId)
  const origin: RequestOrigin = {
    platform: 'slack',
    actor: { id: body.user.id, name: body.user.name || body.user.username || body.user.id },
    workspace: { id: workspace.id, name: workspace.domain || workspace.id },
    channel: { id: channelId, name: body.channel?.name || channelId },
    isManager: () => services.members.isManager(body.user.id)
  }
  const reply: Reply = await services.handler().button({ ...origin, action: unescaped(action.value ?? ''), message })
  const thread = body.container?.thread_ts ?? body.message?.thread_ts
  await services.answerer.answer({ user: body.user.id, channel: channelId, respond, message, thread }, reply)
}

/** Null for ephemeral messages: Slack lets nobody edit or answer those by their time stamp. */
function messageRef(body: BlockAction, workspaceId: string, channelId: string): MessageRef | null {
  const messageId = body.container?.message_ts ?? body.message?.ts
  if (!messageId || body.container?.is_ephemeral) return null
  return { workspaceId, channelId, messageId }
}

/** What a person typed, out of Slack's writing: links without brackets, entities as signs. */
export function typedText(text: string): string {
  return unescaped(text.replace(/<(https?:[^|>]+)(?:\|[^>]*)?>/g, '$1'))
}

/** Slack escapes these three in what it sends, the words of buttons among them (bolt-python issue 513). */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
