import { holds, isBelow } from '../../model/jurisdiction.js'
import type { Quote, Reading } from '../change.js'
import type { FoundAct } from './acts.js'
import type { Phrases } from './phrases.js'
import { datelineEnd, quoteIn, sentencesOf } from './sentences.js'

/** Who an act is of. `actor`: the company does it itself; `object`: it is done to the company. */
export interface Subject {
  company: string
  role: 'actor' | 'object'
  quote: Quote | null
}

/** So much of a text holds its first sentence. */
const OPENING = 500
/** So many characters behind "Governor" hold a name. */
const NAME = 50
/** Nothing, or how much ("per 1,1 milioni di euro "): what may stand between two companies and their "and". */
const AMOUNT = /^,?\s*(?:\p{L}{1,4}\s)?(?:[^\s\d]*\d[^\s]*(?:\s\p{L}+){0,3})?\s*$/u
/** How the tagger says that a public body stands for its place. */
const BODY = /^names a (?:regulator|court|legislature|police force|ministry|public agency)$/
/** What courts do to laws. */
const JUDGED: ReadonlySet<FoundAct['act']> = new Set(['struck-down', 'enjoined', 'reinstated'])

interface Mention {
  value: string
  /** Offsets within the sentence. */
  start: number
  end: number
}

/** The company that an act is of, or null when none is named. */
export function companyOf(act: FoundAct, reading: Reading, phrases: Phrases): Subject | null {
  // What is recognised as a company by how a text speaks of it may be a court: "il Tar ha sospeso".
  const mentions = mentionsIn(act, reading, 'company:').filter(
    (one) => isCompany(one.value, reading, phrases) && !isBeside(act, one, phrases)
  )
  const before = mentions.filter((one) => one.start < act.start && !isCompared(act, one, phrases))
  const after = mentions.filter((one) => one.start >= act.start)
  const lead = act.sentence.text.slice(0, act.start)
  const actor = before.find(({ end }) => standsAtHead(end, act, phrases)) ?? before[0]
  if (actor)
    return {
      company: actor.value,
      role: isDoneTo(lead, actor.end, phrases) ? 'object' : 'actor',
      quote: quoteIn(act.sentence, actor.start, actor.end, 'subject')
    }
  const body = phrases.has('bodies', lead)
  const object = after[0]
  if (object)
    return { company: object.value, role: 'object', quote: quoteIn(act.sentence, object.start, object.end, 'subject') }
  const companies = reading.tags.companies.filter((name) => isCompany(name, reading, phrases))
  const only = companies[0]
  if (!only || body) return null
  // "The company said it would …" speaks of the one that the title names.
  if (act.sentence.field === 'text' && phrases.has('referents', lead))
    return { company: only, role: 'actor', quote: null }
  return act.track !== 'rule' && companies.length === 1
    ? { company: only, role: act.track === 'event' ? 'object' : 'actor', quote: null }
    : null
}

/** "Oosto halts sales as Corsight quits": who stands right before what is done does it, if no "and" names both. */
function standsAtHead(end: number, { sentence: { text }, start }: FoundAct, phrases: Phrases): boolean {
  return /^\s$/u.test(text.slice(end, start)) && !phrases.has('joins', text.slice(0, end))
}

/** "fines Lidl and Conad", "fined Lidl 1.1 million and Conad 700,000 euros": who else an act is done to, besides its first. */
export function othersOf(act: FoundAct, reading: Reading, phrases: Phrases): Subject[] {
  const first = companyOf(act, reading, phrases)
  if (act.track !== 'event' || first?.role !== 'object' || !first.quote) return []
  const { text, start } = act.sentence
  const others: Subject[] = []
  let end = first.quote.end - start
  for (const one of mentionsIn(act, reading, 'company:')) {
    if (one.start < end) continue
    const between = text.slice(end, one.start)
    const joined = phrases.find('joins', between).at(-1)
    if (!joined || !/^\s+$/u.test(between.slice(joined.end)) || !AMOUNT.test(between.slice(0, joined.start))) break
    if (one.value !== first.company)
      others.push({ company: one.value, role: 'object', quote: quoteIn(act.sentence, one.start, one.end, 'subject') })
    end = one.end
  }
  return others
}

/** No public body, and nobody who governs: "Gov. Gretchen Whitmer" is what "Whitmer" stands for elsewhere. */
function isCompany(name: string, { title, text }: Reading, phrases: Phrases): boolean {
  if (isWhole('bodies', name, phrases)) return false
  const opening = `${title} ${text.slice(0, OPENING)}`
  return !phrases.find('vetoers', opening).some(({ end }) => {
    const behind = opening.slice(end, end + NAME)
    const at = behind.indexOf(name)
    return at > 0 && /^\.?\s+(?:\p{Lu}[\p{L}.'’-]*\s+)*$/u.test(behind.slice(0, at))
  })
}

/** Whether words are one of a heading's phrases, and nothing besides. */
function isWhole(heading: 'bodies' | 'seats', words: string, phrases: Phrases): boolean {
  return phrases.find(heading, words).some((found) => found.words.length === words.length)
}

/** "Clearview AI's victory: council bans …": a public body between the company and the act is who acts. */
function isDoneTo(lead: string, from: number, phrases: Phrases): boolean {
  const between = lead.slice(from)
  const body = phrases.find('bodies', between)[0]
  return body !== undefined && !/\b(?:to|for|by|from|with)\s+(?:\S+\s+){0,3}$/iu.test(between.slice(0, body.start))
}

/** The place whose rule an act is on, or null when the article names none. */
export function placeOf(
  act: FoundAct,
  reading: Reading,
  phrases: Phrases
): { code: string; quote: Quote | null } | null {
  const nameless = namelessNation(reading)
  const mentions = mentionsIn(act, reading, 'jurisdiction:').filter(
    (one) => one.value !== nameless && !isCompared(act, one, phrases)
  )
  const dateline = datelineEnd(act.sentence)
  const first =
    mentions.find((one) => one.start < act.start && one.start >= dateline) ??
    mentions.find((one) => one.start < act.end) ??
    mentions[0]
  if (first) {
    // "Massachusetts city of Boston": the city is meant; "Parliament in Vienna": the seat of who acts is not.
    const finer = mentions.find(
      (one) =>
        one.value !== first.value &&
        holds(`${first.value}/*`, one.value) &&
        // Courts judge the laws of the places below theirs, however far off these are named.
        (JUDGED.has(act.act) || (Math.abs(one.start - first.end) < 40 && one.start >= dateline)) &&
        !isWhole('seats', act.sentence.text.slice(first.end, one.start).trim(), phrases)
    )
    const chosen = finer ?? first
    const between = act.sentence.text.slice(chosen.end, act.start)
    return {
      code: ofState(namesake(chosen.value, reading) ?? chosen.value, between, act, reading, phrases),
      quote: quoteIn(act.sentence, chosen.start, chosen.end, 'subject')
    }
  }
  const code = reading.tags.jurisdictions.find((one) => one !== nameless)
  const words = act.sentence.text.slice(0, act.end)
  return code ? { code: ofState(namesake(code, reading) ?? code, words, act, reading, phrases), quote: null } : null
}

/** "As Baltimore's pause ends, the state Senate votes": it is the state's vote. */
function ofState(code: string, words: string, act: FoundAct, reading: Reading, phrases: Phrases): string {
  const isState = code.includes('/') && phrases.has('stateheads', words) && !phrases.has('townheads', words)
  return isState ? code.split('/')[0]! : governed(code, act, reading, phrases)
}

/** "Rochester", and in the text "Rochester, Minnesota, followed its namesake in New York": the text says which one it is. */
function namesake(code: string, { tags }: Reading): string | undefined {
  const name = code.split('/')[1]
  const named = tags.evidence.filter(({ tag }) => name && tag.startsWith('jurisdiction:') && tag.endsWith(`/${name}`))
  if (named.some(({ field, tag }) => field === 'text' && tag === `jurisdiction:${code}`)) return undefined
  return named.find(({ field }) => field === 'text')?.tag.slice('jurisdiction:'.length)
}

/** "A federal bill … the RCMP": the nation that only this word stands for, where a body of another one is named. */
function namelessNation({ title, text, tags }: Reading): string | null {
  const places = tags.evidence.filter(({ tag }) => tag.startsWith('jurisdiction:'))
  const isNameless = ({ field, start, end }: (typeof places)[number]) =>
    /^federal\b/iu.test((field === 'title' ? title : text).slice(start, end))
  const tag = places.find(isNameless)?.tag
  if (!tag || !places.every((one) => one.tag !== tag || isNameless(one))) return null
  const code = tag.slice('jurisdiction:'.length)
  const rival = places.some(
    (one) => BODY.test(one.reason ?? '') && one.tag !== tag && !isBelow(one.tag.slice('jurisdiction:'.length), code)
  )
  return rival ? code : null
}

/** "Governor vetoes …" beside "Washington": what a governor or mayor does is no nation's, where a place below it is tagged. */
function governed(code: string, { sentence }: FoundAct, { tags, text }: Reading, phrases: Phrases): string {
  if (code.includes('/')) return code
  // A headline names them by name alone: "Ferguson vetoes".
  const opening = sentence.field === 'title' ? (sentencesOf(text.slice(0, OPENING), 'text')[0]?.text ?? '') : ''
  const words = `${sentence.text} ${opening}`
  const town = phrases.has('townheads', words)
  const state = phrases.has('stateheads', words)
  const below = tags.jurisdictions.filter((one) => isBelow(one, code))
  const [cities, states] = [below.filter((one) => one.includes('/')), below.filter((one) => !one.includes('/'))]
  return (town ? cities[0] : undefined) ?? (state ? states[0] : undefined) ?? code
}

function mentionsIn(act: FoundAct, reading: Reading, kind: string): Mention[] {
  const { sentence } = act
  const mentions: Mention[] = []
  for (const { tag, field, start, end } of reading.tags.evidence) {
    if (field !== sentence.field || !tag.startsWith(kind)) continue
    const [from, to] = [start - sentence.start, end - sentence.start]
    if (from >= 0 && to <= sentence.text.length) mentions.push({ value: tag.slice(kind.length), start: from, end: to })
  }
  return mentions.sort((a, b) => a.start - b.start)
}

/** "fines Safaricom rival Airtel": Airtel is meant. */
function isBeside({ sentence }: FoundAct, { end }: Mention, phrases: Phrases): boolean {
  const behind = sentence.text.slice(end)
  return phrases
    .find('beside', behind)
    .some((words) => /^(?:['’]s)?\s$/u.test(behind.slice(0, words.start)) && /^\s\p{Lu}/u.test(behind.slice(words.end)))
}

/** "Following IBM, Amazon pauses": IBM is a comparison. */
function isCompared(act: FoundAct, { start }: Mention, phrases: Phrases): boolean {
  const before = act.sentence.text.slice(Math.max(0, start - 24), start)
  return phrases.find('compared', before).some(({ end }) => /^\s+(?:the\s)?$/iu.test(before.slice(end)))
}
