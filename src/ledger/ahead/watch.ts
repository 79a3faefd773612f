import { addDays, type Day, dateInWords, type PartialDate } from '../dates.js'
import { believedBy } from '../record/knowledge.js'
import { STALE_DAYS } from '../record/marks.js'
import type { Ledger, LedgerRecord, Moment } from '../record/model.js'
import { positionAsOf } from '../record/positions.js'
import { standingsOf } from '../record/standings.js'

/** Something for maintainers to look up. */
export interface WatchItem {
  recordId: string
  file: string
  /** Company or place. */
  about: string
  sentence: string
}

/** What of the ledger may have rotted. */
export interface WatchList {
  /** Positions whose stated end passed without news. */
  lapsed: WatchItem[]
  /** Bills and moved dates whose outcome nobody has seen, and that the day has overtaken. */
  unresolved: WatchItem[]
  /** Records whose sources disagree, with the question open. */
  disagreeing: WatchItem[]
  /** Records that nobody has held against their sources for STALE_DAYS, oldest first. */
  unverified: WatchItem[]
}

/**
 * What maintainers should look at on a day.
 * @param now the day
 */
export function watchList(ledger: Ledger, now: Day): WatchList {
  const moment: Moment = { asOf: now, now }
  const records: LedgerRecord[] = [...ledger.positions, ...ledger.rules, ...ledger.events]
  const believed = believedBy(records, now)
  return {
    lapsed: lapsedPositions(ledger, moment),
    unresolved: unresolvedRules(ledger, moment),
    disagreeing: believed.flatMap(disagreement),
    unverified: unverifiedRecords(believed, now)
  }
}

/** One line for a digest or a log; null when there is nothing to look at. */
export function watchSummary(list: WatchList): string | null {
  const counts = [
    [list.lapsed.length, 'lapsed on paper without news'],
    [list.unresolved.length, 'with an outcome that nobody has seen'],
    [list.disagreeing.length, 'with sources that disagree'],
    [list.unverified.length, `not verified for ${STALE_DAYS} days`]
  ] as const
  const told = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  return told.length > 0 ? `Records of the ledger to look up: ${told.join(', ')}.` : null
}

function lapsedPositions(ledger: Ledger, moment: Moment): WatchItem[] {
  const items: WatchItem[] = []
  for (const { name } of ledger.companies)
    for (const { status, position, sentence } of positionAsOf(ledger, name, moment).subjects)
      if (status === 'lapsed' && position) items.push(itemOf(position, sentence))
  return items
}

const UNRESOLVED = new Set(['outcome', 'no-news'])

function unresolvedRules(ledger: Ledger, moment: Moment): WatchItem[] {
  const items: WatchItem[] = []
  for (const { code } of ledger.places)
    for (const { rule, marks, sentence } of standingsOf(ledger, code, moment))
      if (marks.some((mark) => mark.bears && UNRESOLVED.has(mark.kind))) items.push(itemOf(rule, sentence))
  return items
}

function disagreement(record: LedgerRecord): WatchItem[] {
  const steps = record.type === 'rule' ? record.steps : []
  const open = [record.doubts.sources, ...steps.map((step) => step.doubts.sources)].filter((why) => why !== undefined)
  return open.map((why) => itemOf(record, `Sources disagree: ${why}.`))
}

function unverifiedRecords(records: LedgerRecord[], now: Day): WatchItem[] {
  const limit = addDays(now, -STALE_DAYS)
  const stale = records.filter((record) => record.verified < limit)
  stale.sort((a, b) => a.verified.localeCompare(b.verified))
  return stale.map((record) => itemOf(record, `Not verified since ${dateInWords(record.verified as PartialDate)}.`))
}

function itemOf(record: LedgerRecord, sentence: string): WatchItem {
  return { recordId: record.id, file: record.file, about: aboutOf(record), sentence }
}

function aboutOf(record: LedgerRecord): string {
  if (record.type === 'position') return record.company
  if (record.type === 'rule') return record.place
  return [...record.companies, ...record.places].join(', ')
}
