import type { Word } from './words.js'

/** Words in a row that make one shingle: long enough that two writers seldom hit on the same one. */
const SHINGLE_WORDS = 4
/** Share of the shorter text's shingles that the longer one must hold, for the two to be one text. */
const COPY_SHARE = 0.6
/** Texts with fewer shingles are too short to tell a copy from a coincidence. */
const FEWEST_SHINGLES = 8

/** The runs of words of a text, for finding wire copies under other headlines. */
export function shingle(words: readonly Word[]): Set<string> {
  const shingles = new Set<string>()
  for (let at = 0; at + SHINGLE_WORDS <= words.length; at++) {
    let run = ''
    for (let offset = 0; offset < SHINGLE_WORDS; offset++) run += `${words[at + offset]!.folded} `
    shingles.add(run)
  }
  return shingles
}

/** True when one text is, for the most part, a copy of the other or of its beginning. */
export function isCopy(a: Set<string>, b: Set<string>): boolean {
  const [shorter, longer] = a.size <= b.size ? [a, b] : [b, a]
  if (shorter.size < FEWEST_SHINGLES) return false
  let shared = 0
  for (const run of shorter) if (longer.has(run)) shared++
  return shared / shorter.size >= COPY_SHARE
}
