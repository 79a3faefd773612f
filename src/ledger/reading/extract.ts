import { isBelow } from '../../model/jurisdiction.js'
import { numberOf } from '../../model/law-number.js'
import type { Change, Reading } from '../change.js'
import { actsOf, everyAct, type FoundAct } from './acts.js'
import { changeOf, sameOf } from './build-change.js'
import { readDates } from './extract-dates.js'
import { isBackground, isNoNews, isSilencing, namesDay } from './no-news.js'
import { type Phrases, phrasesOf } from './phrases.js'
import { type Sentence, sentencesOf } from './sentences.js'
import { companyOf, othersOf, placeOf } from './subjects.js'
import { isLedBy } from './when.js'

/** The title and so many sentences tell what is new; what follows is background. */
const LEAD_SENTENCES = 2
/** Dates and details stand a little further on. */
const DETAIL_SENTENCES = 6
/** Nobody writes sentences longer than this; what is, is no sentence, and may be made to keep patterns busy. */
const LONGEST_SENTENCE = 700
/** So much of a headline is read. */
const TITLE_LENGTH = 300
/** So much of a text is cut into sentences. */
const TEXT_LENGTH = 6000
/** A company so many characters behind an act is what it is done to. */
const BESIDE = 40
/** Acts that take away what was ordered. */
const UNDONE: ReadonlySet<FoundAct['act']> = new Set(['repealed', 'struck-down', 'enjoined'])

/** In all seven languages. */
const VETO = /\bveto\b/iu

/** Below this score the tagger is sure that an article is off the topic. */
const UNSURE = 0.1

/**
 * What an article says has changed, each with the words it rests on. Nothing for rumours, opinion, plans and
 * retrospects, and nothing in a language without a phrase file. What it denies comes back marked `denied`: no change, but
 * a word against whoever reports it. What an article tells that the tagger takes for off the topic comes back
 * marked `offTopic`: whoever knows its bill or its company can tell (readNews). Pure.
 */
export function extractChanges(reading: Reading): Change[] {
  const phrases = phrasesOf(reading.tags.lang)
  if (!phrases) return []
  const title: Sentence = { field: 'title', start: 0, text: reading.title.slice(0, TITLE_LENGTH) }
  const body = sentencesOf(reading.text.slice(0, TEXT_LENGTH), 'text').filter(
    ({ text }) => text.length <= LONGEST_SENTENCE
  )
  const lead = [title, ...body.slice(0, LEAD_SENTENCES)]
  if (/\?\s*$/.test(title.text) || phrases.find('titles', title.text).some(({ start }) => start < 2)) return []
  const details = [title, ...body.slice(0, DETAIL_SENTENCES)]
  const changes = lead.slice(0, 2).some(({ text }) => phrases.has('denials', text))
    ? deniedActs(lead, phrases, reading).map((act) => ({
        ...changeOf(act, details, phrases, reading),
        denied: true as const
      }))
    : toldChanges(lead, details, phrases, reading)
  return reading.tags.relevant ? changes : offTopicChanges(changes, lead, phrases, reading)
}

function offTopicChanges(changes: Change[], lead: Sentence[], phrases: Phrases, reading: Reading): Change[] {
  const plain = reading.tags.score >= UNSURE && lead.slice(0, 2).some(({ text }) => phrases.has('topic', text))
  return changes.flatMap((change): Change[] => {
    if (plain) return [{ ...change, offTopic: 'subject' as const }]
    const numbered = change.type === 'rule' && numberOf(change.instrument) !== null
    return numbered ? [{ ...change, offTopic: 'number' as const }] : []
  })
}

function toldChanges(lead: Sentence[], details: Sentence[], phrases: Phrases, reading: Reading): Change[] {
  if (lead.some((sentence) => isSilencing(sentence, phrases, reading) || phrases.has('explainers', sentence.text)))
    return []
  if (lead.slice(0, 2).some(({ text }) => phrases.has('rumours', text))) return []
  const relayed = lead.some(({ text }) => phrases.has('relays', text))
  const changes = mainActs(lead, phrases, reading).flatMap((act) => {
    const change = changeOf(act, details, phrases, reading)
    return [change, ...othersOf(act, reading, phrases).map((other) => sameOf(change, other))]
  })
  return changes.map((change) => ({ ...change, ...(relayed && { relayed }) }))
}

/** What the sentences of a denial speak of, whatever hedges it. */
function deniedActs(lead: Sentence[], phrases: Phrases, reading: Reading): FoundAct[] {
  const acts = lead
    .slice(0, 2)
    .filter(({ text }) => phrases.has('denials', text))
    .flatMap((sentence) => everyAct(sentence, phrases))
    .filter((act) => subjectOf(act, reading, phrases) !== null)
  const tracks = new Set<string>()
  return acts.filter(({ track, act }) => {
    const seen = tracks.has(`${track} ${act}`)
    tracks.add(`${track} ${act}`)
    return !seen
  })
}

/**
 * One act a track: the title's, else the first of the lead; and one more for every other company or place that does
 * something of its own in the title, or on a day that its sentence names.
 */
function mainActs(lead: Sentence[], phrases: Phrases, reading: Reading): FoundAct[] {
  const all = withoutDoubles(
    lead
      .flatMap((sentence) => actsOf(sentence, phrases, reading.published))
      .filter((act) => !isNoNews(act, lead, phrases, reading))
      .filter((act) => fits(act, lead, reading, phrases))
      .filter((act) => !isBackground(act, lead, phrases, reading)),
    reading
  )
  const chosen: FoundAct[] = []
  for (const act of [...all.filter((one) => !isAhead(one, phrases, reading)), ...all]) {
    if (chosen.includes(act)) continue
    const before = chosen.filter(({ track }) => track === act.track)
    if (before.length === 0) chosen.push(preciserOf(act, all, phrases, reading) ?? act)
    else if (isAnother(act, before, phrases, reading)) chosen.push(act)
  }
  return chosen
}

/** "The law, to take effect in March": what tells of its passing says more. */
function isAhead(act: FoundAct, phrases: Phrases, reading: Reading): boolean {
  return act.act === 'in-force' && (readDates(act, [act.sentence], phrases, reading).start ?? '') > reading.published
}

/** Acts by which a bill ends its way: one has but one of them. */
const FINAL: ReadonlySet<FoundAct['act']> = new Set(['passed', 'signed', 'vetoed', 'rejected'])

function isAnother(act: FoundAct, before: FoundAct[], phrases: Phrases, reading: Reading): boolean {
  if (isOfSeparateBill(act, before, phrases)) return true
  const subject = subjectOf(act, reading, phrases)
  if (!subject?.named || before.some((other) => isSame(subjectOf(other, reading, phrases)?.name, subject.name)))
    return false
  if (act.sentence.field === 'title' || isInTitle(act.track, subject.name, reading)) return true
  return namesDay(act.sentence.text, phrases, reading.published)
}

/** "signed a bill …, and vetoed a separate measure on face recognition": two bills of one place. */
function isOfSeparateBill({ act, sentence, start, end }: FoundAct, before: FoundAct[], phrases: Phrases): boolean {
  if (!FINAL.has(act) || before.some((other) => other.act === act || !FINAL.has(other.act))) return false
  return phrases.has('separate', sentence.text.slice(start, end)) && phrases.has('topicparts', sentence.text)
}

/** What a headline tells loosely, and the text exactly. */
const PRECISER: Partial<Record<FoundAct['act'], readonly FoundAct['act'][]>> = {
  passed: ['signed', 'extended', 'delayed'],
  paused: ['extended', 'exited'],
  extended: ['delayed'],
  rejected: ['vetoed', 'expired', 'repealed'],
  'struck-down': ['vetoed'],
  proposed: ['rejected']
}

/**
 * "Hawaii outlaws …": where the text tells that the governor signed it, that is what happened; "Ohio town adopts …": where
 * it names the town, that is where.
 */
function preciserOf(act: FoundAct, all: FoundAct[], phrases: Phrases, reading: Reading): FoundAct | undefined {
  const name = subjectOf(act, reading, phrases)?.name ?? ''
  // What "becomes law" over a veto, nobody has signed.
  if (VETO.test(act.sentence.text.slice(act.start, act.end))) return undefined
  return all.find((other) => {
    if (other.track !== act.track) return false
    const its = subjectOf(other, reading, phrases)?.name ?? ''
    if (other.act === act.act) return other !== act && liesIn(its, name)
    // "suspends … for 60 days", and in the text "switched off": what has an end is not given up.
    if (other.act === 'exited' && readDates(act, [act.sentence], phrases, reading).end) return false
    return its === name && (PRECISER[act.act]?.includes(other.act) ?? false)
  })
}

/** One and the same, or one within the other: a town of a state, a state of a nation; or "Riverside" and its county. */
function isSame(one: string | undefined, other: string): boolean {
  return one !== undefined && (one === other || liesIn(one, other) || liesIn(other, one))
}

/** Below it on the tree, or the county that a headline calls by its city's name. */
function liesIn(one: string, other: string): boolean {
  return isBelow(one, other) || one === `${other} County`
}

function isInTitle(track: FoundAct['track'], name: string, { tags }: Reading): boolean {
  const tag = `${track === 'rule' ? 'jurisdiction' : 'company'}:${name}`
  return tags.evidence.some((one) => one.field === 'title' && one.tag === tag)
}

/** Of whom an act is; `named`: before it, in its own sentence. */
function subjectOf(act: FoundAct, reading: Reading, phrases: Phrases): { name: string; named: boolean } | null {
  const found = act.track === 'rule' ? placeOf(act, reading, phrases) : companyOf(act, reading, phrases)
  if (!found) return null
  const named = found.quote !== null && found.quote.start < act.sentence.start + act.start
  return { name: 'code' in found ? found.code : found.company, named }
}

/** The same words tell of a company or of a place, never of both: who does it decides, or to whom it is done. */
function withoutDoubles(acts: FoundAct[], reading: Reading): FoundAct[] {
  const order = ['event', 'rule', 'position']
  const orders = acts.filter((act) => act.act === 'barred-by-order' && namesCompany(act, reading))
  const told = acts.filter(
    ({ track, sentence, start }) =>
      track !== 'rule' || !orders.some((order) => order.sentence === sentence && order.start === start)
  )
  return told.filter((act) => {
    const rival = told.find(
      (other) => other !== act && other.sentence === act.sentence && other.start < act.end && act.start < other.end
    )
    // "final approval to a settlement": what happens to a company is told in the same words.
    if (rival?.track === 'event' && act.track === 'rule') return false
    return (
      !rival ||
      rival.track === 'event' ||
      act.track === 'event' ||
      order.indexOf(act.track) < order.indexOf(rival.track)
    )
  })
}

/** "bars Walgreens from …": the order is to a company. */
function namesCompany({ sentence, start, end }: FoundAct, { tags }: Reading): boolean {
  return tags.evidence.some(
    (one) =>
      one.tag.startsWith('company:') &&
      one.field === sentence.field &&
      one.start >= sentence.start + start &&
      one.end <= sentence.start + end
  )
}

/**
 * Acts of a company need one, and no public body that does it; acts on a rule need a place, and no company that does it;
 * what suspends a law without a court in sight suspends something else ("mayor suspends pilot").
 */
function fits(act: FoundAct, lead: Sentence[], reading: Reading, phrases: Phrases): boolean {
  if (act.act === 'enjoined' && !lead.some(({ text }) => phrases.has('courts', text))) return false
  // "From today, visitors must …": a rule, where one is named.
  if (act.act === 'in-force' && !lead.some(({ text }) => phrases.has('laws', text))) return false
  const company = companyOf(act, reading, phrases)
  if (act.track === 'rule') return company?.role !== 'actor' && isOfPlace(act, reading, phrases)
  if (!company) return false
  return act.track === 'event' || act.act === 'barred-by-order' || company.role === 'actor'
}

/**
 * A transit agency's policy binds the agency: no nation, no state has changed its rules; nor has it when a regulator takes
 * back what it ordered a company.
 */
function isOfPlace(act: FoundAct, reading: Reading, phrases: Phrases): boolean {
  const place = placeOf(act, reading, phrases)
  if (!place) return false
  const actor = act.sentence.text.slice(0, act.start)
  if (act.act === 'repealed' && phrases.has('regulators', actor) && reading.tags.companies.length > 0) return false
  // "The regulator has forbidden Walgreens …": it tells one company what to do.
  if (act.act === 'passed' && phrases.has('regulators', actor) && companyOf(act, reading, phrases)?.quote) return false
  // In the United States what is tabled is put aside.
  const words = act.sentence.text.slice(act.start, act.end)
  if (act.act === 'proposed' && place.code.startsWith('US') && phrases.has('tabled', words)) return false
  if (UNDONE.has(act.act) && isAgainstCompany(act, reading, phrases)) return false
  // "The court halts police use of …": where no law is named, the court is, and no company.
  if (act.act === 'enjoined' && phrases.has('topicparts', words) && !phrases.has('laws', words))
    if (!phrases.has('courts', `${actor} ${words}`) || companyOf(act, reading, phrases)?.quote) return false
  return place.code.includes('/') || !phrases.has('lesser', actor)
}

/** "overturns ban on Worldcoin", "lifted an order that kept Worldcoin from …": an order to one, no rule for all. */
function isAgainstCompany({ sentence, start, end }: FoundAct, { tags }: Reading, phrases: Phrases): boolean {
  return tags.evidence.some((one) => {
    const at = one.start - sentence.start
    if (!one.tag.startsWith('company:') || one.field !== sentence.field || at < start || at > end + BESIDE) return false
    return isLedBy('against', sentence.text, at, phrases)
  })
}
