import { actsOf, type FoundAct } from './acts.js'
import type { Change, EventChange, PositionChange, Quote, Reading, RuleAct, RuleChange } from './change.js'
import type { PartialDate } from './dates.js'
import { type DetailedDates, readDates } from './extract-dates.js'
import type { Actor, Effect, State } from './model.js'
import { loadPhrases, type Phrases, type PositionActKey } from './phrases.js'
import { type Sentence, sentencesOf } from './sentences.js'
import { companyOf, placeOf } from './subjects.js'

/** The title and so many sentences tell what is new; what follows is background. */
const LEAD_SENTENCES = 2
/** Dates and details stand a little further on. */
const DETAIL_SENTENCES = 6
/** Nobody writes sentences longer than this; what is, is no sentence, and may be made to keep patterns busy. */
const LONGEST_SENTENCE = 700
/** So much of a headline is read. */
const TITLE_LENGTH = 300

let phrasesByLanguage: Map<string, Phrases> | undefined

/**
 * What an article says has changed, each with the words it rests on. Nothing for rumours, denials, opinion, plans and
 * retrospects, and nothing in a language without a phrase file. Pure.
 */
export function extractChanges(reading: Reading): Change[] {
  phrasesByLanguage ??= loadPhrases()
  const phrases = phrasesByLanguage.get(reading.tags.lang)
  if (!phrases || !reading.tags.relevant) return []
  const title: Sentence = { field: 'title', start: 0, text: reading.title.slice(0, TITLE_LENGTH) }
  const body = sentencesOf(reading.text.slice(0, 6000), 'text').filter(({ text }) => text.length <= LONGEST_SENTENCE)
  const lead = [title, ...body.slice(0, LEAD_SENTENCES)]
  if (isSilent(title, lead, phrases)) return []
  const details = [title, ...body.slice(0, DETAIL_SENTENCES)]
  const changes: Change[] = []
  for (const act of mainActs(lead, phrases, reading)) {
    const change = changeOf(act, details, phrases, reading)
    if (change && !changes.some((other) => isSame(other, change))) changes.push(change)
  }
  return changes
}

function isSilent(title: Sentence, lead: Sentence[], phrases: Phrases): boolean {
  if (/\?\s*$/.test(title.text)) return true
  if (phrases.find('titles', title.text).some(({ start }) => start < 2)) return true
  return lead.some(({ text }) => phrases.has('silencers', text))
}

/** One act a track: the title's, else the first of the lead. */
function mainActs(lead: Sentence[], phrases: Phrases, reading: Reading): FoundAct[] {
  const all = lead
    .flatMap((sentence) => actsOf(sentence, phrases, reading.published))
    .filter((act) => fits(act, reading, phrases))
  const chosen: FoundAct[] = []
  for (const track of ['position', 'rule', 'event'] as const) {
    const first = all.find((act) => act.track === track)
    if (first) chosen.push(first)
  }
  return withoutDoubles(chosen)
}

/** The same words tell of a company or of a place, never of both: who does it decides. */
function withoutDoubles(acts: FoundAct[]): FoundAct[] {
  const order = ['event', 'rule', 'position']
  return acts.filter((act) => {
    const rival = acts.find(
      (other) => other !== act && other.sentence === act.sentence && other.start < act.end && act.start < other.end
    )
    return (
      !rival ||
      rival.track === 'event' ||
      act.track === 'event' ||
      order.indexOf(act.track) < order.indexOf(rival.track)
    )
  })
}

/** Acts of a company need one, and no public body that does it; acts on a rule need a place, and no company that does it. */
function fits(act: FoundAct, reading: Reading, phrases: Phrases): boolean {
  const company = companyOf(act, reading, phrases)
  if (act.track === 'rule') {
    if (company?.role === 'actor') return false
    return placeOf(act, reading, phrases) !== null
  }
  if (!company) return false
  if (act.track === 'event' || act.act === 'barred-by-order') return true
  return company.role === 'actor'
}

function changeOf(act: FoundAct, details: Sentence[], phrases: Phrases, reading: Reading): Change | null {
  const dates = readDates(act, details, phrases, reading.published)
  const quotes: Quote[] = [quoteOf(act.sentence, act.start, act.end, 'act'), ...dates.quotes]
  if (act.track === 'rule') return ruleChange(act, dates, quotes, phrases, reading)
  return act.track === 'position'
    ? positionChange(act, dates, quotes, phrases, reading)
    : eventChange(act, dates, quotes, phrases, reading)
}

const EXTENDED: State = 'paused'

function positionChange(
  act: FoundAct,
  dates: DetailedDates,
  quotes: Quote[],
  phrases: Phrases,
  reading: Reading
): PositionChange {
  const { company, quote } = companyOf(act, reading, phrases)!
  if (quote) quotes.push(quote)
  const key = act.act as PositionActKey
  const extended = key === 'extended'
  const text = `${reading.title} ${act.sentence.text}`
  const state = extended ? EXTENDED : key === 'exited' && dates.end?.condition ? 'conditional' : key
  return {
    type: 'position',
    company,
    state,
    extends: extended,
    date: !extended && dates.start ? dates.start : dates.date,
    dateTold: dates.told || (!extended && dates.start !== null),
    audience: actorsIn(text, phrases).filter(
      (actor) => actor === 'police' || actor === 'government' || actor === 'schools'
    ),
    scope: [],
    end: key === 'resumed' || key === 'sells' ? null : (dates.end ?? null),
    quotes
  }
}

function ruleChange(
  act: FoundAct,
  dates: DetailedDates,
  quotes: Quote[],
  phrases: Phrases,
  reading: Reading
): RuleChange | null {
  const place = placeOf(act, reading, phrases)!
  if (place.quote) quotes.push(place.quote)
  const text = `${reading.title} ${act.sentence.text}`
  const ruleAct = refinedAct(act, phrases)
  const date = ruleAct === 'in-force' && dates.start ? dates.start : dates.date
  const ending = dates.end?.date ?? (dates.end && dates.end.condition === ENDLESS ? ('never' as const) : null)
  const begins = ['passed', 'extended', 'in-force', 'proposed'].includes(ruleAct)
  return {
    type: 'rule',
    place: place.code,
    act: ruleAct,
    instrument: instrumentIn(act, reading),
    effect: effectIn(text, phrases),
    actors: actorsIn(text, phrases),
    date,
    dateTold: dates.told || ruleAct === 'in-force',
    inForce: firstDay(ruleAct, date, dates),
    ends: begins ? ending : null,
    quotes
  }
}

function firstDay(act: RuleAct, date: PartialDate, dates: DetailedDates): PartialDate | null {
  if (act === 'in-force') return date
  // "delayed until 2028": what looks like an end is the new beginning.
  if (act === 'delayed') return dates.start ?? dates.end?.date ?? null
  return act === 'passed' || act === 'proposed' ? dates.start : null
}

/** What "without end" is called in the ledger. */
const ENDLESS = 'further notice'

function eventChange(
  act: FoundAct,
  dates: DetailedDates,
  quotes: Quote[],
  phrases: Phrases,
  reading: Reading
): EventChange {
  const { company, quote } = companyOf(act, reading, phrases)!
  if (quote) quotes.push(quote)
  const amount = MONEY.exec(`${reading.title} ${act.sentence.text}`)?.[0].trim() ?? null
  const act_ = act.act as EventChange['act']
  return {
    type: 'event',
    act: act_,
    company,
    places: reading.tags.jurisdictions.slice(0, 1),
    amount,
    date: dates.date,
    dateTold: dates.told,
    quotes
  }
}

const MONEY =
  /(?:[$€£]|US\$|EUR |USD |R\$ ?)\s?\d[\d.,]*(?:\s?(?:million|billion|m|bn|k|Millionen|millions|millones|milioni|milhões|miljoen))?\b|\d[\d.,]*\s?(?:million|Millionen|millions|millones|milioni|milhões|miljoen|Mio\.?)?\s?(?:euros?|dollars?|pounds?|Euro|dollari)/iu

/** One chamber is not the law-giver: what it passes goes on being a proposal. */
function refinedAct(act: FoundAct, phrases: Phrases): RuleAct {
  const before = act.sentence.text.slice(0, act.end)
  if (act.act === 'repealed' && phrases.has('courts', before)) return 'struck-down'
  // "scraps plan for ordinance": what is given up was never in force.
  if (act.act === 'repealed' && phrases.has('unfinished', act.sentence.text.slice(act.start, act.end)))
    return 'rejected'
  if (act.act !== 'passed') return act.act as RuleAct
  const chamber = phrases.has('chambers', before) && !phrases.has('wholes', act.sentence.text)
  return chamber ? 'advanced' : 'passed'
}

const INSTRUMENT =
  /\b(?:(?:(?:S|H|A)\.?\s?(?:B|F|P|R)\.?|SF|HF|LD|LB|Int\.?|Bill C-|C-|Intro\.?|Ordinance|Proposition|Measure|Question|Regulation|Directive|Law No\.?|(?:Senate|House|Assembly) Bill)\s?(?:No\.?\s?)?\d[\d-]*)|\b(?:[A-Z][\p{L}'’-]+ ){1,6}(?:Act|Ordinance|Law|Directive|Regulation|Code)\b/u

function instrumentIn(act: FoundAct, reading: Reading): string | null {
  for (const text of [act.sentence.text, reading.title, reading.text.slice(0, 900)]) {
    const found = INSTRUMENT.exec(text)?.[0]
    if (found) return found.replace(/^(?:The|A|An|Its|Their) /, '')
  }
  return null
}

function effectIn(text: string, phrases: Phrases): Effect {
  for (const [effect, words] of Object.entries(phrases.raw.effects) as [Effect, string[]][])
    if (holdsAny(text, words)) return effect
  return 'limits'
}

function actorsIn(text: string, phrases: Phrases): Actor[] {
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

function quoteOf(sentence: Sentence, start: number, end: number, says: Quote['says']): Quote {
  return {
    field: sentence.field,
    start: sentence.start + start,
    end: sentence.start + end,
    words: sentence.text.slice(start, end),
    says
  }
}

function isSame(a: Change, b: Change): boolean {
  if (a.type !== b.type) return false
  return a.type === 'rule' || b.type === 'rule' ? false : a.company === b.company && a.type === b.type
}
