import type { Reading } from '../change.js'
import { type Day, daysBetween, rangeOf } from '../dates.js'
import { actsOf, type FoundAct, oldActsOf } from './acts.js'
import type { Phrases } from './phrases.js'
import type { Sentence } from './sentences.js'
import { findDates } from './when.js'

/** News names a day no further back. */
const NEWS_DAYS = 45

/** "no plans to return"; but not behind what has happened: "ended its trial and has no plans to bring it back". */
export function isSilencing(sentence: Sentence, phrases: Phrases, { published }: Reading): boolean {
  const silencers = phrases.find('silencers', sentence.text)
  if (silencers.length === 0) return false
  const acts = actsOf(sentence, phrases, published)
  return silencers.some((words) => !acts.some(({ end, track }) => track === 'position' && end <= words.start))
}

/** "Ban lapsed", and in the text "The ban lapsed in 2023". */
export function isToldAsOld(act: FoundAct, lead: Sentence[], phrases: Phrases, { published }: Reading): boolean {
  if (act.sentence.field !== 'title') return false
  const isSameAct = (other: FoundAct) => other.track === act.track && other.act === act.act
  const body = lead.filter(({ field }) => field === 'text')
  return (
    body.some(
      (sentence) =>
        [...oldActsOf(sentence, phrases, published)].some(isSameAct) && !namesDay(sentence.text, phrases, published)
    ) && !body.some((sentence) => actsOf(sentence, phrases, published).some(isSameAct))
  )
}

/** "Google settled with musicians. A case over face recognition goes on": the topic is another matter's. */
export function isBesideTopic(act: FoundAct, lead: Sentence[], phrases: Phrases): boolean {
  if (act.track !== 'event') return false
  const isNamed = ({ text }: Sentence) => phrases.has('topic', text)
  return lead.slice(2).some(isNamed) && ![act.sentence, ...lead.slice(0, 2)].some(isNamed)
}

/** Does a sentence name a day of the last weeks? */
export function namesDay(text: string, phrases: Phrases, published: Day): boolean {
  return findDates(text, phrases, published, 'past').some(({ date }) => {
    const back = daysBetween(rangeOf(date).first, published)
    return date.length === 10 && back >= 0 && back <= NEWS_DAYS
  })
}
