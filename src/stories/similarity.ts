import { explain } from './explain.js'
import { isCopy } from './near-duplicate.js'
import { relatePlaces } from './places.js'
import { compareArticles, type SignalStrengths } from './signals.js'
import type { Signature } from './signature.js'
import { SIGNALS, type StoryWeights } from './weights.js'

/** How likely two articles tell one event. */
export interface Similarity {
  /** Log odds: above the threshold of the weights they are one event. */
  score: number
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
  if (a.plain === b.plain) return { score: COPY_SCORE, reason: () => 'the same words' }
  if (isWireCopy(a, b)) return { score: COPY_SCORE, reason: () => 'a copy of the same text' }
  const strengths = compareArticles(a, b, data)
  const score = weighSignals(strengths, data)
  const capped = areStrangers(strengths) || haveOtherActors(a, b) ? Math.min(score, data.threshold - 1) : score
  return { score: capped, reason: () => explain(a, b, strengths, data) }
}

/** Known to be about different places or companies, and nothing else ties them: two cities that did alike on one day. */
function areStrangers(strengths: SignalStrengths): boolean {
  const tied = strengths.sameCompany || strengths.samePlace || strengths.relatedPlace
  return !tied && Boolean(strengths.otherPlace || strengths.otherCompany)
}

/** Two companies that do alike in one week are two events, though each story names the other company. */
function haveOtherActors(a: Signature, b: Signature): boolean {
  return a.actor !== null && b.actor !== null && a.actor !== b.actor
}

/** The weighed sum of the signals, in log odds. */
export function weighSignals(strengths: SignalStrengths, data: Pick<StoryWeights, 'start' | 'weights'>): number {
  let score = data.start
  for (const signal of SIGNALS) score += (strengths[signal] ?? 0) * data.weights[signal]
  return score
}

/** The same text under whatever headline, unless tags or dates say that it was used again for another stage. */
function isWireCopy(a: Signature, b: Signature): boolean {
  if (relatePlaces(a.jurisdictions, b.jurisdictions) === 'apart') return false
  if (a.stage !== null && b.stage !== null && a.stage !== b.stage) return false
  if (a.published !== null && b.published !== null && Math.abs(a.published - b.published) > COPY_DAYS * DAY_MS)
    return false
  return isCopy(a.shingles, b.shingles)
}
