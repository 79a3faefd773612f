import { compareDates, dateInWords, type PartialDate, rangeOf, widen } from '../dates.js'
import { lapsedSentence, marksInWords, onDate, positionSentence, STATE_WORDS } from '../words.js'
import { believedBy, knowledgeDay, sameName } from './knowledge.js'
import { doubtMarks, isCertain, type Mark, momentMarks, nearChange, staleMarks } from './marks.js'
import type { CompanyEntry, Ledger, LedgerEvent, LedgerRecord, Moment, Position, State } from './model.js'
import { latestSentence, type TimelineEntry, timelineOfCompany } from './timeline.js'

/**
 * `known`: on record for that day. `lapsed`: its stated end had passed and nothing later is on record. `not-known`: no
 * record reaches back so far, or there is none.
 */
export type AnswerStatus = 'known' | 'lapsed' | 'not-known'

/** Where a company stood on one subject on the day asked about. */
export interface SubjectAnswer {
  subject: string
  label: string
  status: AnswerStatus
  /** null unless known: a lapsed or unknown state is never given as a fact. */
  state: State | null
  /** The record that the answer rests on; the lapsed one where it lapsed; null when not known. */
  position: Position | null
  /** Since when it has stood so without a gap. */
  since: PartialDate | null
  /** The first change after the day asked about, if one is on record. */
  next: Position | null
  marks: Mark[]
  /** False when a mark says that the answer may be wrong for that day. */
  certain: boolean
  sentence: string
}

/** Where a company stood on the day asked about. */
export interface CompanyAnswer {
  /** Canonical name, or the name as asked when it is not on record. */
  company: string
  onRecord: boolean
  moment: Moment
  status: AnswerStatus
  /** The most telling first; those not known last. */
  subjects: SubjectAnswer[]
  /** The subject that the sentence tells; null where none is known. */
  head: SubjectAnswer | null
  /** What the sentence rests on. */
  basis: LedgerRecord[]
  /** Asked for one place: what is on record for others alone. */
  elsewhere: SubjectAnswer[]
  /** One sentence: the most telling subject, or that it is not known and what is known nearby. */
  sentence: string
  marks: Mark[]
  certain: boolean
  /** All that happened up to that day, newest first. */
  timeline: TimelineEntry[]
  /** When not known: sentences on what is known nearby. */
  nearby: string[]
  /** Companies that belong to it, as of the same day. */
  subsidiaries: CompanyAnswer[]
}

/**
 * Where a company stood. Never throws: a name that is not on record gives an answer of status `not-known`.
 * @param company canonical name (an alias that the ledger lists will do)
 * @param about the key of the subject to tell first
 */
export function positionAsOf(
  ledger: Ledger,
  company: string,
  moment: Moment,
  about: string | null = null
): CompanyAnswer {
  const entry = findCompany(ledger, company)
  if (!entry) return unknownCompany(ledger, company, moment)
  const own = believedBy(ledger.positions, knowledgeDay(moment)).filter((position) => position.company === entry.name)
  const keys = Object.keys(entry.subjects).filter((key) => own.some((position) => position.subject === key))
  const subjects = keys.map((key) => {
    const positions = own.filter((position) => position.subject === key)
    return subjectAsOf(ledger, key, entry.subjects[key]!, positions, moment)
  })
  const rank = ({ subject, status }: SubjectAnswer) => (subject === about ? -1 : STATUS_ORDER[status])
  subjects.sort((a, b) => rank(a) - rank(b))
  const timeline = timelineOfCompany(ledger, entry.name, moment)
  const children = ledger.companies.filter((candidate) => candidate.parent === entry.name)
  const head = subjects[0] && subjects[0].status !== 'not-known' ? subjects[0] : null
  const nearby = head ? [] : nearbyOf(ledger, entry, subjects, timeline, moment)
  if (!head && about) nearby.unshift(subjects[0]!.sentence)
  const marks = subjects[0]?.marks ?? momentMarks(ledger, moment)
  return {
    company: entry.name,
    onRecord: true,
    moment,
    status: head?.status ?? 'not-known',
    subjects,
    head,
    basis: head?.position ? [head.position] : [],
    elsewhere: [],
    sentence: head?.sentence ?? notKnown(entry.name, about ? entry.subjects[about]! : null, nearby, moment),
    marks,
    certain: head?.status === 'known' && isCertain(marks),
    timeline,
    nearby,
    subsidiaries: children.map((child) => positionAsOf(ledger, child.name, moment))
  }
}

/** The same answer, opened with something that happened; where the company stands follows. */
export function openedWith(answer: CompanyAnswer, event: LedgerEvent): CompanyAnswer {
  const marks = doubtMarks(event.doubts)
  const outcome = event.outcome ? ` Outcome: ${event.outcome}.` : ''
  const sentence = `${dateInWords(event.date)}: ${event.says}${outcome}${marksInWords(marks)}`
  return { ...answer, head: null, basis: [event], marks, certain: isCertain(marks), sentence }
}

/** The company of that name or listed alias. */
export function findCompany(ledger: Ledger, name: string): CompanyEntry | undefined {
  return ledger.companies.find((entry) => [entry.name, ...entry.aliases].some((known) => sameName(known, name)))
}

const STATUS_ORDER: Record<AnswerStatus, number> = { known: 0, lapsed: 1, 'not-known': 2 }

function subjectAsOf(
  ledger: Ledger,
  subject: string,
  label: string,
  positions: Position[],
  moment: Moment
): SubjectAnswer {
  const { asOf } = moment
  const ordered = [...positions].sort((a, b) => compareDates(a.since, b.since))
  const current = ordered.filter((position) => rangeOf(position.since).first <= asOf).at(-1) ?? null
  const next = ordered.find((position) => rangeOf(position.since).first > asOf) ?? null
  const marks: Mark[] = []
  if (next) marks.push(...nearChange(asOf, next.since, next.doubts, `${next.label} ${onDate(next.since)}`))
  const common = { subject, label, next }
  if (!current) {
    const sentence = firstRecordSentence(label, next)
    return { ...common, status: 'not-known', state: null, position: null, since: null, marks, certain: false, sentence }
  }
  marks.unshift(...positionMarks(current, moment), ...momentMarks(ledger, moment))
  const run = unbrokenRun(ordered, current)
  const since = run[0]!.since
  const end = current.end?.date
  if (end && asOf > rangeOf(end).last) {
    marks.push({ kind: 'lapsed', text: `lapsed on paper after ${dateInWords(end)}, no news`, bears: true })
    const sentence = lapsedSentence(current, end)
    return { ...common, status: 'lapsed', state: null, position: current, since, marks, certain: false, sentence }
  }
  const sentence = `${positionSentence(current, run)}${marksInWords(marks)}`
  return {
    ...common,
    status: 'known',
    state: current.state,
    position: current,
    since,
    marks,
    certain: isCertain(marks),
    sentence
  }
}

function positionMarks(position: Position, moment: Moment): Mark[] {
  const end = position.end?.date
  const marks = doubtMarks(position.doubts).map((mark) =>
    mark.kind === 'end' && end ? { ...mark, bears: moment.asOf >= widen(end, 'month').first } : mark
  )
  marks.push(...nearChange(moment.asOf, position.since, position.doubts, `since ${dateInWords(position.since)}`))
  if (end) marks.push(...nearChange(moment.asOf, end, {}, `stated end ${dateInWords(end)}`))
  return [...marks, ...staleMarks(position, moment.now)]
}

/** The positions of one state up to `current`, back to where it began or a gap lies. */
function unbrokenRun(ordered: Position[], current: Position): Position[] {
  const run = [current]
  for (let index = ordered.indexOf(current) - 1; index >= 0; index--) {
    const before = ordered[index]!
    const end = before.end?.date
    const lapsedBetween = end && rangeOf(end).last < rangeOf(run[0]!.since).first
    if (before.state !== current.state || lapsedBetween) break
    run.unshift(before)
  }
  return run
}

function firstRecordSentence(label: string, next: Position | null): string {
  if (!next) return `Nothing is on record on ${label}.`
  return `The first record on ${label} is of ${dateInWords(next.since)} (${STATE_WORDS[next.state].toLowerCase()}).`
}

function notKnown(company: string, label: string | null, nearby: string[], { asOf, now }: Moment): string {
  const about = label ? ` as to ${label}` : ''
  const what =
    asOf === now ? `Where ${company} stands${about}` : `Where ${company} stood${about} on ${dateInWords(asOf)}`
  return [`${what} is not known.`, ...nearby.slice(0, 1)].join(' ')
}

function nearbyOf(
  ledger: Ledger,
  entry: CompanyEntry,
  subjects: SubjectAnswer[],
  timeline: TimelineEntry[],
  moment: Moment
): string[] {
  const latest = timeline[0]
  const nearby = latest ? [latestSentence(latest, moment)] : []
  nearby.push(...subjects.map((subject) => subject.sentence))
  if (nearby.length > 0) return nearby
  const all = timelineOfCompany(ledger, entry.name, { ...moment, asOf: '9999-12-31' })
  const first = all.at(-1)
  return first ? [`The first on record: ${dateInWords(first.date)}, ${first.text}`] : []
}

function unknownCompany(ledger: Ledger, company: string, moment: Moment): CompanyAnswer {
  const names = ledger.companies.map((entry) => entry.name).sort((a, b) => a.localeCompare(b, 'en'))
  return {
    company,
    onRecord: false,
    moment,
    status: 'not-known',
    subjects: [],
    head: null,
    basis: [],
    elsewhere: [],
    sentence: `Nothing is on record for ${company}; that does not mean that it has no position.`,
    marks: [],
    certain: false,
    timeline: [],
    nearby: [`Companies on record: ${names.join(', ')}.`],
    subsidiaries: []
  }
}
