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
const DAY_MS = 86_400_000

/** True for a date of the calendar, whole or in part. */
export function isPartialDate(text: string): boolean {
  if (!PARTIAL_DATE.test(text)) return false
  const first = firstDay(text)
  const instant = Date.parse(first)
  // 2020-02-30 is read as 1 March by some, refused by others: it must come back as it went in.
  return !Number.isNaN(instant) && isoDay(instant) === first
}

/** How much of a date is known. */
export function precision(date: PartialDate): Precision {
  if (date.length === 4) return 'year'
  return date.length === 7 ? 'month' : 'day'
}

/** The days that a date can mean. */
export function rangeOf(date: PartialDate): DayRange {
  const unit = precision(date)
  return unit === 'day' ? { first: date, last: date } : widen(date, unit)
}

/** The whole month or year around a date. */
export function widen(date: PartialDate, unit: 'month' | 'year'): DayRange {
  if (unit === 'year') return { first: `${date.slice(0, 4)}-01-01`, last: `${date.slice(0, 4)}-12-31` }
  const first = firstDay(date.slice(0, 7))
  const [year, month] = first.split('-').map(Number)
  return { first, last: isoDay(Date.UTC(year!, month!, 0)) }
}

export function addDays(day: Day, days: number): Day {
  return isoDay(Date.parse(day) + days * DAY_MS)
}

/** Whole days from one day to another, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
}

/** The same date in another year; 29 February becomes the 28th where there is none. */
export function inYear(date: PartialDate, year: number): PartialDate {
  const moved = `${String(year).padStart(4, '0')}${date.slice(4)}`
  return isPartialDate(moved) ? moved : `${moved.slice(0, 8)}28`
}

const WORDS: Record<Precision, Intl.DateTimeFormat> = {
  day: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
  month: new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }),
  year: new Intl.DateTimeFormat('en-GB', { year: 'numeric', timeZone: 'UTC' })
}

/** In words, as precise as the date: "10 June 2020", "June 2020", "2020". */
export function dateInWords(date: PartialDate): string {
  return WORDS[precision(date)].format(Date.parse(firstDay(date)))
}

/** The day of an instant, in UTC: what `now` and `asOf` are made of. */
export function dayOf(instant: Date): Day {
  return isoDay(instant.getTime())
}

/** For sorting by the earliest day a date can mean. */
export function compareDates(a: PartialDate, b: PartialDate): number {
  const [left, right] = [firstDay(a), firstDay(b)]
  if (left === right) return 0
  return left < right ? -1 : 1
}

function firstDay(date: PartialDate): Day {
  return `${date}-01-01`.slice(0, 10)
}

function isoDay(instant: number): Day {
  return new Date(instant).toISOString().slice(0, 10)
}
