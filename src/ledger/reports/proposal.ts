import { countIndependent } from '../../stories/independence.js'
import type { Change } from '../change.js'
import { type Day, daysBetween, rangeOf } from '../dates.js'
import { joinable, rewords } from './same-change.js'
import { contradicts } from './succession.js'

/** One article that tells of a change, or (`change.denied`) against it. */
export interface ProposalSource {
  outlet: string
  /** Said by a public body itself, on a feed of the catalogue. */
  official: boolean
  link: string | null
  /** Its headline and summary: by these copies of one wire report are known. */
  title: string
  summary: string
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

/** Two articles agree on a day when they name days no further apart. */
const AGREE_DAYS = 3

/** What a change leads to: with the subject and the date the key of a proposal. */
export function stateOf(change: Change): string {
  if (change.type === 'position') return change.extends ? `${change.state}, extended` : change.state
  return change.act
}

/** The company or place that a change is about. */
export function aboutOf(change: Change): string {
  return change.type === 'rule' ? change.place : change.company
}

/** Articles that tell of the change; the others deny it. */
export function tellersOf({ sources }: Pick<Proposal, 'sources'>): ProposalSource[] {
  return sources.filter(({ change }) => !change.denied)
}

/** Outlets that told it, none twice. */
export function outletsOf(proposal: Pick<Proposal, 'sources'>): string[] {
  return [...new Set(tellersOf(proposal).map(({ outlet }) => outlet))]
}

/** How many told it of their own: outlets that copy a wire report, or pass on what another outlet says, add none. */
export function independentOf(sources: readonly ProposalSource[]): number {
  return countIndependent(sources.filter(({ change }) => !change.relayed))
}

/** Those that wait for a word, without what only says in other words what the workspace has rejected. */
export function openAmong(all: readonly Proposal[]): Proposal[] {
  const rejected = all.filter(({ ruled }) => ruled?.verdict === 'rejected')
  return all.filter(
    (one) =>
      one.ruled === null && !rejected.some(({ change }) => joinable(change, one.change) || rewords(change, one.change))
  )
}

/** What besides people may confirm a reported change. */
export const CONFIRMS = ['people', 'official', 'two', 'either'] as const
export type Confirms = (typeof CONFIRMS)[number]

/**
 * What a workspace's rule confirms of a proposal: the reading of an official source, or of two independent outlets that
 * agree on day and end; null: nothing. Never what another proposal contradicts, what is denied, what outlets disagree on,
 * nor what came with first readings alone.
 */
export function selfConfirmed(proposal: Proposal, confirms: Confirms, others: readonly Proposal[]): Change | null {
  if (confirms === 'people' || proposal.quiet || proposal.ruled) return null
  if (others.some((other) => other.id !== proposal.id && contradicts(other.change, proposal.change))) return null
  const tellers = tellersOf(proposal)
  if (tellers.length < proposal.sources.length || tellers.some(({ change }) => disagrees(change, proposal.change)))
    return null
  const official = tellers.find((source) => source.official)
  if (official && confirms !== 'two') return official.change
  const agreed = tellers.filter(({ change }) => agrees(change, proposal.change))
  return confirms !== 'official' && independentOf(agreed) >= 2 ? proposal.change : null
}

/** Two articles name days that cannot be one. */
export function disagrees(a: Change, b: Change): boolean {
  return a.dateTold && b.dateTold && apart(a, b) > AGREE_DAYS
}

function agrees(a: Change, b: Change): boolean {
  return apart(a, b) <= AGREE_DAYS && endOf(a) === endOf(b)
}

function apart(a: Change, b: Change): number {
  const [one, other] = [rangeOf(a.date), rangeOf(b.date)]
  if (one.first <= other.last && other.first <= one.last) return 0
  return Math.min(Math.abs(daysBetween(one.last, other.first)), Math.abs(daysBetween(other.last, one.first)))
}

function endOf(change: Change): string {
  if (change.type === 'position') return change.end?.date ?? change.end?.condition ?? ''
  return change.type === 'rule' ? `${change.ends ?? ''} ${change.inForce ?? ''}` : ''
}
