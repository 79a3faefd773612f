import { distance } from 'fastest-levenshtein'
import { Info } from 'luxon'
import { phrasesOf } from '../ledger/reading/phrases.js'
import { LANGUAGES } from '../model/tags.js'
import { foldName } from '../tagging/suggest.js'

/** The months in English, which the reader of days goes by. */
const ENGLISH = Info.months('long', { locale: 'en' })
/** Shorter words are near to everything. */
const SHORTEST_SLIP = 5
/** From this length on two letters may be wrong. */
const LONG_NAME = 7
/** Parts of a year that begin in one calendar year and end in another, or that no month names. */
const STRETCHES =
  'winter|hiver|invierno|inverno|halbjahr|semestre|trimestre|quartal|quartaal|kwartaal|halfjaar|trimester|semester|quarter'
/** "premier juin": the first day in words. */
const FIRSTS = 'premier|erste[rn]?|primero|primo|primeiro|eerste'
/** The little words between day, month and year: "1 de junio de 2025", "giugno dell'anno 2024". */
const OF = "(?:,? (?:de|del|di|do|van|vom|of|dell['’]anno|de l['’]an) |[,.]? )"
const YEAR = '(?:19|20)\\d{2}(?!\\d)'
const EDGE = '(?<![\\p{L}\\p{N}])'

/** Every name of a month, long and short, as the press of the project's languages writes it → its number from 0. */
const MONTHS = monthNames()
const NAMES = alternatives([...MONTHS.keys()])
const WHOLE = new RegExp(
  `${EDGE}(?:(\\d{1,2}|${FIRSTS})(?:er|re|º|°|ª|e|ste|\\.)?(?: de| di)? )?(${NAMES})${OF}(${YEAR})`,
  'giu'
)
const DAY_AND_MONTH = new RegExp(
  `${EDGE}(\\d{1,2}|${FIRSTS})(?:er|re|º|°|ª|e|ste|\\.)?(?: de| di)? (${NAMES})(?![\\p{L}\\p{N}])`,
  'giu'
)
const BESIDE_YEAR = new RegExp(`${EDGE}([\\p{L}’'-]+|\\d{1,2}(?:st|nd|rd|th|\\.)?)${OF}(${YEAR})`, 'giu')

/** "le 1er juin 2025" → "le 1 June 2025": days and months in the project's languages become English ones; the rest stays. */
export function datesInEnglish(text: string): string {
  return text
    .replace(WHOLE, (_, day: string | undefined, month: string, year: string) => {
      const named = `${english(month)} ${year}`
      return day ? `${dayNumber(day)} ${named}` : named
    })
    .replace(DAY_AND_MONTH, (_, day: string, month: string) => `${dayNumber(day)} ${english(month)}`)
}

/** "Febuary 2021" → "February 2021": beside a year a word that is nearly a month is one. */
export function monthsSpelled(text: string): string {
  return text.replace(BESIDE_YEAR, (whole, word: string, year: string) => {
    const meant = MONTHS.has(foldName(word)) ? null : nearMonth(word)
    return meant === null ? whole : `${ENGLISH[meant]} ${year}`
  })
}

/**
 * What stands right before a year and makes it a part of the year that was not understood: "winter 2021", "Juen 2020",
 * "12. 2021". Null where the year stands for itself.
 */
export function unreadBesideYear(text: string): string | null {
  for (const [whole, word] of text.matchAll(BESIDE_YEAR)) {
    const folded = foldName(word!)
    const stretch = new RegExp(`^(?:${STRETCHES})$`).test(folded)
    if (/^\d/.test(folded) || stretch || MONTHS.has(folded) || beginsMonth(folded)) return whole
  }
  return null
}

function monthNames(): Map<string, number> {
  const all = new Map<string, number>()
  for (const language of LANGUAGES) {
    const own = phrasesOf(language)!.raw.months.map((names) => names.split('|'))
    for (const [number, names] of own.entries())
      for (const name of [...names, Info.months('long', { locale: language })[number]!]) {
        all.set(name.toLowerCase(), number)
        all.set(foldName(name), number)
      }
  }
  // Without its dots the German one is written with an e as well.
  return all.set('maerz', 2).set('jaenner', 0)
}

function english(month: string): string {
  return ENGLISH[MONTHS.get(month.toLowerCase())!]!
}

function dayNumber(day: string): string {
  return /^\d/.test(day) ? day : '1'
}

/** The month that a word is one or two letters off; null where none is, or two are alike near. */
function nearMonth(word: string): number | null {
  const typed = foldName(word)
  if (typed.length < SHORTEST_SLIP) return null
  const allowed = typed.length < LONG_NAME ? 1 : 2
  const near = new Map<number, number>()
  for (const [name, number] of MONTHS) {
    const off = name.length < SHORTEST_SLIP - 1 ? allowed + 1 : distance(typed, name)
    if (off <= allowed) near.set(number, Math.min(off, near.get(number) ?? off))
  }
  const [best, second] = [...near].sort((a, b) => a[1] - b[1])
  return best && best[1] !== second?.[1] ? best[0] : null
}

/** "Juen" begins as "juin" does, and is no word that stands before a year. */
function beginsMonth(word: string): boolean {
  if (word.length < 4) return false
  return [...MONTHS.keys()].some((name) => name.length > 3 && word[0] === name[0] && distance(word, name) === 1)
}

function alternatives(names: readonly string[]): string {
  return names.toSorted((a, b) => b.length - a.length).join('|')
}
