import { type Arguments, type CommandOption, UsageError } from '../chat/command.js'
import { digestMessage } from '../digest/digest-message.js'
import type { DeliveryMode, Filter, Subscription } from '../model/subscription.js'
import type { CommandContext } from '../services.js'

/** What a new subscription brings of the time before it. */
export type Start = { with: 'none' } | { with: 'last'; count: number } | { with: 'digest' }

/** How far back the preview and a digest to start look. */
export const LOOK_BACK_DAYS = 30
/** Most old stories that a new subscription may ask for, and how many when no number is given. */
const LAST_LIMIT = 20
const LAST_DEFAULT = 3
/** Stories of a digest to start; the rest is counted. */
const DIGEST_LENGTH = 20
const DAY_MS = 86_400_000

/** Options of `subscribe` that say how it begins. */
export const START_OPTIONS: CommandOption[] = [
  {
    name: 'start',
    description: `What comes first: none (the default), the last stories, or one digest of ${LOOK_BACK_DAYS} days`,
    type: 'text',
    choices: ['none', 'last', 'digest']
  },
  { name: 'last', description: `Post the newest so many stories first, 1 to ${LAST_LIMIT}`, type: 'number' }
]

/** What was asked for; null: nothing was said of it. @throws UsageError when the two options contradict each other */
export function readStart(args: Arguments, mode: DeliveryMode): Start | null {
  const [start, last] = [args.one('start'), args.one('last')]
  if (last !== undefined && Number(last) > LAST_LIMIT) throw new UsageError(`\`last:\` takes at most ${LAST_LIMIT}.`)
  if (last !== undefined && start !== undefined && start !== 'last')
    throw new UsageError(`\`last:${last}\` goes with \`start:last\`, not with \`start:${start}\`.`)
  if (mode === 'changes' && start !== undefined && start !== 'none')
    throw new UsageError(
      '`mode:changes` has no stories to start with: `company` and `jurisdiction` show what is on record.'
    )
  if (start === undefined && last === undefined) return null
  if (start === 'digest') return { with: 'digest' }
  const count = last === undefined ? LAST_DEFAULT : Number(last)
  return start === 'none' || count === 0 ? { with: 'none' } : { with: 'last', count }
}

/** The choices that stand as buttons under a preview that said nothing of the start, where there are stories to start with. */
export function startChoices(mode: DeliveryMode, stories: number): { label: string; option: string }[] {
  if (stories === 0 || mode === 'changes') return []
  const count = Math.min(LAST_DEFAULT, stories)
  return [
    ...(mode === 'digest' ? [] : [{ label: `Last ${count} to start`, option: `start:last last:${count}` }]),
    { label: 'Digest to start', option: 'start:digest' }
  ]
}

/** `start:last last:5`, for the buttons that give the command again. */
export function startToText(start: Start | null): string {
  if (start === null) return ''
  return start.with === 'last' ? `start:last last:${start.count}` : `start:${start.with}`
}

/** For a preview: what will come first. */
export function describeStart(start: Start | null): string | null {
  if (start === null || start.with === 'none') return null
  if (start.with === 'digest') return `To start, one digest of the last ${LOOK_BACK_DAYS} days comes.`
  return start.count === 1
    ? 'To start, the newest earlier story comes.'
    : `To start, the newest ${start.count} earlier stories come.`
}

/**
 * Owes the channel what the subscription starts with; says how much that was, and what to tell. Each story, and each
 * subscription's digest, is owed once for ever: a button that is pressed twice, or again after a crash, posts once.
 */
export async function oweStart(
  context: CommandContext,
  subscription: Subscription,
  start: Start
): Promise<{ owed: number; text: string }> {
  if (start.with === 'none') return { owed: 0, text: '' }
  const owed =
    start.with === 'last'
      ? await oweLast(context, subscription.filter, start.count)
      : await oweDigest(context, subscription)
  if (owed === 0) return { owed, text: 'There is no earlier story to post.' }
  const text =
    start.with === 'last'
      ? `The newest earlier stories follow now: ${owed}.`
      : `A digest of the last ${LOOK_BACK_DAYS} days follows now.`
  return { owed, text }
}

async function oweLast({ services, workspace, channel, now }: CommandContext, filter: Filter, limit: number) {
  const { store } = services
  const { stories } = await store.stories.query({ filter, visibleTo: workspace.id, limit, offset: 0 })
  return store.deliveries.oweStories(channel.id, stories.map((story) => story.id).toReversed(), now)
}

async function oweDigest({ services, workspace, channel, now }: CommandContext, subscription: Subscription) {
  const { store, names } = services
  const window = { start: new Date(now.getTime() - LOOK_BACK_DAYS * DAY_MS), end: now }
  const { stories, total } = await store.stories.query({
    filter: subscription.filter,
    publishedSince: window.start,
    visibleTo: workspace.id,
    limit: DIGEST_LENGTH,
    offset: 0
  })
  if (total === 0) return 0
  const feeds = await store.feeds.counts()
  const digest = digestMessage({ stories, total, window, zone: workspace.zone, feeds }, names)
  const message = { ...digest, title: { text: `To start: the last ${LOOK_BACK_DAYS} days` } }
  const subject = `digest:start:${subscription.id}`
  return (await store.deliveries.owe({ channelId: channel.id, subject, kind: 'digest', message }, now)) ? 1 : 0
}
