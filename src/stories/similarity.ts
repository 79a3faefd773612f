import { explain } from './explain.js'
import { isCopy } from './near-duplicate.js'
import { relateArticles } from './places.js'
import { compareArticles, type SignalStrengths } from './signals.js'
import type { Signature } from './signature.js'
import { SIGNALS, type Signal, type StoryWeights } from './weights.js'

/** How likely two articles tell one event. */
export interface Similarity {
  /** Log odds: above the threshold of the weights they are one event. */
  score: number
  /** Something that both say outright differs: the company, the place, the step, the sum, the year. */
  contradicted: boolean
  /** Both are dated, within days of each other. */
  near: boolean
  /** For people: `same company and place, 5 rare words in common, 1 day apart`. Made on demand, it costs. */
  reason(): string
}

/** What a copy scores: more than any sum of signals. */
export const COPY_SCORE = 12
/** A bill's page keeps its text from stage to stage; a wire copy runs within days. */
const COPY_DAYS = 14
const DAY_MS = 86_400_000

/** Scores two articles. Symmetric and pure. */
export function scorePair(a: Signature, b: Signature, data: StoryWeights): Similarity {
  const copied = findCopy(a, b)
  if (copied !== null) return { score: COPY_SCORE, contradicted: false, near: true, reason: () => copied }
  const strengths = compareArticles(a, b, data)
  return {
    score: scoreSignals(strengths, data),
    contradicted: areContradicted(strengths),
    near: areNear(strengths),
    reason: () => explain(a, b, strengths, data)
  }
}

/** How far below the threshold two articles stay at least that are held apart, whatever else speaks for them. */
export const APART_MARGIN = 1

/** The weighed sum, held below the threshold where something forbids that the two tell one event. */
function scoreSignals(strengths: SignalStrengths, data: StoryWeights): number {
  const score = weighSignals(strengths, data)
  return areHeldApart(strengths) ? Math.min(score, data.threshold - APART_MARGIN) : score
}

/**
 * Places apart where the company is the same: it is fined alike by two countries; where it is not, a place may be wrong,
 * and only weighs. Not a rare word in common: tags alone make no event.
 */
export function areHeldApart(strengths: SignalStrengths): boolean {
  const { otherPlace, sameCompany, otherLanguage, sharedWords, names, numbers } = strengths
  return Boolean(otherPlace && sameCompany) || !(otherLanguage || sharedWords || names || numbers)
}

/** What cannot differ within one event, but for a mistake in the tags. */
const CONTRADICTIONS = [
  'otherCompany',
  'otherTitleCompany',
  'otherActor',
  'otherPlace',
  'otherStage',
  'otherTitlePhase',
  'otherTitleActs',
  'otherNumbers',
  'otherTitleSums',
  'otherYear',
  'daysApart'
] as const satisfies readonly Signal[]

/** Whether the two contradict each other, rather than only have little in common. */
export function areContradicted(strengths: SignalStrengths): boolean {
  return areOtherMatters(strengths) || CONTRADICTIONS.some((signal) => Boolean(strengths[signal]))
}

/** Share of closeness left after four days: the report of an act is out by then, and what follows tells it again. */
const STILL_REPORTED = 0.6

/** Days apart, a regulator's order on an airport and a council's ban in casinos are two matters of one town. */
function areOtherMatters({ otherKind, otherSettings, daysClose = 0 }: SignalStrengths): boolean {
  return Boolean(otherKind && otherSettings) && daysClose < STILL_REPORTED
}

/** Whether both are dated, and within the days in which one event is told: a law firm's note comes a week later. */
export function areNear({ daysClose = 0 }: SignalStrengths): boolean {
  return daysClose > 0
}

/** Says of what sort of copy one article is of the other; null when it is none. */
export function findCopy(a: Signature, b: Signature): string | null {
  if (a.plain === b.plain) return 'the same words'
  return isWireCopy(a, b) ? 'a copy of the same text' : null
}

/** The weighed sum of the signals, in log odds. */
export function weighSignals(strengths: SignalStrengths, data: Pick<StoryWeights, 'start' | 'weights'>): number {
  let score = data.start
  for (const signal of SIGNALS) score += (strengths[signal] ?? 0) * data.weights[signal]
  return score
}

/** The same text under whatever headline, unless tags or dates say that it was used again for another stage. */
function isWireCopy(a: Signature, b: Signature): boolean {
  if (relateArticles(a, b) === 'apart') return false
  if (a.stage !== null && b.stage !== null && a.stage !== b.stage) return false
  if (a.published !== null && b.published !== null && Math.abs(a.published - b.published) > COPY_DAYS * DAY_MS)
    return false
  return isCopy(a.shingles, b.shingles)
}
