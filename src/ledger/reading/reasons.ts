import { everyAct, type FoundAct } from './acts.js'
import type { Phrases } from './phrases.js'
import type { Sentence } from './sentences.js'

/** "facial recognition software firm": so near stands what a seller sells. */
const SOLD = 16
/** Where a clause ends; and where a sentence does, or changes its subject. */
const CLAUSE = /[,;:—–]\s|[.!?]\s*$/gu
const STATEMENT = /[;:—–]\s/u

/**
 * "fined the face recognition vendor for rigging tenders": what a company has to answer for has nothing to do with
 * faces. It has where a reason told of the same act names them; it has not where a reason names another matter, or
 * neither faces nor anything that data protection speaks of.
 */
export function isOverAnotherMatter(act: FoundAct, lead: Sentence[], phrases: Phrases): boolean {
  if (act.track !== 'event' && act.act !== 'barred-by-order') return false
  const told = lead.flatMap((sentence) => (sentence === act.sentence ? [act] : sameActs(sentence, act, phrases)))
  const texts = lead.filter(({ field }) => field === 'title').concat(told.map(({ sentence }) => sentence))
  if (texts.some(({ text }) => isOverFaces(text, phrases))) return false
  if (texts.some(({ text }) => namesAnotherMatter(text, phrases))) return true
  if (act.track === 'event') return texts.some(({ text }) => hasForeignReason(text, phrases))
  return told.every(({ sentence, start, end }) => isForeign(sentence.text, start, end, phrases))
}

function sameActs(sentence: Sentence, { track, act }: FoundAct, phrases: Phrases): FoundAct[] {
  return everyAct(sentence, phrases).filter((other) => other.track === track && other.act === act)
}

/** "over face scans", "for using facial recognition"; not "for face recognition firm Idemia". */
function isOverFaces(text: string, phrases: Phrases): boolean {
  return [...phrases.find('over', text), ...phrases.find('reasons', text)].some(({ end }) =>
    namesFaces(text, end, endOf(text, end, CLAUSE), phrases)
  )
}

/** A matter of other regulators, or of other rules, in a clause without faces. */
function namesAnotherMatter(text: string, phrases: Phrases): boolean {
  return phrases.find('othermatters', text).some(({ start, end }) => {
    const from = [...text.slice(0, start).matchAll(CLAUSE)].at(-1)?.index ?? 0
    return !namesFaces(text, from, endOf(text, end, CLAUSE), phrases)
  })
}

/** Why it was done, without a word of faces, pictures, data or of a law that is not named. */
function hasForeignReason(text: string, phrases: Phrases): boolean {
  return phrases.find('reasons', text).some(({ start, end }) => isForeign(text, start, end, phrases))
}

function isForeign(text: string, start: number, end: number, phrases: Phrases): boolean {
  const to = endOf(text, end, STATEMENT)
  return !namesFaces(text, start, to, phrases) && !phrases.has('ourmatters', text.slice(start, to))
}

function endOf(text: string, from: number, stop: RegExp): number {
  return from + text.slice(from).split(stop)[0]!.length
}

/** Faces between two places of a text, and not only as what a company sells. */
function namesFaces(text: string, from: number, to: number, phrases: Phrases): boolean {
  const sellers = phrases.find('sellers', text)
  return phrases
    .find('topicparts', text)
    .filter(({ start, end }) => start >= from && end <= to)
    .some(
      (topic) =>
        !sellers.some(
          ({ start, end }) =>
            (start >= topic.end && start - topic.end <= SOLD) || (end <= topic.start && topic.start - end <= SOLD)
        )
    )
}
