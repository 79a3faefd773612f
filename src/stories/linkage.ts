import { COPY_SCORE } from './similarity.js'

/** How much the best pair counts against the average of all pairs, when an article meets a story of several. */
const BEST_SHARE = 0.5
/** So far below the threshold two still are one event, when neither goes nearly as well with anything else. */
export const UNRIVALLED = 1.5
/** Whatever scores within so much of the best is its rival: the two may be steps of one matter, or one event told vaguely. */
export const RIVAL_MARGIN = 2.5

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
