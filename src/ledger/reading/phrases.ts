import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { packageRoot } from '../../package-root.js'
import { EVENT_ACTS, type EventAct, RULE_ACTS, type RuleAct } from '../change.js'
import { ACTORS, EFFECTS, STATES } from '../record/model.js'

const list = z.array(z.string().min(1)).default([])
/** A state that news can say a company has taken, or `extended`: what holds goes on. */
const POSITION_ACTS = [...STATES, 'extended'] as const

/** Words that a gap (`…`) may hold, at most, where a language does not ask for more (its verbs stand at the end). */
const GAP = 6
/** So many answers about an article's sentences are kept. */
const REMEMBERED = 500
/** The same for `……`, which holds a clause. */
const LONG_GAP = 14

/** One file of ledger/phrases/; ledger/README.md says what each heading is for. */
const phraseFile = z.strictObject({
  language: z.string().length(2),
  gap: z.number().int().min(1).max(14).default(GAP),
  topic: list,
  topicparts: list,
  othertopics: list,
  over: list,
  reasons: list,
  othermatters: list,
  ourmatters: list,
  sellers: list,
  laws: list,
  rule: z.partialRecord(z.enum(RULE_ACTS), list).default({}),
  position: z.partialRecord(z.enum(POSITION_ACTS), list).default({}),
  event: z.partialRecord(z.enum(EVENT_ACTS), list).default({}),
  hedges: list,
  rulehedges: list,
  negations: list,
  behind: list,
  participles: list,
  auxiliaries: list,
  hearsay: list,
  rumours: list,
  relays: list,
  denials: list,
  silencers: list,
  titles: list,
  explainers: list,
  compared: list,
  joins: list,
  beside: list,
  passing: list,
  pending: list,
  contested: list,
  unfined: list,
  none: list,
  infinitives: list,
  decisions: list,
  asides: list,
  definite: list,
  nouns: list,
  upheld: list,
  outof: list,
  persons: list,
  before: list,
  outcomes: list,
  notes: list,
  prefaces: list,
  reporting: list,
  promises: list,
  provisos: list,
  habits: list,
  instead: list,
  efforts: list,
  support: list,
  lawgivers: list,
  parts: list,
  tabled: list,
  separate: list,
  undoing: list,
  against: list,
  relatives: list,
  pronouns: list,
  saying: list,
  clauses: list,
  past: list,
  attached: list,
  anaphors: list,
  made: list,
  announced: list,
  reactions: list,
  firstof: list,
  starts: list,
  started: list,
  since: list,
  immediate: list,
  later: list,
  ends: list,
  conditions: list,
  former: list,
  duties: list,
  moves: list,
  unfinished: list,
  onward: list,
  both: list,
  concurred: list,
  deadlines: list,
  endless: list,
  lengths: list,
  otherlengths: list,
  lasting: list,
  afteract: list,
  bodies: list,
  seats: list,
  stateheads: list,
  townheads: list,
  towns: list,
  referents: list,
  effects: z.partialRecord(z.enum(EFFECTS), list).default({}),
  actors: z.partialRecord(z.enum(ACTORS), list).default({}),
  chambers: list,
  committees: list,
  vetoers: list,
  givenup: list,
  lesser: list,
  regulators: list,
  extending: list,
  delaying: list,
  repealing: list,
  wholes: list,
  courts: list,
  months: list,
  weekdays: list,
  daytimes: list,
  units: z.partialRecord(z.enum(['day', 'week', 'month', 'year']), list).default({}),
  halfyear: list,
  numbers: z.record(z.string(), z.number()).default({}),
  next: list,
  last: list,
  lastweek: list,
  thismonth: list,
  ahead: list,
  ago: list,
  agobefore: list,
  dayslater: list,
  endof: list,
  monthstart: list,
  fixed: z.record(z.string(), z.string().regex(/^\d\d-\d\d$/)).default({}),
  monthend: list,
  yearend: list,
  yesterday: list,
  today: list,
  tomorrow: list
})

export type PositionActKey = (typeof POSITION_ACTS)[number]

/** An act's patterns, with what they tell of. */
export interface ActPattern {
  track: 'rule' | 'position' | 'event'
  act: RuleAct | PositionActKey | EventAct
  pattern: RegExp
}

type RawPhrases = z.infer<typeof phraseFile>
type ListKey = { [Key in keyof RawPhrases]: RawPhrases[Key] extends string[] ? Key : never }[keyof RawPhrases]

/** Words found in a text, with where they stand. */
export interface FoundWords {
  start: number
  end: number
  words: string
}

/** The phrases of one language, ready to be looked for. */
export interface Phrases {
  language: string
  acts: ActPattern[]
  /** Does one of a heading's phrases stand in the text? */
  has(heading: ListKey, text: string): boolean
  /** Where they stand. */
  find(heading: ListKey, text: string): readonly FoundWords[]
  raw: RawPhrases
}

/** Words end at a stop; "£7.5m" is one word, and so are "Gov." and "J.D.". */
const GAP_WORD = '(?:(?:[^\\s.;:!?]|[.:](?=\\d))+|(?:gov|sen|rep|mr|mrs|ms|dr|st|jr|(?:[a-z]\\.)*[a-z])\\.)'

/** One bracket that may be missing as a whole: `(of the)?`, not `(report|source)(:|,)?`. */
const OPTIONAL = /^\((?:[^()]|\([^()]*\))*\)\?$/

/** `…` a gap of a few words, `……` of a clause, `*` any ending, `(a|b)` either, `?` perhaps; anything else stands for itself. */
function compilePhrase(phrase: string, gap = GAP): string {
  let leads = true
  return phrase
    .split(/\s+/)
    .map((word) => {
      // "l’ordonnance" is the word with its article.
      const apart = "\\s+(?:\\p{L}{1,6}['’])?"
      // A gap is words, and words end at a stop; "£7.5m" is one.
      if (/^…+$/.test(word)) {
        leads = false
        return `(?:\\s+${GAP_WORD}){0,${word === '…' ? gap : LONG_GAP}}?`
      }
      const body = word.replace(/\*/g, "[\\p{L}'’-]*").replaceAll('.', '\\.')
      const optional = OPTIONAL.test(body)
      // What may be missing at the head takes the blank behind it along.
      if (optional) return leads ? `(?:${body.slice(0, -1)}\\s+)?` : `(?:${apart}${body.slice(0, -1)})?`
      const pattern = leads ? body : `${apart}${body}`
      leads = false
      return pattern
    })
    .join('')
}

function compileList(phrases: readonly string[], gap = GAP): RegExp {
  if (phrases.length === 0) return /(?!)/gu
  const longestFirst = phrases.toSorted((a, b) => b.length - a.length)
  return new RegExp(
    `(?<![\\p{L}\\p{N}]|\\p{L}-)(?:${longestFirst.map((phrase) => compileAny(phrase, gap)).join('|')})(?![\\p{L}\\p{N}])`,
    'giu'
  )
}

/** Alternatives inside a phrase hold spaces, so the split must not cut them. */
function compileAny(phrase: string, gap: number): string {
  const straight = phrase.replaceAll("'", '’')
  const kept = straight.replace(/\([^()]*(?:\([^()]*\)[^()]*)*\)/g, (group) => group.replaceAll(' ', '\u0000'))
  // Both apostrophes stand for each other.
  return compilePhrase(kept, gap)
    .replaceAll('\u0000', '\\s+')
    .replace(/’(?![^[]*\])/g, "['’]")
}

function compileFile(raw: RawPhrases): Phrases {
  const acts: ActPattern[] = []
  const laws = `(${raw.laws.join('|')})`
  const day = `(${raw.weekdays.join('|')})${raw.daytimes.length > 0 ? `(${raw.daytimes.join('|')})?` : ''}`
  const spelledOut = (phrase: string) => phrase.replaceAll('<law>', laws).replaceAll('<day>', day)
  for (const track of ['rule', 'position', 'event'] as const)
    for (const [act, phrases] of Object.entries(raw[track]))
      acts.push({ track, act: act as ActPattern['act'], pattern: compileList(phrases.map(spelledOut), raw.gap) })
  const compiled = new Map<string, RegExp>()
  // The same sentences are asked for again by every act and date of an article.
  const asked = new Map<string, readonly FoundWords[]>()
  const find: Phrases['find'] = (heading, text) => {
    const question = `${heading} ${text}`
    const known = asked.get(question)
    if (known) return known
    const pattern = compiled.get(heading) ?? compileList(raw[heading].map(spelledOut))
    compiled.set(heading, pattern)
    const found = [...text.matchAll(pattern)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      words: match[0]
    }))
    if (asked.size >= REMEMBERED) asked.clear()
    asked.set(question, found)
    return found
  }
  return { language: raw.language, acts, raw, find, has: (heading, text) => find(heading, text).length > 0 }
}

/**
 * Reads the phrase files by language.
 * @throws Error that names the file and what is wrong in it
 */
function loadPhrases(folder: string = join(packageRoot, 'ledger', 'phrases')): Map<string, Phrases> {
  const all = new Map<string, Phrases>()
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.yaml'))) {
    const checked = phraseFile.safeParse(parse(readFileSync(join(folder, name), 'utf8')))
    if (!checked.success) throw new Error(`ledger/phrases/${name} cannot be used: ${z.prettifyError(checked.error)}`)
    all.set(checked.data.language, compileFile(checked.data))
  }
  return all
}

let byLanguage: Map<string, Phrases> | undefined

/** The project's phrases of a language, read once; undefined where it has no file. */
export function phrasesOf(language: string): Phrases | undefined {
  byLanguage ??= loadPhrases()
  return byLanguage.get(language)
}
