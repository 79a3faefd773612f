import type { Change } from './change.js'
import { type Day, daysBetween, rangeOf } from './dates.js'

/** One article that tells of a change. */
export interface ProposalSource {
  outlet: string
  /** Said by a public body itself, on a feed of the catalogue. */
  official: boolean
  link: string | null
  change: Change
}

/** A workspace's word on a proposal. */
export interface Ruling {
  verdict: 'confirmed' | 'rejected'
  change: Change
  /** Who said it, by name. */
  by: string
  day: Day
}

/** A change that news tell of, as one workspace sees it. Reported, not a fact. */
export interface Proposal {
  id: number
  /** As its first article tells it. */
  change: Change
  trueFrom: string
  knownAt: Date
  quiet: boolean
  sources: ProposalSource[]
  /** The workspace's last word; null: none yet. */
  ruled: Ruling | null
}

/** A change that was proposed before. */
export interface Candidate {
  id: number
  change: Change
}
export type KnownChange = Candidate

/** Two articles tell of one event within so many days. */
const SAME_DAYS = 30
/** An article that names no day may come late, or tell old news anew. */
const ECHO_DAYS = 150

/** What a change leads to: with the subject and the date the key of a proposal. */
export function stateOf(change: Change): string {
  if (change.type === 'position') return change.extends ? `${change.state}, extended` : change.state
  return change.act
}

/** Whether two changes of the same subject and state are one event, told twice. */
export function joinable(known: Change, fresh: Change): boolean {
  if (known.type === 'rule' && fresh.type === 'rule' && !sameInstrument(known.instrument, fresh.instrument))
    return false
  if (known.type === 'position' && fresh.type === 'position' && !overlap(known.audience, fresh.audience)) return false
  const apart = Math.abs(daysBetween(rangeOf(known.date).first, rangeOf(fresh.date).first))
  return apart <= (fresh.dateTold ? SAME_DAYS : ECHO_DAYS)
}

/** Names of laws are told in many ways, numbers in one: only two different numbers are two laws. */
export function sameInstrument(a: string | null, b: string | null): boolean {
  const [one, other] = [numberOf(a), numberOf(b)]
  return one === null || other === null || one === other
}

/** "S.B. 6280" and "Senate Bill 6280" → "6280" with the house's letter. */
function numberOf(instrument: string | null): string | null {
  const match = /^(\p{L})[^\d]*?(\d[\d-]*)/u.exec(instrument ?? '')
  return match ? `${match[1]!.toUpperCase()}${match[2]}` : null
}

/** Nobody named is everybody. */
function overlap(a: readonly string[], b: readonly string[]): boolean {
  return a.length === 0 || b.length === 0 || a.some((one) => b.includes(one))
}

/** Outlets that told it, none twice: copies of one outlet are one source. */
export function outletsOf(proposal: Pick<Proposal, 'sources'>): string[] {
  return [...new Set(proposal.sources.map(({ outlet }) => outlet))]
}

/** What besides people may confirm a reported change. */
export const CONFIRMS = ['people', 'official', 'two', 'either'] as const
export type Confirms = (typeof CONFIRMS)[number]

/**
 * Whether a workspace's rule confirms a proposal: an official source, or two independent outlets that agree on the day.
 * Never one that another open proposal contradicts, and never one that came with first readings alone.
 */
export function mayConfirmItself(proposal: Proposal, confirms: Confirms, others: readonly Proposal[]): boolean {
  if (confirms === 'people' || proposal.quiet || proposal.ruled) return false
  if (others.some((other) => other.id !== proposal.id && contradicts(other.change, proposal.change))) return false
  const official = proposal.sources.some((source) => source.official)
  const told = proposal.sources.filter(({ change }) => agrees(change, proposal.change))
  const two = outletsOf({ sources: told }).length >= 2
  return (confirms !== 'two' && official) || (confirms !== 'official' && two)
}

/** The same subject led elsewhere within a month: one of the two is wrong, and a person must say which. */
export function contradicts(a: Change, b: Change): boolean {
  if (a.type !== b.type || a.type === 'event' || b.type === 'event') return false
  if (stateOf(a) === stateOf(b)) return false
  const apart = Math.abs(daysBetween(rangeOf(a.date).first, rangeOf(b.date).first))
  if (apart > SAME_DAYS) return false
  if (a.type === 'rule' && b.type === 'rule') {
    const follows = ['passed in-force', 'advanced passed', 'proposed advanced', 'proposed passed']
    const pair = [a.act, b.act]
    return (
      a.place === b.place &&
      sameInstrument(a.instrument, b.instrument) &&
      !follows.includes(pair.join(' ')) &&
      !follows.includes(pair.reverse().join(' '))
    )
  }
  return a.type === 'position' && b.type === 'position' && a.company === b.company && overlap(a.audience, b.audience)
}

function agrees(a: Change, b: Change): boolean {
  return Math.abs(daysBetween(rangeOf(a.date).first, rangeOf(b.date).first)) <= 3 && endOf(a) === endOf(b)
}

function endOf(change: Change): string {
  if (change.type === 'position') return change.end?.date ?? change.end?.condition ?? ''
  return change.type === 'rule' ? `${change.ends ?? ''} ${change.inForce ?? ''}` : ''
}
