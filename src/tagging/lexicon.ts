import { type Company, loadCompanies } from './companies.js'
import { type Languages, loadLanguages } from './language.js'
import { buildNames, type NameEntry, type NameShapes } from './names.js'
import { loadPlaces, type Place, parentCode } from './places.js'
import { foldName, type Named, nearest } from './suggest.js'
import type { WordTrie } from './word-trie.js'

/** A jurisdiction as commands show it. */
export interface Jurisdiction {
  code: string
  name: string
  parent: string | null
}

/** Everything that lexicon/ says, ready to read texts and to answer what people type. */
export interface Lexicon {
  languages: Languages
  names: WordTrie<NameEntry>
  shapes: NameShapes
  companies: readonly Company[]
  places: ReadonlyMap<string, Place>
  /** By canonical name, alias or product; case and accents do not count. */
  company(nameOrAlias: string): Company | null
  /** Canonical names nearest to what was typed, also with typing errors. */
  suggestCompanies(partial: string, limit: number): string[]
  /** By code ("US-WA"), name ("Washington", "San Francisco") or alias ("UK"). Of several places of one name: the widest, then the largest. */
  jurisdiction(textOrCode: string): Jurisdiction | null
  suggestJurisdictions(partial: string, limit: number): Jurisdiction[]
  /** "San Francisco, California"; a code that is not known comes back as it is. */
  jurisdictionName(code: string): string
}

const LEVEL_WEIGHT = { union: 4e9, country: 3e9, state: 2e9, county: 0, city: 0 }

/**
 * Reads lexicon/ (about half a second). Throws with the file and the fault when one cannot be read. Without companies, every company
 * is an unlisted one: the learning script learns from that how texts speak of companies.
 */
export function loadLexicon(options: { companies?: boolean } = {}): Lexicon {
  const languages = loadLanguages()
  const { companies, aliases } = options.companies === false ? { companies: [], aliases: [] } : loadCompanies()
  const { places, names: placeNames, demonyms } = loadPlaces()
  const { names, shapes } = buildNames({ aliases, places, placeNames, demonyms, packs: languages.packs.values() })

  const companyNames: Named<Company>[] = companies.flatMap((company) => [
    { name: foldName(company.name), value: company, weight: 2 },
    ...[...company.aliases, ...company.products].map((name) => ({ name: foldName(name), value: company, weight: 1 }))
  ])
  const companyByName = new Map<string, Company>()
  for (const { name, value } of [...companyNames].sort((a, b) => a.weight - b.weight)) companyByName.set(name, value)

  const jurisdictionNames: Named<Place>[] = placeNames
    .filter(({ use }) => use === 'name' || use === 'alias')
    .map(({ place, name }) => ({
      name: foldName(name),
      value: place,
      weight: LEVEL_WEIGHT[place.level] + place.population
    }))
  const byCode = new Map([...places.values()].map((place) => [foldName(place.code), place]))
  const placeByName = new Map<string, Place>()
  for (const { name, value } of [...jurisdictionNames].sort((a, b) => a.weight - b.weight)) placeByName.set(name, value)

  const jurisdictionName = (code: string): string => {
    const place = places.get(code)
    if (!place) return code
    const parent = place.parent ? places.get(place.parent) : undefined
    return parent && (place.level === 'city' || place.level === 'county') ? `${place.name}, ${parent.name}` : place.name
  }
  const shown = (place: Place): Jurisdiction => ({
    code: place.code,
    name: jurisdictionName(place.code),
    parent: parentCode(place.code)
  })

  return {
    languages,
    names,
    shapes,
    companies,
    places,
    company: (nameOrAlias) => companyByName.get(foldName(nameOrAlias)) ?? null,
    suggestCompanies: (partial, limit) => nearest(companyNames, partial, limit).map(({ name }) => name),
    jurisdiction: (textOrCode) => {
      const wanted = foldName(textOrCode)
      const place = byCode.get(wanted) ?? placeByName.get(wanted) ?? cityWithParent(placeByName, places, textOrCode)
      return place ? shown(place) : null
    },
    suggestJurisdictions: (partial, limit) => nearest(jurisdictionNames, partial, limit).map(shown),
    jurisdictionName
  }
}

/** "Portland, Maine": the city of that name below the place behind the comma. */
function cityWithParent(byName: Map<string, Place>, places: ReadonlyMap<string, Place>, text: string): Place | null {
  const comma = text.lastIndexOf(',')
  if (comma < 0) return null
  const parent = byName.get(foldName(text.slice(comma + 1)))
  if (!parent) return null
  const wanted = foldName(text.slice(0, comma))
  for (const place of places.values()) {
    if (place.code.startsWith(`${parent.code}/`) || (place.parent?.startsWith(parent.code) ?? false)) {
      if (foldName(place.name) === wanted) return place
    }
  }
  return null
}
