/** Members of the European Union by ISO 3166-1 (european-union.europa.eu, "EU countries"; 27 since February 2020). */
const EU_MEMBERS = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')
)

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
  return root === 'eu' && EU_MEMBERS.has(countryOf(tagged))
}

/** The country (or `EU`) of a code: `US-CA/San Francisco` → `US`. */
export function countryOf(code: string): string {
  return code.split(/[-/]/, 1)[0]!.toUpperCase()
}
