import { codesAbove, holds } from '../model/jurisdiction.js'

/** How two lists of jurisdiction codes stand to each other; `US` > `US-CA` > `US-CA/San Francisco`. */

/** A code and all above it, lowest first: `US-CA/Oakland` → itself, `US-CA`, `US`. */
export function withParents(code: string): string[] {
  return [code, ...codesAbove(code)]
}

/**
 * `same`: a code in common; `related`: one holds the other; `apart`: neither; `unknown`: a list is empty, or both name a
 * city of one name in two countries, of which one is a mistake more often than not.
 */
export type PlaceRelation = 'same' | 'related' | 'apart' | 'unknown'

/** Compares two lists of codes; the closest pair decides. */
export function relatePlaces(a: readonly string[], b: readonly string[]): PlaceRelation {
  if (a.length === 0 || b.length === 0) return 'unknown'
  if (a.some((code) => b.includes(code))) return 'same'
  const related = a.some((left) => b.some((right) => contains(left, right) || contains(right, left)))
  if (related) return 'related'
  return a.some((left) => b.some((right) => areNamesakes(left, right))) ? 'unknown' : 'apart'
}

/** How the places of two articles stand; a place that an article only implies (see `StoryText`) sets none apart. */
export function relateArticles(a: Placed, b: Placed): PlaceRelation {
  const relation = relatePlaces(a.jurisdictions, b.jurisdictions)
  return relation === 'apart' && (a.placeImplied || b.placeImplied) ? 'unknown' : relation
}

interface Placed {
  jurisdictions: readonly string[]
  placeImplied: boolean
}

/** Santa Fe in New Mexico and in Argentina; the Portlands of one country are told apart by those who write of them. */
function areNamesakes(a: string, b: string): boolean {
  const city = a.split('/')[1]
  return city !== undefined && city === b.split('/')[1] && a.slice(0, 2) !== b.slice(0, 2)
}

function contains(upper: string, lower: string): boolean {
  return holds(`${upper}/*`, lower)
}

/** The codes in common, the upper one where a list has what holds or lies in a code of the other. */
export function sharedPlaces(a: readonly string[], b: readonly string[]): string[] {
  const upper = a.flatMap((left) =>
    b.flatMap((right) => (contains(left, right) ? [left] : contains(right, left) ? [right] : []))
  )
  return [...new Set(upper)]
}
