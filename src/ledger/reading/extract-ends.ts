import type { Quote } from '../change.js'
import { type Day, type PartialDate, rangeOf } from '../dates.js'
import type { StatedEnd } from '../record/model.js'
import { everyAct, type FoundAct } from './acts.js'
import type { FoundWords, Phrases } from './phrases.js'
import { quoteIn, type Sentence } from './sentences.js'
import { type FoundLength, findDates, findLengths, isLedBy, plus } from './when.js'

/** What dates are read from; the words they rest on are added to `quotes`. */
export interface DateReading {
  act: FoundAct
  /** The act's own first. */
  sentences: Sentence[]
  phrases: Phrases
  published: Day
  quotes: Quote[]
  /** Whether a first day has been read. */
  started?: boolean
}

/** Characters between "until", "takes effect" and their date. */
export const NEAR = 30

/** Between "to" and its date. */
const BESIDE = 12

/** "was due to end in May and will now run until July": what was ends with its clause. */
const CLAUSE_ENDS = /[,.;]|\s(?:and|but|und|aber|et|mais|y|pero|ma|mas|maar)\s/u

interface FoundEnd {
  end: StatedEnd
  words: Quote
}

/** The title and so many sentences may move a duration told in the act's own sentence aside with a day. */
const CLOSE_SENTENCES = 3

/**
 * Until when what an act brought holds: a named day near the act, else what the nearest sentence says (without end, a
 * day or a month, a condition, a length of time).
 */
export function readEnd(reading: DateReading, since: PartialDate): StatedEnd | null {
  const named = reading.sentences
    .slice(0, CLOSE_SENTENCES)
    .flatMap((sentence) => namedEnds(sentence, reading, since))
    .find(({ end }) => end.date?.length === 10)
  const found = named ?? toldEnd(reading, since)
  if (!found) return null
  const exact = exactDay(found.end, reading)
  reading.quotes.push(exact?.words ?? found.words)
  return exact?.end ?? found.end
}

/** "put back to March", and in the text "on 1 March 2027": where a rule's new day is told, it says more than its month. */
function exactDay({ date }: StatedEnd, { act, sentences, phrases, published }: DateReading): FoundEnd | null {
  if (act.act !== 'delayed' || date?.length !== 7) return null
  for (const sentence of sentences.slice(0, CLOSE_SENTENCES))
    for (const found of findDates(sentence.text, phrases, published, 'future'))
      if (found.date.length === 10 && found.date.startsWith(date))
        return {
          end: { date: found.date, duration: null, condition: null },
          words: quoteIn(sentence, found.start, found.end, 'end')
        }
  return null
}

function toldEnd(reading: DateReading, since: PartialDate): FoundEnd | null {
  const { phrases } = reading
  let vague: FoundEnd | null = null
  for (const sentence of reading.sentences) {
    const { text } = sentence
    const endless = phrases.find('endless', text)[0]
    if (endless && !vague)
      return {
        end: { date: null, duration: null, condition: 'further notice' },
        words: quoteIn(sentence, endless.start, endless.end, 'end')
      }
    for (const found of namedEnds(sentence, reading, since)) {
      const { date } = found.end
      if (vague && !date?.startsWith(vague.end.date!)) continue
      // A month or year is taken when no sentence names the day.
      if (date?.length === 10) return found
      vague ??= found
    }
    if (vague) {
      // "until 2032", and in the text "for five years".
      const exact = lengthIn(sentence, reading, since)
      if (exact?.end.date?.length === 10 && exact.end.date.startsWith(vague.end.date!)) return exact
      continue
    }
    const open = conditionIn(sentence, reading) ?? lengthIn(sentence, reading, since)
    if (open) return open
  }
  return vague
}

/** "until June 2028"; never "was to expire in June", an end that has been taken away. */
function namedEnds(sentence: Sentence, reading: DateReading, since: PartialDate): FoundEnd[] {
  const { act, phrases, published } = reading
  const { text } = sentence
  const postponed = moves(act, 'delayed', phrases)
  const moving = postponed || moves(act, 'extended', phrases)
  const dates = findDates(text, phrases, published, 'future')
  // "from July 1 to December 31": what stands right behind a date leads to the end of a stretch.
  const onward = phrases
    .find('moves', text)
    .filter(
      (lead) => moving || dates.some(({ end }) => end < lead.start && /^[,\s]+$/u.test(text.slice(end, lead.start)))
    )
    // "to March 31"; not "according to minutes released Thursday".
    .filter((lead) => dates.some(({ start }) => start >= lead.end && start - lead.end <= BESIDE))
  const ends: FoundEnd[] = []
  for (const lead of [...phrases.find('ends', text), ...onward]) {
    if (isFormer(text, lead, phrases) || isOfStart(text, lead, phrases)) continue
    // What is put off leaves those bound by it time until it begins.
    if (!(postponed && !reading.started) && isLedBy('duties', text, lead.start, phrases)) continue
    const next = dateAfter(lead, text, phrases, published)
    // "It lapses after four years": of its own beginning.
    const date = next?.length && act.track === 'rule' ? plus(since, next.length) : next?.date
    if (next && date && rangeOf(date).last >= published)
      ends.push({
        end: { date, duration: null, condition: null },
        words: quoteIn(sentence, lead.start, next.end, 'end')
      })
  }
  return ends
}

/** Whether an act puts an end or a beginning off, or is the signing or passing of what does: "signs a bill that delays …". */
export function moves(
  { act, sentence, start, end }: FoundAct,
  what: 'extended' | 'delayed',
  phrases: Phrases
): boolean {
  if (act !== 'signed' && act !== 'passed') return act === what
  const words = sentence.text.slice(start, end)
  return (
    everyAct(sentence, phrases).some((other) => other.track === 'rule' && other.act === what) ||
    phrases.has(what === 'delayed' ? 'delaying' : 'extending', words)
  )
}

/** "does not take effect until": leads to a first day. */
function isOfStart(text: string, lead: FoundWords, phrases: Phrases): boolean {
  return phrases.find('starts', text).some((start) => isWithin(lead, start))
}

/** Whether words stand within others, and are not all of them. */
export function isWithin(one: FoundWords, other: FoundWords): boolean {
  return one.start >= other.start && one.end <= other.end && one.words.length < other.words.length
}

function dateAfter(lead: FoundWords, text: string, phrases: Phrases, published: Day) {
  const dates = findDates(text, phrases, published, 'future')
  return dates.find(({ start }) => start >= lead.end && start - lead.end <= NEAR)
}

/** "until Congress passes a law": the words up to the end of the clause. */
function conditionIn(sentence: Sentence, { phrases, published }: DateReading): FoundEnd | null {
  const { text } = sentence
  for (const lead of phrases.find('conditions', text)) {
    if (isFormer(text, lead, phrases) || isOfStart(text, lead, phrases)) continue
    if (isLedBy('duties', text, lead.start, phrases)) continue
    if (dateAfter(lead, text, phrases, published)) continue
    const condition = /^\s+([^,.;:!?—–]{4,120})/u.exec(text.slice(lead.end))?.[1]?.trim()
    if (condition)
      return {
        end: { date: null, duration: null, condition },
        words: quoteIn(sentence, lead.start, lead.end + 1 + condition.length, 'end')
      }
  }
  return null
}

/** "for two years", "a one-year moratorium": how long it is to hold; never how long something else took. */
function lengthIn(sentence: Sentence, reading: DateReading, since: PartialDate): FoundEnd | null {
  const { phrases, act } = reading
  const { text } = sentence
  for (const { start, end, length } of findLengths(text, phrases)) {
    const [before, after] = [text.slice(Math.max(0, start - 24), start), text.slice(end)]
    const led = phrases.find('lengths', before).some((lead) => before.length - lead.end <= 8)
    const follows = phrases
      .find('lasting', after)
      .some((word) => /^[ -]*(?:-?long )?$/iu.test(after.slice(0, word.start)))
    const elsewhere = /^\s+(?:ago|earlier|before|after)/iu.test(after) || isLedBy('otherlengths', text, start, phrases)
    if (!(led || follows) || elsewhere || isFormer(text, { start, words: '' }, phrases)) continue
    const words = quoteIn(sentence, start, end, 'end')
    const base = act.act === 'extended' ? (formerEnd(reading) ?? since) : since
    return { end: { date: plus(base, length as FoundLength['length']), duration: words.words, condition: null }, words }
  }
  return null
}

/** "was set to expire on 30 June": from there an extension is counted. */
function formerEnd({ sentences, phrases, published }: DateReading): PartialDate | null {
  for (const { text } of sentences)
    for (const lead of phrases.find('ends', text)) {
      const next = isFormer(text, lead, phrases) ? dateAfter(lead, text, phrases, published) : undefined
      if (next) return next.date
    }
  return null
}

/** "was set to expire", "had been due until": the end that stood before. */
export function isFormer(
  text: string,
  { start, words }: Pick<FoundWords, 'start' | 'words'>,
  phrases: Phrases
): boolean {
  // "vencía el" says it in one word.
  if (phrases.has('former', words)) return true
  const before = text.slice(Math.max(0, start - 60), start)
  return phrases.find('former', before).some(({ end }) => !CLAUSE_ENDS.test(before.slice(end)))
}

/** Words that lead to a first or a last day right before a date. */
export function isLed(text: string, at: number, phrases: Phrases): boolean {
  const before = text.slice(Math.max(0, at - NEAR), at)
  const leads = [...phrases.find('starts', before), ...phrases.find('ends', before)]
  return leads.some(({ end }) => before.length - end <= 6)
}
