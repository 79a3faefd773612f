import type { Kind } from '../model/tags.js'
import { type PlaceRelation, relateArticles, sharedPlaces } from './places.js'
import type { SignalStrengths } from './signals.js'
import type { Signature } from './signature.js'
import { rarity, type StoryWeights, wordRarity } from './weights.js'
import { foldedWords, stem } from './words.js'

/** What the tags say of two articles: the companies and places of each, the kind, the step. */
export function anchorSignals(a: Signature, b: Signature, data: StoryWeights): SignalStrengths {
  const companies = [...sharedCompanies(a, b), ...namedCompanies(a, b, data), ...namedCompanies(b, a, data)]
  const { relation, places } = comparePlaces(a, b)
  const rareCompany = highest(companies.map((name) => rarity(data.companies[name], data.events)))
  const rarePlace = highest(places.map((code) => rarity(data.places[code], data.events)))
  const otherCompany = companies.length === 0 && a.companies.length > 0 && b.companies.length > 0
  const tied = companies.length > 0 || relation === 'same' || relation === 'related'
  const kind = kindSignals(a, b)
  return {
    sameCompany: companies.length > 0 ? 1 : 0,
    rareCompany,
    otherCompany: otherCompany ? 1 : 0,
    otherTitleCompany: areApart(a.titleCompanies, new Set(b.titleCompanies)) ? 1 : 0,
    otherActor: a.actor !== null && b.actor !== null && a.actor !== b.actor ? 1 : 0,
    samePlace: relation === 'same' ? 1 : 0,
    rarePlace: relation === 'same' ? rarePlace : 0,
    relatedPlace: relation === 'related' ? rarePlace : 0,
    otherPlace: relation === 'apart' ? 1 : 0,
    strangers: !tied && (otherCompany || relation === 'apart') ? 1 : 0,
    placeOpen: relation === 'unknown' ? 1 : 0,
    noPlace: companies.length > 0 && a.jurisdictions.length + b.jurisdictions.length === 0 ? 1 : 0,
    companyAndPlace: companies.length > 0 && relation === 'same' ? Math.max(rareCompany, rarePlace) : 0,
    ...kind,
    placeAndKind: kind.sameKind && !kind.otherStage && !kind.otherPhase ? rarePlace : 0,
    companyAndKind: kind.sameKind && !kind.otherPhase ? rareCompany : 0
  }
}

/** Both have some, and none in common. */
export function areApart(values: readonly string[], others: ReadonlySet<string>): boolean {
  return values.length > 0 && others.size > 0 && !values.some((value) => others.has(value))
}

/** Also a company that one article names in full and the other in short: `Supermercados Almena`, `Almena`. */
function sharedCompanies(a: Signature, b: Signature): string[] {
  return a.companies.filter((name) => b.companies.some((other) => isShortFor(name, other) || isShortFor(other, name)))
}

function isShortFor(short: string, long: string): boolean {
  return short === long || long.startsWith(`${short} `) || long.endsWith(` ${short}`)
}

/** A company's first word that is rarer than this is taken for its name: `Nordell` of `Nordell Pharmacies`, not `Home`. */
const TELLING_NAME = 0.8

/** Companies that one article's tags hold, and the other, which has no company's tag, writes of. */
function namedCompanies(tagged: Signature, other: Signature, data: StoryWeights): string[] {
  if (other.companies.length > 0) return []
  return tagged.companies.filter((name) => {
    const first = foldedWords(name)[0] ?? ''
    const found = stem(first)
    return found !== null && other.capitals.has(first) && wordRarity(found, data, data.events) >= TELLING_NAME
  })
}

/** A city of one article's tags is the other's where its headline names it, and its tags hold no city of their own. */
function comparePlaces(a: Signature, b: Signature): { relation: PlaceRelation; places: string[] } {
  const relation = relateArticles(a, b)
  if (relation === 'unknown' || relation === 'related') {
    const named = [...namedCities(a, b), ...namedCities(b, a)]
    if (named.length > 0) return { relation: 'same', places: named }
  }
  return { relation, places: sharedPlaces(a.jurisdictions, b.jurisdictions) }
}

function namedCities(tagged: Signature, other: Signature): string[] {
  if (other.jurisdictions.some((code) => code.includes('/'))) return []
  return tagged.jurisdictions.filter((code) => {
    const words = foldedWords(code.split('/')[1] ?? '')
    return words.length > 0 && words.every((word) => other.titleCapitals.has(word))
  })
}

function kindSignals(a: Signature, b: Signature): SignalStrengths {
  if (a.kind === null || b.kind === null) return { noKind: 1 }
  if (a.kind !== b.kind) return isVoice(a.kind) || isVoice(b.kind) ? { otherVoice: 1 } : { otherKind: 1 }
  return { sameKind: 1, ...stageSignals(a, b) }
}

/** Kinds of those who speak of what others do: they welcome a law, explain a fine. */
function isVoice(kind: Kind): boolean {
  return kind === 'advocacy' || kind === 'guidance' || kind === 'other'
}

/** The tagger's stage and the step in the words; what one of the two articles leaves open says nothing. */
function stageSignals(a: Signature, b: Signature): SignalStrengths {
  const bothPhases = a.phase !== null && b.phase !== null
  return {
    otherStage: a.stage !== null && b.stage !== null && a.stage !== b.stage ? 1 : 0,
    samePhase: bothPhases && a.phase === b.phase ? 1 : 0,
    otherPhase: bothPhases && a.phase !== b.phase ? 1 : 0,
    otherTitlePhase: a.titlePhase !== null && b.titlePhase !== null && a.titlePhase !== b.titlePhase ? 1 : 0
  }
}

/** The highest of them, 0 when there are none. */
export function highest(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.max(...values)
}
