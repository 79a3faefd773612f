import { DateTime } from 'luxon'
import { type Day, dayOf, rangeOf } from '../ledger/dates.js'
import { phrasesOf } from '../ledger/reading/phrases.js'
import { type FoundDate, type FoundLength, findDates, findLengths, plus } from '../ledger/reading/when.js'
import { NUMBERED } from '../model/law-number.js'
import { UsageError } from './command.js'

/** A day that words speak of. */
export interface DayMeant {
  day: Day
  /** The text without the words that name it. */
  rest: string
}

/** Before a month or a year: its first day is meant. */
const FIRST = /\b(?:start|beginning|early|first days)(?: of| in)?(?: the year)? ?-?$/i
/** The day before it. */
const BEFORE = /\b(?:before|prior to|until|up to) $/i
/** The day after it. */
const AFTER = /\b(?:after|following) $/i
/** "10.06.2020": day first, wherever it is written with points. */
const POINTED = /(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)/
/** "2020/06/10", "2020.6.10": the year first is read in one way only. */
const YEAR_FIRST = /(?<!\d)((?:19|20)\d{2})[/.](\d{1,2})[/.](\d{1,2})(?!\d)/g
/** "06/10/2020": two days, as Americans and others read it. */
const SLASHED = /(?<!\d)\d{1,2}\/\d{1,2}\/\d{2,4}(?!\d)/
const AGO = /^\s+ago\b/i
const LAST_YEAR = /\b(?:last year|a year ago)\b/i
const YEAR_DAYS = 365

/** "since 2018" asks for all that came after, up to today. */
const SINCE = /\b(?:since|from) $/i
/** What is said otherwise than by day, month and year; stretches stand for their last day, as months and years do. */
const OTHERWISE: readonly (readonly [RegExp, string])[] = [
  [/\bthe (?=\d{1,2}(?:st|nd|rd|th)\b)/gi, ''],
  [/\b(?:the )?first(?: day)? of (?=\d{4}\b)/gi, '1 January '],
  [/\b(?:the )?first(?: day)? of (?=\p{Lu})/giu, '1 '],
  [/\bnew year[’']?s day,? (?:of )?(?=\d{4}\b)/gi, '1 January '],
  [/\bnew year[’']?s eve,? (?:of )?(?=\d{4}\b)/gi, '31 December '],
  [/\bchristmas eve,? (?:of |in )?(?=\d{4}\b)/gi, '24 December '],
  [/\bchristmas(?: day)?,? (?:of |in )?(?=\d{4}\b)/gi, '25 December '],
  [/\b(?:mid[- ]?|the middle of )(?=\d{4}\b)/gi, '1 July '],
  [/\b(?:the )?spring,?(?: of)? (?=\d{4}\b)/gi, '31 May '],
  [/\b(?:the )?summer,?(?: of)? (?=\d{4}\b)/gi, '31 August '],
  [/\b(?:the )?(?:autumn|fall),?(?: of)? (?=\d{4}\b)/gi, '30 November '],
  [/\b(?:Q1|the first quarter),?(?: of)? (?=\d{4}\b)/gi, '31 March '],
  [/\b(?:Q2|H1|the second quarter|the first half),?(?: of)? (?=\d{4}\b)/gi, '30 June '],
  [/\b(?:Q3|the third quarter),?(?: of)? (?=\d{4}\b)/gi, '30 September '],
  [/\b(?:Q4|H2|the fourth quarter|the second half),?(?: of)? (?=\d{4}\b)/gi, '31 December ']
]
/** From a digit to its wide form (U+FF10 and on). */
const WIDE = 0xff10 - 0x30
/** "2020-06" */
const ISO_MONTH = /(?<![\d-])((?:19|20)\d{2})-(0[1-9]|1[0-2])(?![\d-])/
const YEAR = /(?<!\d)(?:19|20)\d{2}(?!\d)/

/**
 * The day that English words speak of: "on 1 July 2020", "June 10th, 2020", "in June 2020" and "in 2020" (their last
 * day, or today's where that comes first), "before May 2021" (the day before), "two years ago", "yesterday". Null where
 * they name none.
 * @throws UsageError for a day that can be read as two, or is not understood whole
 */
export function dayMeant(words: string, now: Date): DayMeant | null {
  const today = dayOf(now)
  const text = words.replace(
    YEAR_FIRST,
    (_, year: string, month: string, day: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  )
  const slashed = SLASHED.exec(text)?.[0]
  if (slashed)
    throw new UsageError(`“${slashed}” can be read as two days. Please write it as 2020-06-10, or 10 June 2020.`)
  let plain = text.replace(new RegExp(NUMBERED, 'gu'), hidden)
  for (const [said, meant] of OTHERWISE) plain = plain.replace(said, meant)
  plain = plain.replace(
    ISO_MONTH,
    (_, year: string, month: string) => DateTime.utc(Number(year), Number(month)).endOf('month').toISODate()!
  )
  const found = pointedDay(plain) ?? namedDay(plain, today) ?? daysAgo(plain, today)
  return found && { ...found, rest: shown(found.rest) }
}

/** The digits of "HB 2031" as wide ones: they name no year. */
function hidden(number: string): string {
  return number.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + WIDE))
}

function shown(text: string): string {
  return text.replace(/[\uFF10-\uFF19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - WIDE))
}

function pointedDay(text: string): DayMeant | null {
  const [pointed, day, month, year] = POINTED.exec(text) ?? []
  if (!pointed) return null
  const read = DateTime.utc(Number(year), Number(month), Number(day))
  return read.isValid ? { day: read.toISODate(), rest: text.replace(pointed, ' , ') } : null
}

function namedDay(text: string, today: Day): DayMeant | null {
  // "may" is seldom a month; the most exact date is meant.
  const [found, other] = findDates(text, phrasesOf('en')!, today, 'past')
    .filter(({ words }) => !/^(?:may|today)$/i.test(words))
    .sort((a, b) => b.date.length - a.date.length)
  if (!found) return null
  if (other && other.sort === 'told' && found.sort === 'told')
    throw new UsageError(`“${found.words}” and “${other.words}” are two days. Please ask for one at a time.`)
  const [before, rest] = [text.slice(0, found.start), `${text.slice(0, found.start)} , ${text.slice(found.end)}`]
  if (SINCE.test(before)) return { day: today, rest }
  const year = found.sort === 'near' && YEAR.exec(rest)?.[0]
  if (year)
    throw new UsageError(`“${found.words}” and “${year}” were not read as one day. Please write it as 2020-06-10.`)
  return { day: dayNamed(found, before, today), rest }
}

function daysAgo(text: string, today: Day): DayMeant | null {
  const past = findLengths(text, phrasesOf('en')!).find(({ end }) => AGO.test(text.slice(end)))
  if (past) return { day: before(today, past.length), rest: text.replace(past.words, ' , ') }
  const words = LAST_YEAR.exec(text)?.[0]
  return words ? { day: plus(today, { days: -YEAR_DAYS }), rest: text.replace(words, ' , ') } : null
}

function dayNamed({ date }: FoundDate, before: string, today: Day): Day {
  const { first, last } = rangeOf(date)
  if (BEFORE.test(before)) return plus(first, { days: -1 })
  if (AFTER.test(before)) return plus(last, { days: 1 })
  if (date.length < 10 && FIRST.test(before)) return first
  // A month or year that is not over yet: as it stands today.
  return date.length < 10 && first <= today && last > today ? today : last
}

function before(today: Day, length: FoundLength['length']): Day {
  return DateTime.fromISO(today, { zone: 'utc' }).minus(length).toISODate()!
}
