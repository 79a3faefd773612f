import type { NameLexicon } from '../alerts/names.js'
import { findPlace, isOnRecord } from '../ledger/places.js'
import { sameName } from '../ledger/record/knowledge.js'
import type { Ledger } from '../ledger/record/load.js'
import { findCompany } from '../ledger/record/positions.js'

/** The most words that a name on record has. */
const LONGEST_NAME = 4
/** Shorter words in small letters are seldom names: "us", "it". */
const SHORTEST_SMALL = 4
/** Save for these, which are no words. */
const SMALL_NAMES = /^(?:aws|fb|ibm|eu|uk|usa|nyc|sf)$/i
/** Products of one word that are shorter are other words, too: "ever", "ring". */
const SHORTEST_PRODUCT = 8
/** A code of two letters, as countries and states have it. */
const CODE = /^[A-Z]{2}$/
/** Codes that are words, or short for other things, too: they count behind a word such as "in". */
const WORDY_CODE = /^(?:A[IMST]|B[EY]|C[OV]|D[EO]|HI|I[DNST]|LA|M[ADEMRSY]|N[EO]|O[HKR]|P[AMRS]|SO|T[OV])$/
const BEFORE_CODE = /^(?:in|of|from|within|across|throughout|between|and|or|vs|versus)$/i
/** Such capitals are an authority or a company rather than a town: "ICO" is not Icó. */
const ACRONYM = /^\p{Lu}{3,5}$/u
/** "EE. UU.", "U. S.": a country short, whose points end no sentence. */
const POINTED = /^(?:\p{Lu}{1,2}\. ?)+\p{Lu}{1,2}\.?$/u
/** Before the plural of a name: "both Portlands". */
const BEFORE_PLURAL = /^(?:both|two)$/i
/** Behind a name: which place of the name is meant. */
const LEVEL = /^(?:state|province|county|city)$/i

/** A company or a place that a sentence names. */
export interface Named {
  kind: 'company' | 'place'
  /** Canonical name, or code. */
  name: string
  /** As it stands in the sentence. */
  typed: string
  /** Its first word, and how many words it takes. */
  at: number
  length: number
}

/** What a sentence's names are looked up in. */
interface NameReader {
  ledger: Ledger
  lexicon: NameLexicon
  /** What a code of two letters stands for first: "CA" is California in an English sentence, Canada beside "FR". */
  codes: 'states' | 'countries'
}

/** The words of a sentence, as `Named.at` counts them. */
export function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

/**
 * The names in a text in their order; of names inside each other the longest. "Portland in Maine" is one name.
 * @param isEnglish whether a code of two letters is a US state's rather than a country's
 */
export function namesIn(text: string, { ledger, lexicon }: Omit<NameReader, 'codes'>, isEnglish = true): Named[] {
  const words = wordsOf(text)
  const isShouted = !/\p{Ll}/u.test(text)
  const foreign = words.some((word) => isForeignCode(word.replace(/\W+$/, ''), lexicon))
  const reader: NameReader = { ledger, lexicon, codes: isEnglish && !isShouted && !foreign ? 'states' : 'countries' }
  const found: Named[] = []
  for (let length = LONGEST_NAME; length >= 1; length--)
    for (let at = 0; at + length <= words.length; at++) {
      if (found.some((other) => at < other.at + other.length && other.at < at + length)) continue
      const own = words.slice(at, at + length)
      const both = namesakesIn(own, words[at - 1], reader)
      found.push(...both.map((one) => ({ ...one, at, length })))
      const named = both.length > 0 ? null : readWords(own, at, words[at - 1], reader)
      if (named) found.push({ ...withLevel(named, words[at + length], lexicon), at, length })
    }
  return joined(
    found.sort((a, b) => a.at - b.at),
    lexicon
  )
}

type ReadName = Pick<Named, 'kind' | 'name' | 'typed'>

function readWords(words: string[], at: number, before: string | undefined, reader: NameReader): ReadName | null {
  const pointed = pointedPlace(words, reader)
  if (pointed) return pointed
  const typed = nameOf(words)
  if (typed === null) return null
  if (CODE.test(typed) && WORDY_CODE.test(typed) && !(before && BEFORE_CODE.test(before))) return null
  const short = words.length === 1 ? shortForm(words[0]!, typed, reader) : null
  const place = short && findPlace(reader.ledger, short)?.code
  if (short) return { kind: 'place', name: place ?? short, typed }
  const found = readName(typed, at, reader)
  return found && { ...found, typed }
}

/** "Both Portlands": the places of the name that are on record, where these are two. */
function namesakesIn(words: string[], before: string | undefined, { ledger, lexicon }: NameReader): ReadName[] {
  const [, name] = /^(.*\p{L})s$/u.exec(nameOf(words) ?? '') ?? []
  if (!name || !before || !BEFORE_PLURAL.test(before)) return []
  const known = lexicon.namesakes(name).filter(({ code }) => isOnRecord(code, ledger))
  return known.length === 2 ? known.map(({ code, name: full }) => ({ kind: 'place', name: code, typed: full })) : []
}

function pointedPlace(words: string[], { lexicon }: NameReader): ReadName | null {
  const typed = words.join(' ').replace(/[?!,;:”")]+$/g, '')
  if (words.length < 2 || !POINTED.test(typed)) return null
  const forms = [typed, `${typed}.`, typed.replaceAll(' ', ''), `${typed.replaceAll(' ', '')}.`]
  const place = forms.map((form) => lexicon.jurisdiction(form)).find((found) => found !== null)
  return place ? { kind: 'place', name: place.code, typed } : null
}

/** "VA", "ny", "calif." */
function shortForm(word: string, typed: string, { lexicon, codes }: NameReader): string | null {
  if (CODE.test(typed) && codes === 'countries') return null
  const state = lexicon.shortForm(typed) ?? lexicon.shortForm(word.replace(/^[“"(]+|[?!,;:”")]+$/g, ''))
  return state?.code ?? null
}

/** A code that no US state has: where one stands, the others are countries, too. */
function isForeignCode(word: string, lexicon: NameLexicon): boolean {
  if (!CODE.test(word) || WORDY_CODE.test(word) || /^(?:US|UK|EU|PD)$/.test(word)) return false
  return lexicon.jurisdiction(word)?.code === word && !lexicon.shortForm(word)
}

/** "Georgia state": the place of that level. */
function withLevel(named: ReadName, behind: string | undefined, lexicon: NameLexicon): ReadName {
  const level = behind?.replace(/[\W_]+$/, '')
  if (named.kind === 'company' || !level || !LEVEL.test(level)) return named
  const place = lexicon.jurisdiction(`${named.typed} (${level.toLowerCase()})`)
  return place ? { ...named, name: place.code, typed: `${named.typed} ${level}` } : named
}

/** A city and what it lies in, named apart: "Portland in Maine", "the UK, and Cambridge". */
function joined(found: Named[], lexicon: NameLexicon): Named[] {
  const places = found.filter(({ kind }) => kind === 'place')
  for (const city of places)
    for (const holder of places) {
      if (city === holder || city.typed.includes(',')) continue
      const typed = `${city.typed}, ${holder.typed}`
      const code = lexicon.jurisdiction(typed)?.code
      if (code && code !== holder.name)
        return found.filter((one) => one !== holder).map((one) => (one === city ? { ...one, name: code, typed } : one))
    }
  return found
}

/** Words as a name; null where a sentence or clause ends among them, save for "Portland, Oregon". */
function nameOf(words: string[]): string | null {
  const name = words
    .join(' ')
    .replace(/^[“"(]+|[?!.,;:”")]+$/g, '')
    .replace(/[’']s$/u, '')
  return name === '' || /[?!;:()]|\.\s/.test(name) ? null : name
}

function readName(name: string, at: number, { ledger, lexicon }: NameReader): Pick<Named, 'kind' | 'name'> | null {
  const capital = /^\p{Lu}/u.test(name)
  if (!capital && name.length < SHORTEST_SMALL && !SMALL_NAMES.test(name)) return null
  const company = companyOnRecord(name, ledger) ?? makerOnRecord(name, ledger, lexicon)
  if (company) return { kind: 'company', name: company }
  const place = placeOnRecord(name, ledger, lexicon) ?? placeOfRule(name, ledger)
  if (place) return { kind: 'place', name: place }
  // Beyond the record only what is written as a name: "police" and "legal" are towns, too. A sentence begins with a capital.
  if (!capital || (at === 0 && !name.includes(' '))) return null
  const listed = lexicon.company(name)?.name
  if (listed) return { kind: 'company', name: listed }
  const code = lexicon.jurisdiction(name)?.code
  return code && !(ACRONYM.test(name) && code.includes('/')) ? { kind: 'place', name: code } : null
}

/** By its name, also in a genitive without its apostrophe: "amazons". */
function companyOnRecord(name: string, ledger: Ledger): string | null {
  const [, stem] = /^(\S{5,})s$/.exec(name) ?? []
  return (findCompany(ledger, name) ?? (stem ? findCompany(ledger, stem) : undefined))?.name ?? null
}

/** The company on record whose product is named: "rekognition", "azure face". */
function makerOnRecord(name: string, ledger: Ledger, lexicon: NameLexicon): string | null {
  if (!name.includes(' ') && name.length < SHORTEST_PRODUCT && !SMALL_NAMES.test(name)) return null
  const maker = lexicon.company(name)
  return (maker && findCompany(ledger, maker.name)?.name) ?? null
}

/** The place of a rule that is named: "BIPA", "SB 741", "AI Act". A remark in small letters is no name: "(schools)". */
function placeOfRule(name: string, ledger: Ledger): string | null {
  const rule = ledger.rules.find(({ instrument }) => {
    const [, short] = /\((\p{Lu}[^)]*)\)$/u.exec(instrument) ?? []
    return [instrument, instrument.replace(/ \([^)]+\)$/, ''), short ?? instrument].some((one) => sameName(one, name))
  })
  return rule?.place ?? null
}

/** By name, however it is written; codes count in capitals, for "in" and "it" are words, too. */
function placeOnRecord(name: string, ledger: Ledger, lexicon: NameLexicon): string | null {
  const byName = ledger.places.find((place) => place.name.toLowerCase() === name.toLowerCase())
  if (byName) return byName.code
  const isWord = /^[a-z]{1,3}$/.test(name) && !SMALL_NAMES.test(name)
  const code = isWord ? undefined : lexicon.jurisdiction(name)?.code
  return (code && findPlace(ledger, code)?.code) ?? null
}
