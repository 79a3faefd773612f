import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { parentCode } from '../model/jurisdiction.js'
import { packageRoot } from '../package-root.js'
import { spellings } from './companies.js'

export type PlaceLevel = 'union' | 'country' | 'state' | 'city' | 'county'

/** A place that has rules: code as in README ("US-CA/San Francisco"). */
export interface Place {
  code: string
  name: string
  level: PlaceLevel
  /** Code of the place that holds it; null for countries and the Union. */
  parent: string | null
  country: string
  /** Inhabitants; 0 where the packages give none (states, countries). */
  population: number
  capital: boolean
  /** Code of the state that is governed from this city, where their names differ. */
  seatOf: string | null
  /** Its name is a plain word as well. */
  plain: boolean
  /** Known for rules on the subject: of several places of one name, it is meant first. */
  hasRules: boolean
}

/** One name of a place. */
export interface PlaceName {
  place: Place
  name: string
  /** `press`, `postal`: only behind a comma; `typed`: only where people type it, never in a text; `also`: never meant first. */
  use: 'name' | 'alias' | 'press' | 'postal' | 'typed' | 'also'
}

/** A demonym in the masculine form, as the data packages give it. */
export interface Demonym {
  country: string
  language: string
  form: string
}

const folder = join(packageRoot, 'lexicon', 'places')

/** Reads lexicon/places/: the lists made by `npm run places` and the aliases kept by hand. */
export function loadPlaces(): { places: Map<string, Place>; names: PlaceName[]; demonyms: Demonym[] } {
  const places = new Map<string, Place>()
  const names: PlaceName[] = []
  const demonyms: Demonym[] = []
  const put = (code: string, name: string, level: PlaceLevel, population = 0, marks = ''): Place => {
    const place: Place = {
      code,
      name,
      level,
      parent: parentCode(code),
      country: code.slice(0, 2),
      population,
      capital: marks.includes('capital'),
      seatOf: null,
      plain: marks.includes('plain'),
      hasRules: false
    }
    places.set(code, place)
    return place
  }
  const call = (place: Place, name: string, use: PlaceName['use']): void => {
    for (const form of saintly(spellings(name))) names.push({ place, name: form, use })
  }
  call(put('EU', 'European Union', 'union'), 'EU', 'name')
  for (const [code, name, forms, people] of rows('countries.tsv')) {
    const place = put(code!, name!, 'country')
    for (const form of forms!.split('|')) call(place, form, 'name')
    for (const entry of people ? people.split('|') : []) {
      const at = entry.indexOf(':')
      demonyms.push({ country: code!, language: entry.slice(0, at), form: entry.slice(at + 1) })
    }
  }
  for (const [code, name, forms] of rows('subdivisions.tsv')) {
    const place = put(code!, name!, 'state')
    for (const form of forms!.split('|')) call(place, form, 'name')
  }
  for (const [code, local, population, marks] of rows('cities.tsv')) {
    const name = code!.slice(code!.indexOf('/') + 1)
    const place = put(code!, name, marks === 'county' ? 'county' : 'city', Number(population), marks)
    call(place, name, 'name')
    if (local !== name) call(place, local!, 'name')
  }
  for (const [code, list] of Object.entries(yaml<Record<string, string[]>>('aliases.yaml'))) {
    const place = places.get(code) ?? put(code, code.slice(code.indexOf('/') + 1), 'city')
    for (const alias of list) call(place, alias, 'alias')
  }
  const press = yaml<{ postal: Record<string, string>; press: Record<string, string> }>('us-press.yaml')
  for (const use of ['postal', 'press'] as const)
    for (const [name, code] of Object.entries(press[use])) call(places.get(code)!, name, use)
  for (const [state, city] of Object.entries(yaml<Record<string, string>>('seats.yaml')))
    places.get(`${state}/${city}`)!.seatOf = state
  addLookup(places, put, call)
  return { places, names, demonyms }
}

/** The press writes "St. Louis County" for Saint Louis County. */
function saintly(forms: string[]): string[] {
  return forms.flatMap((form) => (/^Saint /.test(form) ? [form, form.replace(/^Saint /, 'St. ')] : [form]))
}

/** What lookup.yaml says of names that are typed and shown. */
function addLookup(
  places: Map<string, Place>,
  put: (code: string, name: string, level: PlaceLevel) => Place,
  call: (place: Place, name: string, use: PlaceName['use']) => void
): void {
  const { shown, typed, also, rules } = yaml<{
    shown: Record<string, string>
    typed: Record<string, string[]>
    also: Record<string, string[]>
    rules: string[]
  }>('lookup.yaml')
  const known = (code: string): Place => {
    const place = places.get(code)
    if (!place)
      throw new Error(`lexicon/places/lookup.yaml names "${code}", which lexicon/places/ does not have: correct it`)
    return place
  }
  for (const [code, name] of Object.entries(shown)) {
    const place = known(code)
    place.name = name
    call(place, name, 'typed')
  }
  for (const [code, names] of Object.entries(typed)) {
    const place = places.get(code) ?? put(code, names[0]!, 'state')
    for (const name of names) call(place, name, 'typed')
  }
  for (const [code, names] of Object.entries(also)) for (const name of names) call(known(code), name, 'also')
  for (const code of rules) known(code).hasRules = true
}

function rows(file: string): string[][] {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n')
  return lines
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
}

function yaml<T>(file: string): T {
  return parse(readFileSync(join(folder, file), 'utf8')) as T
}
