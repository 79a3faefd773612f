import { compareDates, dateInWords, type PartialDate, rangeOf } from '../dates.js'
import { positionSentence } from '../words.js'
import { believedBy, knowledgeDay } from './knowledge.js'
import type { Ledger, LedgerEvent, Moment, Position } from './model.js'

/** One line of a history. */
export interface TimelineEntry {
  /** The record's id. */
  id: string
  date: PartialDate
  /** One sentence with its full stop. */
  text: string
  sources: string[]
  uncertain: boolean
}

/** What happened to a company up to the day asked about, newest first. */
export function timelineOfCompany(ledger: Ledger, company: string, moment: Moment): TimelineEntry[] {
  const day = knowledgeDay(moment)
  const positions = believedBy(ledger.positions, day).filter((position) => position.company === company)
  const events = believedBy(ledger.events, day).filter((event) => event.companies.includes(company))
  return newestFirst([...positions.map(positionEntry), ...events.map(eventEntry)], moment)
}

/** What happened in a place, its rules' steps aside, up to the day asked about, newest first. */
export function eventsOfPlace(ledger: Ledger, place: string, moment: Moment): TimelineEntry[] {
  const events = believedBy(ledger.events, knowledgeDay(moment)).filter((event) => event.places.includes(place))
  return newestFirst(events.map(eventEntry), moment)
}

/** What is nearest where nothing more is known. */
export function latestSentence(entry: TimelineEntry, { asOf, now }: Moment): string {
  return `The latest on record${asOf < now ? ' by then' : ''}: ${entryInWords(entry)}`
}

/** "7 October 2025 (with a doubt), The Upper Tribunal finds …": whoever reads no further must see the doubt, too. */
export function entryInWords({ date, text, uncertain }: TimelineEntry): string {
  return `${dateInWords(date)}${uncertain ? ' (with a doubt)' : ''}, ${text}`
}

function newestFirst(entries: TimelineEntry[], moment: Moment): TimelineEntry[] {
  const past = entries.filter((entry) => rangeOf(entry.date).first <= moment.asOf)
  return past.sort((a, b) => compareDates(b.date, a.date))
}

function positionEntry(position: Position): TimelineEntry {
  return entryOf(position, position.since, positionSentence(position))
}

function eventEntry(event: LedgerEvent): TimelineEntry {
  const outcome = event.outcome ? ` Outcome: ${event.outcome}.` : ''
  return entryOf(event, event.date, `${event.says}${outcome}`)
}

function entryOf(record: Position | LedgerEvent, date: PartialDate, text: string): TimelineEntry {
  return { id: record.id, date, text, sources: record.sources, uncertain: Object.keys(record.doubts).length > 0 }
}
