import { DateTime, type WeekdayNumbers } from 'luxon'
import type { Day, PartialDate } from '../dates.js'
import type { FoundWords, Phrases } from './phrases.js'

/** A date that a text names, resolved. */
export interface FoundDate {
  start: number
  end: number
  words: string
  date: PartialDate
  /** `told`: with its year. `near`: the year, or all of it, was worked out from the day of publication. */
  sort: 'told' | 'near'
  /** "in 90 days": counted from the day of publication, unless the reader knows better. */
  length?: FoundLength['length']
}

/** Which way a date without a year, or a weekday, is to be read. */
export type Direction = 'past' | 'future'

/** A sentence is asked again for every act of its article, and looking through all patterns takes long: the last answers. */
const known = new Map<string, readonly FoundDate[]>()
/** Answers kept: some articles' worth. */
const MOST_KNOWN = 500

/** Every date in a text: "July 1, 2026", "1 July", "next January", "on Tuesday", "yesterday", "in 90 days". */
export function findDates(text: string, phrases: Phrases, published: Day, direction: Direction): readonly FoundDate[] {
  const question = `${phrases.language} ${published} ${direction} ${text}`
  const answer = known.get(question)
  if (answer) return answer
  if (known.size >= MOST_KNOWN) known.clear()
  const dates = lookForDates(text, phrases, published, direction)
  known.set(question, dates)
  return dates
}

function lookForDates(text: string, phrases: Phrases, published: Day, direction: Direction): FoundDate[] {
  const { raw } = phrases
  const today = DateTime.fromISO(published, { zone: 'utc' })
  const found: FoundDate[] = []
  const taken = (start: number, end: number) => found.some((one) => one.start < end && start < one.end)
  function look(
    pattern: RegExp,
    read: (match: RegExpMatchArray) => { date: PartialDate; sort: FoundDate['sort'] } | null
  ) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index!, match.index! + match[0].length]
      if (taken(start, end)) continue
      const value = read(match)
      if (value) found.push({ start, end, words: match[0], ...value })
    }
  }
  const months = raw.months.map((names) => names.split('|'))
  const month = alternatives(months.flat())
  const monthNumber = (name: string) => months.findIndex((names) => indexOf(names, name.replace(/\.$/, '')) >= 0) + 1
  const dayOf = (year: number, m: number, d: number): PartialDate | null => {
    const day = DateTime.utc(year, m, d)
    return day.isValid ? day.toISODate() : null
  }
  const yearFor = (m: number, d: number): number => {
    const guess = DateTime.utc(today.year, m, d)
    if (!guess.isValid) return today.year
    if (direction === 'future') return guess < today ? today.year + 1 : today.year
    // A day just ahead is a slip of zones, further ahead it is last year's.
    return guess > today.plus({ days: 2 }) ? today.year - 1 : today.year
  }
  const told = (date: PartialDate | null) => (date ? { date, sort: 'told' as const } : null)
  const near = (date: PartialDate | null) => (date ? { date, sort: 'near' as const } : null)

  look(/(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/gu, ([, y, m, d]) => told(dayOf(Number(y), Number(m), Number(d))))
  // "am 06.09.", "06/09/2029": English tells days in both orders.
  if (phrases.language !== 'en') {
    look(/(?<![\d./-])(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)/gu, ([, d, m, y]) =>
      told(dayOf(Number(y), Number(m), Number(d)))
    )
    look(/(?<![\d.])(\d{1,2})\. ?(\d{1,2})\.(?!\d)/gu, ([, d, m]) =>
      near(dayOf(yearFor(Number(m), Number(d)), Number(m), Number(d)))
    )
  }
  const endOf = alternatives(raw.endof)
  const lastDay = (year: number, m: number) => DateTime.utc(year, m).endOf('month').toISODate()
  look(word(`(?:${endOf}) (\\d{4})`), ([, y]) => told(`${y}-12-31`))
  look(word(`(?:${endOf}) (${month}),?(?: de| of)? (\\d{4})`), ([, m, y]) => told(lastDay(Number(y), monthNumber(m!))))
  look(word(`(?:${endOf}) (${month})`), ([, m]) => {
    const number = monthNumber(m!)
    return near(lastDay(yearFor(number, 28), number))
  })
  look(word(`(${month})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})`), ([, m, d, y]) =>
    told(dayOf(Number(y), monthNumber(m!), Number(d)))
  )
  look(
    word(`(\\d{1,2})(?:st|nd|rd|th|er|º|°|\\.)?(?: de| of)? (${month})\\.?,?(?: de| del| van)? (\\d{4})`),
    ([, d, m, y]) => told(dayOf(Number(y), monthNumber(m!), Number(d)))
  )
  look(word(`(${month})\\.? (\\d{1,2})(?:st|nd|rd|th)?(?! ?%)`), ([, m, d]) =>
    near(dayOf(yearFor(monthNumber(m!), Number(d)), monthNumber(m!), Number(d)))
  )
  look(word(`(\\d{1,2})(?:st|nd|rd|th|er|º|°|\\.)?(?: de| of)? (${month})`), ([, d, m]) =>
    near(dayOf(yearFor(monthNumber(m!), Number(d)), monthNumber(m!), Number(d)))
  )
  // "from the first of July", "dal primo gennaio 2030"
  const first = alternatives(raw.firstof)
  look(word(`(?:${first}) (${month}),?(?: de| del| of)? (\\d{4})`), ([, m, y]) =>
    told(dayOf(Number(y), monthNumber(m!), 1))
  )
  look(word(`(?:${first}) (${month})`), ([, m]) => near(dayOf(yearFor(monthNumber(m!), 1), monthNumber(m!), 1)))
  look(word(`(${month}),?(?: de| of)? (\\d{4})`), ([, m, y]) => told(`${y}-${two(monthNumber(m!))}`))
  // Before "next month", which stands in it.
  for (const words of phrases.find('monthstart', text))
    found.push({ ...words, date: today.plus({ months: 1 }).startOf('month').toISODate()!, sort: 'near' })
  look(word(`(?:${alternatives(raw.next)}) (${month})`), ([, m]) => {
    const number = monthNumber(m!)
    return near(`${number > today.month ? today.year : today.year + 1}-${two(number)}`)
  })
  look(
    word(`(?:${alternatives(raw.next)}) (${alternatives([...(raw.units.month ?? []), ...(raw.units.year ?? [])])})`),
    ([, unit]) =>
      raw.units.year?.some((name) => same(name, unit!))
        ? near(String(today.year + 1))
        : near(today.plus({ months: 1 }).toFormat('yyyy-MM'))
  )
  const feasts = new Map(
    Object.entries(raw.fixed).map(([name, day]) => [name.toLowerCase(), day.split('-').map(Number)])
  )
  look(word(`(${alternatives(Object.keys(raw.fixed)).replaceAll("'", "['’]")})`), ([, name]) => {
    const [m, d] = feasts.get(name!.toLowerCase().replaceAll('’', "'").replace(/\s+/gu, ' ')) as [number, number]
    return near(dayOf(yearFor(m, d), m, d))
  })
  const weekdays = raw.weekdays.map((names) => names.split('|'))
  if (weekdays.length > 0)
    look(weekdayPattern(raw), (match) => {
      // "Tuesday, November 24": the day is told; "put off on Tuesday to March 1" tells two.
      const end = match.index! + match[0].length
      const isToldBy = (between: string) =>
        /^,?\s+(?:\p{Ll}{1,3}\s+)?$/u.test(between) && !phrases.has('moves', between) && !phrases.has('ends', between)
      if (found.some((one) => one.start > end && isToldBy(text.slice(end, one.start)))) return null
      const [, before, name, behind] = match
      const wanted = weekdays.findIndex((names) => indexOf(names, name!) >= 0) + 1
      // "on Monday of last week"
      const week = phrases
        .find('lastweek', text)
        .find(({ start }) => start > end && /^\s(?:\p{Ll}{1,5}\s)?$/u.test(text.slice(end, start)))
      if (week && direction === 'past')
        return near(
          today
            .minus({ weeks: 1 })
            .set({ weekday: wanted as WeekdayNumbers })
            .toISODate()
        )
      const isLast = [before, behind].some((one) => raw.last.some((last) => same(last, one?.trim() ?? '')))
      const back = (today.weekday - wanted + 7) % 7 || (isLast ? 7 : 0)
      const ahead = (wanted - today.weekday + 7) % 7 || 7
      return near(
        direction === 'past' ? today.minus({ days: back }).toISODate() : today.plus({ days: ahead }).toISODate()
      )
    })
  if (direction === 'past')
    for (const length of findLengths(text, phrases)) {
      const ago = agoFrom(length, text, phrases)
      if (ago && !taken(ago.start, ago.end))
        found.push({ ...ago, date: today.minus(length.length).toISODate()!, sort: 'near' })
    }
  const said: [heading: Parameters<Phrases['find']>[0], date: PartialDate][] = [
    // Which day of last week it was is not told; the month that most of that week lies in is.
    ['lastweek', today.minus({ weeks: 1 }).set({ weekday: 4 }).toFormat('yyyy-MM')],
    ['thismonth', today.toFormat('yyyy-MM')],
    ['monthend', today.endOf('month').toISODate()!],
    ['yearend', today.endOf('year').toISODate()!],
    ['yesterday', today.minus({ days: 1 }).toISODate()!],
    ['today', published],
    ['tomorrow', today.plus({ days: 1 }).toISODate()!]
  ]
  for (const [heading, date] of said)
    for (const words of phrases.find(heading, text))
      if (!taken(words.start, words.end)) found.push({ ...words, date, sort: 'near' })
  for (const length of findLengths(text, phrases)) {
    if (taken(length.start, length.end) || direction === 'past') continue
    if (isLedBy('ahead', text, length.start, phrases))
      found.push({ ...length, date: plus(published, length.length), sort: 'near' })
  }
  // A month alone is the coming or the last one; "may" is seldom a month.
  look(word(`(${alternatives(months.flat().filter((name) => !AMBIGUOUS_MONTHS.includes(name)))})`, 'gu'), ([, m]) => {
    const number = monthNumber(m!)
    const past = number > today.month ? today.year - 1 : today.year
    const future = number < today.month ? today.year + 1 : today.year
    return near(`${direction === 'past' ? past : future}-${two(number)}`)
  })
  look(/(?<![\p{L}\p{N}$€£.,-])(?:19|20)\d{2}(?![\p{L}\p{N}%-]|[.,]\d)/gu, ([year]) => told(year!))
  return found.sort((a, b) => a.start - b.start)
}

/** "three days ago", "a week ago today": counted back in days, or in weeks from the same weekday. */
function agoFrom({ start, end, length }: FoundLength, text: string, phrases: Phrases): FoundWords | null {
  const behind = text.slice(end)
  const ago = phrases.find('ago', behind).find((words) => /^\s+$/u.test(behind.slice(0, words.start)))
  if (!ago && !isLedBy('agobefore', text, start, phrases)) return null
  const stop = end + (ago?.end ?? 0)
  const today = phrases
    .find('today', text)
    .find((words) => /^[\s,]+\p{L}{0,4}\s?$/u.test(text.slice(stop, words.start) || text.slice(words.end, start)))
  if (!('days' in length) && !('weeks' in length && today)) return null
  const [from, to] = [Math.min(start, today?.start ?? start), Math.max(stop, today?.end ?? stop)]
  return { start: from, end: to, words: text.slice(from, to) }
}

/** Whether words of a heading stand right before a place in a text. */
export function isLedBy(heading: Parameters<Phrases['find']>[0], text: string, at: number, phrases: Phrases): boolean {
  const before = text.slice(Math.max(0, at - 40), at)
  return phrases.find(heading, before).some(({ end }) => /^\s*$/u.test(before.slice(end)))
}

/** Month names that are words, or parts of names, too. */
const AMBIGUOUS_MONTHS = ['May', 'Mar', 'Jan', 'Dec', 'mars', 'set', 'ago', 'dic', 'mar', 'mag']

/** A length of time in a text: "two years", "90 days". */
export interface FoundLength {
  start: number
  end: number
  words: string
  length: { days: number } | { weeks: number } | { months: number } | { years: number }
}

/** Lengths of time, in figures or in words. */
export function findLengths(text: string, phrases: Phrases): FoundLength[] {
  const { units, numbers } = phrases.raw
  const found: FoundLength[] = phrases.find('halfyear', text).map((words) => ({ ...words, length: { months: 6 } }))
  for (const [unit, names] of Object.entries(units)) {
    const count = alternatives(['\\d{1,3}', ...Object.keys(numbers)])
    for (const match of text.matchAll(
      word(
        `(${count})[ -](?:(?:more|full|further|weitere|weiteren|zusätzliche|otros|altri|outros) )?(${alternatives(names)})`
      )
    )) {
      if (found.some(({ start, end }) => start <= match.index && match.index < end)) continue
      const amount = /^\d/.test(match[1]!) ? Number(match[1]) : (numbers[match[1]!.toLowerCase()] ?? 1)
      const length = { [`${unit}s`]: amount } as FoundLength['length']
      found.push({ start: match.index, end: match.index + match[0].length, words: match[0], length })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

/** A date moved on by a length; a date known to the month or year stays as precise as it was. */
export function plus(date: PartialDate, length: FoundLength['length']): PartialDate {
  const moved = DateTime.fromISO(date, { zone: 'utc' }).plus(length)
  return moved.toISODate()!.slice(0, date.length)
}

function word(pattern: string, flags = 'giu'): RegExp {
  return pattern === ''
    ? /(?!)/gu
    : new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern.replaceAll(' ', '\\s+')})(?![\\p{L}\\p{N}])`, flags)
}

/** A weekday, with "next" or "last" before or behind it; "Mittwochabend" is one, too. */
function weekdayPattern({ weekdays, daytimes, next, last }: Phrases['raw']): RegExp {
  const names = alternatives(weekdays.flatMap((one) => one.split('|')))
  return word(
    `((?:${alternatives([...next, ...last])}) )?(${names})(?:${alternatives(daytimes)})?( (?:${alternatives(last)}))?`
  )
}

function alternatives(words: readonly string[]): string {
  return words.length === 0 ? '(?!)' : words.toSorted((a, b) => b.length - a.length).join('|')
}

function indexOf(names: readonly string[], name: string): number {
  return names.findIndex((one) => same(one, name))
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
