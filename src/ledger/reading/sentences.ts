import type { Quote } from '../change.js'

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
  /(?:^|[\s(-])(?:Gov|Sen|Rep|Mr|Mrs|Ms|Dr|St|No|Inc|Corp|Co|Ltd|vs|v|Jan|Feb|Aug|Sept|Oct|Nov|Dec|art|Art|Abs|Nr|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|sig|Sr|Sra|dott|[A-Z]|[A-Z]\.[A-Z])\.\s*$/u

/** "am 1." goes on with a month, "am 06.09." with a verb; "March 1." does not. */
const ORDINAL = /\s(?:\d{1,2}\. ?)?\d{1,2}\.\s*$/u
const GOES_ON = /^(?:\p{Ll}|Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)/u

/** The sentences of a text, abbreviations kept whole. */
export function sentencesOf(text: string, field: Sentence['field']): Sentence[] {
  const sentences: Sentence[] = []
  for (const { segment, index } of segmenter.segment(text)) {
    const last = sentences.at(-1)
    if (last && (UNFINISHED.test(last.text) || (ORDINAL.test(last.text) && GOES_ON.test(segment)))) last.text += segment
    else sentences.push({ field, start: index, text: segment })
  }
  return sentences
}

/** "MADISON, Wis. — ", "SEOUL, May 12 - ": where and when a report was written, which need not be where it happened. */
const DATELINE = /^\p{Lu}{2}[\p{Lu}\s.'’-]*(?:,[^—–:]{1,20}?)?(?:\([^)]*\))?(?:\s*[—–:]|\s-)\s/u

/** Where the dateline of a sentence ends; 0 when it has none. */
export function datelineEnd({ field, text }: Pick<Sentence, 'field' | 'text'>): number {
  return field === 'text' ? (DATELINE.exec(text)?.[0].length ?? 0) : 0
}

/** Words of a sentence as a quote of the article. */
export function quoteIn(sentence: Sentence, start: number, end: number, says: Quote['says']): Quote {
  return {
    field: sentence.field,
    start: sentence.start + start,
    end: sentence.start + end,
    words: sentence.text.slice(start, end),
    says
  }
}
