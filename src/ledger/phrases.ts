import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { packageRoot } from '../package-root.js'
import { ACTORS, EFFECTS } from './model.js'

const list = z.array(z.string().min(1)).default([])
const ruleActs = [
  'vetoed',
  'passed',
  'proposed',
  'rejected',
  'enjoined',
  'struck-down',
  'repealed',
  'expired',
  'extended',
  'delayed',
  'in-force'
] as const
const positionActs = [
  'resumed',
  'extended',
  'conditional',
  'paused',
  'exited',
  'bans-use',
  'barred-by-order',
  'restricted',
  'sells'
] as const
const eventActs = ['fined', 'settled'] as const

/** One file of ledger/phrases/; ledger/README.md says what each heading is for. */
const phraseFile = z.strictObject({
  language: z.string().length(2),
  rule: z.partialRecord(z.enum(ruleActs), list).default({}),
  position: z.partialRecord(z.enum(positionActs), list).default({}),
  event: z.partialRecord(z.enum(eventActs), list).default({}),
  hedges: list,
  rulehedges: list,
  hearsay: list,
  silencers: list,
  titles: list,
  compared: list,
  before: list,
  past: list,
  attached: list,
  starts: list,
  immediate: list,
  ends: list,
  moves: list,
  unfinished: list,
  endless: list,
  lengths: list,
  effects: z.partialRecord(z.enum(EFFECTS), list).default({}),
  actors: z.partialRecord(z.enum(ACTORS), list).default({}),
  chambers: list,
  wholes: list,
  courts: list,
  months: list,
  weekdays: list,
  units: z.partialRecord(z.enum(['day', 'week', 'month', 'year']), list).default({}),
  numbers: z.record(z.string(), z.number()).default({}),
  next: list,
  yesterday: list,
  today: list,
  tomorrow: list
})

export type RuleActKey = (typeof ruleActs)[number]
export type PositionActKey = (typeof positionActs)[number]
export type EventActKey = (typeof eventActs)[number]

/** An act's patterns, with what they tell of. */
export interface ActPattern {
  track: 'rule' | 'position' | 'event'
  act: RuleActKey | PositionActKey | EventActKey
  pattern: RegExp
}

type RawPhrases = z.infer<typeof phraseFile>
type ListKey = { [Key in keyof RawPhrases]: RawPhrases[Key] extends string[] ? Key : never }[keyof RawPhrases]

/** The phrases of one language, ready to be looked for. */
export interface Phrases {
  language: string
  acts: ActPattern[]
  /** Does one of a heading's phrases stand in the text? */
  has(heading: ListKey, text: string): boolean
  /** Where they stand. */
  find(heading: ListKey, text: string): { start: number; end: number; words: string }[]
  raw: RawPhrases
}

/** Words that a gap (`…`) may hold, at most. */
const GAP = 6

/** `…` a gap of a few words, `*` any ending, `(a|b)` either, `?` perhaps; anything else stands for itself. */
export function compilePhrase(phrase: string): string {
  return phrase
    .split(/\s+/)
    .map((word, index) => {
      const apart = index === 0 ? '' : '\\s+'
      // A gap is words, and words end at a stop.
      if (word === '…') return `(?:\\s+[^\\s.;:!?]+){0,${GAP}}?`
      const body = word.replace(/\*/g, "[\\p{L}'’-]*").replaceAll('.', '\\.')
      const optional = body.startsWith('(') && body.endsWith(')?')
      return optional ? `(?:${apart}${body.slice(0, -1)})?` : `${apart}${body}`
    })
    .join('')
}

function compileList(phrases: readonly string[]): RegExp {
  if (phrases.length === 0) return /(?!)/gu
  const longestFirst = phrases.toSorted((a, b) => b.length - a.length)
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.map(compileAny).join('|')})(?![\\p{L}\\p{N}])`, 'giu')
}

/** Alternatives inside a phrase hold spaces, so the split must not cut them. */
function compileAny(phrase: string): string {
  const kept = phrase.replace(/\([^()]*(?:\([^()]*\)[^()]*)*\)/g, (group) => group.replaceAll(' ', '\u0000'))
  return compilePhrase(kept).replaceAll('\u0000', '\\s+')
}

function compileFile(raw: RawPhrases): Phrases {
  const acts: ActPattern[] = []
  for (const track of ['rule', 'position', 'event'] as const)
    for (const [act, phrases] of Object.entries(raw[track]))
      acts.push({ track, act: act as ActPattern['act'], pattern: compileList(phrases) })
  const compiled = new Map<string, RegExp>()
  const find: Phrases['find'] = (heading, text) => {
    const pattern = compiled.get(heading) ?? compileList(raw[heading])
    compiled.set(heading, pattern)
    return [...text.matchAll(pattern)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      words: match[0]
    }))
  }
  return { language: raw.language, acts, raw, find, has: (heading, text) => find(heading, text).length > 0 }
}

/**
 * Reads the phrase files by language.
 * @throws Error that names the file and what is wrong in it
 */
export function loadPhrases(folder: string = join(packageRoot, 'ledger', 'phrases')): Map<string, Phrases> {
  const all = new Map<string, Phrases>()
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.yaml'))) {
    const checked = phraseFile.safeParse(parse(readFileSync(join(folder, name), 'utf8')))
    if (!checked.success) throw new Error(`ledger/phrases/${name} cannot be used: ${z.prettifyError(checked.error)}`)
    all.set(checked.data.language, compileFile(checked.data))
  }
  return all
}
