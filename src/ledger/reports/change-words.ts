import type { Change, EventAct, PositionChange, RuleAct, RuleChange } from '../change.js'
import { type Day, dateInWords, rangeOf } from '../dates.js'
import { placeName } from '../places.js'
import type { Ledger, State, StatedEnd } from '../record/model.js'
import { positionAsOf } from '../record/positions.js'
import { standingsOf } from '../record/standings.js'
import { onDate, STAGE_WORDS } from '../words.js'
import { ruleOf, subjectOf } from './on-record.js'
import { independentOf, outletsOf, type Proposal, tellersOf } from './proposal.js'

/** Acts on rules as people read them; `note` goes onto the rung where the rung's name does not say it. */
export const RULE_ACT_WORDS: Record<RuleAct, { word: string; note: string | null }> = {
  proposed: { word: 'proposed', note: null },
  advanced: { word: 'passed by one chamber', note: 'passed by one chamber' },
  passed: { word: 'passed', note: null },
  signed: { word: 'passed, signed into law', note: 'signed into law' },
  vetoed: { word: 'vetoed', note: 'vetoed' },
  rejected: { word: 'rejected', note: null },
  'in-force': { word: 'in force', note: null },
  enjoined: { word: 'blocked by a court', note: 'blocked by a court' },
  reinstated: { word: 'in force again, reinstated by a court', note: 'reinstated by a court' },
  'struck-down': { word: 'struck down by a court', note: 'struck down by a court' },
  repealed: { word: 'repealed', note: null },
  expired: { word: 'expired', note: null },
  extended: { word: 'extended', note: 'extended' },
  delayed: { word: 'delayed', note: 'delayed' }
}

/** What happened to a company, as people read it. */
export const EVENT_WORDS: Record<EventAct, string> = {
  fined: 'fined',
  annulled: 'fine annulled',
  settled: 'settled'
}

/** States as a change names them. */
export const STATE_SHORT: Record<State, string> = {
  sells: 'sells',
  restricted: 'restricted',
  paused: 'pause',
  conditional: 'conditional',
  exited: 'exit',
  'bans-use': 'bans the use',
  'barred-by-order': 'barred by order',
  resumed: 'resumed'
}

/**
 * A change in one line, what was before it first: "Amazon: pause → pause without end (was: until June 2021), on 18 May
 * 2021".
 * @param ledger as it stood before the change
 */
export function changeLine(ledger: Ledger, change: Change): string {
  if (change.type === 'position') return positionLine(ledger, change)
  if (change.type === 'rule') return ruleLine(ledger, change)
  const amount = change.amount ? ` (${change.amount})` : ''
  return `${change.company}: ${EVENT_WORDS[change.act]}${amount}, ${onDate(change.date)}`
}

function positionLine(ledger: Ledger, change: PositionChange): string {
  const day = dayBefore(change.date)
  const { key, label } = subjectOf(ledger, change)
  const subject = positionAsOf(ledger, change.company, { asOf: day, now: day, knownBy: '9999-12-31' }).subjects.find(
    (one) => one.subject === key
  )
  const held = subject?.status === 'known' ? subject.position : null
  const now = `${STATE_SHORT[change.state]}${endWords(change.end)}`
  const was = held ? `${STATE_SHORT[held.state]} → ` : ''
  const wasEnd = held?.end ? ` (was:${endWords(held.end)})` : ''
  return `${change.company}: ${was}${now}${wasEnd}, ${onDate(change.date)} · ${label}`
}

function endWords(end: StatedEnd | null): string {
  if (!end) return ''
  if (end.date) return ` until ${dateInWords(end.date)}`
  if (end.condition === 'further notice') return ' without end'
  return end.condition ? ` until ${end.condition}` : ''
}

function ruleLine(ledger: Ledger, change: RuleChange): string {
  const rule = ruleOf(ledger, change)
  const name =
    rule?.instrument ??
    change.instrument ??
    `rule that ${change.effect === 'limits' ? 'limits' : change.effect} facial recognition`
  const day = dayBefore(change.date)
  const standing = standingsOf(ledger, change.place, { asOf: day, now: day, knownBy: '9999-12-31' }).find(
    (one) => one.rule === rule
  )
  const was = standing ? `${STAGE_WORDS[standing.stage]} → ` : ''
  const start = change.inForce && change.act !== 'in-force' ? `, to come into force ${onDate(change.inForce)}` : ''
  const end = change.ends ? (change.ends === 'never' ? ', without end' : `, until ${dateInWords(change.ends)}`) : ''
  const wasEnd = change.ends && standing?.ends ? ` (was: until ${dateInWords(standing.ends)})` : ''
  return `${placeName(ledger, change.place)}: ${name}: ${was}${RULE_ACT_WORDS[change.act].word} ${onDate(change.date)}${start}${end}${wasEnd}`
}

/** The last day on which it had not happened for sure. */
function dayBefore(date: string): Day {
  return new Date(Date.parse(rangeOf(date).first) - 86_400_000).toISOString().slice(0, 10)
}

/** "2 independent sources (Civic Wire, City of Tacoma), one of them official". */
export function sourcesInWords(proposal: Proposal): string {
  const tellers = tellersOf(proposal)
  const outlets = outletsOf(proposal)
  const independent = Math.max(1, independentOf(tellers))
  const named = `${outlets.slice(0, 3).join(', ')}${outlets.length > 3 ? ', …' : ''}`
  const official = tellers.some((source) => source.official)
  if (independent === 1 && outlets.length > 1)
    return `one source, told by ${outlets.length} outlets (${named})${official ? ', one of them official' : ''}`
  if (outlets.length === 1) return `one source (${named})${official ? ', official' : ''}`
  return `${independent} independent sources (${named})${official ? ', one of them official' : ''}`
}

/** The words of the first article that the proposal rests on, title first: “voted … to ban”. */
export function quotesInWords(proposal: Proposal): string {
  const quotes = tellersOf(proposal)[0]?.change.quotes ?? proposal.change.quotes
  const told = [
    ...new Set(quotes.filter(({ says }) => says !== 'subject').map(({ words }) => words.replace(/\s+/g, ' ').trim()))
  ]
  return told.map((words) => `“${words}”`).join(', ')
}
