/** A law by its number: "SB 6280", "Bill C-27". */
export const NUMBERED =
  /\b(?:(?:S|H|A)\.?\s?(?:B|F|P|R)\.?|SF|HF|LD|LB|[HS](?=\s\d{3})|Int\.?|Bill C-|C-|Intro\.?|Ordinance|Proposition|Measure|Question|Regulation|Directive|Law No\.?|PL|(?:Senate|House|Assembly) Bill)\s?(?:No\.?\s?|nº\s?)?\d[\d-]*/u

/** "S.B. 6280" and "Senate Bill 6280" → "S6280": the number with the house's letter; null for a name without one. */
export function numberOf(instrument: string | null): string | null {
  const match = /^(\p{L})[^\d]*?(\d[\d-]*)/u.exec(instrument ?? '')
  return match ? `${match[1]!.toUpperCase()}${match[2]}` : null
}
