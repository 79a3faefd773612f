/** How two lists of jurisdiction codes stand to each other; `US` > `US-CA` > `US-CA/San Francisco`. */

/** A code and all above it, lowest first: `US-CA/Oakland` → itself, `US-CA`, `US`. */
export function withParents(code: string): string[] {
  const chain = [code]
  const [region, place] = code.split('/')
  if (place !== undefined) chain.push(region!)
  const [country, subdivision] = region!.split('-')
  if (subdivision !== undefined) chain.push(country!)
  return chain
}

/** `same`: a code in common; `related`: one holds the other; `apart`: neither; `unknown`: a list is empty. */
export type PlaceRelation = 'same' | 'related' | 'apart' | 'unknown'

/** Compares two lists of codes; the closest pair decides. */
export function relatePlaces(a: readonly string[], b: readonly string[]): PlaceRelation {
  if (a.length === 0 || b.length === 0) return 'unknown'
  if (a.some((code) => b.includes(code))) return 'same'
  const related = a.some((left) => b.some((right) => contains(left, right) || contains(right, left)))
  return related ? 'related' : 'apart'
}

function contains(upper: string, lower: string): boolean {
  return withParents(lower).includes(upper)
}

/** The codes in common, the upper one where a list has what holds or lies in a code of the other. */
export function sharedPlaces(a: readonly string[], b: readonly string[]): string[] {
  const upper = a.flatMap((left) =>
    b.flatMap((right) => (contains(left, right) ? [left] : contains(right, left) ? [right] : []))
  )
  return [...new Set(upper)]
}
