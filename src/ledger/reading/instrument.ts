import { NUMBERED, numberOf } from '../../model/law-number.js'
import type { Reading } from '../change.js'

/** So much of an article is searched for the name of its law. */
const OPENING = 900

const NAMED = /\b(?:[A-Z][\p{L}'’-]+ ){1,6}(?:Act|Ordinance|Law|Directive|Regulation|Code)\b/u

/** The law that an article speaks of, as it calls it: its number, else its name; null when it gives neither. */
export function instrumentIn(sentence: string, reading: Pick<Reading, 'title' | 'text'>): string | null {
  const texts = [sentence, reading.title, reading.text.slice(0, OPENING)]
  for (const pattern of [NUMBERED, NAMED])
    for (const text of texts) {
      const found = pattern.exec(text)?.[0]
      if (found) return found.replace(/^(?:The|A|An|Its|Their) /, '')
    }
  return null
}

/** Names of laws are told in many ways, numbers in one: only two different numbers are two laws. */
export function sameInstrument(a: string | null, b: string | null): boolean {
  const [one, other] = [numberOf(a), numberOf(b)]
  return one === null || other === null || one === other
}
