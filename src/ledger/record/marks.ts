import { type Day, type DayRange, dateInWords, daysBetween, type PartialDate, rangeOf, widen } from '../dates.js'
import type { Doubt, Doubts, Ledger, LedgerRecord, Moment } from './model.js'

/** Days after which an unverified fact is marked (issue: "older than 180 days unverified is marked"). */
export const STALE_DAYS = 180

/** Days after its passing in which a rule with an unseen first day may not have been in force yet. */
export const EFFECT_DAYS = 365

export type MarkKind = Doubt | 'near' | 'lapsed' | 'stale' | 'ahead' | 'reach' | 'no-news'

/** A warning that goes with an answer. */
export interface Mark {
  kind: MarkKind
  /** Short words without a full stop: "day uncertain (from memory)". */
  text: string
  /** True: the answer for the day asked about may be wrong because of it. False: only to be told. */
  bears: boolean
}

const DOUBT_WORDS: Record<Doubt, string> = {
  day: 'day uncertain',
  month: 'month uncertain',
  fact: 'fact uncertain',
  end: 'end uncertain',
  outcome: 'outcome not known',
  effect: 'first day of effect uncertain',
  source: 'weak source',
  sources: 'sources disagree'
}

/** Doubts that touch the answer on every day; the others only near a date. */
const ALWAYS_BEARING: readonly Doubt[] = ['fact', 'outcome', 'source', 'sources']

/** The marks of a record's doubts. `bears` of doubts about dates is left to `nearChange` and to the caller. */
export function doubtMarks(doubts: Doubts): Mark[] {
  const marks: Mark[] = []
  for (const [doubt, why] of Object.entries(doubts) as [Doubt, string][])
    marks.push({ kind: doubt, text: `${DOUBT_WORDS[doubt]} (${why})`, bears: ALWAYS_BEARING.includes(doubt) })
  return marks
}

/** The days on which a change can have happened, doubts about its day or month counted in. */
function possibleDays(date: PartialDate, doubts: Doubts): DayRange {
  if (doubts.month) return widen(date, 'year')
  if (doubts.day && date.length === 10) return widen(date, 'month')
  return rangeOf(date)
}

/** A mark when the day asked about is one on which it cannot be told whether a change had happened. */
export function nearChange(asOf: Day, date: PartialDate, doubts: Doubts, what: string): Mark[] {
  const { first, last } = possibleDays(date, doubts)
  const near = first !== last && first <= asOf && asOf <= last
  return near ? [{ kind: 'near', text: `close to a change of uncertain day: ${what}`, bears: true }] : []
}

/** "Not verified since": for records that nobody has held against their sources for STALE_DAYS. */
export function staleMarks(record: LedgerRecord, now: Day): Mark[] {
  const stale = daysBetween(record.verified, now) > STALE_DAYS
  return stale ? [{ kind: 'stale', text: `not verified since ${dateInWords(record.verified)}`, bears: false }] : []
}

/** What the day asked about itself calls for: a day ahead, or one that the sources do not reach. */
export function momentMarks(ledger: Ledger, moment: Moment): Mark[] {
  if (moment.asOf > moment.now)
    return [{ kind: 'ahead', text: 'a day ahead: so it stands on paper, and may change', bears: true }]
  if (moment.asOf <= rangeOf(ledger.about.reachesTo).last) return []
  const reach = dateInWords(ledger.about.reachesTo)
  return [{ kind: 'reach', text: `the pages read reach to about ${reach}; later news is missing`, bears: false }]
}

/** True when nothing says that the answer may be wrong for the day asked about. */
export function isCertain(marks: readonly Mark[]): boolean {
  return !marks.some((mark) => mark.bears)
}
