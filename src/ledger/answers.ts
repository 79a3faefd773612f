import type { Part, Run, Text } from '../chat/message.js'
import {
  type Deadline,
  type DeadlineQuery,
  nextDeadline,
  nothingDueSentence,
  passedDeadlines,
  passedSentence
} from './ahead/deadlines.js'
import type { Comparison, Point } from './compare.js'
import { compareDates, type Day, dateInWords, daysBetween, rangeOf } from './dates.js'
import { knownBy } from './record/knowledge.js'
import { doubtMarks, momentMarks } from './record/marks.js'
import type { Ledger, LedgerRecord, Moment } from './record/model.js'
import type { CompanyAnswer, SubjectAnswer } from './record/positions.js'
import type { JurisdictionAnswer } from './record/rules.js'
import type { RuleStanding } from './record/standings.js'
import type { TimelineEntry } from './record/timeline.js'
import { marksInWords } from './words.js'

/** Lines of one list; what is left out is counted. Keeps an answer within a screen. */
const LINES = 10
/** Lines of a history. The longest answers then fit into one message of Discord, with their small print. */
const HISTORY_LINES = 6

/** Dates gone by that an answer on dates ahead ends with. */
const PASSED_LINES = 3

/** The title of an answer: the name, and the day asked about where it is not today. */
export function answerTitle(name: string, moment: Moment): string {
  return moment.asOf === moment.now ? name : `${name}, as of ${dateInWords(moment.asOf)}`
}

/** The answer of `company`: the sentence first, then the other subjects, the history, and where it all comes from. */
export function companyParts(ledger: Ledger, answer: CompanyAnswer): Part[] {
  const parts: Part[] = [{ type: 'text', text: [...bold(answer.sentence), ...proof(ledger, ...answer.basis)] }]
  if (answer.head?.position) parts.push({ type: 'text', text: answer.head.position.summary })
  const untold = answer.subjects.filter((subject) => !answer.sentence.includes(subject.sentence))
  parts.push(...listPart('Also on record', subjectLines(ledger, untold)))
  for (const child of answer.subsidiaries)
    parts.push(...listPart(`${child.company}, which belongs to it`, subjectLines(ledger, child.subjects)))
  parts.push(...listPart('Elsewhere', subjectLines(ledger, answer.elsewhere)))
  const positions = answer.subjects.flatMap((subject) => subject.position ?? [])
  parts.push(...listPart('Dates that hang on it', dutyLines(positions, answer.moment)))
  if (!answer.onRecord) parts.push(...listPart('Known nearby', answer.nearby))
  const next = answer.subjects
    .flatMap((subject) => subject.next ?? [])
    .sort((a, b) => compareDates(a.since, b.since))[0]
  if (next) parts.push({ type: 'text', text: `Next on record, ${dateInWords(next.since)}: ${next.summary}` })
  parts.push(...historyPart('History, newest first', answer.timeline))
  parts.push(contextPart(ledger, answer.moment))
  return parts
}

/** The answer of `jurisdiction`: rules in force, on their way, gone; rulings; the tree below and what holds from above. */
export function jurisdictionParts(ledger: Ledger, answer: JurisdictionAnswer): Part[] {
  const parts: Part[] = [{ type: 'text', text: bold(answer.sentence) }]
  parts.push(...listPart('In force', ruleLines(ledger, answer.inForce)))
  parts.push(...listPart('On their way', ruleLines(ledger, answer.onTheWay)))
  parts.push(...listPart('Gone', ruleLines(ledger, answer.gone)))
  const rules = [...answer.inForce, ...answer.onTheWay].map(({ rule }) => rule)
  parts.push(...listPart('Dates that hang on them', dutyLines(rules, answer.moment)))
  const nearby = answer.nearby.filter((sentence) => !answer.sentence.includes(sentence))
  parts.push(...listPart('Known nearby', nearby))
  const below = answer.below.map((place) => {
    const inForce = place.rules.map(({ inShort }) => inShort).join(', ')
    const counts = [
      ...(inForce === '' ? [] : [`in force: ${inForce}`]),
      ...(place.onTheWay > 0 ? [`${place.onTheWay} on the way`] : []),
      ...(place.gone > 0 ? [`${place.gone} gone`] : []),
      ...(place.events > 0 ? [counted(place.events, 'ruling or other event', 'rulings or other events')] : [])
    ]
    return `${place.name} (${place.code}): ${counts.join('; ')}`
  })
  parts.push(...listPart('Below it', below))
  const above = answer.above.filter((place) => place.inForce.length > 0)
  if (answer.status === 'known')
    for (const place of above)
      parts.push(...listPart(`Also in force there: ${place.name}`, ruleLines(ledger, place.inForce)))
  const companies = answer.companies.map(({ company, answer: subject }): Text => {
    return [{ text: company, style: 'bold' }, `: ${subject.sentence}`, ...proof(ledger, ...held(subject.position))]
  })
  parts.push(...listPart('Where companies stand there', companies))
  parts.push(...historyPart('What happened, newest first', answer.events))
  parts.push(contextPart(ledger, answer.moment))
  return parts
}

/**
 * The answer of `deadlines`; when nothing falls due, the next date after the window. Of one place or company also what
 * passed last: "has the deadline passed?" is asked as often as when it comes.
 */
export function deadlineParts(ledger: Ledger, due: readonly Deadline[], query: DeadlineQuery): Part[] {
  const moment = { asOf: query.from, now: query.from }
  const passed = query.jurisdiction || query.company ? passedDeadlines(ledger, query).slice(0, PASSED_LINES) : []
  const [last, ...earlier] = passed
  const gone = due.length === 0 ? earlier : passed
  const goneLines = gone.map((one): Text => [passedSentence(one, query.from), ...sourceRuns(one.sources)])
  const passedPart = listPart(due.length === 0 ? 'Passed before that' : 'Passed, newest first', goneLines)
  if (due.length === 0) {
    const text = nothingDueSentence(query, nextDeadline(ledger, query), last)
    return [{ type: 'text', text }, ...passedPart, contextPart(ledger, moment)]
  }
  const items = due.map((deadline): Text => [deadline.sentence, ...sourceRuns(deadline.sources)])
  return [{ type: 'list', items }, ...passedPart, contextPart(ledger, moment)]
}

/** The answer of `compare`: the points on which the two differ, and which they share. */
export function comparisonParts(ledger: Ledger, comparison: Comparison): Part[] {
  const parts: Part[] = [{ type: 'text', text: bold(comparison.sentence) }]
  for (const point of comparison.differences) parts.push(...pointParts(ledger, comparison, point, point.aspect))
  for (const point of comparison.alike) parts.push(...pointParts(ledger, comparison, point, `Alike: ${point.aspect}`))
  parts.push(contextPart(ledger, comparison.moment))
  return parts
}

function pointParts(ledger: Ledger, names: { a: string; b: string }, point: Point, heading: string): Part[] {
  const { a, b, certain, records } = point
  const items: Text[] = [
    [{ text: names.a, style: 'bold' }, `: ${a}`, ...proof(ledger, ...records[0])],
    [{ text: names.b, style: 'bold' }, `: ${b}`, ...proof(ledger, ...records[1])]
  ]
  if (!certain) items.push('Not certain: see the answer for each of the two.')
  return [
    { type: 'heading', text: heading },
    { type: 'list', items }
  ]
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}

function bold(text: string): Text {
  return [{ text, style: 'bold' }]
}

function held<T>(record: T | null): T[] {
  return record === null ? [] : [record]
}

function subjectLines(ledger: Ledger, subjects: readonly SubjectAnswer[]): Text[] {
  return subjects.map((subject) => [subject.sentence, ...proof(ledger, ...held(subject.position))])
}

function ruleLines(ledger: Ledger, standings: readonly RuleStanding[]): Text[] {
  return standings.map(({ rule, sentence }) => {
    const penalty = rule.penalty ? ` Penalty: ${rule.penalty}.` : ''
    return [`${sentence}${penalty}`, ...proof(ledger, rule)]
  })
}

/** Duties, comment periods and reviews of records, past ones too, as known by the day asked about. */
function dutyLines(records: readonly LedgerRecord[], { asOf }: Moment): Text[] {
  const told = records.flatMap(({ dates, sources }) => knownBy(dates, asOf).map((duty) => ({ duty, sources })))
  told.sort((a, b) => compareDates(a.duty.date, b.duty.date))
  return told.map(({ duty, sources }) => {
    const yearly = duty.yearly ? ', and each year' : ''
    const marks = marksInWords(doubtMarks(duty.doubts))
    const date: Run = { text: dateInWords(duty.date), style: 'bold' }
    return [date, `${yearly}: ${duty.says}${marks}`, ...sourceRuns(sources)]
  })
}

/** The newest of a history, and as of which day the others are told. */
function historyPart(heading: string, entries: readonly TimelineEntry[]): Part[] {
  const items = entries.slice(0, HISTORY_LINES).map(timelineLine)
  const [next, ...others] = entries.slice(HISTORY_LINES)
  if (next) {
    const asOf: Run = { text: `as-of:${rangeOf(next.date).last}`, style: 'code' }
    items.push([`and ${others.length + 1} more; the same with `, asOf, ' tells the earlier ones'])
  }
  return listPart(heading, items)
}

function timelineLine(entry: TimelineEntry): Text {
  const doubt = entry.uncertain ? ' (with a doubt)' : ''
  return [{ text: dateInWords(entry.date), style: 'bold' }, `${doubt}: ${entry.text}`, ...sourceRuns(entry.sources)]
}

/** Sources, and the day of the last check where it is not the one that the small print names for all. */
function proof(ledger: Ledger, ...records: readonly LedgerRecord[]): Run[] {
  if (records.length === 0) return []
  const checks = records.map(({ verified }) => verified).filter((day) => day !== ledger.about.gathered)
  const checked = [...new Set(checks)].map((day) => `, verified ${dateInWords(day)}`)
  return [...sourceRuns([...new Set(records.flatMap(({ sources }) => sources))]), ...checked]
}

/** " (host, host)", each a link: the source of a fact, as short as it can be told. */
function sourceRuns(sources: readonly string[]): Run[] {
  if (sources.length === 0) return [' (no source address)']
  const runs: Run[] = []
  for (const source of sources) runs.push(runs.length === 0 ? ' (' : ', ', { text: hostOf(source), link: source })
  return [...runs, ')']
}

function hostOf(address: string): string {
  return new URL(address).hostname.replace(/^www\./, '')
}

function listPart(heading: string, items: Text[]): Part[] {
  if (items.length === 0) return []
  const shown = items.slice(0, LINES)
  if (items.length > shown.length) shown.push(`and ${items.length - shown.length} more`)
  return [
    { type: 'heading', text: heading },
    { type: 'list', items: shown }
  ]
}

/** How old the ledger's knowledge is, and how it was come by: true of every fact in the answer that says nothing else. */
export function contextPart(ledger: Ledger, moment: Moment): Part {
  const { gathered, method } = ledger.about
  const reach = momentMarks(ledger, moment).map((mark) => ` · ${mark.text}`)
  return {
    type: 'context',
    text: `Verified ${dateInWords(gathered)}${age(gathered, moment.now)}: ${method}${reach.join('')}`
  }
}

function age(day: Day, now: Day): string {
  const days = daysBetween(day, now)
  if (days <= 0) return ''
  return days === 1 ? ' (yesterday)' : ` (${days} days ago)`
}
