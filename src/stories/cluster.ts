import { CandidateIndex } from './candidates.js'
import { leastRival, leastUnrivalled, linkScore } from './linkage.js'
import type { Signature } from './signature.js'
import { type Similarity, scorePair } from './similarity.js'
import type { StoryWeights } from './weights.js'

/** Two articles of a batch by their places in it, and how well they go together. */
export interface ScoredPair {
  a: number
  b: number
  score: number
  contradicted: boolean
  near: boolean
}

/** Scores two articles of a batch by their places in it. */
export type PairScorer = (a: number, b: number) => Pick<Similarity, 'score' | 'contradicted' | 'near'>

/** Members of a group that are compared when two groups may be one; more tell nothing new and cost their square. */
const MOST_COMPARED = 12

/**
 * Groups articles that are in a canonical order, by the threshold for batches; each group, and the list of groups, is in
 * that order too.
 */
export function groupSigned(articles: readonly Signature[], weights: StoryWeights): number[][] {
  // Scoring holds some pairs below the threshold: it must be told which.
  const data = { ...weights, threshold: weights.batchThreshold }
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
  const mayBeFellow = (pair: ScoredPair) => !pair.contradicted && pair.score >= leastUnrivalled(pair.near, threshold)
  const grouping = { groupOf, pairsOf, mayBeFellow, threshold }
  joinAbove(leastUnrivalled(true, threshold), (pair) => {
    if (!mayBeFellow(pair)) return false
    const sides = [groupOf[pair.a]!, groupOf[pair.b]!].sort((a, b) => a.length - b.length)
    const [small, large] = sides as [number[], number[]]
    if (hasRival(small, large, pair, grouping)) return false
    // What came within days of an event that many tell is asked for its own rivals alone: the many have theirs anyway.
    const isLate = pair.near && small.length < large.length
    return isLate || !hasRival(large, small, pair, grouping)
  })
  return [...new Set(groupOf)]
}

interface Grouping {
  /** The group of each article. */
  groupOf: readonly number[][]
  /** The pairs of each article, best first. */
  pairsOf: readonly ScoredPair[][]
  /** Whether a pair's groups could be one event. */
  mayBeFellow: (pair: ScoredPair) => boolean
  threshold: number
}

/** A group goes nearly as well with a third one; with what came within days, one that could not join the other, too. */
function hasRival(group: number[], other: number[], { score, near }: ScoredPair, grouping: Grouping): boolean {
  const { groupOf, pairsOf, threshold } = grouping
  const least = leastRival(score, near, threshold)
  const looked = new Set([group, other])
  for (const at of group)
    for (const pair of pairsOf[at]!) {
      if (pair.score <= least) break
      const third = groupOf[pair.a === at ? pair.b : pair.a]!
      if (!looked.has(third) && !(near && isFellow(third, other, grouping))) return true
      looked.add(third)
    }
  return false
}

/** The best pair between two groups could make them one. */
function isFellow(group: number[], other: number[], { groupOf, pairsOf, mayBeFellow }: Grouping): boolean {
  let closest: ScoredPair | null = null
  for (const at of group) {
    const pair = pairsOf[at]!.find(({ a, b }) => groupOf[a === at ? b : a] === other)
    if (pair && pair.score > (closest?.score ?? Number.NEGATIVE_INFINITY)) closest = pair
  }
  return closest !== null && mayBeFellow(closest)
}

function crossPairs(left: number[], right: number[]): [number, number][] {
  const others = right.slice(-MOST_COMPARED)
  return left.slice(-MOST_COMPARED).flatMap((a) => others.map((b): [number, number] => [a, b]))
}
