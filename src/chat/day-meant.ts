import { DateTime } from 'luxon'
import { type Day, dayOf, rangeOf } from '../ledger/dates.js'
import { type Phrases, phrasesOf } from '../ledger/reading/phrases.js'
import { type FoundDate, type FoundLength, findDates, findLengths, plus } from '../ledger/reading/when.js'
import { NUMBERED } from '../model/law-number.js'
import { LANGUAGES } from '../model/tags.js'
import { UsageError } from './command.js'
import { datesInEnglish, monthsSpelled, unreadBesideYear } from './dates-abroad.js'

/** A day that words speak of. */
export interface DayMeant {
  day: Day
  /** The text without the words that name it. */
  rest: string
}

/** Before a month or a year: its first day is meant. */
const FIRST =
  /(?<!\p{L})(?:(?:start|beginning|early|first days)(?: of| in)?(?: the year)? ?-?|(?:début|debut|anfang|inicio|principios|inizio|início|begin)(?: de| del| di| van)? )$/iu
/** The day before it. */
const BEFORE =
  /(?<!\p{L})(?:before|prior to|until|up to|avant(?: le)?|vor(?: dem)?|antes (?:de|del|do)|prima (?:di|del)|voor|bis(?: zum)?|jusqu['’](?:en|au)|hasta(?: el)?|fino al?|até(?: o)?|tot) $/iu
/** The day after it. */
const AFTER =
  /(?<!\p{L})(?:after|following|après(?: le)?|nach(?: dem)?|después (?:de|del)|dopo(?: il)?|depois (?:de|do)|na) $/iu
/** "10.06.2020": day first, wherever it is written with points. */
const POINTED = /(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)/
/** "2020/06/10", "2020.6.10": the year first is read in one way only. */
const YEAR_FIRST = /(?<!\d)((?:19|20)\d{2})[/.](\d{1,2})[/.](\d{1,2})(?!\d)/g
/** "06/10/2020": two days, as Americans and others read it; "25/12/2020" is one. */
const SLASHED = /(?<!\d)(\d{1,2})\/(\d{1,2})\/(\d{2,4})(?!\d)/
/** "two years ago", "il y a deux ans": on which side of the length a language says it. */
const AGO_BEHIND = /^\s+(?:ago|fa|atrás|geleden)(?!\p{L})/iu
const AGO_BEFORE = /(?<!\p{L})(?:il y a|vor|hace|há) $/iu
const LAST_YEAR =
  /(?<!\p{L})(?:last year|a year ago|l['’]année dernière|l['’]an dernier|letzte[sn] jahr|voriges jahr|el año pasado|l['’]anno scorso|(?:no )?ano passado|vorig jaar)(?!\p{L})/iu
const YEAR_DAYS = 365

/** "since 2018" asks for all that came after, up to today. */
const SINCE =
  /(?<!\p{L})(?:since|from|depuis(?: le)?|seit(?: dem)?|ab(?: dem)?|desde(?: el| o)?|dal?|a partir d[eu]|sinds|vanaf) $/iu
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
  [/\b(?:mitte|mi-|mediados de|metà|meados de|medio|midden)[ -]?(?:del? )?(?=\d{4}\b)/gi, '1 July '],
  [
    /\b(?:mid[- ]?|the middle of |mitte |mi-|mediados de |metà |meados de |medio |midden )(?=(?!1 July)[A-Z][a-z]+ \d{4}\b)/gi,
    '15 '
  ],
  [
    /\b(?:the )?(?:spring|printemps|frühjahr|frühling|primavera|lente|voorjaar),?(?: of| de| del| di| van)? (?=\d{4}\b)/gi,
    '31 May '
  ],
  [
    /(?<!\p{L})(?:the )?(?:summer|été|sommer|verano|estate|verão|zomer),?(?: of| de| del| di| van)? (?=\d{4}\b)/giu,
    '31 August '
  ],
  [
    /\b(?:the )?(?:autumn|fall|automne|herbst|otoño|autunno|outono|herfst|najaar),?(?: of| de| del| di| van)? (?=\d{4}\b)/gi,
    '30 November '
  ],
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
 * The day that words speak of: "on 1 July 2020", "le 1er juin 2025", "in June 2020" and "in 2020" (their last day, or
 * today's where that comes first), "before May 2021" (the day before), "two years ago", "yesterday". Null where they
 * name none.
 * @throws UsageError for a day that can be read as two, or is not understood whole
 */
export function dayMeant(words: string, now: Date): DayMeant | null {
  const today = dayOf(now)
  const text = words.replace(
    YEAR_FIRST,
    (_, year: string, month: string, day: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  )
  let plain = datesInEnglish(unslashed(text).replace(new RegExp(NUMBERED, 'gu'), hidden))
  for (const [said, meant] of OTHERWISE) plain = plain.replace(said, meant)
  plain = plain.replace(
    ISO_MONTH,
    (_, year: string, month: string) => DateTime.utc(Number(year), Number(month)).endOf('month').toISODate()!
  )
  plain = monthsSpelled(plain)
  const found = pointedDay(plain) ?? namedDay(plain, today) ?? daysAgo(plain, today)
  return found && { ...found, rest: shown(found.rest) }
}

/** "25/12/2020" as 2020-12-25. @throws UsageError where it can be read in two ways */
function unslashed(text: string): string {
  const [slashed, first, second, year] = SLASHED.exec(text) ?? []
  if (!slashed) return text
  const [day, month] = Number(first) > 12 ? [first!, second!] : [second!, first!]
  if (Number(day) <= 12 || year!.length !== 4)
    throw new UsageError(`“${slashed}” can be read as two days. Please write it as 2020-06-10, or 10 June 2020.`)
  return text.replace(slashed, `${year}-${month.padStart(2, '0')}-${day}`)
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
  const unread = found.date.length === 4 ? unreadBesideYear(text.slice(0, found.end)) : null
  if (unread)
    throw new UsageError(`“${unread}” was not read as a day or a month. Please write it as 2020-06-10, or June 2020.`)
  return { day: dayNamed(found, before, today), rest }
}

function daysAgo(text: string, today: Day): DayMeant | null {
  const past = LANGUAGES.map((language) => lengthAgo(text, phrasesOf(language)!)).find((one) => one !== undefined)
  if (past) return { day: before(today, past.length), rest: text.replace(past.words, ' , ') }
  const words = LAST_YEAR.exec(text)?.[0]
  return words ? { day: plus(today, { days: -YEAR_DAYS }), rest: text.replace(words, ' , ') } : null
}

function lengthAgo(text: string, phrases: Phrases): FoundLength | undefined {
  return findLengths(text, phrases).find(
    ({ start, end }) => AGO_BEHIND.test(text.slice(end)) || AGO_BEFORE.test(text.slice(0, start))
  )
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
