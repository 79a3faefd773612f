import type { Reading } from './change.js'

/** So much of an article is searched for the name of its law. */
const OPENING = 900

/** A law by its number: "SB 6280", "Bill C-27". */
export const NUMBERED =
  /\b(?:(?:S|H|A)\.?\s?(?:B|F|P|R)\.?|SF|HF|LD|LB|[HS](?=\s\d{3})|Int\.?|Bill C-|C-|Intro\.?|Ordinance|Proposition|Measure|Question|Regulation|Directive|Law No\.?|PL|(?:Senate|House|Assembly) Bill)\s?(?:No\.?\s?|nº\s?)?\d[\d-]*/u
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

/** "S.B. 6280" and "Senate Bill 6280" → "S6280": the number with the house's letter; null for a name without one. */
export function numberOf(instrument: string | null): string | null {
  const match = /^(\p{L})[^\d]*?(\d[\d-]*)/u.exec(instrument ?? '')
  return match ? `${match[1]!.toUpperCase()}${match[2]}` : null
}
