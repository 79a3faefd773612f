import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { packageRoot } from '../package-root.js'
import { type CompanyAlias, spellings } from './companies.js'
import type { LanguagePack } from './language.js'
import type { Demonym, Place, PlaceName } from './places.js'
import { WordTrie } from './word-trie.js'

export type BodyKind = 'regulator' | 'court' | 'legislature' | 'police' | 'ministry' | 'agency' | 'law'

/** A public body, court or law that names a place. */
export interface PublicBody {
  place: Place
  name: string
  kind: BodyKind
  /** Counts only where the story names its place or country in another way too. */
  ambiguous: boolean
}

/** What a name in a text may stand for. */
export type Reading =
  | { type: 'company'; alias: CompanyAlias }
  | { type: 'place'; name: PlaceName }
  | { type: 'demonym'; place: Place; language: string }
  | { type: 'body'; body: PublicBody }
  | { type: 'outlet' }
  | { type: 'organisation'; advocate: boolean }

/** A reading with the letter case that its name asks for. */
export interface NameEntry {
  reading: Reading
  /** The name as the lexicon has it. */
  name: string
  /** `exact`: an acronym, so that "us" is not the US; `capital`: first letter upper case; `any`: no condition. */
  letters: 'exact' | 'capital' | 'any'
  /** It is a form of the name that only this language has. ISO 639-1. */
  language?: string
}

/** Words around names that make outlets and organisations of them. */
export interface NameShapes {
  outletNouns: Set<string>
  organisationNouns: Set<string>
  organisationBefore: WordTrie<true>
  /** How names of unlisted companies look (lexicon/company-shapes.yaml). */
  companies: {
    legalForms: Set<string>
    trades: Set<string>
    nounEndings: string[]
    notCompanies: Set<string>
    qualifiers: Set<string>
    titles: Set<string>
    givenNames: Set<string>
  }
}

interface Sources {
  aliases: CompanyAlias[]
  places: Map<string, Place>
  placeNames: PlaceName[]
  demonyms: Demonym[]
  packs: Iterable<LanguagePack>
}

/** Puts every name of the lexicon into one trie. */
export function buildNames(sources: Sources): { names: WordTrie<NameEntry>; shapes: NameShapes } {
  const names = new WordTrie<NameEntry>()
  const add = (name: string, reading: Reading, letters: NameEntry['letters'] = lettersOf(name)): void => {
    names.add(name, { reading, name, letters })
  }
  for (const alias of sources.aliases) add(alias.alias, { type: 'company', alias })
  for (const name of sources.placeNames) {
    const reading = { type: 'place', name } as const
    if (name.use !== 'typed' && name.use !== 'also')
      add(name.name, reading, name.use === 'postal' ? 'exact' : lettersOf(name.name))
    if (!hasGermanGenitive(name)) continue
    const genitive = `${name.name}s`
    names.add(genitive, { reading, name: genitive, letters: 'capital', language: 'de' })
  }
  addDemonyms(sources, add)
  for (const body of loadBodies(sources.places)) add(body.name, { type: 'body', body })
  const outlets = list<{ names: string[]; nouns: string[] }>('outlets.yaml')
  for (const name of outlets.names) for (const form of spellings(name)) add(form, { type: 'outlet' })
  const organisations = list<{ advocates: string[]; names: string[]; nouns: string[]; before: string[] }>(
    'organisations.yaml'
  )
  for (const name of organisations.advocates)
    for (const form of spellings(name)) add(form, { type: 'organisation', advocate: true })
  for (const name of organisations.names)
    for (const form of spellings(name)) add(form, { type: 'organisation', advocate: false })
  const organisationBefore = new WordTrie<true>()
  for (const phrase of organisations.before) organisationBefore.add(phrase, true)
  return {
    names,
    shapes: {
      outletNouns: new Set(outlets.nouns.map((noun) => noun.split(' ')[0]!.toLowerCase())),
      organisationNouns: new Set(organisations.nouns.map((noun) => noun.toLowerCase())),
      organisationBefore,
      companies: companyShapes()
    }
  }
}

/** Towns smaller than this seldom have a minister or a mayor in the news of another country. */
const LARGE_TOWN = 100_000

/** "Sachsens Innenminister", "Berlins Polizei": German writes no apostrophe. */
function hasGermanGenitive({ place, name, use }: PlaceName): boolean {
  if (use !== 'name' && use !== 'alias') return false
  const isSpokenOf = place.level !== 'city' || place.population >= LARGE_TOWN
  return isSpokenOf && /\p{Ll}$/u.test(name) && !/[sxzß]$/u.test(name)
}

function companyShapes(): NameShapes['companies'] {
  const shapes =
    list<Record<'legalForms' | 'trades' | 'nounEndings' | 'notCompanies' | 'qualifiers' | 'titles', string[]>>(
      'company-shapes.yaml'
    )
  const { legalForms, trades, nounEndings, notCompanies, qualifiers, titles } = shapes
  return {
    legalForms: new Set(legalForms),
    trades: new Set(trades),
    nounEndings,
    notCompanies: new Set(notCompanies),
    qualifiers: new Set(qualifiers),
    titles: new Set(titles),
    givenNames: new Set(list<{ names: string[] }>('given-names.yaml').names.map((name) => name.toLowerCase()))
  }
}

/** Acronyms must stand as written; other names begin with a capital where the lexicon has one. */
function lettersOf(name: string): NameEntry['letters'] {
  // Longer names of several words are no acronyms: most names, so that the costly look at letters is for the few.
  if (name.length > 9) return name[0] === name[0]!.toLowerCase() && !/\d/.test(name[0]!) ? 'any' : 'capital'
  const letters = name.replace(/[^\p{L}]/gu, '')
  if (letters.length <= 5 && letters === letters.toUpperCase() && letters.length > 0) return 'exact'
  return name[0] === name[0]!.toLowerCase() && !/\d/.test(name[0]!) ? 'any' : 'capital'
}

function addDemonyms(
  { demonyms, places, packs }: Sources,
  add: (name: string, reading: Reading, letters: NameEntry['letters']) => void
): void {
  const seen = new Set<string>()
  for (const pack of packs) {
    const own = Object.entries(pack.demonyms).flatMap(([country, forms]) =>
      forms.map((form) => ({ country, language: pack.code, form }))
    )
    // What a language file says goes first: for the packages "Welsh" is of Wallis and Futuna.
    for (const { country, form } of [...own, ...demonyms.filter(({ language }) => language === pack.code)]) {
      const place = places.get(country)
      if (!place) continue
      for (const inflected of inflect(form.toLowerCase(), pack.demonymEndings)) {
        for (const spelling of spellings(inflected)) {
          const key = `${pack.code}/${spelling}/${country}`
          if (seen.has(key)) continue
          seen.add(key)
          // English and Dutch write demonyms with a capital; in the others a small letter is the rule.
          const letters = pack.code === 'en' || pack.code === 'nl' ? 'capital' : 'any'
          add(
            letters === 'capital' ? spelling[0]!.toUpperCase() + spelling.slice(1) : spelling,
            { type: 'demonym', place, language: pack.code },
            letters
          )
        }
      }
    }
  }
}

/** All forms of a demonym by the first ending that fits; the form itself where none does. */
export function inflect(form: string, endings: [string, string[]][]): string[] {
  for (const [ending, forms] of endings) {
    if (form.endsWith(ending))
      return [...new Set([form, ...forms.map((other) => form.slice(0, form.length - ending.length) + other)])]
  }
  return [form]
}

function loadBodies(places: Map<string, Place>): PublicBody[] {
  const lines = list<{ place: string; kind: BodyKind; names: string[] }[]>('public-bodies.yaml')
  return lines.flatMap(({ place: code, kind, names }) => {
    const place = places.get(code)
    if (!place)
      throw new Error(
        `lexicon/public-bodies.yaml names the place "${code}", which lexicon/places/ does not have: correct the code`
      )
    return names.flatMap((name) =>
      spellings(name.replace(/^~/, '')).map((form) => ({ place, name: form, kind, ambiguous: name.startsWith('~') }))
    )
  })
}

function list<T>(file: string): T {
  return parse(readFileSync(join(packageRoot, 'lexicon', file), 'utf8')) as T
}
