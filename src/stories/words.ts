/** Splitting text into words that can be compared across outlets and languages. */

/** One word of a text. */
export interface Word {
  /** Lower case, without accents: `Österreich` → `osterreich`. */
  folded: string
  /** Written with a capital where the grammar of the sentence does not ask for one. */
  name: boolean
  /** Written with a capital, for whatever reason. */
  capital: boolean
  /** Nothing but a space stands between it and the word before. */
  adjoins: boolean
}

/** Letters after which a word's ending is cut off: enough to join `propose`, `proposal`, `proposed` in seven languages. */
const STEM_LETTERS = 6
/** Shorter words are articles and prepositions in all seven languages, or abbreviations, which are names. */
const SHORTEST_WORD = 4

const WORD = /\p{L}[\p{L}\p{M}]*/gu
const ENDS_SENTENCE = /(?:[.!?:…]["”»’)]*|[\n–—•|])\s*["“«„‘'(]*$/u
const ACRONYM = /^\p{Lu}{2,}$/u

/** Lower case without accents and ligatures. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
}

/** The words of a text in order. A sentence's first word is a name only when it is an acronym. */
export function splitWords(text: string): Word[] {
  const words: Word[] = []
  let end = 0
  for (const match of text.matchAll(WORD)) {
    const written = match[0]
    const gap = text.slice(end, match.index)
    const first = words.length === 0 || ENDS_SENTENCE.test(gap)
    const capital = written[0] !== written[0]!.toLowerCase()
    const name = ACRONYM.test(written) || (capital && !first)
    words.push({ folded: fold(written), name, capital, adjoins: gap === ' ' })
    end = match.index + written.length
  }
  return words
}

/** True when more than half of a headline's words carry a capital, so that capitals there tell nothing. */
export function isTitleCase(words: Word[]): boolean {
  const long = words.filter((word) => word.folded.length >= SHORTEST_WORD)
  return long.filter((word) => word.name).length > long.length / 2
}

/** What two forms of one word have in common; null for words too short to tell anything. */
export function stem(folded: string): string | null {
  return folded.length < SHORTEST_WORD ? null : folded.slice(0, STEM_LETTERS)
}

/** The folded words of a text. */
export function foldedWords(text: string): string[] {
  return splitWords(text).map((word) => word.folded)
}
