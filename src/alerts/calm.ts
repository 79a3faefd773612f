import { DateTime } from 'luxon'
import type { Story } from '../model/story.js'
import type { AlertSettings } from '../model/subscription.js'
import { says } from '../stories/change-words.js'

/** How long a single unofficial source waits for a second one, in minutes. */
export const SOURCE_WAIT_MINUTES = 60
/** The window of the cap, and of a rush. */
export const CAP_WINDOW_MS = 3_600_000
/**
 * More stories an hour than a channel that chose no cap is told one by one: one a minute, which nobody reads. It is met
 * when a backlog comes in (a feed that was down, a new region), not by the news of a day.
 */
export const RUSH_STORIES = 60

/** What counts as the first sentences, in characters. */
const LEAD_LENGTH = 240

/** Whether a story is one that may pass quiet hours and the cap: a rule comes into force, a deadline comes near. */
export function isUrgent({ title, summary }: Pick<Story, 'title' | 'summary'>): boolean {
  return says('in-force', title) || says('in-force', summary.slice(0, LEAD_LENGTH))
}

/** When the quiet hours that reign at `now` end; null when none do. On the zone's clock, across its changes. Pure. */
export function quietEnd(quiet: AlertSettings['quiet'], now: Date): Date | null {
  if (quiet === null || quiet.from === quiet.until) return null
  const local = DateTime.fromJSDate(now, { zone: quiet.zone })
  const { hour } = local
  const overnight = quiet.from > quiet.until
  const inside = overnight ? hour >= quiet.from || hour < quiet.until : hour >= quiet.from && hour < quiet.until
  if (!inside) return null
  const day = overnight && hour >= quiet.from ? local.plus({ days: 1 }) : local
  const end = day.startOf('day').set({ hour: quiet.until }).toJSDate()
  // A clock that is put back passes the hour twice: the end is never behind.
  return end > now ? end : DateTime.fromJSDate(now).plus({ hours: 1 }).toJSDate()
}

/** When the next alert may go by the cap; null: now. `sent`: when alerts went out in the last hour, oldest first. Pure. */
export function capEnd(cap: number, sent: readonly Date[], now: Date): Date | null {
  if (sent.length < cap) return null
  const frees = new Date(sent[sent.length - cap]!.getTime() + CAP_WINDOW_MS)
  return frees > now ? frees : null
}
