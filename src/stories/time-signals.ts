import type { SignalStrengths } from './signals.js'
import type { Signature } from './signature.js'
import { rarity, type StoryWeights } from './weights.js'

const DAY_MS = 86_400_000
/** Beyond this many days the strength of `daysApart` grows no more: three years. */
const LONGEST_APART = 1100
/** Dates within this many days support each other, the nearer the more; those further apart speak against one event. */
const CLOSE_DAYS = 10
/** A date in one text and the other's date of publication meet when they are this near: reports run a day late. */
const MEETING_DAYS = 1

/** What the dates say: those of the feeds where both are known, and those in the texts in any case. */
export function timeSignals(a: Signature, b: Signature, data: StoryWeights): SignalStrengths {
  const between = daysBetween(a, b)
  const sameDay = rarestSameDay(a, b, data)
  const strengths: SignalStrengths = {
    sameDay,
    meetsDay: meetsPublication(a, b) || meetsPublication(b, a) ? 1 : 0,
    sameMonth: sameDay === 0 && namesSameMonth(a, b) ? 1 : 0,
    undated: between === null ? 1 : 0,
    sameWeekday: a.dates.weekdays.some((day) => b.dates.weekdays.includes(day)) ? 1 : 0,
    otherYear: otherYears(a, b) ? 1 : 0
  }
  const apart = between ?? seenApart(a, b)
  if (between !== null) strengths.daysClose = Math.max(0, 1 - between / CLOSE_DAYS)
  if (apart !== null && apart > CLOSE_DAYS)
    strengths.daysApart = Math.min(1, Math.log(apart / CLOSE_DAYS) / Math.log(LONGEST_APART / CLOSE_DAYS))
  return strengths
}

/** Days between the two dates of publication; null when one is not known. */
export function daysBetween(a: Signature, b: Signature): number | null {
  if (a.published === null || b.published === null) return null
  return Math.abs(a.published - b.published) / DAY_MS
}

/**
 * When neither feed gives a date, two articles that reached us months apart are seldom one event. That they reached us
 * together says nothing: a first poll brings years at once.
 */
function seenApart(a: Signature, b: Signature): number | null {
  if (a.published !== null || b.published !== null || a.seenAt === null || b.seenAt === null) return null
  return Math.abs(a.seenAt - b.seenAt) / DAY_MS
}

/** How days are named in the weights: laws begin on 1 July more often than anything happens on 17 July. */
export const DAY = 'on'

/** How much it tells that both texts name one day: by how few events name it. */
function rarestSameDay(a: Signature, b: Signature, data: StoryWeights): number {
  const meeting = a.dates.days.filter((left) => b.dates.days.some((right) => isSameDay(left, right)))
  return Math.max(0, ...meeting.map((day) => rarity(data.details[`${DAY} ${withoutYear(day)}`], data.events)))
}

function namesSameMonth(a: Signature, b: Signature): boolean {
  return a.dates.months.some((left) => b.dates.months.some((right) => isSameDay(left, right)))
}

/** `2021-06-10` → `06-10`, `--06` → `06`. */
export function withoutYear(date: string): string {
  return date.startsWith('--') ? date.slice(2) : date.slice(5)
}

/** `---06-10` and `2021-06-10` are the same day unless both have a year and it differs. */
function isSameDay(left: string, right: string): boolean {
  if (left === right) return true
  const noYear = left.startsWith('--') || right.startsWith('--')
  return noYear && withoutYear(left) === withoutYear(right)
}

function meetsPublication(article: Signature, other: Signature): boolean {
  if (other.published === null) return false
  const published = other.published
  return article.dates.days.some((day) => {
    const year = day.startsWith('--') ? new Date(published).getUTCFullYear() : Number(day.slice(0, 4))
    const at = Date.parse(`${year}-${day.slice(-5)}T00:00:00Z`)
    return Math.abs(published - at) <= (MEETING_DAYS + 1) * DAY_MS
  })
}

function otherYears(a: Signature, b: Signature): boolean {
  const left = yearsOf(a)
  const right = yearsOf(b)
  return left.length > 0 && right.length > 0 && !left.some((year) => right.includes(year))
}

/** The years of its whole dates and of its publication; a bare year in a text is mostly background. */
function yearsOf(article: Signature): number[] {
  const years = article.dates.days.filter((day) => !day.startsWith('-')).map((day) => Number(day.slice(0, 4)))
  if (article.published !== null) years.push(new Date(article.published).getUTCFullYear())
  return years
}
