import type { Quote, Reading } from '../change.js'
import { type Day, daysBetween, inYear, type PartialDate, rangeOf } from '../dates.js'
import type { StatedEnd } from '../record/model.js'
import { everyAct, type FoundAct } from './acts.js'
import { type DateReading, isFormer, isLed, isWithin, moves, NEAR, readEnd } from './extract-ends.js'
import { countedOn, openingOf, readDate } from './happened.js'
import { NEWS_DAYS } from './news-days.js'
import type { FoundWords, Phrases } from './phrases.js'
import { quoteIn, type Sentence } from './sentences.js'
import { type FoundDate, findDates, findLengths, isLedBy, plus } from './when.js'

/** The dates that go with an act. */
export interface DetailedDates {
  /** When it happened. */
  date: PartialDate
  /** False: no day was told, the day of publication stands in. */
  told: boolean
  /** First day of what it brought; null when not told. */
  start: PartialDate | null
  end: StatedEnd | null
  quotes: Quote[]
}

/** A day named without its year lies no further ahead. */
const AHEAD_DAYS = 200

/**
 * Reads when an act happened, from when and until when it holds, out of its sentence and those around.
 * @param own those around that tell of nobody else's act: from when and until when it holds stands in them
 */
export function readDates(
  act: FoundAct,
  details: Sentence[],
  phrases: Phrases,
  article: Reading,
  own = details
): DetailedDates {
  const { published } = article
  const reading: DateReading = { act, sentences: ordered(act, own), phrases, published, quotes: [] }
  const counted = countedOn(act, details, phrases, published)
  if (counted) reading.quotes.push(counted.words)
  const happened = counted?.date ?? readDate(reading, openingOf(act, details, phrases, article))
  const date = happened ?? published
  const start = readStart(reading, date)
  const end = readEnd({ ...reading, started: start !== null }, start ?? date)
  return { date, told: happened !== null, start, end, quotes: reading.quotes }
}

/** The act's own sentence first, then the title, then the text. */
function ordered(act: FoundAct, details: Sentence[]): Sentence[] {
  return [act.sentence, ...details.filter((sentence) => sentence !== act.sentence)]
}

function readStart({ act, sentences, phrases, published, quotes }: DateReading, happened: PartialDate) {
  // A month is taken when no sentence names the day.
  let vague: { start: PartialDate; words: Quote } | null = null
  for (const sentence of sentences) {
    const { text } = sentence
    const [at] = phrases.find('immediate', text)
    if (at) {
      quotes.push(quoteIn(sentence, at.start, at.end, 'start'))
      return happened
    }
    const done =
      act.act === 'in-force' || (act.track === 'position' && !phrases.has('rulehedges', text.slice(0, act.end)))
    const since = done ? weekdaySince(text, phrases, published) : undefined
    if (since) {
      quotes.push(quoteIn(sentence, since.start, since.end, 'start'))
      return since.date
    }
    const after = lengthAfterAct(sentence, phrases)
    if (after && act.track === 'rule' && isPassage(act)) {
      quotes.push(after.words)
      return plus(happened, after.length)
    }
    const told = act.track === 'position' ? toldIn(sentence, act, phrases) : undefined
    const ahead = told ? dayAhead(told, phrases, published) : null
    if (ahead) {
      quotes.push(quoteIn(sentence, ahead.start, ahead.end, 'start'))
      return ahead.date
    }
    for (const lead of startsIn(text, phrases)) {
      // "barred from facial recognition on Monday": the words are the act's own.
      if (act.act !== 'in-force' && isWithinAct(lead, sentence, phrases)) continue
      // "It was to take effect on July 1": before it was put off.
      if (moves(act, 'delayed', phrases) && isFormer(text, lead, phrases)) continue
      const found = firstDayAfter(lead, text, phrases, published)
      if (!found || (isLater(lead, phrases) && !isPlain(found, lead, phrases))) continue
      const words = quoteIn(sentence, lead.start, found.end, 'start')
      // "It takes effect in 30 days": counted from the vote.
      if (found.length && act.track === 'rule' && isPassage(act)) {
        quotes.push(words)
        return plus(happened, found.length)
      }
      if (found.date.length === 10) {
        quotes.push(words)
        return found.date
      }
      vague ??= { start: found.date, words }
    }
  }
  if (vague) quotes.push(vague.words)
  return vague?.start ?? null
}

/** By which a rule comes about, and from which its first day is counted. */
function isPassage({ act }: FoundAct): boolean {
  return act === 'signed' || act === 'passed'
}

/** "in force since Monday", "desde el viernes pasado": the last one. */
function weekdaySince(text: string, phrases: Phrases, published: Day): FoundDate | undefined {
  const dates = findDates(text, phrases, published, 'past')
  return phrases
    .find('since', text)
    .flatMap((since) => dates.filter(({ start }) => start >= since.start && start < since.end))[0]
}

/** The date that "takes effect" and the like lead to; "took effect Monday" looks back. */
function firstDayAfter(lead: FoundWords, text: string, phrases: Phrases, published: Day): FoundDate | null {
  const direction = phrases.has('started', text.slice(lead.start, lead.end)) ? 'past' : 'future'
  const next = findDates(text, phrases, published, direction).find(
    ({ start, words }) =>
      start >= lead.end &&
      // "takes effect at the start of the school year on Sept. 1"
      (start - lead.end <= NEAR || (/\d/u.test(words) && isOneClause(text.slice(lead.end, start)))) &&
      !phrases.has('ends', text.slice(lead.end, start)) &&
      // "mit Bescheid vom 7. Februar": the day of the act itself.
      !isLedBy('made', text, start, phrases)
  )
  if (!next || daysBetween(rangeOf(next.date).last, published) > NEWS_DAYS) return null
  return justPast(next, published) ?? next
}

/** "as of Sept. 8", told on Sept. 9: a day without its year is the last one, when it has just been. */
function justPast(found: FoundDate, published: Day): FoundDate | null {
  if (found.sort === 'told' || found.date.length < 10 || daysBetween(published, found.date) <= AHEAD_DAYS) return null
  const date = inYear(found.date, Number(found.date.slice(0, 4)) - 1)
  const back = daysBetween(date, published)
  return back >= 0 && back <= NEWS_DAYS ? { ...found, date } : null
}

/** Words that lead to a first day; "bis zum" leads to a last one, "does not take effect until" to a first. */
function startsIn(text: string, phrases: Phrases): FoundWords[] {
  const ends = phrases.find('ends', text)
  const leads = [...phrases.find('starts', text), ...phrases.find('later', text)].filter(
    (lead) => !ends.some((end) => end.start < lead.end && lead.start < end.end && !isWithin(end, lead))
  )
  // "From Sunday, shops need a licence: the law took effect on April 1": what has begun says when.
  const begun = leads.filter(({ start, end }) => phrases.has('started', text.slice(start, end)))
  return [...begun, ...leads.filter((lead) => !begun.includes(lead))]
}

/** Whether words that may lead to a first day are an act's own: "barred from". */
function isWithinAct(lead: FoundWords, sentence: Sentence, phrases: Phrases): boolean {
  return everyAct(sentence, phrases).some(
    ({ act, start, end }) => act !== 'in-force' && act !== 'delayed' && lead.start >= start && lead.end <= end
  )
}

/** The act itself, or the same told again in another sentence: the headline's in the text. */
function toldIn(sentence: Sentence, act: FoundAct, phrases: Phrases): FoundAct | undefined {
  if (sentence === act.sentence) return act
  return everyAct(sentence, phrases).find((other) => other.track === act.track && other.act === act.act)
}

/** "will end its service on August 31": a day ahead behind what a company does, in one clause or close by. */
function dayAhead(act: FoundAct, phrases: Phrases, published: Day): FoundDate | null {
  const { text } = act.sentence
  const found = findDates(text, phrases, published, 'future').find(
    ({ start, words, length }) =>
      start >= act.end &&
      (/\d/u.test(words) || phrases.has('endof', words)) &&
      (start - act.end <= NEAR || (!length && isOneClause(text.slice(act.end, start))))
  )
  // A month counts when its year is told: "in March 2028".
  const precise = found && (found.date.length === 10 || (found.date.length === 7 && found.sort === 'told'))
  if (!precise || rangeOf(found.date).first <= published || isLed(text, found.start, phrases)) return null
  // A day without a year that lies months ahead is last year's, told late.
  return found.sort === 'told' || daysBetween(published, found.date) <= AHEAD_DAYS ? found : null
}

/** Short, and without a stop: a day belongs to what stands before it. */
function isOneClause(between: string): boolean {
  return between.length <= 2 * NEAR && !/[,;:—–]/u.test(between)
}

/** "after", "by": words that lead to much else than a first day. */
function isLater(lead: FoundWords, phrases: Phrases): boolean {
  return !phrases.has('starts', lead.words) && phrases.has('later', lead.words)
}

/** Right behind its lead, and with its year or as the end of this month or year. */
function isPlain(found: FoundDate, lead: FoundWords, phrases: Phrases): boolean {
  if (found.start - lead.end > 2) return false
  return found.sort === 'told' || phrases.has('monthend', found.words) || phrases.has('yearend', found.words)
}

/** "90 days after it was signed": counted from the act itself. */
function lengthAfterAct(sentence: Sentence, phrases: Phrases) {
  for (const found of findLengths(sentence.text, phrases)) {
    const rest = sentence.text.slice(found.end)
    const after = phrases.find('afteract', rest)[0]
    if (after && /^\s*$/u.test(rest.slice(0, after.start)))
      return { length: found.length, words: quoteIn(sentence, found.start, found.end + after.end, 'start') }
  }
  return null
}
