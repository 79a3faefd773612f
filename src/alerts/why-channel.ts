import { DateTime } from 'luxon'
import type { Part, Text } from '../chat/message.js'
import type { Delivery } from '../model/delivery.js'
import type { Story } from '../model/story.js'
import type { AlertSettings, DeliveryMode, Subscription } from '../model/subscription.js'
import { age, whyNow } from './alert-message.js'
import { describeFilter } from './filter.js'
import { checkFilter, type FieldCheck } from './match.js'
import type { Names } from './names.js'

/** What is known of a story in one channel. */
export interface ToldHere {
  story: Story
  subscriptions: readonly Subscription[]
  /** All that the channel was or is to be told of it, oldest first. */
  deliveries: readonly Delivery[]
  settings: AlertSettings
  silencedAt: Date | null
  pausedReason: string | null
}

/** For `why`: each subscription with what it matched or missed, and what became of the story here. */
export function whyHere(here: ToldHere, names: Names, now: Date): Part[] {
  if (here.subscriptions.length === 0 && here.deliveries.length === 0)
    return [{ type: 'text', text: 'This channel has no subscriptions, so nothing is posted.' }]
  const items = here.subscriptions.map((subscription) => describeSubscription(subscription, here.story, names))
  return [
    ...(items.length > 0 ? [{ type: 'list' as const, items }] : []),
    { type: 'list', items: outcome(here, names, now) }
  ]
}

/** What a subscription does without, by its mode. */
const ONLY: Partial<Record<DeliveryMode, string>> = {
  digest: ' It asks for the digest only.',
  changes: ' It asks for changed facts only.'
}

function describeSubscription(subscription: Subscription, story: Story, names: Names): Text {
  const checks = checkFilter(subscription.filter, story)
  const missed = checks.filter((check) => !check.passed)
  const met = checks.filter((check) => check.met.length > 0)
  const verdict =
    missed.length > 0
      ? `does not match: ${missed.map(describeMiss).join('; ')}`
      : `matches${met.length > 0 ? ` on ${met.map(({ field, met }) => `${field} ${met.join(', ')}`).join('; ')}` : ''}`
  const late = subscription.createdAt > story.firstSeenAt ? ' It is younger than the story.' : ''
  const mode = ONLY[subscription.mode] ?? ''
  return [
    { text: `Subscription ${subscription.id}`, style: 'bold' },
    ` (${describeFilter(subscription.filter, names)}): ${verdict}.${late}${mode}`
  ]
}

function describeMiss(check: FieldCheck): string {
  return check.field === '-words'
    ? `it holds ${check.met.map((word) => `“${word}”`).join(', ')}`
    : `${check.field} is not ${check.wanted.join(' or ')}`
}

function outcome({ story, deliveries, settings, silencedAt, pausedReason }: ToldHere, names: Names, now: Date): Text[] {
  const zone = settings.quiet?.zone ?? 'utc'
  const said = deliveries.flatMap((delivery) => describeDelivery(delivery, names, now, zone))
  const alert = deliveries.some((delivery) => delivery.kind === 'alert')
  if (!alert) said.unshift(story.quiet ? 'Not posted: it came with the first reading of a feed.' : 'Not posted here.')
  if (silencedAt)
    said.push(`Nothing more of it is told here since ${day(silencedAt, zone)}: three people said it is not relevant.`)
  if (pausedReason) said.push(`Nothing could be sent lately: ${pausedReason}`)
  return said
}

function describeDelivery(delivery: Delivery, names: Names, now: Date, zone: string): string[] {
  const what = delivery.parentId === null ? '' : delivery.inThread ? 'A change, in the thread: ' : 'A change: '
  const lines: string[] = []
  if (delivery.late) lines.push(whyNow(delivery.late, names))
  if (delivery.state === 'folded')
    lines.push(`${what}Folded into a list by this channel’s cap${sentAge(delivery, now)}.`)
  else if (delivery.sentAt) lines.push(`${what}Posted here ${age(delivery.sentAt, now)}.${waited(delivery)}`)
  else if (delivery.state === 'dropped') lines.push(`${what}Not posted: ${delivery.lastError ?? 'no longer wanted'}.`)
  else if (delivery.state === 'failed')
    lines.push(`${what}Refused by the platform: ${delivery.lastError ?? 'without a reason'}.`)
  else lines.push(`${what}${stillOwed(delivery, now, zone)}`)
  if (delivery.edits > 0 && delivery.editedAt)
    lines.push(
      `Edited ${delivery.edits === 1 ? 'once' : `${delivery.edits} times`}, last ${age(delivery.editedAt, now)}.`
    )
  if (delivery.editsEnded) lines.push(`Changed no more: ${delivery.editsEnded}`)
  return lines
}

function sentAge({ sentAt }: Delivery, now: Date): string {
  return sentAt ? `, posted ${age(sentAt, now)}` : ''
}

const HELD = { quiet: 'quiet hours', cap: 'the cap of alerts an hour', source: 'a second source' }

function waited({ heldFor }: Delivery): string {
  return heldFor ? ` It waited for ${heldFor === 'quiet' ? 'the end of quiet hours' : HELD[heldFor]}.` : ''
}

function stillOwed(delivery: Delivery, now: Date, zone: string): string {
  const since = `Owed to this channel since ${age(delivery.createdAt, now)}`
  if (delivery.heldFor && delivery.heldUntil)
    return `${since}, held by ${HELD[delivery.heldFor]} until ${day(delivery.heldUntil, zone)}.`
  return `${since}, not sent yet${delivery.lastError ? `: ${delivery.lastError}` : '.'}`
}

function day(moment: Date, zone: string): string {
  return `${DateTime.fromJSDate(moment, { zone }).setLocale('en-GB').toFormat('d MMMM yyyy HH:mm')} (${zone === 'utc' ? 'UTC' : zone})`
}
