/** Longest summary of a compact alert, in characters; a sentence of news is shorter. */
export const SUMMARY_LENGTH = 300

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })

/** The first sentence, cut at a word when it is longer than a sentence of news should be. */
export function firstSentence(text: string): string {
  const clean = text.replace(/\s+/g, ' ').trim()
  let sentence = ''
  for (const { segment } of sentences.segment(clean)) {
    sentence += segment
    // A dateline or an initial ("WASHINGTON (AP) – ", "Sen. ") is no sentence: take the next one with it.
    if (sentence.trim().length >= 40) break
  }
  return cutAtWord(sentence.trim(), SUMMARY_LENGTH)
}

/** At most `length` characters, cut at a word with "…". */
export function cutAtWord(text: string, length: number): string {
  if (text.length <= length) return text
  const cut = text.slice(0, length - 1)
  const lastSpace = cut.lastIndexOf(' ')
  return `${(lastSpace > length / 2 ? cut.slice(0, lastSpace) : cut).replace(/[\s,;:.–—-]+$/u, '')}…`
}
