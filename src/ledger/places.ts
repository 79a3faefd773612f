import { sameName } from './record/knowledge.js'
import type { Ledger, PlaceEntry } from './record/model.js'

/** Member states of the Union since 1 February 2020 (ISO 3166-1): what `EU/*` holds. */
const EU_MEMBERS = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')
)

/** The codes above a place, nearest first: `US-CA/San Francisco` → `US-CA`, `US`; `FR` → `EU`. */
export function placesAbove(code: string): string[] {
  const parent = parentOf(code)
  return parent ? [parent, ...placesAbove(parent)] : []
}

/** Is `code` the place itself or somewhere below it? */
export function isWithin(code: string, place: string): boolean {
  return code === place || placesAbove(code).includes(place)
}

/** Does a place answer a filter: `US` is that level alone, `US/*` the place with all below it? */
export function matchesPlace(code: string, filter: string): boolean {
  return filter.endsWith('/*') ? isWithin(code, filter.slice(0, -2)) : code === filter
}

/** The place of that code or listed alias; upper and lower case, accents and a closing `/*` do not count. */
export function findPlace(ledger: Ledger, code: string): PlaceEntry | undefined {
  const wanted = code.endsWith('/*') ? code.slice(0, -2) : code
  return ledger.places.find((entry) => [entry.code, ...entry.aliases].some((known) => sameName(known, wanted)))
}

/** The name of a place for people; its code where no file names it. */
export function placeName(ledger: Ledger, code: string): string {
  return ledger.places.find((entry) => entry.code === code)?.name ?? code
}

function parentOf(code: string): string | null {
  const slash = code.indexOf('/')
  if (slash > 0) return code.slice(0, slash)
  const hyphen = code.indexOf('-')
  if (hyphen > 0) return code.slice(0, hyphen)
  return EU_MEMBERS.has(code) ? 'EU' : null
}
