import { CandidateIndex } from '../../src/stories/candidates.js'
import { joinPairs } from '../../src/stories/cluster.js'
import { compareArticles } from '../../src/stories/signals.js'
import type { Signature } from '../../src/stories/signature.js'
import {
  APART_MARGIN,
  areContradicted,
  areHeldApart,
  areNear,
  COPY_SCORE,
  findCopy
} from '../../src/stories/similarity.js'
import { SIGNALS, type StoryWeights } from '../../src/stories/weights.js'
import { type Example, type Fitted, weigh } from './fit.js'
import type { Labelled } from './labelled.js'

/** Pairs of two events are most by far: one in so many is learned from, fewer of those without a company or place in common. */
const OTHERS_KEPT = 2
const EASY_KEPT = 40
const TIES = (['sameCompany', 'samePlace', 'relatedPlace'] as const).map((signal) => SIGNALS.indexOf(signal))

/** The articles of one batch with their pairs compared once: groups come out of it for any weights and threshold. */
export class Batch {
  readonly items: readonly Labelled[]
  readonly #articles: Signature[]
  readonly #data: StoryWeights
  /** `null`: a copy. */
  readonly #rows = new Map<number, Float64Array | null>()
  /** Pairs that are never joined, whatever speaks for them. */
  readonly #heldApart = new Set<Float64Array>()
  readonly #contradicted = new Set<Float64Array>()
  readonly #near = new Set<Float64Array>()
  readonly #candidates: [a: number, b: number][] = []

  constructor(items: readonly Labelled[], data: StoryWeights) {
    this.items = items
    this.#articles = items.map((item) => item.signature)
    this.#data = data
    const index = new CandidateIndex(data)
    for (const [b, article] of this.#articles.entries()) {
      for (const a of index.find(article)) this.#candidates.push([a, b])
      index.add(b, article)
    }
  }

  /** The pairs to learn from, but for those of events that are held out; together they count as much as `say`. */
  examples(held: ReadonlySet<string>, say: number): Example[] {
    const examples: Example[] = []
    for (const [a, b] of this.#candidates) {
      const left = this.items[a]!
      const right = this.items[b]!
      const row = this.#row(a, b)
      if (row === null || held.has(left.event) || held.has(right.event)) continue
      // What is not relevant never meets a story.
      if (!left.item.relevant || !right.item.relevant) continue
      const same = left.event === right.event
      if (!same && left.file !== right.file) continue
      const kept = same ? 1 : TIES.some((at) => row[at] !== 0) ? OTHERS_KEPT : EASY_KEPT
      if ((a * 7 + b) % kept === 0) examples.push({ row, same, say: same ? 1 : kept })
    }
    const each = say / this.items.length
    return examples.map((example) => ({ ...example, say: example.say * each }))
  }

  /** The number of each article's group. */
  group(fitted: Fitted, threshold: number): number[] {
    const score = (a: number, b: number) => {
      const row = this.#row(a, b)
      if (row === null) return { score: COPY_SCORE, contradicted: false, near: true }
      const most = this.#heldApart.has(row) ? threshold - APART_MARGIN : Number.POSITIVE_INFINITY
      return {
        score: Math.min(weigh(row, fitted), most),
        contradicted: this.#contradicted.has(row),
        near: this.#near.has(row)
      }
    }
    const pairs = this.#candidates.map(([a, b]) => ({ a, b, ...score(a, b) }))
    pairs.sort((left, right) => right.score - left.score || left.a - right.a || left.b - right.b)
    const numbers: number[] = []
    for (const [number, group] of joinPairs(this.#articles.length, pairs, score, threshold).entries())
      for (const at of group) numbers[at] = number
    return numbers
  }

  #row(a: number, b: number): Float64Array | null {
    const key = Math.min(a, b) * this.#articles.length + Math.max(a, b)
    const known = this.#rows.get(key)
    if (known !== undefined) return known
    const left = this.#articles[a]!
    const right = this.#articles[b]!
    const strengths = findCopy(left, right) === null ? compareArticles(left, right, this.#data) : null
    const row = strengths && Float64Array.from(SIGNALS, (signal) => strengths[signal] ?? 0)
    this.#rows.set(key, row)
    if (row && areHeldApart(strengths!)) this.#heldApart.add(row)
    if (row && areContradicted(strengths!)) this.#contradicted.add(row)
    if (row && areNear(strengths!)) this.#near.add(row)
    return row
  }
}
