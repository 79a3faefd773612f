import type { Reading } from '../change.js'
import { actsOf, everyAct, type FoundAct, oldActsOf } from './acts.js'
import { namesDay } from './news-days.js'
import type { Phrases } from './phrases.js'
import { isOverAnotherMatter } from './reasons.js'
import type { Sentence } from './sentences.js'

/** "The company", "L'entreprise": so far into a sentence stands what it begins with. */
const ARTICLE = 4

/** "no plans to return"; but not behind what has happened: "ended its trial and has no plans to bring it back". */
export function isSilencing(sentence: Sentence, phrases: Phrases, reading: Reading): boolean {
  const silencers = phrases.find('silencers', sentence.text)
  if (silencers.length === 0 || isOfAnotherCompany(sentence, reading)) return false
  const acts = actsOf(sentence, phrases, reading.published)
  return silencers.some((words) => !acts.some(({ end, track }) => track === 'position' && end <= words.start))
}

/** "Motorola leaves …" over "Its rival Axon said that it had no such plans". */
function isOfAnotherCompany({ field, start, text }: Sentence, { tags }: Reading): boolean {
  const companies = tags.evidence.filter(({ tag }) => tag.startsWith('company:')).sort((a, b) => a.start - b.start)
  const subject = companies.find((one) => one.field === 'title')
  const named = companies.filter((one) => one.field === field && one.start >= start && one.end <= start + text.length)
  return subject !== undefined && named.length > 0 && named.every(({ tag }) => tag !== subject.tag)
}

/** What a sentence tells of, and the article around it takes for old, for passing or for another matter. */
export function isNoNews(act: FoundAct, lead: Sentence[], phrases: Phrases, reading: Reading): boolean {
  return (
    isToldAsOld(act, lead, phrases, reading) ||
    isContested(act, lead, phrases, reading) ||
    (act.act === 'fined' && lead.some(({ text }) => phrases.has('unfined', text))) ||
    isPassing(act, lead, phrases) ||
    isBesideTopic(act, lead, phrases) ||
    isOfOtherMatter(act, phrases) ||
    isOverAnotherMatter(act, lead, phrases)
  )
}

/** "Ban lapsed", and in the text "The ban lapsed in 2023". */
function isToldAsOld(act: FoundAct, lead: Sentence[], phrases: Phrases, { published }: Reading): boolean {
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

/**
 * "suspended for three hours because of an outage": what stops by itself, and starts again, is no step of a company's;
 * "rejected: the full council votes next week": nor is what comes back one of a rule's.
 */
function isPassing(act: FoundAct, lead: Sentence[], phrases: Phrases): boolean {
  if (act.track === 'position') return lead.slice(0, 2).some(({ text }) => phrases.has('passing', text))
  return act.act === 'rejected' && lead.some(({ text }) => phrases.has('pending', text))
}

/** "The fine for Clearview AI. A court hears its appeal": a fine that is only named, and contested, is known. */
function isContested(act: FoundAct, lead: Sentence[], phrases: Phrases, { published }: Reading): boolean {
  const words = act.sentence.text.slice(act.start, act.end)
  if (act.act !== 'fined' || !phrases.find('nouns', words).some(({ start }) => start === 0)) return false
  if (!lead.some(({ text }) => phrases.has('contested', text))) return false
  const body = lead.filter((sentence) => sentence !== act.sentence && sentence.field === 'text')
  return !body.some((sentence) => actsOf(sentence, phrases, published).some((other) => other.act === 'fined'))
}

/** "bans voice cloning; a bill on face recognition waits": the clause is about another matter, and not about ours. */
function isOfOtherMatter({ sentence: { text }, start, end }: FoundAct, phrases: Phrases): boolean {
  const from = text.lastIndexOf(';', start) + 1
  const stop = text.indexOf(';', end)
  const clause = text.slice(from, stop < 0 ? undefined : stop)
  return phrases.has('othertopics', clause) && !phrases.has('topicparts', clause)
}

/** "Google settled with musicians. A case over face recognition goes on": the topic is another matter's. */
function isBesideTopic(act: FoundAct, lead: Sentence[], phrases: Phrases): boolean {
  if (act.track !== 'event') return false
  const isNamed = ({ text }: Sentence) => phrases.has('topic', text)
  // "It had used facial recognition": the next sentence goes on about the company.
  const goesOn = ({ text }: Sentence) =>
    phrases.find('referents', text).some(({ start, end }) => start <= ARTICLE && !/^['’]/u.test(text.slice(end)))
  return (
    lead.slice(2).some((sentence) => isNamed(sentence) && !goesOn(sentence)) &&
    ![act.sentence, ...lead.slice(0, 2)].some(isNamed)
  )
}

/**
 * "The governor says he would sign a bill. The bill cleared the Senate this month": where the news itself is hedged, what
 * the next sentence tells without a day lies behind it.
 */
export function isBackground(act: FoundAct, lead: Sentence[], phrases: Phrases, { published }: Reading): boolean {
  if (act.track !== 'rule' || act.sentence !== lead[2] || namesDay(act.sentence.text, phrases, published)) return false
  // Behind other news, "earlier this month" tells of before.
  if (phrases.has('thismonth', act.sentence.text)) return true
  const news = lead.slice(0, 2)
  const isOfTrack = ({ track }: FoundAct) => track === act.track
  return (
    news.some((sentence) => everyAct(sentence, phrases).some(isOfTrack)) &&
    !news.some((sentence) => actsOf(sentence, phrases, published).some(isOfTrack))
  )
}
