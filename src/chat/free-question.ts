import type { NameLexicon } from '../alerts/names.js'
import { dayOf } from '../ledger/dates.js'
import { isOnRecord } from '../ledger/places.js'
import { eventMeant, subjectMeant } from '../ledger/record/about.js'
import type { Ledger } from '../ledger/record/load.js'
import { findCompany } from '../ledger/record/positions.js'
import { isLinked, ruleNaming } from '../ledger/record/there.js'
import type { TaggableText, Tags } from '../model/tags.js'
import { quoteIfNeeded } from './command-text.js'
import { dayMeant } from './day-meant.js'
import { type Named, namesIn, wordsOf } from './names-in.js'
import { nearest } from './nearest.js'

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

/** Letters of a company's name that is taken for one in small letters. */
const SHORTEST_SELLER = 6
/** A question on what a company offers, rather than on what a town rules. */
const TRADE = /\b(?:sell\w*|sold|sales?|customers?|products?|offer\w*)\b/i

/** What a question is read with. */
export interface QuestionReader {
  ledger: Ledger
  lexicon: NameLexicon
  now: Date
  /** Finds what is named otherwise than by its name: "Swedish police", "the CNIL", "NYPD". */
  tag(text: TaggableText): Pick<Tags, 'companies' | 'jurisdictions' | 'evidence' | 'lang'>
}

/** How a question is answered. */
export interface MeantCommand {
  command: string
  /** The place that it asks about, as it names it and as it was read; null where it names none by a name. */
  place: { typed: string; code: string; asOf: string } | null
  /** The words for what it is on, where that is plainly another subject than faces. */
  otherSubject: string | null
}

/**
 * The command that answers a question in plain words ("did IBM ever stop selling?", "is it legal in Portland on 1 July
 * 2020?"): of the companies and places that it names, and as of the day that it names. Null where it names none.
 * Nothing is guessed: a name with a typing error is none.
 */
export function commandForQuestion(question: string, reader: QuestionReader): MeantCommand | null {
  const { lexicon, now, tag } = reader
  const meant = dayMeant(question, now)
  const asOf = meant && meant.day !== dayOf(now) ? ` as-of:${meant.day}` : ''
  const asked = meant?.rest ?? question
  const named = namesIn(asked, reader, /^(?:en|und)$/.test(tag({ title: question, text: '' }).lang))
  const command = commandFor(question, asked, named, asOf, reader)
  if (command === null) return null
  const place = named.find((one) => !isCompany(one))
  const namedWords = new Set(named.flatMap(({ at, length }) => Array.from({ length }, (_, index) => at + index)))
  const rest = wordsOf(asked).filter((_, index) => !namedWords.has(index))
  return {
    command,
    place: place ? { typed: place.typed, code: place.name, asOf } : null,
    otherSubject: lexicon.otherSubject(rest.join(' '))
  }
}

function commandFor(
  question: string,
  asked: string,
  named: readonly Named[],
  asOf: string,
  reader: QuestionReader
): string | null {
  const { ledger, lexicon, tag } = reader
  const companies = named.filter(isCompany)
  const places = named.filter((one) => !isCompany(one))
  for (const [first, second] of [companies, places])
    if (first && second && areCompared(asked, first, second))
      return `compare ${quoteIfNeeded(first.name)} ${quoteIfNeeded(second.name)}${asOf}`
  const tags = tagsOf(question, named.length > 0, tag)
  const said = placeSaid(question, places, tags, tag)
  const tagged = companies[0]?.name ?? tags.companies[0] ?? companyInSmall(question, tag)
  const seated = tagged || !said || !TRADE.test(question) ? null : companySeated(said.code, reader)
  const company = seated ?? (tagged && (findCompany(ledger, tagged) ?? lexicon.company(tagged))?.name)
  const place = seated ? undefined : said?.code
  if (AHEAD.test(question)) return `deadlines${place ? ` jurisdiction:${quoteIfNeeded(place)}` : ''}${asOf}`
  if (place && (!company || asksForRules(question, company, place, ledger)))
    return `jurisdiction ${quoteIfNeeded(unmistakable(place, lexicon))}${asOf}`
  if (company) {
    // The place is told by itself: "in Canada" asks for no subject, nor does "British".
    const placeWords = said ? [...said.words, ...wordsOf(lexicon.jurisdictionName(said.code))] : []
    const about = aboutOf(without(asked, placeWords), company, place ?? null, ledger)
    const there = place ? ` in:${quoteIfNeeded(place)}` : ''
    return `company ${quoteIfNeeded(company)}${about ? ` about:${quoteIfNeeded(about)}` : ''}${there}${asOf}`
  }
  return WHO.test(question.trim()) ? `company${asOf}` : null
}

/** A country whose code is a US state's as well goes by its name: "Canada", for "CA" may be California. */
function unmistakable(code: string, lexicon: NameLexicon): string {
  const name = lexicon.jurisdictionName(code)
  return lexicon.shortForm(code) && lexicon.jurisdiction(name)?.code === code ? name : code
}

/** Reasons of the tagger's by which a place is named; others infer it from the words around. */
const NAMED = /^(?:names?\b|demonym$)/
const PEOPLE = /^demonym$/

/** A place that a question speaks of, and the words by which it does. */
interface PlaceSaid {
  code: string
  words: readonly string[]
}

/** By its name, by a body of its own ("the CNIL"), or by its people, also in small letters: "german police". */
function placeSaid(
  question: string,
  [named]: readonly Named[],
  tags: FoundTags,
  tag: QuestionReader['tag']
): PlaceSaid | undefined {
  if (named) return { code: named.name, words: wordsOf(named.typed) }
  return placeBy(NAMED, question, tags) ?? placeBy(PEOPLE, question, tag({ title: inCapitals(question), text: '' }))
}

function placeBy(reasons: RegExp, question: string, { jurisdictions, evidence }: FoundTags): PlaceSaid | undefined {
  const named = evidence.filter(({ reason }) => reasons.test(reason ?? ''))
  const code = jurisdictions.find((one) => named.some(({ tag }) => tag === `jurisdiction:${one}`))
  if (!code) return undefined
  const own = named.filter(({ tag }) => tag === `jurisdiction:${code}`)
  return { code, words: own.flatMap(({ start, end }) => wordsOf(question.slice(start, end))) }
}

function without(text: string, words: readonly string[]): string {
  const bare = (word: string): string => word.replace(/^\W*(?:\p{L}{1,2}[’'])?|(?:[’']s)?\W*$/gu, '')
  const left = new Set(words.map(bare))
  return wordsOf(text)
    .filter((word) => !left.has(bare(word)))
    .join(' ')
}

/** A seller in small letters beside a place: "does cognitec sell in france". Short names are words: "clear", "flock". */
function companyInSmall(question: string, tag: QuestionReader['tag']): string | undefined {
  if (!TRADE.test(question)) return undefined
  const { companies, evidence } = tag({ title: inCapitals(question), text: '' })
  return companies.find((company) =>
    evidence.some(
      ({ tag: found, reason, start, end }) =>
        found === `company:${company}` && reason === 'alias' && end - start >= SHORTEST_SELLER
    )
  )
}

/** The company that a town stands for ("Redmond's policy on sales"), where the town itself has no record. */
function companySeated(place: string, { ledger, lexicon }: QuestionReader): string | null {
  return isOnRecord(place, ledger) ? null : lexicon.companyAt(place)
}

type FoundTags = ReturnType<QuestionReader['tag']>

/**
 * What the tagger finds; in small letters ("french police") it finds less, so that the words get capitals where nothing
 * else is named. A place that is only inferred from the words around is not.
 */
function tagsOf(question: string, isNamed: boolean, tag: QuestionReader['tag']): FoundTags {
  const tags = tag({ title: question, text: '' })
  if (isNamed || tags.companies.length > 0 || placeBy(NAMED, question, tags)) return tags
  return tag({ title: inCapitals(question), text: '' })
}

function inCapitals(question: string): string {
  return question.replace(/(?<!\p{L})\p{Ll}(?=\p{L}{2})/gu, (letter) => letter.toUpperCase())
}

/** The subject that a question on a company speaks of, where there are several; else what happened, in the question's words. */
function aboutOf(words: string, company: string, place: string | null, ledger: Ledger): string | null {
  const entry = findCompany(ledger, company)
  if (!entry) return null
  const subject = Object.keys(entry.subjects).length < 2 ? null : subjectMeant(entry, ledger.positions, words)
  return subject ?? eventMeant(entry, ledger.events, words, place)?.words ?? null
}

/** Of a company and a place: whether the place's rules answer it, and not where the company stands there. */
function asksForRules(question: string, company: string, place: string, ledger: Ledger): boolean {
  const ownPosition = ledger.positions.some((one) => one.company === company && one.scope.includes(place))
  if (!ownPosition && ruleNaming(ledger, company, place)) return true
  const hasRules = ledger.rules.some((rule) => rule.place === place)
  return hasRules && RULES.test(question) && !isLinked(ledger, company, place)
}

/** Two that are to be held against each other: the question says so, or names them in one breath. */
function areCompared(question: string, first: Named, second: Named): boolean {
  if (first.name === second.name) return false
  // "Both Portlands" are two in one word.
  if (COMPARES.test(question) || first.at === second.at) return true
  const words = wordsOf(question)
  const ends = words[first.at + first.length - 1]!.endsWith(',') ? ',' : ''
  const between = [ends, ...words.slice(first.at + first.length, second.at)].join(' ')
  return BOTH_ASKED.test(between)
}

function isCompany({ kind }: Named): boolean {
  return kind === 'company'
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
