/**
 * The tree of jurisdiction codes (ISO 3166): a country or the Union, `US-CA` a state of it, a city or county behind a
 * slash (`US-CA/San Francisco`, `GB/London`).
 */

/** Members of the European Union by ISO 3166-1 (european-union.europa.eu, "EU countries"; 27 since February 2020). */
const EU_MEMBERS = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')
)

/** `US-CA/San Francisco` → `US-CA` → `US` → null. */
export function parentCode(code: string): string | null {
  const slash = code.indexOf('/')
  if (slash > 0) return code.slice(0, slash)
  const dash = code.indexOf('-')
  return dash > 0 ? code.slice(0, dash) : null
}

/** All codes above, nearest first, the Union left out: `US-CA/San Francisco` → `US-CA`, `US`. */
export function codesAbove(code: string): string[] {
  const parent = parentCode(code)
  return parent === null ? [] : [parent, ...codesAbove(parent)]
}

/** Whether a code lies below another one, the Union left out. */
export function isBelow(code: string, above: string): boolean {
  for (let parent = parentCode(code); parent; parent = parentCode(parent)) if (parent === above) return true
  return false
}

/**
 * Whether a place that somebody asked for holds a place that a story is tagged with.
 * `US-CA` holds itself and its cities (`US-CA/San Francisco`); `US` is the federal level alone, `US/*` the country with
 * all that lies in it; `EU` is the Union alone, `EU/*` the Union with its member states.
 */
export function holds(asked: string, tagged: string): boolean {
  const [wanted, place] = [asked.toLowerCase(), tagged.toLowerCase()]
  if (wanted === place || place.startsWith(`${wanted}/`)) return true
  if (!wanted.endsWith('/*')) return false
  const root = wanted.slice(0, -2)
  if (place === root || place.startsWith(`${root}/`) || place.startsWith(`${root}-`)) return true
  return root === 'eu' && isInUnion(tagged)
}

/** The country (or `EU`) of a code: `US-CA/San Francisco` → `US`. */
function countryOf(code: string): string {
  return code.split(/[-/]/, 1)[0]!.toUpperCase()
}

/** Whether a member of the Union, or a place in one. */
export function isInUnion(code: string): boolean {
  return EU_MEMBERS.has(countryOf(code))
}
