import { type Day, rangeOf } from '../dates.js'
import type { LedgerRecord, Moment } from './model.js'

/** The day up to which knowledge counts for a question. */
export function knowledgeDay(moment: Moment): Day {
  return moment.knownBy ?? moment.now
}

/** What was on record by a day. With a later day it only ever grows: no record vanishes. */
export function knownBy<T extends { known: string }>(records: readonly T[], day: Day): T[] {
  return records.filter((record) => rangeOf(record.known).first <= day)
}

/** What was believed by a day: what was on record, without what had been corrected by then. */
export function believedBy<T extends LedgerRecord>(records: readonly T[], day: Day): T[] {
  const visible = knownBy(records, day)
  const corrected = new Set(visible.map((record) => record.corrects))
  return visible.filter((record) => !corrected.has(record.id))
}

/** Equal but for case, accents and punctuation. Canonical names come in; this forgives only how they are typed. */
export function sameName(a: string, b: string): boolean {
  return fold(a) === fold(b)
}

/** Without case, accents and punctuation. */
export function fold(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}/]+/gu, ' ')
    .trim()
}
