import { DateTime } from 'luxon'
import { type Day, rangeOf } from '../ledger/dates.js'
import { phrasesOf } from '../ledger/phrases.js'
import { type FoundDate, findDates, findLengths, plus } from '../ledger/when.js'
import { UsageError } from './command.js'

/** A day that words speak of. */
export interface DayMeant {
  day: Day
  /** The words themselves. */
  words: string
}

/** Before a month or a year: its first day is meant. */
const FIRST = /\b(?:start|beginning|early|first days)(?: of| in)?(?: the year)? ?-?$/i
/** The day before it. */
const BEFORE = /\b(?:before|prior to|until|up to) $/i
/** The day after it. */
const AFTER = /\b(?:after|following) $/i
/** "10.06.2020": day first, wherever it is written with points. */
const POINTED = /(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)/
/** "06/10/2020": two days, as Americans and others read it. */
const SLASHED = /(?<!\d)\d{1,2}\/\d{1,2}\/\d{2,4}(?!\d)/
const AGO = /^\s+ago\b/i
const LAST_YEAR = /\b(?:last year|a year ago)\b/i
const YEAR_DAYS = 365

/**
 * The day that English words speak of: "on 1 July 2020", "June 10th, 2020", "in June 2020" and "in 2020" (their last
 * day, or today's where that comes first), "before May 2021" (the day before), "two years ago", "yesterday". Null where
 * they name none.
 * @throws UsageError for a day that can be read as two
 */
export function dayMeant(text: string, now: Date): DayMeant | null {
  const phrases = phrasesOf('en')!
  const today = now.toISOString().slice(0, 10)
  const slashed = SLASHED.exec(text)?.[0]
  if (slashed)
    throw new UsageError(`“${slashed}” can be read as two days. Please write it as 2020-06-10, or 10 June 2020.`)
  const [pointed, day, month, year] = POINTED.exec(text) ?? []
  if (pointed) {
    const read = DateTime.utc(Number(year), Number(month), Number(day))
    return read.isValid ? { day: read.toISODate(), words: pointed } : null
  }
  const [found] = findDates(text, phrases, today, 'past').filter(({ words }) => !/^may$/i.test(words))
  if (found) return { day: dayOf(found, text.slice(0, found.start), today), words: found.words }
  const past = findLengths(text, phrases).find(({ end }) => AGO.test(text.slice(end)))
  if (past) return { day: back(today, past.length), words: `${past.words} ago` }
  const words = LAST_YEAR.exec(text)?.[0]
  return words ? { day: plus(today, { days: -YEAR_DAYS }), words } : null
}

function dayOf({ date }: FoundDate, before: string, today: Day): Day {
  const { first, last } = rangeOf(date)
  if (BEFORE.test(before)) return plus(first, { days: -1 })
  if (AFTER.test(before)) return plus(last, { days: 1 })
  if (date.length < 10 && FIRST.test(before)) return first
  // A month or year that is not over yet: as it stands today.
  return date.length < 10 && first <= today && last > today ? today : last
}

function back(today: Day, length: ReturnType<typeof findLengths>[number]['length']): Day {
  const [[unit, amount]] = Object.entries(length) as [[string, number]]
  return DateTime.fromISO(today, { zone: 'utc' })
    .minus({ [unit]: amount })
    .toISODate()!
}
