import { parentCode } from '../model/jurisdiction.js'
import type { Company } from './companies.js'
import type { Place, PlaceName } from './places.js'
import { createShortPlaces, type ShortPlaces } from './short-places.js'
import { foldName, type Named, NameIndex } from './suggest.js'

/** A jurisdiction as commands show it. */
export interface Jurisdiction {
  code: string
  name: string
  parent: string | null
}

/** Another place of a name. */
export interface Namesake extends Jurisdiction {
  level: Place['level']
  /** Inhabitants; 0 where they are not known (states, countries). */
  population: number
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
  /** The US state that a short form in a sentence stands for: "VA", "ny", "calif."; null for words that look alike. */
  shortForm(word: string): Jurisdiction | null
  /** All places of that name or code, the weightiest first. */
  namesakes(name: string): Namesake[]
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
  const shortPlaces = once(() => createShortPlaces(names))
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
      const table = placeTable()
      const code = textOrCode.trim()
      const place =
        places.get(code) ??
        places.get(code.toUpperCase()) ??
        table.byName.get(foldName(textOrCode)) ??
        cityWithParent(table, places, shortPlaces(), textOrCode) ??
        placeOfLevel(table.all, textOrCode)
      return place ? shown(place) : null
    },
    suggestJurisdictions: (partial, limit) => placeTable().index.nearest(partial, limit).map(shown),
    shortForm: (word) => {
      const place = shortPlaces().inSentence(word)
      return place && shown(place)
    },
    namesakes: (name) => {
      const code = name.trim().toUpperCase()
      const named = placeTable().all.filter((entry) => entry.name === foldName(name))
      const found = [
        ...named.sort((a, b) => b.weight - a.weight).map(({ value }) => value),
        ...[places.get(code), shortPlaces().inSentence(code)].filter((place) => place !== undefined && place !== null)
      ]
      return [...new Set(found)].map((place) => ({
        ...shown(place),
        level: place.level,
        population: place.population
      }))
    },
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
  const shown = names.filter(({ use }) => use === 'name' || use === 'alias' || use === 'typed' || use === 'also')
  const named = shown.map(({ place, name, use }) => ({
    name: foldName(name),
    value: place,
    weight: use === 'also' ? 0 : weightOf(place, use)
  }))
  // Codes with a part below the country are typed in any case ("us-ca/san francisco"); bare country codes are words ("in", "no").
  const codes = [...places.values()].filter(({ code }) => code.length > 2)
  return [...named, ...codes.map((place) => ({ name: foldName(place.code), value: place, weight: 0 }))]
}

function weightOf(place: Place, use: PlaceName['use']): number {
  return (
    LEVEL_WEIGHT[place.level] +
    place.population +
    (place.hasRules ? RULES_WEIGHT : 0) +
    (use === 'typed' ? TYPED_WEIGHT : 0)
  )
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

/** "Portland, Maine", "Portland ME", "portland, or": the city of that name below the place behind it. */
function cityWithParent(
  { byName, all }: Table<Place>,
  places: ReadonlyMap<string, Place>,
  short: ShortPlaces,
  text: string
): Place | null {
  const comma = text.lastIndexOf(',')
  const cut = comma < 0 ? text.trim().lastIndexOf(' ') : comma
  if (cut < 0) return null
  const behind = text.slice(cut + 1).trim()
  const code = places.get(behind.toUpperCase())
  const parents = [short.behindCity(behind, comma >= 0), byName.get(foldName(behind)), comma < 0 ? undefined : code]
  if (parents.every((parent) => !parent)) return null
  const wanted = foldName(text.slice(0, cut))
  const named = all
    .filter(({ name }) => name === wanted)
    .sort((a, b) => b.weight - a.weight)
    .map(({ value }) => value)
  for (const parent of parents) {
    const city = parent && cityBelow(places, named, parent)
    if (city) return city
  }
  return null
}

/** England holds no places of its own: its cities hang on the kingdom. */
function cityBelow(places: ReadonlyMap<string, Place>, named: readonly Place[], parent: Place): Place | null {
  const upper = ({ parent: above }: Place) => (above === null ? null : parentCode(above))
  const below = named.find((place) => place.parent === parent.code || upper(place) === parent.code)
  if (below) return below
  const beside = named.find((place) => place.level === 'city' && place.parent === parent.parent)
  const isEmpty = beside && ![...places.values()].some((place) => place.parent === parent.code)
  return isEmpty ? beside : null
}
