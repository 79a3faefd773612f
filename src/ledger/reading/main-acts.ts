import { isBelow } from '../../model/jurisdiction.js'
import type { Reading } from '../change.js'
import { actsOf, type FoundAct } from './acts.js'
import { readDates } from './extract-dates.js'
import { fits } from './fits.js'
import { laterIn } from './happened.js'
import { namesDay } from './news-days.js'
import { isBackground, isNoNews } from './no-news.js'
import type { Phrases } from './phrases.js'
import type { Sentence } from './sentences.js'
import { companyOf, placeOf } from './subjects.js'

/** In all seven languages. */
const VETO = /\bveto\b/iu

/**
 * One act a track: the title's, else the first of the lead; and one more for every other company or place that does
 * something of its own in the title, or on a day that its sentence names.
 */
export function mainActs(lead: Sentence[], phrases: Phrases, reading: Reading): FoundAct[] {
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
    else if (isAnother(act, before, phrases, reading)) chosen.push(preciserOf(act, all, phrases, reading) ?? act)
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
  const { text } = act.sentence
  return namesDay(text, phrases, reading.published) || laterIn(text, phrases) !== null
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
  conditional: ['extended'],
  extended: ['delayed'],
  exited: ['paused'],
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
  // "MSG pays up, Facewatch penalised", and in the text a sentence for each: its own tells the day.
  const isToldApart = ({ sentence }: FoundAct) =>
    act.sentence.field === 'title' &&
    namesDay(sentence.text, phrases, reading.published) &&
    all.some((one) => isBetween(one, act, sentence) && subjectOf(one, reading, phrases)?.name !== name)
  return all.find((other) => {
    if (other.track !== act.track) return false
    const its = subjectOf(other, reading, phrases)?.name ?? ''
    if (other.act === act.act) return other !== act && (liesIn(its, name) || (its === name && isToldApart(other)))
    // "suspends … for 60 days", and in the text "switched off": what has an end is not given up.
    if (other.act === 'exited' && [act, other].some((one) => readDates(one, [one.sentence], phrases, reading).end))
      return false
    return its === name && (PRECISER[act.act]?.includes(other.act) ?? false)
  })
}

/** Told in the text, before a sentence that tells of the headline's act. */
function isBetween({ track, sentence }: FoundAct, act: FoundAct, later: Sentence): boolean {
  return track === act.track && sentence.field === 'text' && sentence.start < later.start
}

/** One and the same, or one within the other: a town of a state, a state of a nation; or "Riverside" and its county. */
export function isSame(one: string | undefined, other: string): boolean {
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

/** Of whom an act is; `named`: before it in its own sentence, or behind what is done to a company. */
export function subjectOf(act: FoundAct, reading: Reading, phrases: Phrases): { name: string; named: boolean } | null {
  const found = act.track === 'rule' ? placeOf(act, reading, phrases) : companyOf(act, reading, phrases)
  if (!found) return null
  const named = found.quote !== null && (act.track === 'event' || found.quote.start < act.sentence.start + act.start)
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
