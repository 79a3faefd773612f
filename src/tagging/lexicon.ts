import { type Company, loadCompanies } from './companies.js'
import { loadCompanySeats } from './company-seats.js'
import { type Languages, loadLanguages } from './language.js'
import { createLookup, type Lookup } from './lookup.js'
import { buildNames, type NameEntry, type NameShapes } from './names.js'
import { createOtherSubject } from './other-subject.js'
import { loadPlaces, type Place } from './places.js'
import { createVocabulary, type KnownWord } from './vocabulary.js'
import type { WordTrie } from './word-trie.js'

/** Everything that lexicon/ says, ready to read texts and to answer what people type. */
export interface Lexicon extends Lookup {
  languages: Languages
  /** What is known of a word in one spelling. */
  vocabulary(spelling: string): KnownWord
  names: WordTrie<NameEntry>
  shapes: NameShapes
  companies: readonly Company[]
  places: ReadonlyMap<string, Place>
  /** What a question is on, in its words, where that is plainly another subject than faces: "plate readers"; else null. */
  otherSubject(question: string): string | null
  /** The company that the name of a town stands for, by the town's code: "Redmond" for Microsoft; null: none. */
  companyAt(place: string): string | null
}

/** What the learning script and the bench change about the lexicon. */
export interface LexiconOptions {
  /** False: every company is an unlisted one, which teaches how texts speak of companies. */
  companies?: boolean
  /** Further names, all taken for organisations: they cost what any name costs and mean nothing. */
  extraNames?: readonly string[]
}

/** Reads lexicon/ (under a second). Throws with the file and the fault when one cannot be read. */
export function loadLexicon(options: LexiconOptions = {}): Lexicon {
  const languages = loadLanguages()
  const { companies, aliases } = options.companies === false ? { companies: [], aliases: [] } : loadCompanies()
  const { places, names: placeNames, demonyms } = loadPlaces()
  const { names, shapes } = buildNames({ aliases, places, placeNames, demonyms, packs: languages.packs.values() })
  for (const name of options.extraNames ?? [])
    names.add(name, { reading: { type: 'organisation', advocate: false }, name, letters: 'any' })
  const vocabulary = createVocabulary(names, languages)
  const lookup = createLookup(companies, places, placeNames)
  let otherSubject: Lexicon['otherSubject'] | undefined
  let seats: ReadonlyMap<string, string> | undefined
  return {
    languages,
    vocabulary,
    names,
    shapes,
    companies,
    places,
    ...lookup,
    // Made at the first question, as the seats are: reading texts does not need them.
    otherSubject: (question) => {
      otherSubject ??= createOtherSubject(languages)
      return otherSubject(question)
    },
    companyAt: (place) => {
      seats ??= loadCompanySeats()
      return seats.get(place) ?? null
    }
  }
}
