import { DateTime } from 'luxon'

/** A day, ISO 8601: `2020-06-10`. */
export type Day = string
/** A date as precise as its source: `2020`, `2020-06` or `2020-06-10`. */
export type PartialDate = string
export type Precision = 'day' | 'month' | 'year'

/** First and last day that a date can mean. */
export interface DayRange {
  first: Day
  last: Day
}

const PARTIAL_DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/

/** True for a date of the calendar, whole or in part. */
export function isPartialDate(text: string): boolean {
  return PARTIAL_DATE.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid
}

/** How much of a date is known. */
export function precision(date: PartialDate): Precision {
  if (date.length === 4) return 'year'
  return date.length === 7 ? 'month' : 'day'
}

/** The days that a date can mean. */
export function rangeOf(date: PartialDate): DayRange {
  const start = DateTime.fromISO(date, { zone: 'utc' })
  return { first: isoDay(start), last: isoDay(start.endOf(precision(date))) }
}

/** The whole month or year around a date whose day or month is uncertain. */
export function widen(date: PartialDate, unit: 'month' | 'year'): DayRange {
  const start = DateTime.fromISO(date, { zone: 'utc' })
  return { first: isoDay(start.startOf(unit)), last: isoDay(start.endOf(unit)) }
}

export function addDays(day: Day, days: number): Day {
  return isoDay(DateTime.fromISO(day, { zone: 'utc' }).plus({ days }))
}

/** Whole days from one day to another, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  const span = DateTime.fromISO(to, { zone: 'utc' }).diff(DateTime.fromISO(from, { zone: 'utc' }), 'days')
  return Math.round(span.days)
}

/** The same date in another year; 29 February becomes the 28th where there is none. */
export function inYear(date: PartialDate, year: number): PartialDate {
  const moved = DateTime.fromISO(date, { zone: 'utc' }).set({ year })
  return isoDay(moved).slice(0, date.length)
}

/** In words, as precise as the date: "10 June 2020", "June 2020", "2020". */
export function dateInWords(date: PartialDate): string {
  const format = { day: 'd LLLL yyyy', month: 'LLLL yyyy', year: 'yyyy' }[precision(date)]
  return DateTime.fromISO(date, { zone: 'utc' }).setLocale('en').toFormat(format)
}

/** The day of an instant, in UTC: what `now` and `asOf` are made of. */
export function dayOf(instant: Date): Day {
  return isoDay(DateTime.fromJSDate(instant, { zone: 'utc' }))
}

/** For sorting by the earliest day a date can mean. */
export function compareDates(a: PartialDate, b: PartialDate): number {
  const left = rangeOf(a).first
  const right = rangeOf(b).first
  if (left === right) return 0
  return left < right ? -1 : 1
}

function isoDay(date: DateTime): Day {
  return date.toFormat('yyyy-LL-dd')
}
