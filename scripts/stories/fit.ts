import { CandidateIndex } from '../../src/stories/candidates.js'
import { withParents } from '../../src/stories/places.js'
import { compareArticles } from '../../src/stories/signals.js'
import { AGAINST, SIGNALS, type Signal, type StoryWeights } from '../../src/stories/weights.js'
import type { Labelled } from './labelled.js'

/** Counts up to here weigh the same (see `rarity`), so that only what is above is kept. */
const FEWEST_KEPT = 4
/** Pairs without a company or place in common are easy, and most: one in ten is learned from, and counts half. */
const EASY_KEPT = 10
const EASY_SAY = 0.5
const ROUNDS = 500
const STEP = 0.4
const MOMENTUM = 0.9
/** Pull of every weight towards what was held before: few pairs must not make a strong rule. */
const RIDGE = 0.0005

/**
 * What is known before any data: two steps, two sums, two places are two events. The labelled items hold too few of
 * such pairs to teach it, and the ridge pulls towards these instead of 0.
 */
const PRIOR: Partial<Record<Signal, number>> = {
  otherCompany: -2,
  otherPlace: -2,
  otherStage: -2,
  otherPhase: -2,
  otherNumbers: -2,
  otherYear: -2,
  daysApart: -3
}

/** How many events have each company, place and word; the weights are left at 0. */
export function countRarity(items: readonly Labelled[]): StoryWeights {
  const companies = new Map<string, Set<string>>()
  const places = new Map<string, Set<string>>()
  const stems = new Map<string, Set<string>>()
  for (const { signature, event } of items) {
    for (const name of signature.companies) note(companies, name, event)
    for (const code of new Set(signature.jurisdictions.flatMap(withParents))) note(places, code, event)
    for (const word of signature.stems.keys()) note(stems, word, event)
    for (const name of signature.names) if (name.length < 4) note(stems, name, event)
  }
  const weights = Object.fromEntries(SIGNALS.map((signal) => [signal, 0])) as Record<Signal, number>
  return {
    start: 0,
    weights,
    threshold: 0,
    events: new Set(items.map((item) => item.event)).size,
    companies: counts(companies),
    places: counts(places),
    stems: counts(stems)
  }
}

function note(seen: Map<string, Set<string>>, key: string, event: string): void {
  const events = seen.get(key) ?? new Set<string>()
  seen.set(key, events.add(event))
}

function counts(seen: Map<string, Set<string>>): Record<string, number> {
  const kept = [...seen].filter(([, events]) => events.size >= FEWEST_KEPT)
  kept.sort(([a, left], [b, right]) => right.size - left.size || (a < b ? -1 : 1))
  return Object.fromEntries(kept.map(([key, events]) => [key, events.size]))
}

/** A pair as a row of numbers, one a signal, in the order of SIGNALS. */
interface Example {
  row: Float64Array
  same: boolean
  /** How much it counts. */
  say: number
}

/** The pairs that the index would hand to the scorer, within each file. */
export function makeExamples(items: readonly Labelled[], data: StoryWeights): Example[] {
  const examples: Example[] = []
  for (const file of new Set(items.map((item) => item.file))) {
    const own = items.filter((item) => item.file === file)
    const index = new CandidateIndex(data)
    for (const [b, right] of own.entries()) {
      for (const a of index.find(right.signature)) {
        const left = own[a]!
        const strengths = compareArticles(left.signature, right.signature, data)
        const row = Float64Array.from(SIGNALS, (signal) => strengths[signal] ?? 0)
        const anchored = strengths.sameCompany || strengths.samePlace || strengths.relatedPlace
        const same = left.event === right.event
        if (!anchored && !same && (a + b) % EASY_KEPT !== 0) continue
        examples.push({ row, same, say: anchored || same ? 1 : EASY_SAY })
      }
      index.add(b, right.signature)
    }
  }
  return examples
}

/**
 * Logistic regression with a ridge, by gradient descent with momentum; after each step a weight whose sign is not the
 * allowed one goes to 0, so that no signal can speak for what it speaks against.
 */
export function fit(examples: readonly Example[], data: StoryWeights): StoryWeights {
  // Pairs of one event are rare: both sides get half of the say.
  const sayOfSame = 0.5 / totalSay(examples.filter((example) => example.same))
  const sayOfOther = 0.5 / totalSay(examples.filter((example) => !example.same))
  const prior = Float64Array.from(SIGNALS, (signal) => PRIOR[signal] ?? 0)
  const weights = Float64Array.from(prior)
  const speed = new Float64Array(SIGNALS.length)
  let start = -3
  let startSpeed = 0
  for (let round = 0; round < ROUNDS; round++) {
    const slope = new Float64Array(SIGNALS.length)
    let startSlope = 0
    for (const { row, same, say } of examples) {
      let score = start
      for (let at = 0; at < row.length; at++) score += row[at]! * weights[at]!
      const chance = 1 / (1 + Math.exp(-score))
      const error = say * (same ? (1 - chance) * sayOfSame : -chance * sayOfOther)
      startSlope += error
      for (let at = 0; at < row.length; at++) slope[at]! += error * row[at]!
    }
    startSpeed = MOMENTUM * startSpeed + STEP * startSlope
    start += startSpeed
    for (let at = 0; at < weights.length; at++) {
      speed[at] = MOMENTUM * speed[at]! + STEP * (slope[at]! - RIDGE * (weights[at]! - prior[at]!))
      const next = weights[at]! + speed[at]!
      weights[at] = AGAINST.includes(SIGNALS[at]!) ? Math.min(0, next) : Math.max(0, next)
    }
  }
  const named = Object.fromEntries(SIGNALS.map((signal, at) => [signal, weights[at]!])) as Record<Signal, number>
  return { ...data, start, weights: named }
}

function totalSay(examples: readonly Example[]): number {
  return examples.reduce((sum, example) => sum + example.say, 0)
}
