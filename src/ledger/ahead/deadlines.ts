import { holds } from '../../model/jurisdiction.js'
import {
  addDays,
  compareDates,
  type Day,
  dateInWords,
  daysBetween,
  inYear,
  type PartialDate,
  rangeOf
} from '../dates.js'
import { findPlace, placeName } from '../places.js'
import { believedBy, knownBy, sameName } from '../record/knowledge.js'
import { type Rung, rungsKnownBy, standingOn } from '../record/ladder.js'
import { doubtMarks, type Mark } from '../record/marks.js'
import type { DatedDuty, DateKind, Doubts, Ledger, LedgerRecord, Position, Rule } from '../record/model.js'
import { marksInWords, onDate, STATE_NOUNS } from '../words.js'

export type DeadlineKind = DateKind | 'in-force' | 'sunset' | 'position-ends'

/** A date that a deadline had before. */
export interface FormerDate {
  date: PartialDate
  /** Since when it was known. */
  known: PartialDate
}

/** A dated thing ahead, as known on the day asked from. */
export interface Deadline {
  /** Stable, also when the date moves: the record's id and what falls due. */
  id: string
  kind: DeadlineKind
  /** As precise as its source; see `rangeOf`. */
  date: PartialDate
  /** Since when that date is known. */
  known: PartialDate
  /** Whole days from the day asked from to the first day it can mean; 0 when that has begun. */
  daysAhead: number
  recordId: string
  place: string | null
  company: string | null
  /** What happens then, in words, after the place or the company where these words name neither. */
  says: string
  /** Dates that it had before, oldest first. */
  was: FormerDate[]
  /** Why it moved, or stands as it does; null when the record does not say. */
  why: string | null
  marks: Mark[]
  sources: string[]
  /** What happens, what the date was before, why, and what is uncertain; without the date itself. */
  told: string
  /** "11 May 2027, in 169 days: …" */
  sentence: string
}

export interface DeadlineQuery {
  /** First day of the window. */
  from: Day
  /** Length of the window in days; both ends count. */
  within: number
  /** A code, or a code with `/*` for the tree below it; none: everywhere. */
  jurisdiction?: string
  /** Canonical name; none: every company, and places too. */
  company?: string
  /** Leave out what became known only after this day; by default `from`: what lay ahead as known that day. */
  knownBy?: Day
}

/** What falls due in a window, soonest first. A date known to the month counts when any of its days lies in the window. */
export function deadlines(ledger: Ledger, query: DeadlineQuery): Deadline[] {
  const knowledge = query.knownBy ?? query.from
  const all = [
    ...believedBy(ledger.rules, knowledge).flatMap((rule) => ruleDeadlines(rule, query.from, knowledge)),
    ...positionDeadlines(believedBy(ledger.positions, knowledge)),
    ...dutiesOf(ledger, query, knowledge)
  ]
  const last = addDays(query.from, query.within)
  const due = all.filter(({ date }) => rangeOf(date).last >= query.from && rangeOf(date).first <= last)
  const asked = due.filter((draft) => matchesQuery(ledger, draft, query))
  asked.sort((a, b) => compareDates(a.date, b.date) || a.id.localeCompare(b.id, 'en'))
  return asked.map((draft) => finish(ledger, draft, query.from))
}

interface Draft {
  id: string
  kind: DeadlineKind
  date: PartialDate
  known: PartialDate
  record: LedgerRecord
  says: string
  was: FormerDate[]
  why: string | null
  doubts: Doubts
}

function ruleDeadlines(rule: Rule, from: Day, knowledge: Day): Draft[] {
  const stage = standingOn(rule, from, knowledge)?.stage
  if (stage === 'rejected' || stage === 'repealed' || stage === 'expired') return []
  const drafts: Draft[] = []
  for (const rung of rungsKnownBy(rule, knowledge)) {
    const says = STEP_WORDS[rung.step.stage as keyof typeof STEP_WORDS]
    if (!says || !rung.step.date) continue
    const condition = stage === 'proposed' ? ', if it passes' : ''
    drafts.push(stepDraft(rule, rung, `${rule.instrument} ${says}${condition}`))
  }
  return drafts
}

const STEP_WORDS = { 'in-force': 'comes into force', expired: 'ends' } as const

function stepDraft(rule: Rule, rung: Rung, says: string): Draft {
  const kind = rung.step.stage === 'in-force' ? 'in-force' : 'sunset'
  return {
    id: `${rule.id}/${kind}`,
    kind,
    date: rung.step.date!,
    known: rung.step.known,
    record: rule,
    says,
    was: rung.moved.flatMap((step) => (step.date ? { date: step.date, known: step.known } : [])),
    why: isLater(rung, rule) ? rung.step.note : null,
    doubts: rung.step.doubts
  }
}

/** The note of a date that was set later than the rule says why; that of a first date tells how it went. */
function isLater(rung: Rung, rule: Rule): boolean {
  return rung.moved.length > 0 || compareDates(rung.step.known, rule.known) > 0
}

/** Stated ends that no later position on the same subject has overtaken. */
function positionDeadlines(positions: Position[]): Draft[] {
  const drafts: Draft[] = []
  for (const position of positions) {
    const date = position.end?.date
    if (!date || positions.some((other) => overtakes(other, position, date))) continue
    const length = position.end?.duration ? ` of ${position.end.duration}` : ''
    const says = `${position.company}'s ${STATE_NOUNS[position.state]}${length} on ${position.label} ends on paper`
    const { end } = position.doubts
    const doubts = end ? { end } : {}
    drafts.push({
      id: `${position.id}/end`,
      kind: 'position-ends',
      date,
      known: position.known,
      record: position,
      says,
      was: [],
      why: null,
      doubts
    })
  }
  return drafts
}

function overtakes(other: Position, position: Position, end: PartialDate): boolean {
  if (other === position || other.company !== position.company || other.subject !== position.subject) return false
  return compareDates(other.since, position.since) > 0 && rangeOf(other.since).first <= rangeOf(end).last
}

function dutiesOf(ledger: Ledger, query: DeadlineQuery, knowledge: Day): Draft[] {
  const records: LedgerRecord[] = [...ledger.rules, ...ledger.positions, ...ledger.events]
  const drafts: Draft[] = []
  for (const record of believedBy(records, knowledge))
    for (const duty of knownBy(record.dates, knowledge)) {
      const index = record.dates.indexOf(duty)
      for (const date of occurrences(duty, query)) {
        const id = `${record.id}/${duty.what}-${index + 1}${duty.yearly ? `-${date.slice(0, 4)}` : ''}`
        drafts.push({
          id,
          kind: duty.what,
          date,
          known: duty.known,
          record,
          says: duty.says,
          was: [],
          why: null,
          doubts: duty.doubts
        })
      }
    }
  return drafts
}

/** The days of a duty that can lie in the window: one, or one a year. */
function occurrences(duty: DatedDuty, query: DeadlineQuery): PartialDate[] {
  if (!duty.yearly) return [duty.date]
  const first = Number(duty.date.slice(0, 4))
  const last = Number(addDays(query.from, query.within).slice(0, 4))
  const dates: PartialDate[] = []
  for (let year = Math.max(first, Number(query.from.slice(0, 4))); year <= last; year++)
    dates.push(inYear(duty.date, year))
  return dates
}

function matchesQuery(ledger: Ledger, draft: Draft, query: DeadlineQuery): boolean {
  if (query.company && !companiesOf(draft.record).some((name) => sameName(name, query.company!))) return false
  const filter = query.jurisdiction
  if (!filter) return true
  const tree = filter.endsWith('/*') ? '/*' : ''
  const code = `${findPlace(ledger, filter)?.code ?? filter.replace(/\/\*$/, '')}${tree}`
  return placesOf(draft.record).some((place) => holds(code, place))
}

function companiesOf(record: LedgerRecord): string[] {
  if (record.type === 'position') return [record.company]
  return record.type === 'event' ? record.companies : []
}

function placesOf(record: LedgerRecord): string[] {
  if (record.type === 'position') return record.scope
  return record.type === 'event' ? record.places : [record.place]
}

function finish(ledger: Ledger, draft: Draft, from: Day): Deadline {
  const { id, kind, date, known, record, was, why, doubts } = draft
  const [place, company] = [placesOf(record)[0] ?? null, companiesOf(record)[0] ?? null]
  const says = withSubject(draft.says, [company, place && placeName(ledger, place)])
  const marks = doubtMarks(doubts)
  const daysAhead = Math.max(0, daysBetween(from, rangeOf(date).first))
  const before = was.length > 0 ? ` Before: ${was.map((former) => dateInWords(former.date)).join(', then ')}.` : ''
  const reason = why ? ` Why: ${why}.` : ''
  const told = `${says}.${before}${reason}${marksInWords(marks)}`
  return {
    id,
    kind,
    date,
    known,
    daysAhead,
    recordId: record.id,
    place,
    company,
    says,
    was,
    why,
    marks,
    sources: record.sources,
    told,
    sentence: `${dateInWords(date)}, ${inDays(daysAhead)}: ${told}`
  }
}

/** "Virginia: HB 2031 comes into force": a bill's number alone says nothing. */
function withSubject(says: string, names: (string | null)[]): string {
  const told = names.filter((name) => name !== null)
  return told.length === 0 || told.some((name) => says.includes(name)) ? says : `${told[0]}: ${says}`
}

function inDays(days: number): string {
  if (days === 0) return 'today or already begun'
  return days === 1 ? 'tomorrow' : `in ${days} days`
}

/** When nothing falls due in a window: the next date ahead that answers the same query, or null. */
export function nextDeadline(ledger: Ledger, query: DeadlineQuery): Deadline | null {
  return deadlines(ledger, { ...query, within: FAR_AHEAD_DAYS })[0] ?? null
}

/** Ten years: no law on record reaches further. */
const FAR_AHEAD_DAYS = 3653

/** What fell due in the ten years before a window, newest first. */
export function passedDeadlines(ledger: Ledger, query: DeadlineQuery): Deadline[] {
  const knownBy = query.knownBy ?? query.from
  const before = { from: addDays(query.from, -FAR_AHEAD_DAYS), within: FAR_AHEAD_DAYS, knownBy }
  return deadlines(ledger, { ...query, ...before })
    .filter(({ date }) => rangeOf(date).last < query.from)
    .reverse()
}

/** "3 August 2026, 113 days ago: …" */
export function passedSentence({ date, told }: Deadline, from: Day): string {
  const days = daysBetween(rangeOf(date).last, from)
  return `${dateInWords(date)}, ${days === 1 ? 'yesterday' : `${days} days ago`}: ${told}`
}

/** "Amazon: nothing falls due" needs a date to lean on; this says which one passed last, and which comes next. */
export function nothingDueSentence(query: DeadlineQuery, next: Deadline | null, last: Deadline | null = null): string {
  const nothing = `Nothing is on record that falls due ${onDate(query.from)} or in the ${query.within} days after.`
  const passed = last ? ` The last one passed: ${passedSentence(last, query.from)}` : ''
  return `${nothing}${passed}${next ? ` The next: ${next.sentence}` : ''}`
}
