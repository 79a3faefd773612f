import {
  type ChatPlatform,
  type CommandHandler,
  type CommandRequest,
  Gone,
  MessageGone,
  RetryLater,
  UnknownOutcome
} from '../chat/platform.js'
import type { Room } from '../feeds/poll.js'
import type { FeedState, PollResult } from '../model/feed.js'
import type { Figures } from './figures.js'

type Poll = (feed: FeedState, room?: Room) => Promise<PollResult>

/** The same poll, counted by what comes of it. */
export function countedPoll(poll: Poll, { polls }: Figures): Poll {
  return async (feed, room) => {
    const result = await poll(feed, room)
    polls.inc({ outcome: result.outcome === 'failed' ? result.failure : result.outcome })
    return result
  }
}

/** The same platform, its posts and edits counted by what comes of them. */
export function countedPlatform(platform: ChatPlatform, figures: Figures): ChatPlatform {
  async function counted<Result>(counter: Figures['deliveries'], work: Promise<Result>): Promise<Result> {
    try {
      const result = await work
      counter.inc({ platform: platform.name, outcome: 'sent' })
      return result
    } catch (error) {
      counter.inc({ platform: platform.name, outcome: outcomeOf(error) })
      throw error
    }
  }
  return {
    name: platform.name,
    start: (handler, options) => platform.start(handler, options),
    post: (...args) => counted(figures.deliveries, platform.post(...args)),
    edit: (...args) => counted(figures.edits, platform.edit(...args)),
    permalink: (ref) => platform.permalink?.(ref) ?? null,
    stop: () => platform.stop()
  }
}

/** The same handler, with the time that each answer took. `names`: the commands there are; others count as "unknown". */
export function timedHandler(handler: CommandHandler, names: readonly string[], figures: Figures): CommandHandler {
  const known = new Set(names)
  async function timed<Result>(platform: string, command: string, work: Promise<Result>): Promise<Result> {
    const end = figures.commands.startTimer({ platform, command: known.has(command) ? command : 'unknown' })
    try {
      return await work
    } finally {
      end()
    }
  }
  return {
    command: (request) => timed(request.platform, commandOf(request), handler.command(request)),
    button: (request) => timed(request.platform, request.action.split(':')[0]!, handler.button(request)),
    message: (request) => timed(request.platform, request.command, handler.message(request)),
    suggest: (request) => handler.suggest(request),
    changed: (change) => handler.changed(change)
  }
}

function commandOf(request: CommandRequest): string {
  return 'text' in request ? request.text.trim().split(/\s/)[0]!.toLowerCase() || 'help' : request.name
}

function outcomeOf(error: unknown): string {
  if (error instanceof RetryLater) return 'later'
  if (error instanceof Gone || error instanceof MessageGone) return 'gone'
  return error instanceof UnknownOutcome ? 'unknown' : 'refused'
}
