import { withParents } from '../../src/stories/places.js'
import { ACT, ACTOR, FIGURE, FULL_NAME, SETTING } from '../../src/stories/signals.js'
import { DAY, withoutYear } from '../../src/stories/time-signals.js'
import { AGAINST, SIGNALS, type Signal, type StoryWeights } from '../../src/stories/weights.js'
import type { Labelled } from './labelled.js'

/** Counts up to here weigh the same (see `rarity`), so that only what is above is kept. */
const FEWEST_KEPT = 4
/** Pairs of one event are rare: they get more of the say than their number, but the others decide what must not be joined. */
const SAY_OF_SAME = 0.15
const ROUNDS = 300
const STEP = 0.4
const MOMENTUM = 0.9
/** Pull of every weight towards what was held before: few pairs must not make a strong rule. */
const RIDGE = 0.001

/**
 * What is known before any data: two steps, two sums, two places are two events, and what is told of one place within a
 * day is mostly one. The labelled items hold too few of such pairs to teach it, two in three being undated, and the ridge
 * pulls towards these instead of 0.
 */
const PRIOR: Partial<Record<Signal, number>> = {
  placeAndDay: 2.5,
  relatedAndDay: 1.5,
  companyAndDay: 1.5,
  nameAndDay: 1.5,
  otherCompany: -1,
  otherTitleCompany: -2,
  otherActor: -2,
  otherPlace: -3,
  strangers: -2,
  otherStage: -2,
  otherPhase: -1.5,
  otherTitlePhase: -2.5,
  otherActs: -1.5,
  otherTitleActs: -1.5,
  otherNumbers: -4,
  otherTitleSums: -2,
  otherTitleNames: -1,
  otherYear: -2,
  daysApart: -3
}

/** How many events have each company, place, word and detail; the weights and thresholds are left at 0. */
export function countRarity(items: readonly Labelled[]): StoryWeights {
  const companies = new Map<string, Set<string>>()
  const places = new Map<string, Set<string>>()
  const stems = new Map<string, Set<string>>()
  const details = new Map<string, Set<string>>()
  const languages = new Map<string, Set<string>>()
  for (const { signature, event } of items) {
    note(languages, signature.lang, event)
    for (const name of signature.companies) note(companies, name, event)
    for (const code of new Set(signature.jurisdictions.flatMap(withParents))) note(places, code, event)
    for (const word of signature.stems.keys()) note(stems, word, event)
    for (const name of signature.names) if (name.length < 4) note(stems, name, event)
    for (const act of signature.acts) note(details, `${ACT} ${act}`, event)
    for (const setting of signature.settings) note(details, `${SETTING} ${setting}`, event)
    for (const actor of signature.actors) note(details, `${ACTOR} ${actor}`, event)
    for (const figure of signature.numbers) note(details, `${FIGURE} ${figure}`, event)
    for (const name of signature.fullNames) note(details, `${FULL_NAME} ${name}`, event)
    for (const day of signature.dates.days) note(details, `${DAY} ${withoutYear(day)}`, event)
  }
  const weights = Object.fromEntries(SIGNALS.map((signal) => [signal, 0])) as Record<Signal, number>
  return {
    start: 0,
    weights,
    threshold: 0,
    batchThreshold: 0,
    events: new Set(items.map((item) => item.event)).size,
    languages: counts(languages),
    companies: counts(companies),
    places: counts(places),
    stems: counts(stems),
    details: counts(details)
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
export interface Example {
  row: Float64Array
  same: boolean
  /** How much it counts. */
  say: number
}

/** What is learned: the weights in the order of SIGNALS, and what is added to their sum. */
export interface Fitted {
  start: number
  weights: Float64Array
}

/**
 * Logistic regression with a ridge, by gradient descent with momentum; after each step a weight whose sign is not the
 * allowed one goes to 0, so that no signal can speak for what it speaks against.
 */
export function fit(examples: readonly Example[]): Fitted {
  const sayOfSame = SAY_OF_SAME / totalSay(examples.filter((example) => example.same))
  const sayOfOther = (1 - SAY_OF_SAME) / totalSay(examples.filter((example) => !example.same))
  const prior = Float64Array.from(SIGNALS, (signal) => PRIOR[signal] ?? 0)
  const against = SIGNALS.map((signal) => AGAINST.includes(signal))
  const weights = Float64Array.from(prior)
  const speed = new Float64Array(SIGNALS.length)
  const slope = new Float64Array(SIGNALS.length)
  let start = -3
  let startSpeed = 0
  for (let round = 0; round < ROUNDS; round++) {
    slope.fill(0)
    let startSlope = 0
    const fitted = { start, weights }
    for (const { row, same, say } of examples) {
      const chance = 1 / (1 + Math.exp(-weigh(row, fitted)))
      const error = say * (same ? (1 - chance) * sayOfSame : -chance * sayOfOther)
      startSlope += error
      for (let at = 0; at < row.length; at++) slope[at]! += error * row[at]!
    }
    startSpeed = MOMENTUM * startSpeed + STEP * startSlope
    start += startSpeed
    for (let at = 0; at < weights.length; at++) {
      speed[at] = MOMENTUM * speed[at]! + STEP * (slope[at]! - RIDGE * (weights[at]! - prior[at]!))
      const next = weights[at]! + speed[at]!
      weights[at] = against[at] ? Math.min(0, next) : Math.max(0, next)
    }
  }
  return { start, weights }
}

/** The weighed sum of a row, in log odds. */
export function weigh(row: Float64Array, { start, weights }: Fitted): number {
  let score = start
  for (let at = 0; at < row.length; at++) score += row[at]! * weights[at]!
  return score
}

function totalSay(examples: readonly Example[]): number {
  return examples.reduce((sum, example) => sum + example.say, 0)
}
