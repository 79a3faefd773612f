import type { Change, EventAct, EventChange, PositionChange, Quote, Reading, RuleAct, RuleChange } from '../change.js'
import type { PartialDate } from '../dates.js'
import type { Actor, Effect, State } from '../record/model.js'
import { endsWithCommittee, everyAct, type FoundAct } from './acts.js'
import { type DetailedDates, readDates } from './extract-dates.js'
import { instrumentIn } from './instrument.js'
import { isSame, subjectOf } from './main-acts.js'
import { hasOneChamber } from './one-chamber.js'
import type { Phrases, PositionActKey } from './phrases.js'
import { quoteIn, type Sentence } from './sentences.js'
import { companyOf, placeOf, type Subject } from './subjects.js'

/** What "without end" is called in the ledger. */
const ENDLESS = 'further notice'
/** How far behind a vote stands what it is for. */
const AIM = 90
/** What has no stated end. */
const FOR_GOOD: readonly State[] = ['resumed', 'sells', 'exited']
/** Acts that say from when and until when a rule is to hold. */
const BEGINNINGS: readonly RuleAct[] = ['passed', 'signed', 'extended', 'in-force', 'proposed', 'advanced']
const MONEY =
  /(?:[$€£]|US\$|EUR |USD |R\$ ?)\s?\d[\d.,]*(?:\s?(?:million|billion|m|bn|k|Millionen|millions|millones|milioni|milhões|miljoen))?\b|\d[\d.,]*\s?(?:million|Millionen|millions|millones|milioni|milhões|miljoen|Mio\.?)?\s?(?:euros?|dollars?|pounds?|Euro|dollari)/iu

/** What an act changes, with its dates and the words it rests on. The act must have its company or place. */
export function changeOf(act: FoundAct, details: Sentence[], phrases: Phrases, reading: Reading): Change {
  const own = details.filter((sentence) => !isOfAnother(sentence, act, phrases, reading))
  const dates = readDates(act, details, phrases, reading, own)
  const quotes: Quote[] = [quoteIn(act.sentence, act.start, act.end, 'act'), ...dates.quotes]
  if (act.track === 'rule') return ruleChange(act, dates, quotes, { details, phrases, reading })
  return act.track === 'position'
    ? positionChange(act, dates, quotes, { details, phrases, reading })
    : eventChange(act, dates, quotes, phrases, reading)
}

function positionChange(
  act: FoundAct,
  dates: DetailedDates,
  quotes: Quote[],
  { details, phrases, reading }: { details: Sentence[]; phrases: Phrases; reading: Reading }
): PositionChange {
  const { company, quote } = companyOf(act, reading, phrases)!
  if (quote) quotes.push(quote)
  const key = act.act as PositionActKey
  const extended = key === 'extended'
  const until = dates.end?.condition && dates.end.condition !== ENDLESS && isOwnEnd(act, dates, details, phrases)
  const state = extended ? 'paused' : key === 'exited' && until ? 'conditional' : key
  return {
    type: 'position',
    company,
    state,
    extends: extended,
    date: !extended && dates.start ? dates.start : dates.date,
    dateTold: dates.told || (!extended && dates.start !== null),
    audience: actorsIn(act, reading, phrases).filter((actor) => actor !== 'private' && actor !== 'border'),
    scope: [],
    end: FOR_GOOD.includes(state) ? null : dates.end,
    quotes
  }
}

/** Tells what another place did, or was done to another company: its days are none of this act's. */
function isOfAnother(sentence: Sentence, act: FoundAct, phrases: Phrases, reading: Reading): boolean {
  if (sentence === act.sentence || sentence.field === 'title') return false
  const own = subjectOf(act, reading, phrases)?.name
  const others = everyAct(sentence, phrases).filter(({ track }) => track === act.track)
  const names = others.map((other) => subjectOf(other, reading, phrases)).filter((one) => one?.named)
  return own !== undefined && names.length > 0 && names.every((one) => !isSame(own, one!.name))
}

/** "It will support customers until their contracts run out": an end told away from the act is none of its own. */
function isOwnEnd(act: FoundAct, { quotes }: DetailedDates, details: Sentence[], phrases: Phrases): boolean {
  const words = quotes.find(({ says }) => says === 'end')
  const holds = ({ field, start, text }: Sentence) =>
    words?.field === field && words.start >= start && words.end <= start + text.length
  return (
    holds(act.sentence) ||
    details.some((one) => holds(one) && everyAct(one, phrases).some((other) => other.track === act.track))
  )
}

function ruleChange(
  act: FoundAct,
  dates: DetailedDates,
  quotes: Quote[],
  { details, phrases, reading }: { details: Sentence[]; phrases: Phrases; reading: Reading }
): RuleChange {
  const place = placeOf(act, reading, phrases)!
  if (place.quote) quotes.push(place.quote)
  const ruleAct = refinedAct(act, place.code, details, phrases)
  const date = ruleAct === 'in-force' && dates.start ? dates.start : dates.date
  return {
    type: 'rule',
    place: place.code,
    act: ruleAct,
    instrument: instrumentIn(act.sentence.text, reading),
    effect: effectIn(`${reading.title} ${act.sentence.text}`, phrases),
    actors: actorsIn(act, reading, phrases),
    date,
    dateTold: dates.told || ruleAct === 'in-force',
    inForce: firstDay(ruleAct, date, dates),
    ends: lastDay(ruleAct, dates),
    quotes
  }
}

function firstDay(act: RuleAct, date: PartialDate, dates: DetailedDates): PartialDate | null {
  if (act === 'in-force') return date
  // "delayed until 2028": what looks like an end is the new beginning.
  if (act === 'delayed') {
    // "put off by a year, to start on 1 July": how long it was put off is no day of its own.
    const [end, start] = [(dates.start && dates.end?.duration ? '' : dates.end?.date) ?? '', dates.start ?? '']
    return (start.length > end.length ? start : end) || null
  }
  return BEGINNINGS.includes(act) && act !== 'extended' ? dates.start : null
}

function lastDay(act: RuleAct, { end }: DetailedDates): PartialDate | 'never' | null {
  if (!end || !BEGINNINGS.includes(act)) return null
  if (end.condition === ENDLESS) return 'never'
  // How long a mere bill would hold has no day to be counted from.
  return (act === 'advanced' || act === 'proposed') && end.duration ? null : end.date
}

function eventChange(
  act: FoundAct,
  dates: DetailedDates,
  quotes: Quote[],
  phrases: Phrases,
  reading: Reading
): EventChange {
  const { company, quote } = companyOf(act, reading, phrases)!
  if (quote) quotes.push(quote)
  return {
    type: 'event',
    act: act.act as EventAct,
    company,
    places: reading.tags.jurisdictions.slice(0, 1),
    amount: MONEY.exec(`${reading.title} ${act.sentence.text}`)?.[0].trim() ?? null,
    date: dates.date,
    dateTold: dates.told,
    quotes
  }
}

/** The same, done to another company in the same words; what it cost that one is its own matter. */
export function sameOf(change: Change, { company, quote }: Subject): Change {
  if (change.type !== 'event') return change
  const quotes = [...change.quotes.filter(({ says }) => says !== 'subject'), ...(quote ? [quote] : [])]
  return { ...change, company, amount: null, quotes }
}

/** One chamber is not the law-giver: what it passes goes on being a proposal. */
function refinedAct(act: FoundAct, place: string, details: Sentence[], phrases: Phrases): RuleAct {
  const { text } = act.sentence
  const [before, words] = [text.slice(0, act.end), text.slice(act.start, act.end)]
  // "Court rejects rule": what a court turns down is gone; what a governor does is vetoed.
  if (act.act === 'repealed' || act.act === 'rejected') if (phrases.has('courts', before)) return 'struck-down'
  if (act.act === 'rejected' && isVeto([act, ...toldAgain(act, details, phrases)], phrases)) return 'vetoed'
  // A council that overturns its own ban repeals it.
  const judged =
    details.some((sentence) => phrases.has('courts', sentence.text)) &&
    !isUndoneByItself([act, ...undoneAgain(act, details, phrases)], phrases)
  const undone = act.act === 'repealed' || (act.act === 'struck-down' && !judged)
  // "scraps plan for ordinance": what is given up was never in force; nor was a bill that lapses.
  if ((undone || act.act === 'expired') && phrases.has('unfinished', words)) return 'rejected'
  if (act.act === 'struck-down' && undone) return 'repealed'
  // "extends deadline for the new rules": they come later.
  if (act.act === 'extended' && phrases.has('deadlines', words)) return 'delayed'
  const chamber = isChamber(act, place, details, phrases)
  if (act.act === 'extended' || act.act === 'repealed' || act.act === 'delayed') return chamber ? 'advanced' : act.act
  if (act.act !== 'passed' && act.act !== 'signed') return act.act as RuleAct
  const aim = chamber ? null : aimOf(act, phrases)
  if (aim || act.act === 'signed') return aim ?? 'signed'
  return chamber ? 'advanced' : 'passed'
}

/** "Hobbs turns down bill", and in the text "Gov. Katie Hobbs rejected a bill". */
function isVeto(acts: FoundAct[], phrases: Phrases): boolean {
  return acts.some(
    ({ sentence: { text }, start, end }) =>
      phrases.has('vetoers', text.slice(0, start)) && !phrases.has('givenup', text.slice(start, end))
  )
}

/** "Il consiglio comunale ha revocato …, ricorso al Tar": a council before the act, and a court only behind it. */
function isUndoneByItself(acts: FoundAct[], phrases: Phrases): boolean {
  return acts.some(({ sentence: { text }, start }) => {
    const lead = text.slice(0, start)
    return phrases.has('townheads', lead) && !phrases.has('courts', lead)
  })
}

/** Where the first sentence of the text tells again that a rule is gone, in whatever words. */
function undoneAgain(act: FoundAct, details: Sentence[], phrases: Phrases): FoundAct[] {
  const opening = details.find(({ field }) => field === 'text')
  if (!opening || act.sentence.field === 'text') return []
  return everyAct(opening, phrases).filter((other) => other.act === 'repealed' || other.act === 'struck-down')
}

/** Where the first sentence of the text tells what the title told. */
function toldAgain(act: FoundAct, details: Sentence[], phrases: Phrases): FoundAct[] {
  const opening = details.find(({ field }) => field === 'text')
  if (!opening || act.sentence.field === 'text') return []
  return everyAct(opening, phrases).filter((other) => other.act === act.act)
}

function isChamber({ sentence: { text }, start, end }: FoundAct, place: string, details: Sentence[], phrases: Phrases) {
  if (details.some((sentence) => phrases.has('both', sentence.text))) return false
  if (details.some((sentence) => phrases.has('onward', sentence.text))) return true
  if (details.some((sentence) => phrases.has('concurred', sentence.text))) return false
  if (endsWithCommittee(text.slice(0, start).split(/[,;:]/u).at(-1)!, phrases)) return true
  const parts = hasOneChamber(place) ? 'committees' : 'chambers'
  return phrases.has(parts, text.slice(0, end)) && !phrases.has('wholes', text)
}

/** "signs a law that extends the moratorium": what the new law does to an older one is what changes. */
function aimOf({ sentence: { text }, start, end }: FoundAct, phrases: Phrases): RuleAct | null {
  const verb = text.slice(start).search(/\s/u)
  const rest = text.slice(start + verb, end + AIM)
  for (const { act, pattern } of phrases.acts)
    if ((act === 'extended' || act === 'delayed' || act === 'repealed') && rest.search(pattern) >= 0) return act
  const words = text.slice(start, end)
  if (phrases.has('extending', words)) return 'extended'
  if (phrases.has('delaying', words)) return 'delayed'
  return phrases.has('repealing', words) ? 'repealed' : null
}

function effectIn(text: string, phrases: Phrases): Effect {
  for (const [effect, words] of Object.entries(phrases.raw.effects) as [Effect, string[]][])
    if (holdsAny(text, words)) return effect
  return 'limits'
}

function actorsIn({ sentence }: FoundAct, reading: Reading, phrases: Phrases): Actor[] {
  const text = `${reading.title} ${sentence.text}`
  const found: Actor[] = []
  for (const [actor, words] of Object.entries(phrases.raw.actors) as [Actor, string[]][])
    if (holdsAny(text, words)) found.push(actor)
  return found
}

function holdsAny(text: string, words: readonly string[]): boolean {
  const folded = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `
  return words.some((word) =>
    folded.includes(word.endsWith('*') ? ` ${word.slice(0, -1).toLowerCase()}` : ` ${word.toLowerCase()} `)
  )
}
