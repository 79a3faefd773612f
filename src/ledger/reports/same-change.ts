import type { Change } from '../change.js'
import { daysBetween, rangeOf } from '../dates.js'
import { sameInstrument } from '../reading/instrument.js'

/** Two articles that both name a day tell of one event within so many days. */
const TOLD_DAYS = 10
/** The same, where the known one names none. */
const SAME_DAYS = 30
/** An article that names no day may come late, or tell old news anew. */
const ECHO_DAYS = 150
/** The same event in other words is told within so many days. */
const REWORD_DAYS = 3
const REWORD_UNTOLD_DAYS = 7

/** States that outlets take for one another. */
const FAMILIES: readonly (readonly string[])[] = [
  ['advanced', 'passed', 'signed', 'in-force'],
  ['vetoed', 'rejected'],
  ['enjoined', 'struck-down', 'repealed', 'expired'],
  ['extended', 'delayed'],
  ['paused', 'exited', 'conditional', 'restricted', 'bans-use', 'barred-by-order'],
  ['resumed', 'sells']
]

/** Whether two changes of the same subject and state are one event, told twice. */
export function joinable(known: Change, fresh: Change): boolean {
  if (!sameMatter(known, fresh) || wordOf(known) !== wordOf(fresh)) return false
  const days = !fresh.dateTold ? ECHO_DAYS : known.dateTold ? TOLD_DAYS : SAME_DAYS
  return daysApart(known, fresh) <= days
}

/** Whether a change says in other words what is known: "paused" for "stopped selling", within days. */
export function rewords(known: Change, fresh: Change): boolean {
  if (!sameMatter(known, fresh) || !sameFamily(wordOf(known), wordOf(fresh))) return false
  return daysApart(known, fresh) <= (fresh.dateTold ? REWORD_DAYS : REWORD_UNTOLD_DAYS)
}

/** Whether a denial speaks against a change that was reported before it. */
export function denies(denial: Change, known: Change): boolean {
  return sameMatter(known, denial) && sameFamily(wordOf(known), wordOf(denial)) && daysApart(known, denial) <= ECHO_DAYS
}

/** Of one company or place, and as far as they tell of one law, one audience. */
export function sameMatter(a: Change, b: Change): boolean {
  if (a.type === 'rule' || b.type === 'rule')
    return a.type === 'rule' && b.type === 'rule' && a.place === b.place && sameInstrument(a.instrument, b.instrument)
  if (a.type !== b.type || a.company !== b.company) return false
  return a.type !== 'position' || b.type !== 'position' || overlap(a.audience, b.audience)
}

function wordOf(change: Change): string {
  if (change.type === 'position') return change.extends ? 'extended' : change.state
  return change.act
}

function sameFamily(a: string, b: string): boolean {
  return a === b || FAMILIES.some((family) => family.includes(a) && family.includes(b))
}

/** Nobody named is everybody. */
function overlap(a: readonly string[], b: readonly string[]): boolean {
  return a.length === 0 || b.length === 0 || a.some((one) => b.includes(one))
}

function daysApart(a: Change, b: Change): number {
  return Math.abs(daysBetween(rangeOf(a.date).first, rangeOf(b.date).first))
}
