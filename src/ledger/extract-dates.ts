import type { FoundAct } from './acts.js'
import type { Quote } from './change.js'
import { type Day, daysBetween, type PartialDate, rangeOf } from './dates.js'
import type { StatedEnd } from './model.js'
import type { Phrases } from './phrases.js'
import type { Sentence } from './sentences.js'
import { type FoundLength, findDates, findLengths, plus } from './when.js'

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

/** Words between "until" and its date, "takes effect" and its date. */
const NEAR = 30
/** News is told within days; what is further back is another event. */
const NEWS_DAYS = 45

/** Reads when an act happened, from when and until when it holds, out of its sentence and those around. */
export function readDates(act: FoundAct, details: Sentence[], phrases: Phrases, published: Day): DetailedDates {
  const quotes: Quote[] = []
  const start = readStart(act, details, phrases, published, quotes)
  const happened = readDate(act, details, phrases, published, quotes)
  const date = happened ?? published
  const end = readEnd(act, details, phrases, published, start ?? date, quotes)
  return { date, told: happened !== null, start, end, quotes }
}

/** A past day in the act's sentence that belongs to no first or last day; else in the first sentences of the text. */
function readDate(
  act: FoundAct,
  details: Sentence[],
  phrases: Phrases,
  published: Day,
  quotes: Quote[]
): PartialDate | null {
  const own = [
    act.sentence,
    ...details.filter((sentence) => sentence !== act.sentence && sentence.field === 'text').slice(0, 1)
  ]
  for (const sentence of own) {
    for (const found of findDates(sentence.text, phrases, published, 'past')) {
      if (found.date.length < 10 || isLed(sentence.text, found.start, phrases)) continue
      const back = daysBetween(found.date, published)
      if (back < 0 || back > NEWS_DAYS) continue
      quotes.push(quote(sentence, found.start, found.end, 'date'))
      return found.date
    }
  }
  return null
}

function readStart(
  act: FoundAct,
  details: Sentence[],
  phrases: Phrases,
  published: Day,
  quotes: Quote[]
): PartialDate | null {
  // A month is taken when no sentence names the day.
  let vague: { start: PartialDate; words: Quote } | null = null
  for (const sentence of ordered(act, details)) {
    const [at] = phrases.find('immediate', sentence.text)
    if (at) {
      quotes.push(quote(sentence, at.start, at.end, 'start'))
      return published
    }
    for (const lead of phrases.find('starts', sentence.text)) {
      const direction = 'future'
      const next = findDates(sentence.text, phrases, published, direction).find(
        ({ start }) =>
          start >= lead.end && start - lead.end <= NEAR && !phrases.has('ends', sentence.text.slice(lead.end, start))
      )
      const date = next && (next.date.length >= 4 ? next.date : null)
      if (!next || !date || daysBetween(rangeOf(date).last, published) > NEWS_DAYS) continue
      // "took effect Monday" looks back.
      const back = /(?:took|went|came|entered|entré|getreten|entró|entrata|entrou|getreden)/iu.test(lead.words)
      const past = back
        ? findDates(sentence.text, phrases, published, 'past').find(({ start }) => start === next.start)
        : undefined
      const start = past?.date ?? date
      const words = quote(sentence, lead.start, next.end, 'start')
      if (start.length === 10) {
        quotes.push(words)
        return start
      }
      vague ??= { start, words }
    }
  }
  if (vague) quotes.push(vague.words)
  return vague?.start ?? null
}

function readEnd(
  act: FoundAct,
  details: Sentence[],
  phrases: Phrases,
  published: Day,
  since: PartialDate,
  quotes: Quote[]
): StatedEnd | null {
  let vague: { end: StatedEnd & { date: PartialDate }; words: Quote } | null = null
  for (const sentence of ordered(act, details)) {
    const { text } = sentence
    // "was to expire in June" tells of the end that has been taken away.
    const endless = phrases.find('endless', text)[0]
    if (endless && !vague) {
      quotes.push(quote(sentence, endless.start, endless.end, 'end'))
      return { date: null, duration: null, condition: 'further notice' }
    }
    const moves = act.act === 'extended' || act.act === 'delayed' ? phrases.find('moves', text) : []
    for (const lead of [...phrases.find('ends', text), ...moves]) {
      if (isFormer(text, lead.start)) continue
      const dates = findDates(text, phrases, published, 'future')
      const next = dates.find(({ start }) => start >= lead.end && start - lead.end <= NEAR)
      if (next && rangeOf(next.date).last >= published && (!vague || next.date.startsWith(vague.end.date))) {
        const end = { date: next.date, duration: null, condition: null }
        const words = quote(sentence, lead.start, next.end, 'end')
        // A month or year is taken when no sentence names the day.
        if (next.date.length === 10) {
          quotes.push(words)
          return end
        }
        vague ??= { end, words }
      }
      if (vague) continue
      const condition = next ? null : conditionAfter(text, lead)
      if (condition) {
        quotes.push(quote(sentence, lead.start, lead.end + 1 + condition.length, 'end'))
        return { date: null, duration: null, condition }
      }
    }
    const lasting = vague ? null : statedLength(sentence, phrases)
    if (lasting) {
      quotes.push(lasting.words)
      return { date: plus(since, lasting.length), duration: lasting.words.words, condition: null }
    }
  }
  if (vague) quotes.push(vague.words)
  return vague?.end ?? null
}

/** "for two years", "a one-year moratorium": how long it is to hold; never how long something else took. */
function statedLength(sentence: Sentence, phrases: Phrases): { length: FoundLength['length']; words: Quote } | null {
  const { text } = sentence
  for (const { start, end, length } of findLengths(text, phrases)) {
    const [before, after] = [text.slice(Math.max(0, start - 24), start), text.slice(end)]
    const led = phrases.find('lengths', before).some((lead) => before.length - lead.end <= 8)
    const follows = /^[ -]*(?:-?long )?(?:moratorium|pause|ban|suspension|freeze|halt|extension)/iu.test(after)
    const elsewhere = /^\s+(?:ago|earlier|before)/iu.test(after) || OTHER_LENGTH.test(before)
    if ((led || follows) && !elsewhere && !isFormer(text, start))
      return { length, words: quote(sentence, start, end, 'end') }
  }
  return null
}

const OTHER_LENGTH = /\b(?:after|in|within|past|last|every)\s+(?:the\s+)?$/iu

/** The act's own sentence first, then the title, then the text. */
function ordered(act: FoundAct, details: Sentence[]): Sentence[] {
  return [act.sentence, ...details.filter((sentence) => sentence !== act.sentence)]
}

/** "was set to expire", "had been due until": the end that stood before. */
function isFormer(text: string, at: number): boolean {
  return /\b(?:was|were|had|originally|previously|would have|been due|scheduled)\b[^,.;]{0,40}$/iu.test(
    text.slice(Math.max(0, at - 60), at)
  )
}

/** "until Congress passes a law": the words up to the end of the clause. */
function conditionAfter(text: string, lead: { end: number; words: string }): string | null {
  if (!/^(?:until|till|jusqu|bis|hasta|fino|até|tot)/iu.test(lead.words)) return null
  const rest = /^\s+([^,.;:!?—–]{4,120})/u.exec(text.slice(lead.end))
  return rest ? rest[1]!.trim() : null
}

function isLed(text: string, at: number, phrases: Phrases): boolean {
  const before = text.slice(Math.max(0, at - NEAR), at)
  const leads = [...phrases.find('starts', before), ...phrases.find('ends', before)]
  return leads.some(({ end }) => before.length - end <= 6)
}

function quote(sentence: Sentence, start: number, end: number, says: Quote['says']): Quote {
  return {
    field: sentence.field,
    start: sentence.start + start,
    end: sentence.start + end,
    words: sentence.text.slice(start, end),
    says
  }
}
