import { relatePlaces } from './places.js'
import type { Signature } from './signature.js'
import { timeSignals } from './time-signals.js'
import { rarity, type Signal, type StoryWeights } from './weights.js'
import { stem } from './words.js'

/** How strongly each signal is present between two articles, 0 to 1; a signal that is not listed is absent. */
export type SignalStrengths = Partial<Record<Signal, number>>

/** This much shared rarity is as good as any more of it: five names nobody else has. */
const ENOUGH_NAMES = 5
const ENOUGH_NUMBERS = 2
/** Headlines of fewer rare words than this are held to have as many, so that one shared word is no full match. */
const LEAST_HEADLINE = 1.5

/** Compares two articles, signal by signal. Symmetric and pure. */
export function compareArticles(a: Signature, b: Signature, data: StoryWeights): SignalStrengths {
  const names = sharedNames(a, b)
  const numbers = sharedNumbers(a, b)
  const known = sharedCompanyStems(a, b)
  return {
    ...anchorSignals(a, b, data),
    ...kindSignals(a, b),
    words: cosine(a.stems, b.stems, known, data),
    titleWords: overlap(a.titleStems, b.titleStems, known, data),
    names: Math.min(1, totalRarity(names, data) / ENOUGH_NAMES),
    numbers: Math.min(1, numbers.length / ENOUGH_NUMBERS),
    otherNumbers: namesOtherSums(a, b) ? 1 : 0,
    otherLanguage: a.lang === b.lang ? 0 : 1,
    ...timeSignals(a, b)
  }
}

/** Names that both articles have, beyond those that their companies' tags already say. */
export function sharedNames(a: Signature, b: Signature): string[] {
  return [...a.names].filter((name) => b.names.has(name) && !a.companyWords.has(name) && !b.companyWords.has(name))
}

/** Amounts, votes, bill numbers that both articles have. */
export function sharedNumbers(a: Signature, b: Signature): string[] {
  return [...a.numbers].filter((number) => b.numbers.has(number))
}

/** Word stems that both articles have and few events do. */
export function sharedRareWords(a: Signature, b: Signature, data: StoryWeights): string[] {
  const known = sharedCompanyStems(a, b)
  return [...a.stems.keys()].filter(
    (word) => b.stems.has(word) && !known.has(word) && wordRarity(word, data) >= WORTH_TELLING
  )
}

/** A word that is in fewer events than this rarity is worth showing to people. */
const WORTH_TELLING = 0.6

function anchorSignals(a: Signature, b: Signature, data: StoryWeights): SignalStrengths {
  const companies = a.companies.filter((name) => b.companies.includes(name))
  const places = a.jurisdictions.filter((code) => b.jurisdictions.includes(code))
  const relation = relatePlaces(a.jurisdictions, b.jurisdictions)
  const rareCompany = highest(companies.map((name) => rarity(data.companies[name], data.events)))
  const rarePlace = highest(places.map((code) => rarity(data.places[code], data.events)))
  return {
    sameCompany: companies.length > 0 ? 1 : 0,
    rareCompany,
    otherCompany: companies.length === 0 && a.companies.length > 0 && b.companies.length > 0 ? 1 : 0,
    samePlace: relation === 'same' ? 1 : 0,
    rarePlace,
    relatedPlace: relation === 'related' ? 1 : 0,
    otherPlace: relation === 'apart' ? 1 : 0,
    noPlace: companies.length > 0 && a.jurisdictions.length + b.jurisdictions.length === 0 ? 1 : 0,
    companyAndPlace: companies.length > 0 && relation === 'same' ? Math.max(rareCompany, rarePlace) : 0
  }
}

function kindSignals(a: Signature, b: Signature): SignalStrengths {
  if (a.kind === null || b.kind === null) return {}
  if (a.kind !== b.kind) return { otherKind: 1 }
  return { sameKind: 1, ...stageSignals(a, b) }
}

/** The tagger's stage and the step in the words; what one of the two articles leaves open says nothing. */
function stageSignals(a: Signature, b: Signature): SignalStrengths {
  const bothPhases = a.phase !== null && b.phase !== null
  return {
    otherStage: a.stage !== null && b.stage !== null && a.stage !== b.stage ? 1 : 0,
    samePhase: bothPhases && a.phase === b.phase ? 1 : 0,
    otherPhase: bothPhases && a.phase !== b.phase ? 1 : 0
  }
}

/** Each headline names a sum that the other article knows nothing of. */
function namesOtherSums(a: Signature, b: Signature): boolean {
  const unknownTo = (other: Signature) => (sum: string) => !other.numbers.has(sum)
  if (a.titleMoney.length === 0 || b.titleMoney.length === 0) return false
  return a.titleMoney.every(unknownTo(b)) && b.titleMoney.every(unknownTo(a))
}

/** Stems that say no more than the company tags do: `clearv`, `rite`. */
function sharedCompanyStems(a: Signature, b: Signature): Set<string> {
  return new Set([...a.companyStems, ...b.companyStems])
}

function wordRarity(word: string, data: StoryWeights): number {
  return rarity(data.stems[stem(word) ?? word], data.events)
}

function cosine(a: Map<string, number>, b: Map<string, number>, known: Set<string>, data: StoryWeights): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a]
  let product = 0
  for (const [word, count] of small) {
    const other = large.get(word)
    if (other !== undefined && !known.has(word)) product += weigh(word, count, data) * weigh(word, other, data)
  }
  return product === 0 ? 0 : product / (norm(a, data) * norm(b, data))
}

function weigh(word: string, count: number, data: StoryWeights): number {
  return Math.sqrt(count) * rarity(data.stems[word], data.events)
}

function norm(counts: Map<string, number>, data: StoryWeights): number {
  let sum = 0
  for (const [word, count] of counts) sum += weigh(word, count, data) ** 2
  return Math.sqrt(sum)
}

/** Rarity-weighed share of the shorter headline that the other repeats. */
function overlap(a: Set<string>, b: Set<string>, known: Set<string>, data: StoryWeights): number {
  const both = [...a].filter((word) => b.has(word) && !known.has(word))
  if (both.length === 0) return 0
  const shorter = Math.min(totalRarity(a, data), totalRarity(b, data))
  return Math.min(1, totalRarity(both, data) / Math.max(LEAST_HEADLINE, shorter))
}

function totalRarity(words: Iterable<string>, data: StoryWeights): number {
  let sum = 0
  for (const word of words) sum += wordRarity(word, data)
  return sum
}

function highest(values: number[]): number {
  return values.length === 0 ? 0 : Math.max(...values)
}
