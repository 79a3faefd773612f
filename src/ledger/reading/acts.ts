import { type Day, daysBetween, rangeOf } from '../dates.js'
import { withoutAsides } from './asides.js'
import { NEWS_DAYS, namesDay } from './news-days.js'
import { CLAUSE, isOfSomethingElse } from './objects.js'
import type { ActPattern, FoundWords, Phrases } from './phrases.js'
import type { Sentence } from './sentences.js'
import { findDates, isLedBy } from './when.js'

/** An act that a sentence tells of, and that nothing in it takes back. */
export interface FoundAct {
  sentence: Sentence
  track: ActPattern['track']
  act: ActPattern['act']
  /** Offsets within the sentence. */
  start: number
  end: number
}

/** Acts on what stands already, and so may name its year. */
const UNDOING: ReadonlySet<FoundAct['act']> = new Set([
  'repealed',
  'struck-down',
  'enjoined',
  'reinstated',
  'extended',
  'delayed',
  'annulled',
  'resumed',
  'expired'
])
/** Acts that nouns tell of, too: "the fine", "sa mise en demeure", "the governor's veto of", "Google's pause on". */
const NAMED_BY_NOUNS: ReadonlySet<FoundAct['act']> = new Set(['fined', 'barred-by-order', 'vetoed', 'paused'])
/** Acts by which the whole law-giver, or a chamber of it, decides. */
const DECIDED: ReadonlySet<FoundAct['act']> = new Set(['passed', 'extended', 'delayed', 'repealed'])
/** Acts by which something does not come. */
const FAILED: ReadonlySet<FoundAct['act']> = new Set(['rejected', 'vetoed'])
/** "after resuming them, Amazon suspended sales": a participle's clause ends at its comma. */
const PARTICIPLE_CLAUSE = /^\p{L}+ing\b[^,]*,\s/iu
/** In all seven languages. */
const OF =
  /(?:^|\s)(?:of the|of|de la|de l['’]|de|del|della|dell['’]|du|des|der|da|do|van de|van het|van)\s*(?:\p{L}+\s)?$/iu
/** A relative pronoun speaks of the verb right after it: within so many characters. */
const RELATIVE = 14

/** The acts of a sentence, hedged, denied and old ones left out, in the order in which they stand. */
export function actsOf(sentence: Sentence, phrases: Phrases, published: Day): FoundAct[] {
  const hearsay = phrases.find('hearsay', sentence.text)
  // "rejects a bill that (French, Spanish …) would have banned": what was not to be is no hearsay.
  const all = everyAct(sentence, phrases).filter(({ act, start }) =>
    hearsay.every((words) => FAILED.has(act) && words.start > start)
  )
  const old = oldActs(sentence.text, all, phrases, published)
  return all.filter((act) => !old.has(act) && !isTakenBack(act, phrases, published))
}

/** A sentence is asked again for every act and date of its article; looking through all patterns takes long. */
const known = new WeakMap<Sentence, FoundAct[]>()

/** The acts of a sentence to which a time long gone belongs. */
export function oldActsOf(sentence: Sentence, phrases: Phrases, published: Day): ReadonlySet<FoundAct> {
  return oldActs(sentence.text, everyAct(sentence, phrases), phrases, published)
}

/** All that looks like an act; where two overlap on one track, the longer stands. A sentence is of one language. */
export function everyAct(sentence: Sentence, phrases: Phrases): FoundAct[] {
  const acts = known.get(sentence) ?? lookForActs(sentence, phrases)
  known.set(sentence, acts)
  return acts
}

function lookForActs(sentence: Sentence, phrases: Phrases): FoundAct[] {
  const bare = withoutAsides(sentence.text, phrases)
  const texts = bare === sentence.text ? [bare] : [sentence.text, bare]
  const found: FoundAct[] = []
  for (const { track, act, pattern } of phrases.acts)
    for (const match of texts.flatMap((text) => [...text.matchAll(pattern)]))
      if (!PARTICIPLE_CLAUSE.test(match[0]) && !crossesClause(match, phrases))
        found.push({ sentence, track, act, start: match.index, end: match.index + match[0].length })
  const kept = found.filter(
    (act, index) => !found.some((other, place) => other.track === act.track && outdoes(other, place, act, index))
  )
  return kept.sort((a, b) => a.start - b.start)
}

/** "a year after it switched the feature off, Ring resumed": what lies before ends at the comma. */
function crossesClause({ 0: words, index, input = '' }: RegExpExecArray, phrases: Phrases): boolean {
  if (!words.includes(', ')) return false
  const clause = input.slice(0, index).split(', ').at(-1)!
  return phrases.has('before', clause)
}

function outdoes(other: FoundAct, place: number, act: FoundAct, index: number): boolean {
  if (other === act || other.start >= act.end || act.start >= other.end) return false
  // "passes … ban" inside "rejects … law that passes …": what begins first is the verb of the clause.
  if (other.start !== act.start) return other.start < act.start
  const longer = other.end - other.start - (act.end - act.start)
  return longer > 0 || (longer === 0 && place < index)
}

/** Acts to which a time long gone belongs: "the pause it announced last year". */
function oldActs(text: string, acts: FoundAct[], phrases: Phrases, published: Day): Set<FoundAct> {
  const times = [...phrases.find('past', text)]
  for (const found of findDates(text, phrases, published, 'past')) {
    const before = daysBetween(rangeOf(found.date).last, published)
    const ends = phrases.find('ends', text).some((end) => end.end <= found.start && found.start - end.end < 6)
    if (found.sort === 'told' && before > NEWS_DAYS && !ends) times.push(found)
  }
  const old = new Set<FoundAct>()
  const verbs = phrases.find('attached', text)
  for (const time of times) {
    // "repeals the 2020 ban": the year is the ban's.
    if (acts.some((act) => UNDOING.has(act.act) && time.start > act.start && time.end < act.end)) continue
    // "repealed the ban that voters passed in 2020": the time is the clause's.
    const behind = (act: FoundAct) => time.start > act.end && phrases.has('pronouns', text.slice(act.end, time.start))
    if (acts.some((act) => UNDOING.has(act.act) && behind(act))) continue
    // "the law, passed in 2021, bans …": what it says is as old as it is.
    for (const act of acts) if (act.act === 'passed' && isContentOf(text, act, time, phrases)) old.add(act)
    const nearest = [...acts, ...verbs].sort((a, b) => apart(a, time) - apart(b, time))[0]
    // "passed limits on police … in 2021": what shares words with the nearest act is of that time, too.
    if (nearest && 'act' in nearest) {
      for (const act of acts) if (act.start < nearest.end && nearest.start < act.end) old.add(act)
    }
    // "passed" of "the law passed in 2019" is both a verb and an act.
    else for (const act of acts) if (nearest && act.start === nearest.start) old.add(act)
  }
  return old
}

/** Whether an act tells what a law says that stands before it, and a time between them when that was made. */
function isContentOf(text: string, { start, end }: FoundAct, time: { start: number; end: number }, phrases: Phrases) {
  if (time.end > start || phrases.has('laws', text.slice(start, end))) return false
  const before = text.slice(0, time.start)
  return phrases.find('laws', before).some((law) => !/[.;:]\s/u.test(before.slice(law.end)))
}

function apart(a: { start: number; end: number }, time: { start: number; end: number }): number {
  // What stands before a time is nearer to it than what follows.
  return a.end <= time.start ? time.start - a.end : a.start < time.start ? 0 : (a.start - time.end) * 2 + 20
}

function isTakenBack(act: FoundAct, phrases: Phrases, published: Day): boolean {
  const { text } = act.sentence
  if (text.indexOf('?', act.end) >= 0 || isOfSomethingElse(act, phrases) || isNegated(act, phrases)) return true
  if (isHabit(act, phrases)) return true
  const from = Math.max(0, act.start - CLAUSE)
  const before = text.slice(from, act.start)
  const preamble = preambleEnd(before, act, phrases, published)
  const opens = Math.max(lastBoundary(before), preamble)
  const clause = before.slice(opens)
  // "Con 61 votos en contra, el pleno aprobó": by how many votes it was done hedges nothing.
  const bare = withoutAsides(text, phrases).slice(from + opens, act.start)
  if (phrases.has('hedges', withoutPromise(bare, act, phrases))) return true
  if (act.track === 'rule' && act.act !== 'in-force' && phrases.has('rulehedges', clause)) return true
  if (isMereSupport(act, clause, phrases) || isLedBy('none', text, act.start, phrases)) return true
  if (act.track === 'rule' && isLedBy('infinitives', text, act.start, phrases) && !isDecided(clause, phrases))
    return true
  if (NAMED_BY_NOUNS.has(act.act) && isKnown(act, before, phrases)) return true
  const comma = Math.max(before.lastIndexOf(',') + 1, before.lastIndexOf(';') + 1, preamble)
  const unbroken = before.slice(comma)
  const reporting = act.track === 'position' ? phrases.find('reporting', unbroken) : []
  const told = reporting.some(({ end }) => /^\s*$/u.test(unbroken.slice(end)))
  if (act.act === 'fined' && phrases.has('upheld', text)) return true
  if (isOfCourt(act, unbroken, phrases) || isAhead(act, published, phrases)) return true
  if ((phrases.has('before', unbroken) && !told) || isOfCommittee(act, unbroken, phrases)) return true
  const naming = phrases.find('nouns', text.slice(act.start, act.end)).some(({ start }) => start === 0)
  if (phrases.find('relatives', unbroken).some((found) => isRelative(found, unbroken, naming, phrases))) return true
  return comma > 0 && phrases.find('clauses', unbroken).some(({ start }) => start <= 1)
}

/** "Axon said on Monday that it would": a company that says so has decided, unless it names a condition. */
function withoutPromise(clause: string, { sentence, track, end }: FoundAct, phrases: Phrases): string {
  const promise = track === 'position' ? phrases.find('promises', clause).at(-1) : undefined
  if (!promise || /\S/u.test(clause.slice(promise.end)) || phrases.has('provisos', sentence.text.slice(end)))
    return clause
  return clause.trimEnd().replace(/\s\S+$/u, '')
}

/** "Microsoft, which is fined here, limits police use": what a company does all the time; a headline's present is news. */
function isHabit({ sentence: { field, text }, track, start, end }: FoundAct, phrases: Phrases): boolean {
  if (track !== 'position' || field === 'title') return false
  return phrases.find('habits', text.slice(start, end)).some((words) => words.start === 0)
}

/** "the fine on Clearview AI", "the €30.5 million fine against it": one that is known. */
function isKnown({ sentence, act, start, end }: FoundAct, before: string, phrases: Phrases): boolean {
  const words = sentence.text.slice(start, end)
  const isNoun = phrases.find('nouns', words).some((noun) => noun.start === 0)
  // A company "is pausing" by a verb: only the noun names a pause.
  if (act === 'paused' && !isNoun) return false
  if (isLedBy('definite', sentence.text, start, phrases)) return true
  if (!isNoun) return false
  return phrases
    .find('definite', before)
    .some((found) =>
      /^\s+(?:[^\s,;]*\d[^\s,;]*|million|billion)(?:\s+(?:million|billion))?\s+$/iu.test(before.slice(found.end))
    )
}

/** "A state commission backs limits", "a House panel backs": no law-giver does. */
function isMereSupport({ sentence, track, start, end }: FoundAct, clause: string, phrases: Phrases): boolean {
  if (track !== 'rule' || (phrases.has('lawgivers', clause) && !endsWithCommittee(clause, phrases))) return false
  return phrases.find('support', sentence.text.slice(start, end)).some((words) => words.start === 0)
}

/** "voted 4-1 to make it illegal": what is decided is done. */
function isDecided(clause: string, phrases: Phrases): boolean {
  const bare = withoutAsides(clause, phrases)
  return phrases.find('decisions', bare).some(({ end }) => /^\s*$/u.test(bare.slice(end)))
}

/**
 * Said of a law that stands before its verb: "The law has not been signed", "la ley podría ser derogada"; or only naming
 * it, in a text: "la ley aprobada ayer"; or behind a verb that stands early: "verlängert das Verbot nicht".
 */
function isNegated({ sentence, track, act, start, end }: FoundAct, phrases: Phrases): boolean {
  const words = sentence.text.slice(start, end)
  const clause = /^[^,.;:!?]*/u.exec(sentence.text.slice(start))![0]
  if (track === 'rule' && !FAILED.has(act) && phrases.has('behind', clause)) return true
  if (track !== 'rule' || !phrases.find('laws', words).some((law) => law.start === 0)) return false
  if (phrases.has('negations', words)) return true
  const names = phrases.find('participles', words).some((found) => found.end === words.length)
  return sentence.field === 'text' && names && !phrases.has('auxiliaries', words)
}

/** "Judge clears New Hampshire to enforce its ban": no court passes a law. */
function isOfCourt({ track, act }: FoundAct, subject: string, phrases: Phrases): boolean {
  if (track !== 'rule' || (act !== 'passed' && act !== 'proposed')) return false
  return phrases.has('courts', subject) && !phrases.has('lawgivers', subject)
}

/** "a freeze, which ends on December 31": told in September, it has not ended. */
function isAhead({ sentence: { text }, act, end }: FoundAct, published: Day, phrases: Phrases): boolean {
  if (act !== 'expired') return false
  return findDates(text, phrases, published, 'past').some(
    ({ start, words, date, sort }) =>
      // A year that is told lies where it says.
      sort === 'near' &&
      /\d/u.test(words) &&
      start >= end &&
      start - end <= RELATIVE &&
      daysBetween(rangeOf(date).first, published) > NEWS_DAYS
  )
}

/** What a committee decides about a law in force is a step towards a vote, and none on the ladder of a rule. */
function isOfCommittee({ track, act }: FoundAct, subject: string, phrases: Phrases): boolean {
  return track === 'rule' && act !== 'passed' && DECIDED.has(act) && endsWithCommittee(subject, phrases)
}

/** "La Comisión de Justicia del Congreso": the assembly that a committee is named by does not act. */
export function endsWithCommittee(subject: string, phrases: Phrases): boolean {
  const committee = phrases.find('committees', subject).at(-1)
  if (!committee) return false
  const behind = subject.slice(committee.end)
  return phrases.find('wholes', behind).every(({ start }) => OF.test(behind.slice(0, start)))
}

/**
 * "that it is leaving" goes on about the company, and so does "say that Snap has"; "that passed last year" speaks of
 * another matter, and "said that a fine" only names one.
 */
function isRelative({ start, end }: FoundWords, clause: string, naming: boolean, phrases: Phrases): boolean {
  const rest = clause.slice(end)
  if (!naming && isLedBy('saying', clause, start, phrases)) return false
  return rest.length < RELATIVE && !phrases.has('referents', rest)
}

/**
 * "Schools will be forbidden to … after the parliament passed", "Shops should note that": what comes of an act, told
 * before it, does not hedge it; nor does a reminder of what has just come.
 */
function preambleEnd(before: string, { sentence, track }: FoundAct, phrases: Phrases, published: Day): number {
  const notes = track === 'rule' && namesDay(sentence.text, phrases, published) ? phrases.find('notes', before) : []
  return Math.max(0, ...[...phrases.find('outcomes', before), ...notes].map(({ end }) => end))
}

/** Where the clause of an act begins: after the last mark (a point ends an abbreviation: "if Gov. Scott signs"), or the last "but", "and then". */
function lastBoundary(text: string): number {
  const marks = [...text.matchAll(/[;:!?—–]\s|[,.!?]["”»’]\s|,\s(?:but|and|aber|mais|pero|ma|mas|maar)\s/giu)]
  const last = marks.at(-1)
  return last ? last.index + last[0].length : 0
}
