import type { TaggableText } from '../model/tags.js'
import type { KnownWord } from './vocabulary.js'

/** One word of the text, with where it stands. */
export interface Token extends Pick<KnownWord, 'word' | 'capital' | 'caps'> {
  known: KnownWord
  start: number
  end: number
  /** What stands between the word before and this one, in short: see `gapBetween`. */
  gap: string
}

/** A text cut into words and sentences. Title and text are one string, so that one scan reads both. */
export interface Words {
  /** Title, a line break, the text. */
  full: string
  /** Length of the title: offsets below it lie in the title. */
  titleLength: number
  tokens: Token[]
  /** How many tokens the title has. */
  titleTokens: number
  /** Sentence number of each token; the title's sentences come first. */
  sentences: readonly number[]
  /** Number of the first sentence of the text. */
  firstTextSentence: number
  /** Most longer words of the title begin with a capital, so that capitals there say nothing. */
  titleCased: boolean
}

const LETTER = 1
const JOINER = 2
const kinds = classify()

function classify(): Uint8Array {
  const table = new Uint8Array(65536)
  const letter = /[\p{L}\p{N}\p{M}]/u
  for (let code = 0; code < 65536; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue
    if (letter.test(String.fromCharCode(code))) table[code] = LETTER
  }
  for (const joiner of '+&') table[joiner.charCodeAt(0)] = JOINER
  return table
}

/**
 * Characters that are read, about five thousand words: a longer article has said by then whose rules and which companies it is about, and
 * the places and names further down are mentions in passing.
 */
export const MAX_CHARACTERS = 30_000
/** Ends a sentence when a space and a capital follow. */
const SENTENCE_END = /[.!?…:;»”"]|\n/
/** Short words before a full stop that do not end a sentence. */
const ABBREVIATIONS = new Set(
  'gov sen rep mr mrs ms dr st no vs inc corp co ltd jr sr art prof ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex vt va wash wis wyo lt sgt gen col dept univ bzw ca usw z b u a s d nr abs etc jan feb mar apr jun jul aug sept sep oct nov dec sra dra dip'.split(
    ' '
  )
)

/** Cuts title and text into words that the vocabulary tells of; the cost grows with the length only. */
export function cutWords(input: TaggableText, vocabulary: (spelling: string) => KnownWord): Words {
  const full = `${input.title}\n${input.text}`.slice(0, MAX_CHARACTERS)
  const titleLength = Math.min(input.title.length, full.length)
  const tokens = tokenize(full, vocabulary)
  let titleTokens = 0
  while (titleTokens < tokens.length && tokens[titleTokens]!.start < titleLength) titleTokens++
  const sentences: number[] = []
  let sentence = 0
  let firstTextSentence = 0
  for (let i = 0; i < tokens.length; i++) {
    if (i === titleTokens) {
      if (i > 0) sentence++
      firstTextSentence = sentence
    } else if (i > 0 && startsSentence(tokens[i - 1]!, tokens[i]!)) sentence++
    sentences.push(sentence)
  }
  return {
    full,
    titleLength,
    tokens,
    titleTokens,
    sentences,
    firstTextSentence,
    titleCased: isTitleCased(tokens, titleTokens)
  }
}

function tokenize(full: string, vocabulary: (spelling: string) => KnownWord): Token[] {
  const tokens: Token[] = []
  let last = 0
  let i = 0
  const length = full.length
  while (i < length) {
    if (kinds[full.charCodeAt(i)] !== LETTER) {
      i++
      continue
    }
    const start = i
    while (i < length && kinds[full.charCodeAt(i)] !== 0) i++
    const known = vocabulary(full.slice(start, i))
    const { word, capital, caps } = known
    tokens.push({ known, word, capital, caps, start, end: i, gap: gapBetween(full, last, start) })
    last = i
  }
  return tokens
}

/**
 * What separates two words, so that "face-scanning" and "face scanning" meet: ' ' for blanks and hyphens, "'" for any apostrophe,
 * otherwise the characters themselves with blanks made one.
 */
export function gapBetween(text: string, from: number, to: number): string {
  const size = to - from
  if (size === 0) return ''
  const code = text.charCodeAt(from)
  if (size === 1) {
    if (code === 32 || code === 45 || code === 0xa0 || code === 0x2010 || code === 0x2011) return ' '
    if (code === 39 || code === 0x2019) return "'"
  }
  return text.slice(from, to).replace(/\s+/g, ' ').replace(/’/g, "'").replace(/^ $/, ' ')
}

function startsSentence(before: Token, token: Token): boolean {
  const { gap } = token
  if (gap.length < 2 || !SENTENCE_END.test(gap)) return false
  if (!token.capital && !/[«“"„]/.test(gap)) return false
  if (gap.startsWith('. ') && gap.length === 2)
    return !(before.word.length === 1 || (before.capital && ABBREVIATIONS.has(before.word)))
  return true
}

function isTitleCased(tokens: Token[], count: number): boolean {
  let long = 0
  let capital = 0
  for (let i = 1; i < count; i++) {
    const token = tokens[i]!
    if (token.word.length < 4 || !/\p{L}/u.test(token.word)) continue
    long++
    if (token.capital) capital++
  }
  return long > 2 && capital / long > 0.7
}
