import { type EventChange, type PositionChange, RULE_ACT_STAGES, type RuleChange } from '../change.js'
import { type Day, dayOf } from '../dates.js'
import type { Doubts, Ledger, LedgerEvent, LedgerRecord, Position, Rule, Step } from '../record/model.js'
import { findCompany } from '../record/positions.js'
import { EVENT_WORDS, RULE_ACT_WORDS } from './change-words.js'
import { EVENT_KINDS, ruleOf, subjectOf } from './on-record.js'
import type { Proposal, Ruling } from './proposal.js'

/** A reported change that a workspace confirmed; `words`: each confirmation, the later ones put right the earlier. */
export interface Confirmed {
  proposal: Proposal
  words: Ruling[]
}

/**
 * The ledger with what a workspace confirmed. The given one is left as it is: records are added, rules get more steps,
 * and a confirmation that was put right stays beside its correction.
 */
export function withConfirmed(ledger: Ledger, confirmed: readonly Confirmed[]): Ledger {
  if (confirmed.length === 0) return ledger
  const whole: Ledger = {
    ...ledger,
    companies: [...ledger.companies],
    places: [...ledger.places],
    positions: [...ledger.positions],
    rules: [...ledger.rules],
    events: [...ledger.events]
  }
  const inOrder = [...confirmed].sort((a, b) => a.proposal.change.date.localeCompare(b.proposal.change.date))
  for (const one of inOrder) addConfirmed(whole, one)
  return whole
}

function addConfirmed(ledger: Ledger, { proposal, words }: Confirmed): void {
  for (const [index, word] of words.entries()) {
    const base = baseOf(proposal, word, index)
    const { change } = word
    if (change.type === 'position') addPosition(ledger, change, base)
    else if (change.type === 'event') ledger.events.push(eventOf(change, base))
    // A rule's steps carry no corrections of their own: the last word is the one that is climbed.
    else if (index === words.length - 1) addRule(ledger, change, base)
  }
}

type Base = Omit<LedgerRecord, 'type'> & { known: Day }

function baseOf(proposal: Proposal, word: Ruling, index: number): Base {
  const sources = [...new Set(proposal.sources.flatMap(({ link }) => link ?? []))]
  const known = index === 0 ? dayOf(new Date(proposal.knownAt)) : word.day
  return {
    id: idOf(proposal.id, index),
    known,
    verified: word.day,
    sources,
    doubts: { ...(sources.length === 0 && { fact: 'the reports had no address' }), ...denialDoubt(proposal) },
    settled: null,
    corrects: index === 0 ? null : idOf(proposal.id, index - 1),
    dates: [],
    file: `reported and confirmed by ${word.by}`
  } as Base
}

/** What was confirmed stands, and whoever asks is told who denies it. */
function denialDoubt({ sources }: Proposal): Doubts {
  const outlets = [...new Set(sources.filter(({ change }) => change.denied).map(({ outlet }) => outlet))]
  return outlets.length > 0 ? { sources: `reported denied by ${outlets.join(', ')}` } : {}
}

/** `report-12`, its corrections `report-12-2`, `report-12-3`. */
function idOf(proposal: number, index: number): string {
  return index === 0 ? `report-${proposal}` : `report-${proposal}-${index + 1}`
}

function addPosition(ledger: Ledger, change: PositionChange, base: Base): void {
  const subject = subjectOf(ledger, change)
  const known = findCompany(ledger, change.company)
  const entry = known ?? { name: change.company, aliases: [], parent: null, subjects: {} }
  const subjects = { ...entry.subjects, [subject.key]: subject.label }
  if (known) ledger.companies[ledger.companies.indexOf(known)] = { ...known, subjects }
  else ledger.companies.push({ ...entry, subjects })
  const position: Position = {
    ...base,
    type: 'position',
    company: entry.name,
    subject: subject.key,
    label: subject.label,
    state: change.state,
    audience: change.audience,
    product: null,
    scope: change.scope,
    since: change.date,
    atLatest: false,
    end: change.end,
    imposedBy: change.state === 'barred-by-order' ? 'a public body' : null,
    summary: `As reported, and confirmed on ${base.verified}.`,
    doubts: { ...base.doubts, ...dayDoubt(change.dateTold) }
  }
  ledger.positions.push(position)
}

function dayDoubt(told: boolean): Doubts {
  return told ? {} : { day: 'the reports name no day' }
}

function eventOf(change: EventChange, base: Base): LedgerEvent {
  const amount = change.amount ? `, ${change.amount}` : ''
  return {
    ...base,
    type: 'event',
    date: change.date,
    kind: EVENT_KINDS[change.act],
    says: `${change.company}: ${EVENT_WORDS[change.act]}${amount}.`,
    outcome: null,
    places: change.places,
    companies: [change.company]
  }
}

function addRule(ledger: Ledger, change: RuleChange, base: Base): void {
  const target = ruleOf(ledger, change)
  if (target) {
    const steps = stepsOf(change, base, target)
    ledger.rules[ledger.rules.indexOf(target)] = {
      ...target,
      steps: [...target.steps, ...steps],
      verified: base.verified
    }
    return
  }
  if (!ledger.places.some(({ code }) => code === change.place))
    ledger.places.push({ code: change.place, name: change.place.split('/').at(-1)!, aliases: [] })
  const steps = stepsOf(change, base, null)
  const passed = change.act === 'passed' && change.inForce === null
  ledger.rules.push({
    ...base,
    type: 'rule',
    place: change.place,
    instrument: change.instrument ?? 'rule without a name in the reports',
    effect: change.effect,
    actors: change.actors.length > 0 ? change.actors : ['government'],
    covers: `facial recognition${change.actors.length > 0 ? ` by or for ${change.actors.join(', ')}` : ''}`,
    penalty: null,
    steps,
    supersedes: [],
    amends: [],
    doubts: { ...base.doubts, ...(passed && { effect: 'the reports name no first day' }) }
  })
}

function stepsOf(change: RuleChange, base: Base, rule: Rule | null): Step[] {
  const steps: Step[] = []
  const stage = RULE_ACT_STAGES[change.act]
  // What of the record is disputed is disputed of its steps, where they are added to a record that is not.
  const { sources } = base.doubts
  const disputed: Doubts = sources ? { sources } : {}
  const common = { known: base.known, doubts: { ...disputed, ...dayDoubt(change.dateTold) }, moves: null }
  if (stage) steps.push({ ...common, stage, date: change.date, note: RULE_ACT_WORDS[change.act].note })
  else if (!rule)
    steps.push({
      ...common,
      stage: 'in-force',
      date: change.date,
      note: 'at the latest',
      doubts: { ...disputed, effect: 'first day not reported' }
    })
  const had = (wanted: Step['stage']) =>
    rule?.steps.findLast((step) => step.stage === wanted && step.date)?.date ?? null
  const note = RULE_ACT_WORDS[change.act].note
  if (change.inForce && change.act !== 'in-force') {
    const moves = had('in-force')
    if (moves !== change.inForce)
      steps.push({ ...common, stage: 'in-force', date: change.inForce, moves, note, doubts: disputed })
  }
  if (change.ends) {
    const moves = had('expired')
    const date = change.ends === 'never' ? null : change.ends
    if (date !== null || moves) steps.push({ ...common, stage: 'expired', date, moves, note, doubts: disputed })
  }
  return steps
}
