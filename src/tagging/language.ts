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
  concepts: Record<string, string[]>
  company: Record<string, string[]>
  place: Record<string, string[]>
}

/** A language as the tagger uses it. */
export interface LanguagePack {
  code: string
  /** All phrases: concepts by their name, context words as `company.nouns`, `place.civic`, … */
  phrases: WordTrie<string>
  functionWords: Set<string>
  demonymEndings: [string, string[]][]
  demonyms: Record<string, string[]>
}

export interface Languages {
  packs: Map<string, LanguagePack>
  /** The language of a text by its function words; `hint` decides where they do not; `und` when nothing does. */
  detect(words: Words, hint: string | undefined): string
}

/** Words read to tell the language. */
const SAMPLE = 120
/** Votes that a text must give for itself; with fewer, the feed's word counts. */
const LEAST_VOTES = 2
/** How much more the feed's language counts than the others. */
const HINT_WEIGHT = 1.3

/** Reads every pack in lexicon/languages/. */
export function loadLanguages(): Languages {
  const folder = join(packageRoot, 'lexicon', 'languages')
  const packs = new Map<string, LanguagePack>()
  const owners = new Map<string, string[]>()
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()) {
    const data = parse(readFileSync(join(folder, file), 'utf8')) as LanguageFile
    const phrases = new WordTrie<string>()
    for (const [concept, list] of Object.entries(data.concepts)) for (const phrase of list) phrases.add(phrase, concept)
    for (const [use, list] of Object.entries(data.company))
      for (const phrase of list) phrases.add(phrase, `company.${use}`)
    for (const [use, list] of Object.entries(data.place)) for (const phrase of list) phrases.add(phrase, `place.${use}`)
    packs.set(data.language, {
      code: data.language,
      phrases,
      functionWords: new Set(data.functionWords),
      demonymEndings: data.demonymEndings,
      demonyms: data.demonyms ?? {}
    })
    for (const word of data.functionWords) owners.set(word, [...(owners.get(word) ?? []), data.language])
  }
  return { packs, detect: (words, hint) => detect(owners, words, hint) }
}

function detect(owners: Map<string, string[]>, words: Words, hint: string | undefined): string {
  const votes = new Map<string, number>()
  const count = Math.min(words.tokens.length, SAMPLE)
  for (let i = 0; i < count; i++) {
    const { word, caps } = words.tokens[i]!
    // "AI" and "US" are no Italian, no pronoun.
    const languages = caps ? undefined : owners.get(word)
    // A word of one language says more than one that three share.
    if (languages)
      for (const language of languages) votes.set(language, (votes.get(language) ?? 0) + 1 / languages.length)
  }
  const known = hint?.slice(0, 2).toLowerCase()
  const hinted = known && /^[a-z]{2}$/.test(known) ? known : null
  if (hinted && votes.has(hinted)) votes.set(hinted, votes.get(hinted)! * HINT_WEIGHT)
  const [best, second] = [...votes].sort((a, b) => b[1] - a[1])
  if (!best || best[1] < LEAST_VOTES || best[1] === second?.[1])
    return hinted ?? (best && best[1] >= 1 ? best[0] : 'und')
  return best[0]
}
