/** A sentence of an article, with where it stands. */
export interface Sentence {
  field: 'title' | 'text'
  /** Offset of its first character in the field. */
  start: number
  text: string
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })
/** Ends in an abbreviation, an initial or a bill's letters: the sentence goes on. */
const UNFINISHED =
  /(?:^|[\s(])(?:Gov|Sen|Rep|Mr|Mrs|Ms|Dr|St|No|Inc|Corp|Co|Ltd|vs|v|Jan|Feb|Aug|Sept|Oct|Nov|Dec|art|Art|Abs|Nr|Mass|Calif|Wash|[A-Z]|[A-Z]\.[A-Z]|\d{1,2})\.\s*$/u

/** The sentences of a text, abbreviations kept whole. */
export function sentencesOf(text: string, field: Sentence['field']): Sentence[] {
  const sentences: Sentence[] = []
  for (const { segment, index } of segmenter.segment(text)) {
    const last = sentences.at(-1)
    if (last && UNFINISHED.test(last.text)) last.text += segment
    else sentences.push({ field, start: index, text: segment })
  }
  return sentences
}
