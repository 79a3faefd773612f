import { LANGUAGES } from '../model/tags.js'
import { fold } from './words.js'

/** What a text says about when: all of it without a time zone, as people write dates. */
export interface TextDates {
  /** `--06-10` for a day without its year, `2021-06-10` with it. */
  days: string[]
  /** `--06` for a month without its year, `2021-06` with it; that of each day too. */
  months: string[]
  /** Years that the text names, four digits. */
  years: number[]
  /** Weekdays that the text names, 0 = Sunday. */
  weekdays: number[]
}

/** Abbreviations that need no context; those of other languages are also common words (`set`, `mar`, `die`). */
const SHORT_MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const MONTHS = namesOf('month', 12, (index) => Date.UTC(2023, index, 15))
for (const [index, name] of SHORT_MONTHS.entries()) MONTHS.set(name, index)
MONTHS.set('sept', 8)

/** 1 January 2023 was a Sunday. */
const WEEKDAYS = namesOf('weekday', 7, (index) => Date.UTC(2023, 0, 1 + index))
// People say the Portuguese weekdays without `-feira`; the bare ordinals are left out, they are mostly ordinals.
WEEKDAYS.set('terca', 2)

/** Names of months that are also words, unless a day or a year stands with them. */
const ALSO_WORDS = new Set([...SHORT_MONTHS, 'march', 'marts', 'mars', 'mai', 'mei'])

const MONTH_NAMES = [...MONTHS.keys()].sort((a, b) => b.length - a.length).join('|')
const DAY_MONTH_YEAR = new RegExp(
  `(?:\\b(\\d{1,2})(?:st|nd|rd|th|er|o|\\.)?\\s+(?:de |of |di )?)?\\b(${MONTH_NAMES})\\b\\.?(?:\\s+(\\d{1,2})(?:st|nd|rd|th)?\\b(?!\\d|:))?(?:,?\\s+(?:de |del )?((?:19|20)\\d\\d)\\b)?`,
  'g'
)
const ISO_DAY = /\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b/g
const DOTTED_DAY = /\b(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)\b/g
const YEAR = /(?<![\d.,$€£-])(?:19|20)\d\d(?![\d%]|[.,]\d)/g
const WEEKDAY = new RegExp(`\\b(${[...WEEKDAYS.keys()].join('|')})\\b`, 'g')

/** Finds days, years and weekdays in the seven languages; the names come from the platform's own locale data (Intl). */
export function findDates(text: string): TextDates {
  const folded = fold(text)
  const days = new Set<string>()
  const months = new Set<string>()
  for (const [, before, name, after, year] of folded.matchAll(DAY_MONTH_YEAR)) {
    const month = MONTHS.get(name!)! + 1
    const day = Number(before ?? after ?? 0)
    const dated = day >= 1 && day <= 31
    if (dated) days.add(writeDay(year, month, day))
    if (dated || year !== undefined || !ALSO_WORDS.has(name!)) months.add(writeDay(year, month, 0).slice(0, -3))
  }
  for (const [, year, month, day] of folded.matchAll(ISO_DAY)) days.add(writeDay(year, Number(month), Number(day)))
  for (const [, day, month, year] of folded.matchAll(DOTTED_DAY)) days.add(writeDay(year, Number(month), Number(day)))
  const years = new Set([...folded.matchAll(YEAR)].map(([year]) => Number(year)))
  const weekdays = new Set([...folded.matchAll(WEEKDAY)].map(([, name]) => WEEKDAYS.get(name!)!))
  for (const day of days) months.add(day.slice(0, -3))
  return { days: [...days], months: [...months], years: [...years], weekdays: [...weekdays] }
}

function writeDay(year: string | undefined, month: number, day: number): string {
  return `${year ?? '-'}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function namesOf(part: 'month' | 'weekday', count: number, at: (index: number) => number): Map<string, number> {
  const names = new Map<string, number>()
  for (const language of LANGUAGES) {
    const format = new Intl.DateTimeFormat(language, { [part]: 'long', timeZone: 'UTC' })
    for (let index = 0; index < count; index++) names.set(fold(format.format(at(index))), index)
  }
  return names
}
