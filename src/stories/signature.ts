import type { Kind, Stage } from '../model/tags.js'
import { cutBackground } from './background.js'
import { findDates, type TextDates } from './dates.js'
import { shingle } from './near-duplicate.js'
import { findNumbers } from './numbers.js'
import { findPhase } from './phases.js'
import { findActors, findActs, findSettings } from './topics.js'
import { fold, foldedWords, isTitleCase, splitWords, stem, type Word } from './words.js'

/** What the scorer needs to know of an article: plain text, tags, and the date its feed gives. */
export interface StoryText {
  title: string
  text: string
  companies: readonly string[]
  jurisdictions: readonly string[]
  /** It names none of them: its language alone says where it is at home ("de politie"). */
  placeImplied: boolean
  kind: Kind | null
  stage: Stage | null
  /** ISO 639-1, or `und`. */
  lang: string
  /** When it was published, in milliseconds since 1970; null when its feed does not say. */
  published: number | null
  /** When we first saw it, in milliseconds since 1970; null in a batch without such times. */
  seenAt: number | null
}

/** An article taken apart once, so that comparing it to many others is cheap. */
export interface Signature extends StoryText {
  /** Its words with endings cut off: how often each stands in it, headline words twice. */
  stems: Map<string, number>
  titleStems: Set<string>
  /** Words written as names (`krishna`, `ftc`), folded. */
  names: Set<string>
  /** Words with a capital wherever they stand: names, if another article writes them as names. */
  capitals: Set<string>
  /** Those of its headline. */
  titleCapitals: Set<string>
  /** Names that its headline writes as such; none in German, which writes every noun so. */
  titleNames: Set<string>
  /** Names of two words, people's above all (`arvind krishna`), but for those of its companies and cities. */
  fullNames: Set<string>
  numbers: Set<string>
  /** Of its headline's numbers, those as large as a fine or a settlement. */
  titleMoney: string[]
  /** Words of its companies' names, and their stems: what the tags already say. */
  companyWords: Set<string>
  companyStems: Set<string>
  dates: TextDates
  /** Of its companies, those that its headline names. */
  titleCompanies: string[]
  /** Whose step a company policy is: the company that it names first; null for other kinds, and where none is named. */
  actor: string | null
  /** The step of its kind that it tells of (see `phases.ts`), or null. */
  phase: string | null
  /** The step by its headline alone. */
  titlePhase: string | null
  /** Steps of any kind that headline and first sentences speak of (see `topics.ts`). */
  acts: Set<string>
  /** Those that its headline speaks of. */
  titleActs: Set<string>
  /** Where it is set: `school`, `airport`. */
  settings: Set<string>
  /** Who acts, by sort: `council`, `regulator`. */
  actors: Set<string>
  shingles: Set<string>
  /** Headline and text, folded and without punctuation, for exact repeats. */
  plain: string
}

const TITLE_WEIGHT = 2
/** Numbers from here on are fines, settlements, counts of faces. */
const LEAST_MONEY = 100_000
/** What happened stands in the first sentences; further down stands what happened before. */
const LEAD_LENGTH = 300
/** Only the opening is compared: feeds that carry whole articles would drown those that carry a paragraph. */
const OPENING_LENGTH = 1200

/** Takes an article apart. Pure. */
export function takeApart(article: StoryText): Signature {
  const opening = cutBackground(article.text.slice(0, OPENING_LENGTH), article.lang)
  const titleWords = splitWords(article.title)
  const textWords = splitWords(opening)
  const companyWords = article.companies.flatMap(foldedWords)
  const cityWords = article.jurisdictions.flatMap((code) => foldedWords(code.split('/')[1] ?? ''))
  const written = isTitleCase(titleWords) ? textWords : [...titleWords, ...textWords]
  const whole = `${article.title}\n${opening}`
  const folded = fold(whole)
  const numbers = new Set(findNumbers(whole))
  return {
    ...article,
    stems: countStems(titleWords, textWords),
    titleStems: new Set(stemsOf(titleWords)),
    names: findNames(written),
    titleNames: findNames(article.lang === 'de' || isTitleCase(titleWords) ? [] : titleWords),
    capitals: findCapitals([...titleWords, ...textWords]),
    titleCapitals: findCapitals(titleWords),
    fullNames: findFullNames(written, new Set([...companyWords, ...cityWords])),
    numbers: numbers,
    titleMoney: findNumbers(article.title).filter((number) => Number(number) >= LEAST_MONEY),
    companyWords: new Set(companyWords),
    companyStems: new Set(companyWords.map(stem).filter((found) => found !== null)),
    dates: findDates(whole),
    titleCompanies: article.companies.filter((name) => titleNames(titleWords, name)),
    actor: findActor(article, [...titleWords, ...textWords]),
    phase: findPhase(article.kind, article.title, opening),
    titlePhase: findPhase(article.kind, article.title, ''),
    acts: findActs(folded.slice(0, article.title.length + LEAD_LENGTH)),
    titleActs: findActs(fold(article.title)),
    settings: findSettings(folded),
    actors: findActors(folded.slice(0, article.title.length + LEAD_LENGTH)),
    shingles: shingle(textWords),
    plain: fold(`${article.title} ${article.text}`)
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  }
}

/** A company is named by the first word of its name: `Sainsbury`, `Madison`. */
function titleNames(title: Word[], company: string): boolean {
  const first = foldedWords(company)[0]
  return title.some((word) => word.folded === first)
}

/** The headline names the company that acts before those that acted earlier: "Microsoft follows IBM and Amazon". */
function findActor({ kind, companies }: StoryText, words: Word[]): string | null {
  if (kind !== 'company-policy') return null
  const firstWords = new Map(companies.map((name) => [splitWords(name)[0]?.folded, name]))
  const first = words.find((word) => firstWords.has(word.folded))
  return firstWords.get(first?.folded) ?? companies[0] ?? null
}

function countStems(title: Word[], text: Word[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const found of stemsOf(text)) counts.set(found, (counts.get(found) ?? 0) + 1)
  for (const found of stemsOf(title)) counts.set(found, (counts.get(found) ?? 0) + TITLE_WEIGHT)
  return counts
}

function stemsOf(words: Word[]): string[] {
  return words.map((word) => stem(word.folded)).filter((found) => found !== null)
}

/** Names also stand at the start of sentences, but a word that is ever written small is none. */
function findNames(words: Word[]): Set<string> {
  return new Set(words.filter((word) => word.name && word.folded.length > 1).map((word) => word.folded))
}

function findCapitals(words: Word[]): Set<string> {
  return new Set(words.filter((word) => word.capital).map((word) => word.folded))
}

const SHORTEST_NAME = 3

/** Two words with capitals in a row; one that begins a sentence counts, since people's names do. */
function findFullNames(words: Word[], known: ReadonlySet<string>): Set<string> {
  const names = new Set<string>()
  for (const [at, word] of words.entries()) {
    const before = words[at - 1]
    if (!before?.capital || !word.name || !word.adjoins) continue
    const short = Math.min(before.folded.length, word.folded.length) < SHORTEST_NAME
    if (!short && !known.has(before.folded) && !known.has(word.folded)) names.add(`${before.folded} ${word.folded}`)
  }
  return names
}
