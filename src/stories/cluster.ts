import { CandidateIndex } from './candidates.js'
import { linkScore, RIVAL_MARGIN, UNRIVALLED } from './linkage.js'
import type { Signature } from './signature.js'
import { type Similarity, scorePair } from './similarity.js'
import type { StoryWeights } from './weights.js'

/** Two articles of a batch by their places in it, and how well they go together. */
export interface ScoredPair {
  a: number
  b: number
  score: number
  contradicted: boolean
}

/** Scores two articles of a batch by their places in it. */
export type PairScorer = (a: number, b: number) => Pick<Similarity, 'score' | 'contradicted'>

/** Members of a group that are compared when two groups may be one; more tell nothing new and cost their square. */
const MOST_COMPARED = 12

/** Groups articles that are in a canonical order; each group, and the list of groups, is in that order too. */
export function groupSigned(articles: readonly Signature[], data: StoryWeights): number[][] {
  const score = makeScorer(articles, data)
  return joinPairs(articles.length, scoreCandidates(articles, data, score), score, data.threshold)
}

/** A scorer that remembers what it has scored. */
function makeScorer(articles: readonly Signature[], data: StoryWeights): PairScorer {
  const scores = new Map<number, Similarity>()
  return (a, b) => {
    const key = Math.min(a, b) * articles.length + Math.max(a, b)
    const known = scores.get(key)
    if (known !== undefined) return known
    const found = scorePair(articles[a]!, articles[b]!, data)
    scores.set(key, found)
    return found
  }
}

/** The pairs worth looking at, best first. */
function scoreCandidates(articles: readonly Signature[], data: StoryWeights, score: PairScorer): ScoredPair[] {
  const pairs: ScoredPair[] = []
  const index = new CandidateIndex(data)
  for (const [b, article] of articles.entries()) {
    for (const a of index.find(article)) pairs.push({ a, b, ...score(a, b) })
    index.add(b, article)
  }
  return pairs.sort((left, right) => right.score - left.score || left.a - right.a || left.b - right.b)
}

/**
 * Joins groups pair by pair, best first, while the groups as a whole go together: first those that do so beyond doubt,
 * then those that nearly do, do not contradict each other, and have no rival.
 */
export function joinPairs(
  count: number,
  pairs: readonly ScoredPair[],
  score: PairScorer,
  threshold: number
): number[][] {
  const groupOf = Array.from({ length: count }, (_, at) => [at])
  const pairsOf: ScoredPair[][] = Array.from({ length: count }, () => [])
  for (const pair of pairs) for (const at of [pair.a, pair.b]) pairsOf[at]!.push(pair)

  const joinAbove = (least: number, mayJoin: (pair: ScoredPair) => boolean) => {
    for (const pair of pairs) {
      if (pair.score < least) break
      const left = groupOf[pair.a]!
      const right = groupOf[pair.b]!
      if (left === right || !mayJoin(pair)) continue
      const links = crossPairs(left, right).map(([a, b]) => score(a, b).score)
      if (linkScore(links) < least) continue
      const merged = [...left, ...right].sort((a, b) => a - b)
      for (const at of merged) groupOf[at] = merged
    }
  }
  joinAbove(threshold, () => true)
  joinAbove(threshold - UNRIVALLED, (pair) => !pair.contradicted && !hasRival(pair, groupOf, pairsOf))
  return [...new Set(groupOf)]
}

/** Either group goes nearly as well with a third one. */
function hasRival(pair: ScoredPair, groupOf: readonly number[][], pairsOf: readonly ScoredPair[][]): boolean {
  const left = groupOf[pair.a]!
  const right = groupOf[pair.b]!
  const isThird = (at: number) => groupOf[at] !== left && groupOf[at] !== right
  return [...left, ...right].some((at) =>
    pairsOf[at]!.some(({ a, b, score }) => score > pair.score - RIVAL_MARGIN && (isThird(a) || isThird(b)))
  )
}

function crossPairs(left: number[], right: number[]): [number, number][] {
  const others = right.slice(-MOST_COMPARED)
  return left.slice(-MOST_COMPARED).flatMap((a) => others.map((b): [number, number] => [a, b]))
}
