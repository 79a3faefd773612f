import { anchorSignals, areApart, highest } from './anchors.js'
import type { Signature } from './signature.js'
import { daysBetween, timeSignals } from './time-signals.js'
import { rarity, type Signal, type StoryWeights, wordRarity } from './weights.js'

/** How strongly each signal is present between two articles, 0 to 1; a signal that is not listed is absent. */
export type SignalStrengths = Partial<Record<Signal, number>>

/** This much shared rarity is as good as any more of it: five names nobody else has. */
const ENOUGH_NAMES = 5
const ENOUGH_FULL_NAMES = 2
const ENOUGH_NUMBERS = 2
const ENOUGH_WORDS = 10
const ENOUGH_DETAILS = 2
/** Headlines of fewer rare words than this are held to have as many, so that one shared word is no full match. */
const LEAST_HEADLINE = 1.5

/** Compares two articles, signal by signal. Symmetric and pure. */
export function compareArticles(a: Signature, b: Signature, data: StoryWeights): SignalStrengths {
  const names = sharedNames(a, b)
  const known = sharedCompanyStems(a, b)
  const abroad = a.lang !== b.lang
  const told = eventsIn(a, b, data)
  const words = cosine(a.stems, b.stems, known, data, told)
  const times = timeSignals(a, b, data)
  const anchors = { ...anchorSignals(a, b, data), rareName: highest(names.map((name) => wordRarity(name, data, told))) }
  const strengths = {
    ...anchors,
    ...nearSignals(anchors, times),
    ...detailSignals(a, b, data),
    words: abroad ? 0 : words,
    wordsAbroad: abroad ? words : 0,
    sharedWords: Math.min(1, totalRarity(sharedStems(a, b, known), data, told) / ENOUGH_WORDS),
    titleWords: overlap(a.titleStems, b.titleStems, known, data, told),
    names: Math.min(1, totalRarity(names, data, told) / ENOUGH_NAMES),
    // Countries and cities have other names in other languages.
    otherTitleNames: abroad ? 0 : otherNames(a, b, data, told),
    fullNames: Math.min(1, totalDetail(shared(a.fullNames, b.fullNames, FULL_NAME), data) / ENOUGH_FULL_NAMES),
    otherNumbers: namesOtherSums(a, b) ? 1 : 0,
    otherTitleSums: areApart(a.titleMoney, new Set(b.titleMoney)) ? 1 : 0,
    otherLanguage: abroad ? 1 : 0,
    ...times
  }
  return isOneStep(a, b, anchors) ? { ...strengths, ...NO_STEPS_APART } : strengths
}

/** What speaks of two steps of one matter. */
export const NO_STEPS_APART = {
  otherStage: 0,
  otherPhase: 0,
  otherTitlePhase: 0,
  otherActs: 0,
  otherTitleActs: 0
} as const satisfies SignalStrengths

/** Those of one place or company who take a step take no second one within twenty hours: two outlets word it in two ways. */
const LEAST_DAYS_BETWEEN_STEPS = 20 / 24

function isOneStep(a: Signature, b: Signature, { samePlace, sameCompany }: SignalStrengths): boolean {
  const between = daysBetween(a, b)
  return Boolean(samePlace || sameCompany) && between !== null && between < LEAST_DAYS_BETWEEN_STEPS
}

/** What is told of one seldom named place, company or person within a day or two: far stronger than each by itself. */
function nearSignals(anchors: SignalStrengths, { daysClose = 0 }: SignalStrengths): SignalStrengths {
  return {
    placeAndDay: (anchors.rarePlace ?? 0) * daysClose ** 2,
    relatedAndDay: (anchors.relatedPlace ?? 0) * daysClose ** 2,
    companyAndDay: (anchors.rareCompany ?? 0) * daysClose ** 2,
    nameAndDay: (anchors.rareName ?? 0) * daysClose ** 2
  }
}

/** What both speak of in whatever language: figures, steps, settings, each by how few events have it. */
function detailSignals(a: Signature, b: Signature, data: StoryWeights): SignalStrengths {
  const weigh = (keys: string[]) => totalDetail(keys, data)
  const acts = weigh(shared(a.acts, b.acts, ACT))
  const settings = weigh(shared(a.settings, b.settings, SETTING))
  const actors = weigh(shared(a.actors, b.actors, ACTOR))
  const bothActors = Math.min(weigh(list(a.actors, ACTOR)), weigh(list(b.actors, ACTOR)))
  const bothAct = Math.min(weigh(list(a.acts, ACT)), weigh(list(b.acts, ACT)))
  const bothSet = Math.min(weigh(list(a.settings, SETTING)), weigh(list(b.settings, SETTING)))
  return {
    acts: Math.min(1, acts / ENOUGH_DETAILS),
    otherActs: acts === 0 ? Math.min(1, bothAct / ENOUGH_DETAILS) : 0,
    otherTitleActs: areApart([...a.titleActs], b.acts) && areApart([...b.titleActs], a.acts) ? 1 : 0,
    settings: Math.min(1, settings / ENOUGH_DETAILS),
    otherSettings: settings === 0 ? Math.min(1, bothSet / ENOUGH_DETAILS) : 0,
    actors: Math.min(1, actors / ENOUGH_DETAILS),
    otherActors: actors === 0 ? Math.min(1, bothActors / ENOUGH_DETAILS) : 0,
    numbers: Math.min(1, weigh(shared(a.numbers, b.numbers, FIGURE)) / ENOUGH_NUMBERS)
  }
}

/** How details are named in the weights. */
export const ACT = 'act'
export const SETTING = 'at'
export const ACTOR = 'by'
export const FIGURE = 'figure'
export const FULL_NAME = 'name'

function totalDetail(keys: readonly string[], data: StoryWeights): number {
  let sum = 0
  for (const key of keys) sum += rarity(data.details[key], data.events)
  return sum
}

function list(values: Set<string>, sort: string): string[] {
  return [...values].map((value) => `${sort} ${value}`)
}

function shared(a: Set<string>, b: Set<string>, sort: string): string[] {
  return [...a].filter((value) => b.has(value)).map((value) => `${sort} ${value}`)
}

/**
 * Names that both articles have, beyond those that their companies' tags already say. Where a sentence begins with a word
 * it may be one: it is if the other article writes it so elsewhere, or begins with it in another language.
 */
export function sharedNames(a: Signature, b: Signature): string[] {
  const abroad = a.lang !== b.lang
  const both = [...a.capitals].filter((name) => b.capitals.has(name))
  const names = both.filter((name) => abroad || a.names.has(name) || b.names.has(name))
  return names.filter((name) => name.length > 1 && !a.companyWords.has(name) && !b.companyWords.has(name))
}

/** Each headline names what the other article does not: how rare the more common of the two names is. */
function otherNames(a: Signature, b: Signature, data: StoryWeights, events: number): number {
  const rarest = (names: Set<string>) => highest([...names].map((name) => wordRarity(name, data, events)))
  const unknownTo = (names: Set<string>, other: Signature) => [...names].every((name) => !other.capitals.has(name))
  if (!unknownTo(a.titleNames, b) || !unknownTo(b.titleNames, a)) return 0
  return Math.min(rarest(a.titleNames), rarest(b.titleNames))
}

/** Amounts, votes, bill numbers that both articles have. */
export function sharedNumbers(a: Signature, b: Signature): string[] {
  return [...a.numbers].filter((number) => b.numbers.has(number))
}

/** Word stems that both articles have and few events do. */
export function sharedRareWords(a: Signature, b: Signature, data: StoryWeights): string[] {
  const told = eventsIn(a, b, data)
  return sharedStems(a, b, sharedCompanyStems(a, b)).filter((word) => wordRarity(word, data, told) >= WORTH_TELLING)
}

function sharedStems(a: Signature, b: Signature, known: Set<string>): string[] {
  return [...a.stems.keys()].filter((word) => b.stems.has(word) && !known.has(word))
}

/** A word that is in fewer events than this rarity is worth showing to people. */
const WORTH_TELLING = 0.6

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

/** The learned events among which a word shared by the two is rare or not: those of their language, or all. */
function eventsIn(a: Signature, b: Signature, data: StoryWeights): number {
  return a.lang === b.lang ? (data.languages[a.lang] ?? data.events) : data.events
}

type Stems = Map<string, number>

function cosine(a: Stems, b: Stems, known: Set<string>, data: StoryWeights, events: number): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a]
  let product = 0
  for (const [word, count] of small) {
    const other = large.get(word)
    if (other !== undefined && !known.has(word))
      product += weigh(word, count, data, events) * weigh(word, other, data, events)
  }
  return product === 0 ? 0 : product / (norm(a, data, events) * norm(b, data, events))
}

function weigh(word: string, count: number, data: StoryWeights, events: number): number {
  return Math.sqrt(count) * rarity(data.stems[word], events)
}

function norm(counts: Stems, data: StoryWeights, events: number): number {
  let sum = 0
  for (const [word, count] of counts) sum += weigh(word, count, data, events) ** 2
  return Math.sqrt(sum)
}

/** Rarity-weighed share of the shorter headline that the other repeats. */
function overlap(a: Set<string>, b: Set<string>, known: Set<string>, data: StoryWeights, events: number): number {
  const both = [...a].filter((word) => b.has(word) && !known.has(word))
  if (both.length === 0) return 0
  const shorter = Math.min(totalRarity(a, data, events), totalRarity(b, data, events))
  return Math.min(1, totalRarity(both, data, events) / Math.max(LEAST_HEADLINE, shorter))
}

function totalRarity(words: Iterable<string>, data: StoryWeights, events: number): number {
  let sum = 0
  for (const word of words) sum += wordRarity(word, data, events)
  return sum
}
