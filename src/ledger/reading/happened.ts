import type { Reading } from '../change.js'
import { type Day, daysBetween, type PartialDate, rangeOf } from '../dates.js'
import { actsOf, everyAct, type FoundAct } from './acts.js'
import { type DateReading, isLed } from './extract-ends.js'
import { NEWS_DAYS } from './news-days.js'
import type { Phrases } from './phrases.js'
import { datelineEnd, quoteIn, type Sentence } from './sentences.js'
import { type FoundDate, type FoundLength, findDates, findLengths, isLedBy, plus } from './when.js'

/**
 * The first sentence of the text, and the next one if it goes on about the act: it speaks of "the vote", "the deal", says
 * when something was announced, tells of a step of a rule itself, or names nobody else and no other step.
 */
export function openingOf(act: FoundAct, details: Sentence[], phrases: Phrases, article: Reading): Sentence[] {
  const body = details.filter(({ field }) => field === 'text')
  return body
    .filter((sentence) => sentence !== act.sentence)
    .slice(0, 2)
    .filter(
      (sentence) =>
        sentence === body[0] ||
        phrases.find('anaphors', sentence.text).some(({ start }) => start < 3) ||
        (act.track === 'rule' && tellsOfRule(sentence, phrases, article)) ||
        (namesNobodyElse(sentence, act, article) &&
          (phrases.has('announced', sentence.text) || goesOn(sentence, act, phrases)))
    )
}

function tellsOfRule(sentence: Sentence, phrases: Phrases, { published }: Reading): boolean {
  return actsOf(sentence, phrases, published).some(({ track }) => track === 'rule')
}

/** Tells of nothing else that they did whom the act is of, nor of what others do about it. */
function goesOn(sentence: Sentence, act: FoundAct, phrases: Phrases): boolean {
  if (phrases.has('reactions', sentence.text.split(';')[0]!)) return false
  return !everyAct(sentence, phrases).some((other) => other.track === act.track && other.act !== act.act)
}

/** A town may go with its state; of two companies the first is meant, in either sentence. */
function namesNobodyElse(sentence: Sentence, { sentence: own, track }: FoundAct, { tags }: Reading): boolean {
  const kind = track === 'rule' ? 'jurisdiction:' : 'company:'
  const namesIn = ({ field, start, text }: Sentence) =>
    tags.evidence
      .filter((one) => one.tag.startsWith(kind) && one.field === field)
      .filter((one) => one.start >= start && one.end <= start + text.length)
      .sort((a, b) => a.start - b.start)
      .slice(0, track === 'rule' ? undefined : 1)
      .map(({ tag }) => tag)
  const known = namesIn(own)
  return known.length === 0 || namesIn(sentence).every((name) => known.includes(name))
}

/** "Two days later it fined …": counted from the day that the sentence before names. */
export function countedOn({ sentence }: FoundAct, details: Sentence[], phrases: Phrases, published: Day) {
  const before = details.filter(({ field, start }) => field === 'text' && start < sentence.start).at(-1)
  if (sentence.field === 'title' || !before) return null
  const later = laterIn(sentence.text, phrases)
  const base = findDates(before.text, phrases, published, 'past').find(({ date }) => date.length === 10)
  return later && base ? { date: plus(base.date, later.length), words: quoteIn(sentence, 0, later.end, 'date') } : null
}

/** "Two days later" at the head of a sentence. */
export function laterIn(text: string, phrases: Phrases): Pick<FoundLength, 'length' | 'end'> | null {
  const [found] = findLengths(text, phrases)
  if (found?.start !== 0) return null
  const later = phrases.find('dayslater', text.slice(found.end))[0]
  return later?.start === 1 ? { length: found.length, end: found.end + later.end } : null
}

/** The same act, or what begins by speaking of it. */
function tellsOf(sentence: Sentence, { track, act }: FoundAct, phrases: Phrases): boolean {
  return (
    phrases.find('anaphors', sentence.text).some(({ start }) => start < 3) ||
    everyAct(sentence, phrases).some((other) => other.track === track && other.act === act)
  )
}

/** A past day in the act's sentence that belongs to no first or last day; else in those that open the text. */
export function readDate({ act, phrases, published, quotes }: DateReading, opening: Sentence[]): PartialDate | null {
  // "last week", "earlier this month" are taken when no sentence names the day.
  let vague: { sentence: Sentence; found: FoundDate } | null = null
  for (const sentence of [act.sentence, ...opening]) {
    // "NAIROBI, April 12 —": when it was written.
    const near = findDates(sentence.text, phrases, published, 'past')
      .filter(({ start }) => start >= datelineEnd(sentence))
      .toSorted((a, b) => away(a, act) - away(b, act))
    const isMade = ({ start }: FoundDate) => isLedBy('made', sentence.text, start, phrases)
    const told = sentence === act.sentence ? near : near.toSorted((a, b) => a.start - b.start)
    // "rendue publique lundi, prononcée le 6 septembre": when it was made, before when it was made known.
    for (const found of [...told.filter(isMade), ...told.filter((one) => !isMade(one))]) {
      // What "expired at the end of Saturday" did so then.
      if (act.act !== 'expired' && !isMade(found) && isLed(sentence.text, found.start, phrases)) continue
      const back = daysBetween(rangeOf(found.date).first, published)
      if (back < 0 || back > NEWS_DAYS) continue
      // "Earlier this month Leeds repealed …": the day of what comes next is not its own.
      if (vague?.sentence === act.sentence && !tellsOf(sentence, act, phrases)) continue
      if (found.date.length < 10) {
        if (phrases.has('lastweek', found.words) || phrases.has('thismonth', found.words)) vague ??= { sentence, found }
        continue
      }
      quotes.push(quoteIn(sentence, found.start, found.end, 'date'))
      return found.date
    }
  }
  if (vague) quotes.push(quoteIn(vague.sentence, vague.found.start, vague.found.end, 'date'))
  return vague?.found.date ?? null
}

/** How far a date stands from an act; what lies within it is nearest. */
function away(found: FoundDate, act: FoundAct): number {
  if (found.end <= act.start) return act.start - found.end
  return found.start >= act.end ? found.start - act.end : 0
}
