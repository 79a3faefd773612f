import { parentCode } from '../model/jurisdiction.js'
import type { Company } from './companies.js'
import type { Place, PlaceName } from './places.js'
import { foldName, type Named, NameIndex } from './suggest.js'

/** A jurisdiction as commands show it. */
export interface Jurisdiction {
  code: string
  name: string
  parent: string | null
}

/** Looking up what people type: exact names, codes, and the nearest names to a part or a slip. */
export interface Lookup {
  /** By canonical name, alias or product; case and accents do not count. */
  company(nameOrAlias: string): Company | null
  /** Canonical names nearest to what was typed, also with typing errors. */
  suggestCompanies(partial: string, limit: number): string[]
  /** By code ("US-WA"), name ("Washington", "Portland, Maine") or alias ("UK"). Of several places of one name: the widest, then the largest. */
  jurisdiction(textOrCode: string): Jurisdiction | null
  suggestJurisdictions(partial: string, limit: number): Jurisdiction[]
  /** "San Francisco, California"; a code that is not known comes back as it is. */
  jurisdictionName(code: string): string
}

interface Table<T> {
  all: Named<T>[]
  index: NameIndex<T>
  byName: Map<string, T>
}

const LEVEL_WEIGHT = { union: 4e9, country: 3e9, state: 2e9, county: 0, city: 0 }
/** A place known for rules on the subject goes before the largest city, and the state, of its name. */
const RULES_WEIGHT = 2.5e9
/** A name that was given for typing goes before all others. */
const TYPED_WEIGHT = 1e10
/** "New York (state)": the name, and the level that is meant. */
const WITH_LEVEL = /^(.+?) \((state|province|country|city|county)\)$/i

/** The tables are made at the first question: reading texts needs none of them. */
export function createLookup(
  companies: readonly Company[],
  places: ReadonlyMap<string, Place>,
  names: readonly PlaceName[]
): Lookup {
  const companyTable = once(() => tableOf(companyNames(companies)))
  const placeTable = once(() => tableOf(placeNames(places, names)))
  const jurisdictionName = (code: string): string => {
    const place = places.get(code)
    if (!place) return code
    const parent = place.parent ? places.get(place.parent) : undefined
    return parent && (place.level === 'city' || place.level === 'county') ? `${place.name}, ${parent.name}` : place.name
  }
  const shown = ({ code }: Place): Jurisdiction => ({ code, name: jurisdictionName(code), parent: parentCode(code) })
  return {
    company: (nameOrAlias) => companyTable().byName.get(foldName(nameOrAlias)) ?? null,
    suggestCompanies: (partial, limit) =>
      companyTable()
        .index.nearest(partial, limit)
        .map(({ name }) => name),
    jurisdiction: (textOrCode) => {
      const { all, byName } = placeTable()
      const code = textOrCode.trim()
      const place =
        places.get(code) ??
        places.get(code.toUpperCase()) ??
        byName.get(foldName(textOrCode)) ??
        cityWithParent(byName, places, textOrCode) ??
        placeOfLevel(all, textOrCode)
      return place ? shown(place) : null
    },
    suggestJurisdictions: (partial, limit) => placeTable().index.nearest(partial, limit).map(shown),
    jurisdictionName
  }
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

function tableOf<T>(all: Named<T>[]): Table<T> {
  const byName = new Map<string, T>()
  for (const { name, value } of [...all].sort((a, b) => a.weight - b.weight)) byName.set(name, value)
  return { all, index: new NameIndex(all), byName }
}

function companyNames(companies: readonly Company[]): Named<Company>[] {
  return companies.flatMap((company) => [
    { name: foldName(company.name), value: company, weight: 2 },
    ...[...company.aliases, ...company.products].map((name) => ({ name: foldName(name), value: company, weight: 1 }))
  ])
}

function placeNames(places: ReadonlyMap<string, Place>, names: readonly PlaceName[]): Named<Place>[] {
  const shown = names.filter(({ use }) => use === 'name' || use === 'alias' || use === 'typed')
  const named = shown.map(({ place, name, use }) => ({
    name: foldName(name),
    value: place,
    weight:
      LEVEL_WEIGHT[place.level] +
      place.population +
      (place.hasRules ? RULES_WEIGHT : 0) +
      (use === 'typed' ? TYPED_WEIGHT : 0)
  }))
  // Codes with a part below the country are typed in any case ("us-ca/san francisco"); bare country codes are words ("in", "no").
  const codes = [...places.values()].filter(({ code }) => code.length > 2)
  return [...named, ...codes.map((place) => ({ name: foldName(place.code), value: place, weight: 0 }))]
}

/** "New York (state)": the weightiest place of that name at that level. */
function placeOfLevel(all: readonly Named<Place>[], text: string): Place | null {
  const match = WITH_LEVEL.exec(text.trim())
  if (!match) return null
  const name = foldName(match[1]!)
  const wanted = match[2]!.toLowerCase().replace('province', 'state')
  let best: Named<Place> | null = null
  for (const entry of all)
    if (entry.name === name && entry.value.level === wanted && (!best || entry.weight > best.weight)) best = entry
  return best?.value ?? null
}

/** "Portland, Maine": the city of that name below the place behind the comma. */
function cityWithParent(byName: Map<string, Place>, places: ReadonlyMap<string, Place>, text: string): Place | null {
  const comma = text.lastIndexOf(',')
  if (comma < 0) return null
  const parent = byName.get(foldName(text.slice(comma + 1)))
  if (!parent) return null
  const wanted = foldName(text.slice(0, comma))
  for (const place of places.values()) {
    const below = place.parent === parent.code || (place.parent !== null && parentCode(place.parent) === parent.code)
    if (below && foldName(place.name) === wanted) return place
  }
  return null
}
