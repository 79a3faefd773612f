import type { Ledger, LedgerEvent, Position, Rule, Step } from '../../src/ledger/record/model.js'

/** A small ledger of made-up records, for what the real one does not hold. */

const BASE = {
  verified: '2026-01-01',
  sources: ['https://example.org/1'],
  doubts: {},
  settled: null,
  corrects: null,
  dates: [],
  file: 'companies/made.yaml'
}

export function position(over: Partial<Position> & Pick<Position, 'id' | 'since'>): Position {
  return {
    ...BASE,
    type: 'position',
    known: over.since,
    company: 'Example Vision',
    subject: 'police',
    label: 'sales to police',
    state: 'paused',
    audience: [],
    product: null,
    scope: [],
    atLatest: false,
    end: null,
    imposedBy: null,
    summary: 'It waits.',
    ...over
  }
}

export function step(over: Partial<Step> & Pick<Step, 'stage' | 'date'>): Step {
  return { known: over.date ?? '2020-01-01', moves: null, note: null, doubts: {}, ...over }
}

export function rule(over: Partial<Rule> & Pick<Rule, 'id' | 'steps'>): Rule {
  return {
    ...BASE,
    type: 'rule',
    known: over.steps[0]!.known,
    place: 'US-WA',
    instrument: over.id,
    effect: 'limits',
    actors: ['police'],
    covers: 'use',
    penalty: null,
    supersedes: [],
    amends: [],
    ...over
  }
}

export function event(over: Partial<LedgerEvent> & Pick<LedgerEvent, 'id' | 'date'>): LedgerEvent {
  return {
    ...BASE,
    type: 'event',
    known: over.date,
    kind: 'other',
    says: 'It happened.',
    outcome: null,
    places: [],
    companies: ['Example Vision'],
    ...over
  }
}

export function ledgerOf(records: { positions?: Position[]; rules?: Rule[]; events?: LedgerEvent[] }): Ledger {
  return {
    about: { gathered: '2026-01-01', reachesTo: '2026-01', method: 'made up', licence: 'ours' },
    companies: [
      { name: 'Example Vision', aliases: ['ExampleCam'], parent: null, subjects: { police: 'sales to police' } }
    ],
    places: [
      { code: 'US', name: 'United States', aliases: [] },
      { code: 'US-WA', name: 'Washington', aliases: [] },
      { code: 'US-WA/Seattle', name: 'Seattle', aliases: [] }
    ],
    positions: records.positions ?? [],
    rules: records.rules ?? [],
    events: records.events ?? []
  }
}
