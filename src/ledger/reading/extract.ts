import { numberOf } from '../../model/law-number.js'
import type { Change, Reading } from '../change.js'
import { everyAct, type FoundAct } from './acts.js'
import { changeOf, sameOf } from './build-change.js'
import { mainActs, subjectOf } from './main-acts.js'
import { namesDay } from './news-days.js'
import { isSilencing } from './no-news.js'
import { type Phrases, phrasesOf } from './phrases.js'
import { type Sentence, sentencesOf } from './sentences.js'
import { othersOf } from './subjects.js'

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
    ({ text }) => text.length <= LONGEST_SENTENCE && !isPreface(text, phrases)
  )
  const lead = [title, ...body.slice(0, LEAD_SENTENCES)]
  if (/\?\s*$/.test(title.text) || phrases.find('titles', title.text).some(({ start }) => start < 2)) return []
  const details = [title, ...body.slice(0, DETAIL_SENTENCES)]
  const changes = lead.slice(0, 2).some(({ text }) => phrases.has('denials', text))
    ? deniedChanges(lead, details, phrases, reading)
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
  const acts = mainActs(lead, phrases, reading)
  const further = acts.length > 0 ? furtherActs(lead, details, phrases, reading) : []
  const main = [...acts, ...further]
  const changes = main.flatMap((act) => {
    const change = changeOf(act, details, phrases, reading)
    // Whoever has a sentence of its own is told by it.
    const others = othersOf(act, reading, phrases).filter(
      ({ company }) => !main.some((one) => one.act === act.act && subjectOf(one, reading, phrases)?.name === company)
    )
    return [change, ...others.map((other) => sameOf(change, other))]
  })
  return changes.map((change) => ({ ...change, ...(relayed && { relayed }) }))
}

/** What the sentence behind the lead tells besides, on a day that it names. */
function furtherActs(lead: Sentence[], details: Sentence[], phrases: Phrases, reading: Reading): FoundAct[] {
  const next = details.at(lead.length)
  if (!next || !namesDay(next.text, phrases, reading.published)) return []
  if (isSilencing(next, phrases, reading) || phrases.has('rumours', next.text) || phrases.has('denials', next.text))
    return []
  return mainActs([...lead, next], phrases, reading).filter(({ sentence }) => sentence === next)
}

/** "FOR IMMEDIATE RELEASE.", "Two developments are worth a note": nothing is told yet. */
function isPreface(text: string, phrases: Phrases): boolean {
  return !/\p{Ll}/u.test(text) || phrases.has('prefaces', text)
}

/** What is denied; and the step that was taken instead: "What councillors approved was first reading". */
function deniedChanges(lead: Sentence[], details: Sentence[], phrases: Phrases, reading: Reading): Change[] {
  const denied = deniedActs(lead, phrases, reading).map((act) => ({
    ...changeOf(act, details, phrases, reading),
    denied: true as const
  }))
  const steps = lead.slice(1).filter(({ text }) => phrases.has('onward', text) && !phrases.has('denials', text))
  const [step] = mainActs(steps, phrases, reading).filter(({ act }) => act === 'passed')
  return step ? [...denied, changeOf(step, [step.sentence], phrases, reading)] : denied
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
