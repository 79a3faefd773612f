import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { packageRoot } from '../package-root.js'
import type { Words } from './text.js'
import { WordTrie } from './word-trie.js'

/** One file of lexicon/languages/. */
interface LanguageFile {
  language: string
  name: string
  functionWords: string[]
  /** Masculine ending of a demonym → the endings of all its forms. */
  demonymEndings: [string, string[]][]
  /** Demonyms that the data package lacks: country → masculine forms. */
  demonyms?: Record<string, string[]>
  /** Countries where the press of this language is at home, the first where nothing else is told → words that only that press uses. */
  homes: Record<string, string[]>
  concepts: Record<string, string[]>
  company: Record<string, string[]>
  place: Record<string, string[]>
}

/**
 * What a phrase stands for: a concept ("ban"), or words that make sense beside a name, of one use ("place.civic") or another, or words that
 * only the press of one country uses.
 */
export type Phrase = { concept: string } | { concept: null; use: number; home?: string }

/** A language as the tagger uses it. */
export interface LanguagePack {
  code: string
  /** Place among the packs. */
  number: number
  phrases: WordTrie<Phrase>
  /** Concept → its phrases as written, "*" behind stems. */
  concepts: Readonly<Record<string, readonly string[]>>
  functionWords: Set<string>
  demonymEndings: [string, string[]][]
  demonyms: Record<string, string[]>
  /** Countries where its press is at home, the first where nothing else is told. */
  homes: string[]
}

export interface Languages {
  packs: Map<string, LanguagePack>
  /** What words say of the language of their text. */
  ballots: ReadonlyMap<string, Ballot>
  /** The language of a text by its function words; `hint` decides where they do not; `und` when nothing does. */
  detect(words: Words, hint: string | undefined): string
}

/** Words read to tell the language. */
const SAMPLE = 120
/** Votes that a text must give for itself; with fewer, the feed's word counts. */
const LEAST_VOTES = 2
/** How much more the feed's language counts than the others. */
const HINT_WEIGHT = 1.3

const useBits = new Map<string, number>()

/** The bit of a use of context words ("place.civic"), so that all uses that begin at a token fit into one number. */
export function useBit(use: string): number {
  let bit = useBits.get(use)
  if (bit === undefined) {
    bit = 1 << useBits.size
    useBits.set(use, bit)
  }
  return bit
}

/** Reads every pack in lexicon/languages/. */
export function loadLanguages(): Languages {
  const folder = join(packageRoot, 'lexicon', 'languages')
  const packs = new Map<string, LanguagePack>()
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()) {
    const data = parse(readFileSync(join(folder, file), 'utf8')) as LanguageFile
    const phrases = new WordTrie<Phrase>()
    const add = (list: string[], meaning: Phrase): void => {
      for (const phrase of list) phrases.add(phrase, meaning)
    }
    for (const [concept, list] of Object.entries(data.concepts)) add(list, { concept })
    for (const group of ['company', 'place'] as const)
      for (const [use, list] of Object.entries(data[group]))
        add(list, { concept: null, use: useBit(`${group}.${use}`) })
    for (const [country, list] of Object.entries(data.homes)) add(list, { concept: null, use: 0, home: country })
    packs.set(data.language, {
      code: data.language,
      number: packs.size,
      phrases,
      concepts: data.concepts,
      functionWords: new Set(data.functionWords),
      demonymEndings: data.demonymEndings,
      demonyms: data.demonyms ?? {},
      homes: Object.keys(data.homes)
    })
  }
  const codes = [...packs.keys()]
  return { packs, ballots: castBallots(packs), detect: (words, hint) => detect(codes, words, hint) }
}

/** What a function word says of the language: a word of one language says more than one that three share. */
export interface Ballot {
  /** Numbers of the languages that have the word. */
  languages: number[]
  votes: number
}

function castBallots(packs: Map<string, LanguagePack>): Map<string, Ballot> {
  const ballots = new Map<string, Ballot>()
  for (const [number, { functionWords }] of [...packs.values()].entries()) {
    for (const word of functionWords) {
      const languages = [...(ballots.get(word)?.languages ?? []), number]
      ballots.set(word, { languages, votes: 1 / languages.length })
    }
  }
  return ballots
}

function detect(codes: readonly string[], words: Words, hint: string | undefined): string {
  const votes = new Float64Array(codes.length)
  const count = Math.min(words.tokens.length, SAMPLE)
  for (let i = 0; i < count; i++) {
    const { ballot } = words.tokens[i]!.known
    if (ballot) for (const language of ballot.languages) votes[language]! += ballot.votes
  }
  const known = hint?.slice(0, 2).toLowerCase()
  const hinted = known && /^[a-z]{2}$/.test(known) ? known : null
  const own = hinted ? codes.indexOf(hinted) : -1
  if (own >= 0) votes[own]! *= HINT_WEIGHT
  let best = 0
  for (let language = 1; language < votes.length; language++) if (votes[language]! > votes[best]!) best = language
  const most = votes[best]!
  const tied = votes.indexOf(most, best + 1) >= 0
  if (most >= LEAST_VOTES && !tied) return codes[best]!
  return hinted ?? (most >= 1 ? codes[best]! : 'und')
}
