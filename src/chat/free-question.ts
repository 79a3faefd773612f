import type { NameLexicon } from '../alerts/names.js'
import { dayOf } from '../ledger/dates.js'
import { findPlace } from '../ledger/places.js'
import { eventMeant, subjectMeant } from '../ledger/record/about.js'
import { sameName } from '../ledger/record/knowledge.js'
import type { Ledger } from '../ledger/record/load.js'
import { findCompany } from '../ledger/record/positions.js'
import { isLinked, ruleNaming } from '../ledger/record/there.js'
import type { TaggableText, Tags } from '../model/tags.js'
import { quoteIfNeeded } from './command-text.js'
import { dayMeant } from './day-meant.js'
import { nearest } from './nearest.js'

/** The most words that a name on record has. */
const LONGEST_NAME = 4
/** Shorter words in small letters are seldom names: "us", "it". */
const SHORTEST_SMALL = 4
/** Save for these, which are no words. */
const SMALL_NAMES = /^(?:aws|fb|ibm|eu|uk|usa|nyc|sf)$/i
/** Products of one word that are shorter are other words, too: "ever", "ring". */
const SHORTEST_PRODUCT = 8
/** The names of two that are named are held against each other. */
const COMPARES = /\b(?:compare[ds]?|comparison|versus|vs|differ\w*)\b/i
/** So are two that are asked for in one breath: "stricter in Maine or in Vermont?". */
const BOTH_ASKED = /^,? (?:or|and|than|nor)(?: (?:in|is|does|by))?(?: the)?$/i
const AHEAD = /\b(?:deadlines?|falls? due|coming up|upcoming)\b/i
/** A question on a place's rules, where it names a company, too. */
const RULES =
  /\b(?:legal\w*|illegal\w*|lawful|unlawful|laws?|rules?|ban(?:s|ned)?|allowed|permitted|regulat\w+|ordinances?|moratorium)\b/i
/** "who still sells to police", not "who will ban it next". */
const WHO =
  /^(?:who|which|what)\b.*\b(?:companies|vendors|firms|makers|sells?|sold|selling|offers?|suppl(?:y|ies|ied)|stop\w*|quit|paused?|left|exit\w*|abandon\w*)\b/i

interface Named {
  kind: 'company' | 'place'
  /** Canonical name, or code. */
  name: string
  /** Its first word, and how many words it takes. */
  at: number
  length: number
}

/** What a question is read with. */
export interface QuestionReader {
  ledger: Ledger
  lexicon: NameLexicon
  now: Date
  /** Finds what is named otherwise than by its name: "Swedish police", "the CNIL", "NYPD". */
  tag(text: TaggableText): Pick<Tags, 'companies' | 'jurisdictions' | 'evidence'>
}

/**
 * The command that answers a question in plain English ("did IBM ever stop selling?", "is it legal in Portland on 1 July
 * 2020?"): of the companies and places that it names, and as of the day that it names. Null where it names none.
 * Nothing is guessed: a name with a typing error is none.
 */
export function commandForQuestion(question: string, { ledger, lexicon, now, tag }: QuestionReader): string | null {
  const meant = dayMeant(question, now)
  const asOf = meant && meant.day !== dayOf(now) ? ` as-of:${meant.day}` : ''
  const asked = meant?.rest ?? question
  const named = namesIn(asked, ledger, lexicon)
  const companies = named.filter(isCompany)
  const places = named.filter((one) => !isCompany(one))
  for (const [first, second] of [companies, places])
    if (first && second && areCompared(asked, first, second))
      return `compare ${quoteIfNeeded(first.name)} ${quoteIfNeeded(second.name)}${asOf}`
  const tags = tagsOf(question, named.length > 0, tag)
  const company =
    companies[0]?.name ??
    (tags.companies[0] && (findCompany(ledger, tags.companies[0]) ?? lexicon.company(tags.companies[0]))?.name)
  const place = places[0]?.name ?? placeNamed(tags)
  if (AHEAD.test(question)) return `deadlines${place ? ` jurisdiction:${quoteIfNeeded(place)}` : ''}${asOf}`
  if (place && (!company || asksForRules(question, company, place, ledger)))
    return `jurisdiction ${quoteIfNeeded(place)}${asOf}`
  if (company) {
    // The place is told by itself: "in Canada" asks for no subject.
    const about = aboutOf(place ? asked.replaceAll(lexicon.jurisdictionName(place), '') : asked, company, ledger)
    const there = place ? ` in:${quoteIfNeeded(place)}` : ''
    return `company ${quoteIfNeeded(company)}${about ? ` about:${quoteIfNeeded(about)}` : ''}${there}${asOf}`
  }
  return WHO.test(question.trim()) ? `company${asOf}` : null
}

/** Reasons of the tagger's by which a place is named; others infer it from the words around. */
const NAMED = /^(?:names?\b|demonym$)/

function placeNamed({ jurisdictions, evidence }: ReturnType<QuestionReader['tag']>): string | undefined {
  const named = evidence.filter(({ reason }) => NAMED.test(reason ?? '')).map(({ tag }) => tag)
  return jurisdictions.find((code) => named.includes(`jurisdiction:${code}`))
}

/** What the tagger finds; in small letters ("french police") it finds less, so that the words get capitals where nothing else is named. */
function tagsOf(question: string, isNamed: boolean, tag: QuestionReader['tag']): ReturnType<QuestionReader['tag']> {
  const tags = tag({ title: question, text: '' })
  if (isNamed || tags.companies.length + tags.jurisdictions.length > 0) return tags
  const capitals = question.replace(/(?<!\p{L})\p{Ll}(?=\p{L}{2})/gu, (letter) => letter.toUpperCase())
  return tag({ title: capitals, text: '' })
}

/** The subject that a question on a company speaks of, where there are several; else what happened, in the question's words. */
function aboutOf(words: string, company: string, ledger: Ledger): string | null {
  const entry = findCompany(ledger, company)
  if (!entry) return null
  const subject = Object.keys(entry.subjects).length < 2 ? null : subjectMeant(entry, ledger.positions, words)
  return subject ?? eventMeant(entry, ledger.events, words)?.words ?? null
}

/** Of a company and a place: whether the place's rules answer it, and not where the company stands there. */
function asksForRules(question: string, company: string, place: string, ledger: Ledger): boolean {
  const ownPosition = ledger.positions.some((one) => one.company === company && one.scope.includes(place))
  if (!ownPosition && ruleNaming(ledger, company, place)) return true
  return RULES.test(question) && !isLinked(ledger, company, place)
}

/** Two that are to be held against each other: the question says so, or names them in one breath. */
function areCompared(question: string, first: Named, second: Named): boolean {
  if (first.name === second.name) return false
  if (COMPARES.test(question)) return true
  const words = wordsOf(question)
  const ends = words[first.at + first.length - 1]!.endsWith(',') ? ',' : ''
  const between = [ends, ...words.slice(first.at + first.length, second.at)].join(' ')
  return BOTH_ASKED.test(between)
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

function isCompany({ kind }: Named): boolean {
  return kind === 'company'
}

/** The names in a text in their order; of names inside each other the longest. */
function namesIn(text: string, ledger: Ledger, lexicon: NameLexicon): Named[] {
  const words = wordsOf(text)
  const found: Named[] = []
  for (let length = LONGEST_NAME; length >= 1; length--)
    for (let at = 0; at + length <= words.length; at++) {
      if (found.some((other) => at < other.at + other.length && other.at < at + length)) continue
      const name = nameOf(words.slice(at, at + length))
      const named = name === null ? null : readName(name, at, ledger, lexicon)
      if (named) found.push({ ...named, at, length })
    }
  return found.sort((a, b) => a.at - b.at)
}

/** Words as a name; null where a sentence or clause ends among them, save for "Portland, Oregon". */
function nameOf(words: string[]): string | null {
  const joined = words.join(' ').replace(/^[“"(]+|[?!.,;:”")]+$/g, '')
  const name = joined.replace(/[’']s$/u, '')
  return name === '' || /[?!;:()]|\.\s/.test(name) ? null : name
}

function readName(name: string, at: number, ledger: Ledger, lexicon: NameLexicon): Pick<Named, 'kind' | 'name'> | null {
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
  return code ? { kind: 'place', name: code } : null
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
  if (isWord) return null
  const [, city, state] = /^(\S+) (\S+)$/.exec(name) ?? []
  const code = lexicon.jurisdiction(name)?.code ?? (city && lexicon.jurisdiction(`${city}, ${state}`)?.code)
  return (code && findPlace(ledger, code)?.code) ?? null
}

/** Words that are likely a name with a typing error. */
const LIKELY_NAME = /^[\p{L}’'-]{5,}$/u

/** What to say to a sentence in which no name was found: what comes near one of its words, and how to ask for that. */
export function nothingNamed(question: string, ledger: Ledger): string {
  const commands = new Map([
    ...ledger.places.map(({ name, code }): [string, string] => [name, `jurisdiction ${quoteIfNeeded(code)}`]),
    ...ledger.companies.map(({ name }): [string, string] => [name, `company ${quoteIfNeeded(name)}`])
  ])
  const words = question.split(/[\s?!.,;:]+/).filter((word) => LIKELY_NAME.test(word))
  const [near] = words.flatMap((word) => nearest(word, [...commands.keys()], 1))
  const guess = near ? ` Did you mean ${near}? \`/facelaw ${commands.get(near)}\` answers.` : ''
  return `I found no company or place in that sentence that I know.${guess} \`/facelaw help\` lists all commands.`
}
