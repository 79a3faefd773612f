import { COPY_SCORE } from './similarity.js'

/** How much the best pair counts against the average of all pairs, when an article meets a story of several. */
const BEST_SHARE = 0.5
/** So far below the threshold two still are one event, when neither goes nearly as well with anything else. */
const UNRIVALLED = 1.5
/** Likewise when they were told within days of each other: far fewer events could have been meant. */
const UNRIVALLED_NEAR = 2.25
/** Whatever scores within so much of the best is its rival: the two may be steps of one matter, or one event told vaguely. */
const RIVAL_MARGIN = 2.5
/** Likewise within days: few matters take two steps then. */
const RIVAL_MARGIN_NEAR = 1.5
/** What scores so far below the threshold is no rival: any two articles of one country and week do. */
const NO_RIVAL = 2.75

/**
 * The score between two groups of articles from the scores of their pairs: between the best pair (which alone would
 * chain unlike events together over a talkative article) and the average (which alone would leave a short item out).
 * A copy belongs with its original whatever the others say.
 */
export function linkScore(pairScores: readonly number[]): number {
  if (pairScores.length === 0) return Number.NEGATIVE_INFINITY
  let sum = 0
  let best = Number.NEGATIVE_INFINITY
  for (const score of pairScores) {
    sum += score
    best = Math.max(best, score)
  }
  if (best >= COPY_SCORE) return best
  return BEST_SHARE * best + (1 - BEST_SHARE) * (sum / pairScores.length)
}

/** The least that two must score to be one event when neither has a rival. */
export function leastUnrivalled(near: boolean, threshold: number): number {
  return threshold - (near ? UNRIVALLED_NEAR : UNRIVALLED)
}

/** The least that makes a third one the rival of one that scores so much. */
export function leastRival(score: number, near: boolean, threshold: number): number {
  return Math.max(score - (near ? RIVAL_MARGIN_NEAR : RIVAL_MARGIN), threshold - NO_RIVAL)
}
