import { compareDates, type PartialDate } from '../dates.js'
import type { About, DatedDuty, LedgerEvent, Position, Rule, StatedEnd, Step } from './model.js'
import type { RawCompany, RawDuty, RawEvent, RawPosition, RawRule, RawStep } from './schema.js'

/** Fills in what a record leaves out, as ledger/README.md promises. */
export function completePosition(raw: RawPosition, company: RawCompany, about: About, file: string): Position {
  const known = raw.known ?? raw.since
  return {
    ...common(raw, known, about, file),
    type: 'position',
    company: company.company,
    subject: raw.subject,
    label: company.subjects[raw.subject] ?? raw.subject,
    state: raw.state,
    audience: raw.audience,
    product: raw.product,
    scope: raw.scope,
    since: raw.since,
    atLatest: raw['at-latest'],
    end: raw.end ? statedEnd(raw.end) : null,
    imposedBy: raw['imposed-by'],
    summary: raw.summary
  }
}

/** An event belongs to the company or place that it is written under, besides those that it names. */
export function completeEvent(
  raw: RawEvent,
  under: { company?: string; place?: string },
  about: About,
  file: string
): LedgerEvent {
  return {
    ...common(raw, raw.known ?? raw.date, about, file),
    type: 'event',
    date: raw.date,
    kind: raw.kind,
    says: raw.says,
    outcome: raw.outcome,
    places: withOwn(under.place, raw.places),
    companies: withOwn(under.company, raw.companies)
  }
}

/** A rule is known since the first of its steps. */
export function completeRule(raw: RawRule, place: string, about: About, file: string): Rule {
  const steps: Step[] = []
  for (const step of raw.steps) steps.push(completeStep(step, raw.steps))
  const firstKnown = steps.map((step) => step.known).sort(compareDates)[0]!
  return {
    ...common(raw, raw.known ?? firstKnown, about, file),
    type: 'rule',
    place,
    instrument: raw.instrument,
    effect: raw.effect,
    actors: raw.actors,
    covers: raw.covers,
    penalty: raw.penalty,
    steps,
    supersedes: raw.supersedes,
    amends: raw.amends
  }
}

/** The first day and the last day of a rule are known since it passed, or came into force, unless the step says otherwise. */
function completeStep(raw: RawStep, all: RawStep[]): Step {
  return {
    stage: raw.stage,
    date: raw.date,
    known: raw.known ?? knownOf(raw, all),
    moves: raw.moves ?? null,
    note: raw.note,
    doubts: raw.doubts
  }
}

function knownOf(raw: RawStep, all: RawStep[]): PartialDate {
  const own = raw.date ?? all[0]!.date ?? '0001'
  if (raw.stage !== 'in-force' && raw.stage !== 'expired') return own
  const passed = all.find((step) => step.stage === 'passed') ?? all.find((step) => step.stage === 'in-force')
  if (!passed?.date) return own
  const announced = passed.known ?? passed.date
  return compareDates(announced, own) < 0 ? announced : own
}

function common(raw: RawPosition | RawEvent | RawRule, known: PartialDate, about: About, file: string) {
  return {
    id: raw.id,
    known,
    verified: raw.verified ?? about.gathered,
    sources: raw.sources,
    doubts: raw.doubts,
    settled: raw.settled,
    corrects: raw.corrects,
    dates: raw.dates.map((duty) => completeDuty(duty, known)),
    file
  }
}

function completeDuty(raw: RawDuty, known: PartialDate): DatedDuty {
  return { ...raw, known: raw.known ?? known }
}

function statedEnd(raw: NonNullable<RawPosition['end']>): StatedEnd {
  return { date: raw.date ?? null, duration: raw.for ?? null, condition: raw.until ?? null }
}

function withOwn(own: string | undefined, named: string[]): string[] {
  return own ? [...new Set([own, ...named])] : named
}
