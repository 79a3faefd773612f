import { stringify } from 'csv-stringify/sync'
import { type Day, dayOf, isPartialDate, type PartialDate, precision } from './dates.js'
import { knowledgeDay, knownBy } from './record/knowledge.js'
import type { Doubts, Ledger, LedgerEvent, LedgerRecord, Moment, Position, Rule } from './record/model.js'
import { positionAsOf } from './record/positions.js'
import { standingsOf } from './record/standings.js'

export const EXPORT_FORMATS = ['csv', 'json'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export interface ExportQuery {
  format: ExportFormat
  /** State of the records on this day, and only records known by then; by default `now`. */
  asOf?: Day
  /** By default today, UTC. */
  now?: Day
}

/** One record of an export: the same columns for every type; '' where one does not apply. */
export interface ExportRow {
  id: string
  type: LedgerRecord['type']
  company: string
  place: string
  subject: string
  /** A position's state, a rule's effect or an event's kind. */
  state: string
  /** On the day asked for: `current`, `past`, `lapsed`, `ahead`, `corrected`; a rule's stage; `happened`. */
  standing: string
  certain: 'yes' | 'no' | ''
  date: string
  end: string
  condition: string
  imposed_by: string
  text: string
  known_since: string
  last_verified: string
  corrects: string
  doubts: string
  settled: string
  sources: string
  as_of: string
  licence: string
}

/** What an export in JSON holds. */
export interface LedgerExport {
  asOf: Day
  /** How and when the ledger was gathered. */
  note: string
  gathered: Day
  licence: string
  rows: ExportRow[]
}

/**
 * The ledger as of a day, as text: CSV with a header row (RFC 4180, UTF-8), or JSON of a `LedgerExport`.
 * Every row says its sources and the licence. In CSV, texts that a spreadsheet would run as a formula are escaped.
 * @throws RangeError for an `asOf` that is no day of the calendar; the message is for people
 */
export function exportLedger(ledger: Ledger, query: ExportQuery): string {
  const now = query.now ?? dayOf(new Date())
  const asOf = query.asOf ?? now
  if (!isPartialDate(asOf) || precision(asOf) !== 'day')
    throw new RangeError(`${asOf} is no day, so that the ledger cannot be shown as of it: write it as 2021-06-01`)
  const rows = exportRows(ledger, { asOf, now, knownBy: asOf })
  if (query.format === 'csv') return stringify(rows, { header: true, columns: [...COLUMNS], escape_formulas: true })
  const { gathered, licence, method } = ledger.about
  const document: LedgerExport = { asOf, note: method, gathered, licence, rows }
  return `${JSON.stringify(document, null, 2)}\n`
}

const COLUMNS = [
  'id',
  'type',
  'company',
  'place',
  'subject',
  'state',
  'standing',
  'certain',
  'date',
  'end',
  'condition',
  'imposed_by',
  'text',
  'known_since',
  'last_verified',
  'corrects',
  'doubts',
  'settled',
  'sources',
  'as_of',
  'licence'
] as const satisfies readonly (keyof ExportRow)[]

/** The rows of an export: every record known by the day, those that are past, lapsed or corrected too. */
export function exportRows(ledger: Ledger, moment: Moment): ExportRow[] {
  const records: LedgerRecord[] = [...ledger.positions, ...ledger.rules, ...ledger.events]
  const known = knownBy(records, knowledgeDay(moment))
  const corrected = new Set(known.map((record) => record.corrects))
  return known.map((record) => {
    const row = rowOf(ledger, record, moment)
    return corrected.has(record.id) ? { ...row, standing: 'corrected', certain: 'no' } : row
  })
}

function rowOf(ledger: Ledger, record: LedgerRecord, moment: Moment): ExportRow {
  const common = {
    id: record.id,
    type: record.type,
    company: '',
    place: '',
    subject: '',
    end: '',
    condition: '',
    imposed_by: '',
    known_since: record.known,
    last_verified: record.verified,
    corrects: record.corrects ?? '',
    doubts: doubtsInWords(record.doubts),
    settled: record.settled ?? '',
    sources: record.sources.join(' '),
    as_of: moment.asOf,
    licence: ledger.about.licence
  }
  if (record.type === 'position') return { ...common, ...positionColumns(ledger, record, moment) }
  return { ...common, ...(record.type === 'rule' ? ruleColumns(ledger, record, moment) : eventColumns(record)) }
}

function positionColumns(ledger: Ledger, position: Position, moment: Moment) {
  const answer = positionAsOf(ledger, position.company, moment).subjects.find(
    (candidate) => candidate.subject === position.subject
  )
  const isLast = answer?.position?.id === position.id
  const held = answer?.status === 'lapsed' ? 'lapsed' : 'current'
  return {
    company: position.company,
    place: position.scope.join(' '),
    subject: position.label,
    state: position.state,
    standing: isLast ? held : position.since > moment.asOf ? 'ahead' : 'past',
    certain: yesNo(isLast && answer.certain),
    date: position.since,
    end: position.end?.date ?? '',
    condition: position.end?.condition ?? position.end?.duration ?? '',
    imposed_by: position.imposedBy ?? '',
    text: position.summary
  }
}

function ruleColumns(ledger: Ledger, rule: Rule, moment: Moment) {
  const standing = standingsOf(ledger, rule.place, moment).find((candidate) => candidate.rule.id === rule.id)
  return {
    place: rule.place,
    subject: rule.instrument,
    state: rule.effect,
    standing: standing?.stage ?? 'ahead',
    certain: yesNo(standing?.certain ?? false),
    date: standing?.since ?? firstDate(rule),
    end: standing?.ends ?? '',
    condition: rule.actors.join(' '),
    text: rule.covers
  }
}

function eventColumns(event: LedgerEvent) {
  return {
    company: event.companies.join('; '),
    place: event.places.join(' '),
    state: event.kind,
    standing: 'happened',
    certain: yesNo(Object.keys(event.doubts).length === 0),
    date: event.date,
    text: event.says
  }
}

function firstDate(rule: Rule): PartialDate {
  return rule.steps.find((step) => step.date)?.date ?? ''
}

function yesNo(value: boolean): 'yes' | 'no' {
  return value ? 'yes' : 'no'
}

function doubtsInWords(doubts: Doubts): string {
  return Object.entries(doubts)
    .map(([doubt, why]) => `${doubt}: ${why}`)
    .join('; ')
}
