import { IANAZone } from 'luxon'
import { monthOf } from './months.js'
import { offsetOfZone } from './zones.js'

/** Calendar date and time of day as written, before the zone counts. */
interface Reading {
  year: number
  /** 1 to 12. */
  month: number
  day: number
  hour: number
  minute: number
  second: number
  millisecond: number
  /** Minutes east of UTC, or an IANA zone; none written: UTC. */
  zone: number | IANAZone
}

/** Longest text that is looked at. */
const MAX_LENGTH = 120

const TIME = String.raw`(\d{1,2})[:h](\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?`

/**
 * A date as feeds write it: RFC 822 and its corruptions, ISO 8601 and W3C-DTF in all lengths, asctime, month names of
 * many languages, epoch seconds, Korean forms. UTC where no zone is given. Never `Date.parse`, which takes the
 * machine's zone and reads `12.11.2026` month first. Null when it cannot be read for sure (`11/12/2026`), or lies
 * before 1900 (zero dates) or after 9999.
 */
export function parseDate(text: string | null | undefined): Date | null {
  const trimmed = text?.trim() ?? ''
  if (trimmed === '' || trimmed.length > MAX_LENGTH) return null
  const level = trimmed.toLowerCase().replace(/\s+/g, ' ')
  const reading = readEpoch(level) ?? readNumbers(level) ?? readWords(level)
  if (reading === null || typeof reading === 'number') return inRange(reading)
  return inRange(toInstant(reading))
}

function inRange(instant: number | null): Date | null {
  if (instant === null || !Number.isFinite(instant)) return null
  return instant >= Date.UTC(1900, 0, 1) && instant < Date.UTC(10000, 0, 1) ? new Date(instant) : null
}

function toInstant(reading: Reading): number | null {
  const { year, month, day, hour, minute, second, millisecond, zone } = reading
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) return null
  if (year < 1000) return null
  const local = Date.UTC(year, month - 1, day, hour, minute, second, millisecond)
  const offset = typeof zone === 'number' ? zone : zone.offset(local - zone.offset(local) * 60_000)
  return local - offset * 60_000
}

/** Seconds or milliseconds since 1970. */
function readEpoch(text: string): number | null {
  if (/^\d{9,10}$/.test(text)) return Number(text) * 1000
  return /^\d{12,13}$/.test(text) ? Number(text) : null
}

/** Forms in figures only, year first; day first only where that is certain. */
function readNumbers(text: string): Reading | null {
  const korean = /^(\d{4})년 (\d{1,2})월 (\d{1,2})일(?: (\d{1,2}:\d{2}:\d{2}))?$/.exec(text)
  if (korean) return complete(korean[1]!, korean[2]!, korean[3]!, `${korean[4] ?? '00:00'} +09:00`)
  const halfDay = /^(\d{4})-(\d{2})-(\d{2}) (오전|오후) (\d{1,2}:\d{1,2}:\d{1,2})$/.exec(text)
  if (halfDay) {
    const noon = halfDay[4] === '오후' ? 'pm' : 'am'
    return complete(halfDay[1]!, halfDay[2]!, halfDay[3]!, `${halfDay[5]} ${noon} +09:00`)
  }
  // A weekday before it, or XML Schema's zone of a whole day, which moves no day.
  const bare = text.replace(/^\p{L}+\.?,? (?=\d{4}\/)/u, '').replace(/^(\d{4}-\d\d-\d\d)(?:z|[+-]\d\d:\d\d)$/, '$1')
  const yearFirst = /^(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?:(?:t| |, ?)(.*))?$/.exec(bare)
  if (yearFirst) return complete(yearFirst[1]!, yearFirst[3]!, yearFirst[4] ?? '1', yearFirst[5] ?? '')
  const ordinal = /^(\d{4})-?(\d{3})(?:[t ](.*))?$/.exec(bare)
  if (ordinal) return dayOfYear(ordinal[1]!, ordinal[2]!, ordinal[3] ?? '')
  const compact = /^(\d{4})(\d{2})(\d{2})(?:[t ]?(\d{2}:?\d{2}(?::?\d{2})?.*))?$/.exec(bare)
  if (compact) return complete(compact[1]!, compact[2]!, compact[3]!, spacedTime(compact[4] ?? ''))
  const onlyYear = /^(\d{4})$/.exec(bare)
  if (onlyYear) return complete(onlyYear[1]!, '1', '1', '')
  const shortYear = /^(\d{2})-?(\d{2})-?(\d{2})$/.exec(bare) ?? /^-(\d{2})-?(\d{2})$/.exec(bare)
  if (shortYear) return complete(fullYear(shortYear[1]!), shortYear[2]!, shortYear[3] ?? '1', '')
  const shortOrdinal = /^(\d{2})-?(\d{3})$/.exec(bare)
  if (shortOrdinal) return dayOfYear(fullYear(shortOrdinal[1]!), shortOrdinal[2]!, '')
  return readDayFirst(bare)
}

/** `23.11.2026` is day first wherever it is written; with a slash or dash only if no other reading is possible. */
function readDayFirst(text: string): Reading | null {
  const match = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:(?:t| |, ?| - )(.*))?$/.exec(text)
  if (!match) return null
  const [, first, separator, second, year, rest] = match
  if (separator === '.' || Number(first) > 12) return complete(year!, second!, first!, rest ?? '')
  return Number(second) > 12 ? complete(year!, first!, second!, rest ?? '') : null
}

function dayOfYear(year: string, day: string, rest: string): Reading | null {
  if (Number(day) < 1 || Number(day) > 366) return null
  const date = new Date(Date.UTC(Number(year), 0, Number(day)))
  return complete(year, String(date.getUTCMonth() + 1), String(date.getUTCDate()), rest)
}

/** Forms with a month name, in any order: `Mon, 23 Nov 2026 10:00:00 +0100`, `November 23, 2026 at 10:00 am EST`. */
function readWords(text: string): Reading | null {
  const time = new RegExp(TIME).exec(text)
  const before = time ? text.slice(0, time.index) : text
  const rest = time ? text.slice(time.index) : ''
  const monthly = readMonthAndDay(before) ?? (time ? readMonthAndDay(rest.slice(time[0].length)) : null)
  if (!monthly) return null
  const { month, day, year } = monthly
  if (year !== null) return complete(year, month, day, rest)
  // asctime puts the year last: `Mon Nov 23 10:00:00 UTC 2026`.
  const late = /(?<![+\d-])\d{4}(?!\d)/.exec(rest)
  return late ? complete(late[0], month, day, rest.replace(late[0], ' ')) : null
}

function readMonthAndDay(text: string): { month: string; day: string; year: string | null } | null {
  const words = text.match(/\p{L}[\p{L}\p{M}]*/gu) ?? []
  // The last one: in `mar, 23 nov` the first is a Tuesday.
  const month = words.map(monthOf).findLast((found) => found !== null)
  const numbers = text.match(/\d+/g) ?? []
  const long = numbers.find((number) => number.length === 4)
  const short = numbers.filter((number) => number.length <= 2)
  const day = short[0]
  if (!month || day === undefined) return null
  const year = long ?? (short[1] === undefined ? null : fullYear(short[1]))
  return { month: String(month), day, year }
}

/** Two figures: a year of this century, or of the last decade before it (no feed is older). */
function fullYear(two: string): string {
  return String(Number(two) + (Number(two) < 90 ? 2000 : 1900))
}

function spacedTime(text: string): string {
  return text.replace(
    /^(\d{2}):?(\d{2})(?::?(\d{2}))?/,
    (_, hour, minute, second) => `${hour}:${minute}:${second ?? '00'}`
  )
}

/** The date, with what is written after it: time of day, am or pm, zone. Null when the rest is not a time. */
function complete(year: string, month: string, day: string, rest: string): Reading | null {
  const match = new RegExp(`^\\s*(?:at )?${TIME}`).exec(rest) ?? new RegExp(TIME).exec(rest)
  const hourOnly = match ? null : /^(\d{2})(?=z|[+-]|$)/.exec(rest)
  const after = match ? rest.slice(match.index + match[0].length) : rest.slice(hourOnly?.[0].length ?? 0)
  const zone = readZone(after)
  if (zone === null) return null
  const hour = withHalfDay(Number(match?.[1] ?? hourOnly?.[1] ?? 0), after)
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour,
    minute: Number(match?.[2] ?? 0),
    second: Number(match?.[3] ?? 0),
    millisecond: Number((match?.[4] ?? '').padEnd(3, '0').slice(0, 3)),
    zone
  }
}

function withHalfDay(hour: number, after: string): number {
  const half = /^\s*([ap])\.?\s?m\b/.exec(after)?.[1]
  if (half === undefined || hour > 12) return hour
  return (hour % 12) + (half === 'p' ? 12 : 0)
}

/** Minutes east of UTC; figures win over names (`+0100 (CET)`), an unknown name is UTC. */
function readZone(after: string): number | IANAZone | null {
  const text = after.replace(/^\s*[ap]\.?\s?m\b\.?/, '')
  const figures = /([+-])\s?(\d{1,2})(?::?(\d{2}))?(?!\d)/.exec(text)
  if (figures) {
    const minutes = Number(figures[2]) * 60 + Number(figures[3] ?? 0)
    return minutes > 18 * 60 ? 0 : figures[1] === '-' ? -minutes : minutes
  }
  const place = /\p{L}+\/[\p{L}_/]+/u.exec(text)?.[0]
  if (place && IANAZone.isValidZone(place)) return IANAZone.create(place)
  for (const name of text.match(/[a-z]+/g) ?? []) {
    const offset = offsetOfZone(name)
    if (offset !== null) return offset
  }
  return 0
}
