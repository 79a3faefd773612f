import { codesAbove, holds } from '../model/jurisdiction.js'
import type { Story } from '../model/story.js'
import type { Filter } from '../model/subscription.js'
import { cut, fold } from './text.js'

/**
 * Keys are how SQL narrows down what JavaScript then decides: short texts, the same on both sides, in indexed arrays.
 * `c:amazon` a company, `j:us-ca/*` a place as somebody may ask for it, `w:moratorium` a word of a headline,
 * `k:legislation` a kind, `any`.
 */

/** Number of the advisory lock under which stories begin, grow and are ruled upon, one at a time: "stry" in ASCII. */
export const STORY_LOCK = 0x73747279

type Tagged = Pick<Story, 'companies' | 'jurisdictions'>

const EUROPE = 'EU/*'
/** Shorter words are articles and prepositions in most languages. */
const SHORTEST_WORD = 4
const MOST_WORDS = 30
const MOST_NAMES = 20
/** Names stand in the first sentences. */
const OPENING_LENGTH = 600
const CAPITALISED = /(?<!\p{L})\p{Lu}[\p{L}\p{M}]+/gu
const LONGEST_WORD = 40

export function companyKeys(companies: readonly string[]): string[] {
  return unique(companies.map((name) => `c:${name.toLowerCase()}`))
}

/** All that a filter may ask for to get this place: `US-CA` gives `us-ca`, `us-ca/*`, `us/*`. The inverse of `holds`. */
export function placeKeys(code: string): string[] {
  const place = code.toLowerCase()
  const asked = [place, ...codesAbove(place)].flatMap((one) => [one, `${one}/*`]).filter((one) => holds(one, code))
  if (holds(EUROPE, code)) asked.push(EUROPE.toLowerCase())
  return unique(asked).map((one) => `j:${one}`)
}

/** Keys of the stories whose places are this one, lie in it or hold it: of one event one outlet names the city, another the country. */
export function kinPlaceKeys(code: string): string[] {
  const place = code.toLowerCase()
  return [place, `${place}/*`, ...codesAbove(place)].map((one) => `j:${one}`)
}

/** By what a story is found: its companies, and its places with all that holds them. */
export function tagKeys(story: Tagged): string[] {
  return unique([...companyKeys(story.companies), ...story.jurisdictions.flatMap(placeKeys)])
}

/**
 * By what another telling of its event may know an article: the longer words of its headline, and those that its summary
 * writes with a capital, which are the only ones that a headline without names may share.
 */
export function wordKeys({ title, summary }: Pick<Story, 'title' | 'summary'>): string[] {
  const names = (summary.slice(0, OPENING_LENGTH).match(CAPITALISED) ?? []).join(' ')
  return unique([...longWords(title).slice(0, MOST_WORDS), ...longWords(names).slice(0, MOST_NAMES)])
}

function longWords(text: string): string[] {
  const words = fold(text).split(' ')
  const long = words.filter((word) => word.length >= SHORTEST_WORD)
  return unique(long.map((word) => `w:${cut(word, LONGEST_WORD)}`))
}

/** What a subscription's filter asks for, as keys. */
export function askedPlaces(filter: Filter): string[] {
  return unique(filter.jurisdictions.map((code) => `j:${code.toLowerCase()}`))
}

/**
 * The keys of the filter's narrowest field. A story can only match when it has one of them, so that a story looks at
 * the subscriptions of its own companies and places instead of at all.
 */
export function anchorKeys(filter: Filter): string[] {
  if (filter.companies.length > 0) return companyKeys(filter.companies)
  if (filter.jurisdictions.length > 0) return askedPlaces(filter)
  if (filter.kinds.length > 0) return unique(filter.kinds.map((kind) => `k:${kind}`))
  return ['any']
}

/** The anchors that a story answers to. */
export function anchorsOf(story: Tagged & Pick<Story, 'kind'>): string[] {
  return [...tagKeys(story), `k:${story.kind}`, 'any']
}

function unique(values: string[]): string[] {
  return [...new Set(values)]
}
