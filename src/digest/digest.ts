import { matches } from '../alerts/match.js'
import type { Names } from '../alerts/names.js'
import type { Message } from '../chat/message.js'
import { watchList, watchSummary } from '../ledger/ahead/watch.js'
import { dayOf } from '../ledger/dates.js'
import type { Ledger } from '../ledger/record/model.js'
import type { Logger } from '../log.js'
import type { Story } from '../model/story.js'
import type { DigestSchedule } from '../model/subscription.js'
import type { Store } from '../store/store.js'
import { DIGEST_STORIES, digestMessage } from './digest-message.js'
import { DEFAULT_HOUR, DEFAULT_WEEKDAY, nextDigestAt } from './schedule.js'

interface DigestDeps {
  store: Store
  names: Names
  /** With it, the digest says in one line which of its records want looking up. */
  ledger?: Ledger
  logger: Logger
}

/** How many stories of a window are looked through; a week of this subject has some hundred. */
const WINDOW_LIMIT = 2000
/** Digests made in one tick; the rest follow at the next. */
const DUE_LIMIT = 50

/**
 * Owes every digest that is due. Its window is what is stored, not "the last seven days": nothing is told twice or
 * missed across restarts, pauses and clock changes, and of two processes only one gets it through.
 */
export async function oweDueDigests({ logger, ...deps }: DigestDeps, now: Date): Promise<number> {
  let owed = 0
  const { store } = deps
  for (const schedule of await store.digests.due(now, DUE_LIMIT)) {
    try {
      const window = { start: schedule.windowStart, end: now }
      const message = await composeDigest(deps, schedule, window)
      if (await store.digests.complete(schedule.channelId, window, message, nextDigestAt(schedule, now), now)) owed++
    } catch (error) {
      logger.error(
        { err: error, channel: schedule.channelId },
        'a digest could not be made; it is tried again at the next tick'
      )
    }
  }
  return owed
}

/** The digest of a channel for a window: the stories that its digest subscriptions match. */
export async function composeDigest(
  { store, names, ledger }: Omit<DigestDeps, 'logger'>,
  schedule: Pick<DigestSchedule, 'channelId' | 'zone'>,
  window: { start: Date; end: Date }
): Promise<Message> {
  const stories = await storiesFor(store, schedule.channelId, window)
  const feeds = await store.feeds.counts()
  const watch = ledger ? watchSummary(watchList(ledger, dayOf(window.end))) : null
  return digestMessage(
    { stories: stories.slice(0, DIGEST_STORIES), total: stories.length, window, zone: schedule.zone, feeds, watch },
    names
  )
}

async function storiesFor(store: Store, channelId: number, window: { start: Date; end: Date }): Promise<Story[]> {
  const subscriptions = (await store.subscriptions.list(channelId)).filter(
    ({ mode }) => mode === 'digest' || mode === 'both'
  )
  if (subscriptions.length === 0) return []
  const place = await store.channels.find(channelId)
  const { stories } = await store.stories.query({
    ...(place && { visibleTo: place.workspace.id }),
    since: window.start,
    until: window.end,
    limit: WINDOW_LIMIT,
    offset: 0
  })
  return stories.filter((story) => !story.quiet && subscriptions.some(({ filter }) => matches(filter, story)))
}

/** The schedule a channel begins with: Monday 09:00 in its workspace's zone, from now on. */
export function firstSchedule(channelId: number, zone: string, now: Date): DigestSchedule {
  const schedule = { channelId, weekday: DEFAULT_WEEKDAY, hour: DEFAULT_HOUR, zone, enabled: true, windowStart: now }
  return { ...schedule, nextAt: nextDigestAt(schedule, now) }
}
