import type { TaggableText } from '../model/tags.js'
import { type LanguagePack, useBit } from './language.js'
import type { Lexicon } from './lexicon.js'
import type { NameEntry } from './names.js'
import { cutWords, type Words } from './text.js'
import { phrasesFrom } from './vocabulary.js'
import type { TrieMatch } from './word-trie.js'

/** A phrase of a language pack found in the text. */
export interface PhraseHit {
  /** Concept, as "ban". */
  concept: string
  from: number
  to: number
}

/** A name in the text and what it may stand for; readings that the letter case or the language rules out are gone. */
export interface Mention {
  from: number
  to: number
  entries: NameEntry[]
}

/** A text as read once: words, language, phrases, names. Everything after this only looks things up. */
export interface ReadStory extends Words {
  lang: string
  /** Whether the text has a word, or a phrase with blanks or hyphens, in lower case. */
  has(phrase: string): boolean
  pack: LanguagePack
  hits: PhraseHit[]
  /** Countries, once for every phrase that only their press uses. */
  homesTold: string[]
  mentions: Mention[]
  /** Context words ("place.civic", "company.nouns") that begin at a token. */
  startsAt(token: number, use: string): boolean
  /** Context words that end right before a token. */
  endsAt(token: number, use: string): boolean
}

/** Phrases behind this many words are not read: a long article says at its head what it is about. */
const PHRASE_WORDS = 700

/** Reads a story: one scan for names, one for the phrases of its language. */
export function readStory(input: TaggableText, lexicon: Lexicon): ReadStory {
  const words = cutWords(input, lexicon.vocabulary)
  const lang = lexicon.languages.detect(words, input.lang)
  const pack = lexicon.languages.packs.get(lang) ?? lexicon.languages.packs.get('en')!
  const starts = new Array<number>(words.tokens.length).fill(0)
  const ends = new Array<number>(words.tokens.length + 1).fill(0)
  const concepts: PhraseHit[] = []
  const homesTold: string[] = []
  const phrases = pack.phrases.scan(words.tokens, ({ known }) => phrasesFrom(pack, known), PHRASE_WORDS)
  for (const { from, to, value } of phrases) {
    if (value.concept !== null) {
      concepts.push({ concept: value.concept, from, to })
      continue
    }
    if (value.home) homesTold.push(value.home)
    starts[from]! |= value.use
    ends[to]! |= value.use
  }
  // Spelled out: a spread makes an object that is slow to read from.
  return {
    full: words.full,
    titleLength: words.titleLength,
    tokens: words.tokens,
    titleTokens: words.titleTokens,
    sentences: words.sentences,
    firstTextSentence: words.firstTextSentence,
    titleCased: words.titleCased,
    lang,
    has: phraseFinder(words),
    pack,
    hits: outermost(concepts),
    homesTold,
    mentions: findMentions(
      words,
      lang,
      lexicon.names.scan(words.tokens, ({ known }) => known.names)
    ),
    startsAt: (token, use) => (starts[token]! & useBit(use)) !== 0,
    endsAt: (token, use) => (ends[token]! & useBit(use)) !== 0
  }
}

/** The sets are built when the first ambiguous name asks for them; most stories have none. */
function phraseFinder(words: Words): (phrase: string) => boolean {
  let lower: string | null = null
  let known: Set<string> | null = null
  return (phrase) => {
    if (/[ -]/.test(phrase)) {
      lower ??= words.full.toLowerCase()
      return lower.includes(phrase)
    }
    known ??= new Set(words.tokens.map(({ word }) => word))
    return known.has(phrase)
  }
}

/** Drops hits that lie strictly inside another: "ban" in "lifts ban" says the opposite. */
function outermost(hits: PhraseHit[]): PhraseHit[] {
  const sorted = [...hits].sort((a, b) => a.from - b.from || b.to - a.to)
  const kept: PhraseHit[] = []
  let reach: PhraseHit | null = null
  for (const hit of sorted) {
    if (reach && hit.from >= reach.from && hit.to <= reach.to && hit.to - hit.from < reach.to - reach.from) continue
    kept.push(hit)
    if (!reach || hit.to > reach.to) reach = hit
  }
  return kept
}

/** The longest names win; names of one stretch are one mention with several readings. */
function findMentions(words: Words, lang: string, matches: TrieMatch<NameEntry>[]): Mention[] {
  const fitting = matches.filter(
    ({ from, to, value }) => (value.language ?? lang) === lang && lettersFit(words, from, to, value)
  )
  fitting.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from)
  const taken = new Map<number, Mention>()
  const mentions: Mention[] = []
  for (const { from, to, value } of fitting) {
    const holder = taken.get(from)
    if (holder && holder.from === from && holder.to === to) {
      holder.entries.push(value)
      continue
    }
    let free = true
    for (let i = from; i < to && free; i++) free = !taken.has(i)
    if (!free) continue
    const mention = { from, to, entries: [value] }
    mentions.push(mention)
    for (let i = from; i < to; i++) taken.set(i, mention)
  }
  return mentions.sort((a, b) => a.from - b.from)
}

function lettersFit(words: Words, from: number, to: number, { letters, name }: NameEntry): boolean {
  const first = words.tokens[from]!
  if (letters === 'any') return true
  if (letters === 'capital') return first.capital
  if (to - from === 1 && !name.includes('.')) return words.full.startsWith(name, first.start)
  const text = words.full.slice(first.start, words.tokens[to - 1]!.end)
  return text.replace(/[^\p{L}\p{N}]/gu, '') === name.replace(/[^\p{L}\p{N}]/gu, '')
}
