import type { Kind } from '../../model/tags.js'
import {
  type Change,
  type EventAct,
  type EventChange,
  type PositionChange,
  RULE_ACT_STAGES,
  type RuleChange
} from '../change.js'
import { type Day, daysBetween, type PartialDate, rangeOf } from '../dates.js'
import { sameInstrument } from '../reading/instrument.js'
import type { Ledger, Rule, StatedEnd } from '../record/model.js'
import { findCompany, positionAsOf } from '../record/positions.js'
import { standingsOf } from '../record/standings.js'

/** News of one event and the record of it may be so many days apart. */
const SAME_DAYS = 45
/** After the last day on which a record of the future could count. */
const FOR_EVER: Day = '9999-12-31'

/** Whether the ledger says so already: an echo, nothing new. */
export function isOnRecord(ledger: Ledger, change: Change): boolean {
  if (change.type === 'position') return isPositionOnRecord(ledger, change)
  return change.type === 'rule' ? isRuleOnRecord(ledger, change) : isEventOnRecord(ledger, change)
}

/** Whether a reported change is still news to a workspace: not on its record, or a return to it after another report. */
export function isNews(ledger: Ledger, change: Change): boolean {
  return change.returns === true || !isOnRecord(ledger, change)
}

/** The key and words of the subject that a change of position is about: the ledger's own where it has one. */
export function subjectOf(ledger: Ledger, change: PositionChange): { key: string; label: string } {
  const subjects = findCompany(ledger, change.company)?.subjects ?? {}
  const keys = Object.keys(subjects)
  const key =
    keys.find((one) => change.audience.includes(one)) ??
    (change.audience.length === 0 || keys.length === 1 ? keys[0] : undefined)
  if (key) return { key, label: subjects[key]! }
  const audience = change.audience[0]
  return audience
    ? { key: audience, label: `facial recognition for ${audience}` }
    : { key: 'general', label: 'facial recognition' }
}

/** The rule on record that a change is about; null: a rule that the ledger does not know, or none that can be told. */
export function ruleOf(ledger: Ledger, change: RuleChange): Rule | null {
  const day = rangeOf(change.date).last
  const standings = standingsOf(ledger, change.place, { asOf: day, now: day, knownBy: FOR_EVER })
  const named = standings.filter(({ rule }) => isNamed(rule, change.instrument))
  if (named[0]) return named[0].rule
  const group = CLIMBS.includes(change.act) ? 'on-the-way' : 'in-force'
  const candidates = standings.filter(
    (one) => one.group === group && sameInstrument(one.rule.instrument, change.instrument)
  )
  // Of two rules nobody can tell which is meant.
  if (candidates.length === 1) return candidates[0]!.rule
  return (
    candidates.find(
      ({ rule }) =>
        rule.effect === change.effect &&
        candidates.every((other) => other.rule === rule || other.rule.effect !== change.effect)
    )?.rule ?? null
  )
}

/** Acts on rules that are not in force yet. */
const CLIMBS: RuleChange['act'][] = [
  'proposed',
  'advanced',
  'passed',
  'signed',
  'vetoed',
  'rejected',
  'in-force',
  'delayed'
]

function isNamed(rule: Rule, instrument: string | null): boolean {
  if (!instrument) return false
  const [a, b] = [squeezed(rule.instrument), squeezed(instrument)]
  return a.includes(b) || b.includes(a)
}

function squeezed(name: string): string {
  return name
    .toLowerCase()
    .replace(/senate bill/g, 'sb')
    .replace(/house bill/g, 'hb')
    .replace(/assembly bill/g, 'ab')
    .replace(/[^\p{L}\p{N}]/gu, '')
}

function isPositionOnRecord(ledger: Ledger, change: PositionChange): boolean {
  const company = findCompany(ledger, change.company)
  if (!company) return false
  const { key } = subjectOf(ledger, change)
  const day = rangeOf(change.date).last
  const own = ledger.positions.filter((position) => position.company === company.name && position.subject === key)
  const near = own.some(
    (position) =>
      position.state === change.state && isClose(position.since, change.date) && !isNewEnd(position.end, change)
  )
  if (near) return true
  const answer = positionAsOf(ledger, company.name, { asOf: day, now: day, knownBy: FOR_EVER })
  const current = answer.subjects.find((subject) => subject.subject === key)
  return (
    current?.status === 'known' && current.state === change.state && !isNewEnd(current.position?.end ?? null, change)
  )
}

/** What stands with an end of its own may get another; a change that names none says nothing of it. */
function isNewEnd(end: PositionChange['end'], change: PositionChange): boolean {
  if (!change.end) return change.extends && end?.date != null
  if (change.end.date) return change.end.date !== end?.date && !(end?.date && isClose(end.date, change.end.date))
  // Of two conditions nobody can tell whether they are one; that one has come, or was dropped, is told.
  return change.end.condition !== null && (!end?.condition || isEndless(end) !== isEndless(change.end))
}

function isEndless({ condition }: StatedEnd): boolean {
  return condition === 'further notice'
}

function isRuleOnRecord(ledger: Ledger, change: RuleChange): boolean {
  const day = rangeOf(change.date).last
  const stage = RULE_ACT_STAGES[change.act]
  const rules = ledger.rules.filter(
    (rule) => rule.place === change.place && sameInstrument(rule.instrument, change.instrument)
  )
  if (change.act === 'extended')
    return rules.some((rule) => hasStep(rule, 'expired', change.ends === 'never' ? null : change.ends))
  if (change.act === 'delayed') return rules.some((rule) => hasStep(rule, 'in-force', change.inForce))
  if (
    rules.some((rule) =>
      rule.steps.some((step) => step.stage === stage && step.date && isClose(step.date, change.date))
    )
  )
    return true
  const known = ruleOf(ledger, change)
  // One bill more, or one vote more on it, is news while another is on its way.
  if (!known || change.act === 'advanced' || (change.act === 'proposed' && !isNamed(known, change.instrument)))
    return false
  const now = standingsOf(ledger, change.place, { asOf: day, now: day, knownBy: FOR_EVER }).find(
    ({ rule }) => rule === known
  )
  return (
    now?.stage === stage || (isNamed(known, change.instrument) && change.act === 'passed' && now?.stage === 'in-force')
  )
}

function hasStep(rule: Rule, stage: 'expired' | 'in-force', date: PartialDate | null): boolean {
  return rule.steps.some(
    (step) => step.stage === stage && (step.date === date || (step.date && date && isClose(step.date, date)))
  )
}

/** Under what kind the ledger keeps what happens to a company. */
export const EVENT_KINDS: Record<EventAct, Kind> = {
  fined: 'enforcement',
  annulled: 'litigation',
  settled: 'litigation'
}

function isEventOnRecord(ledger: Ledger, change: EventChange): boolean {
  const company = findCompany(ledger, change.company)?.name ?? change.company
  const kind = EVENT_KINDS[change.act]
  return ledger.events.some(
    (event) => event.kind === kind && event.companies.includes(company) && isClose(event.date, change.date)
  )
}

function isClose(a: PartialDate, b: PartialDate): boolean {
  const [one, other] = [rangeOf(a), rangeOf(b)]
  if (one.first <= other.last && other.first <= one.last) return true
  const apart = one.first > other.last ? daysBetween(other.last, one.first) : daysBetween(one.last, other.first)
  return apart <= SAME_DAYS
}
