import { numberOf } from '../../model/law-number.js'
import type { Change, Reading } from '../change.js'
import { findPlace } from '../places.js'
import type { Ledger } from '../record/model.js'
import { findCompany } from '../record/positions.js'
import { isOnRecord } from '../reports/on-record.js'
import { extractChanges } from './extract.js'

/**
 * What an article says has changed, held against the ledger: what is on record already is left out, unless it names its
 * day (then it may be a return to it after a reported change, which the store can tell); and what the tagger took for
 * off the topic counts when the ledger knows its bill, its company or its place.
 */
export function readNews(ledger: Ledger, reading: Reading): Change[] {
  const news: Change[] = []
  for (const told of extractChanges(reading)) {
    const read = asOnRecord(ledger, told)
    const { offTopic, ...rest } = read
    const change = offTopic && isTied(ledger, read) ? rest : read
    if (change.denied || !isOnRecord(ledger, change)) news.push(change)
    else if (change.dateTold && change.type !== 'event') news.push({ ...change, returns: true })
  }
  return news
}

/** With the ledger's own code of the place, which may differ from the tagger's. */
function asOnRecord(ledger: Ledger, change: Change): Change {
  return change.type === 'rule' ? { ...change, place: findPlace(ledger, change.place)?.code ?? change.place } : change
}

function isTied(ledger: Ledger, change: Change): boolean {
  if (change.type !== 'rule') return findCompany(ledger, change.company) !== null
  const rules = ledger.rules.filter(({ place }) => place === change.place)
  if (change.offTopic === 'subject') return rules.length > 0
  const number = numberOf(change.instrument)
  return number !== null && rules.some((rule) => numberOf(rule.instrument) === number)
}
