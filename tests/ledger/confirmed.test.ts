import { describe, expect, test } from '@jest/globals'
import { deadlines } from '../../src/ledger/ahead/deadlines.js'
import type { Change, PositionChange, RuleChange } from '../../src/ledger/change.js'
import { loadLedger } from '../../src/ledger/record/load.js'
import { positionAsOf } from '../../src/ledger/record/positions.js'
import { rulesAsOf } from '../../src/ledger/record/rules.js'
import { changeLine } from '../../src/ledger/reports/change-words.js'
import { withConfirmed } from '../../src/ledger/reports/confirmed.js'
import { disputesOf } from '../../src/ledger/reports/disputes.js'
import { isOnRecord } from '../../src/ledger/reports/on-record.js'
import { type Proposal, type ProposalSource, selfConfirmed } from '../../src/ledger/reports/proposal.js'
import { ledgerOf, position, rule, step } from './made-ledger.js'

function move(over: Partial<PositionChange> = {}): PositionChange {
  return {
    type: 'position',
    company: 'Example Vision',
    state: 'paused',
    extends: false,
    audience: ['police'],
    scope: [],
    date: '2026-05-04',
    dateTold: true,
    end: null,
    quotes: [],
    ...over
  }
}

function act(over: Partial<RuleChange> = {}): RuleChange {
  return {
    type: 'rule',
    place: 'US-WA',
    act: 'passed',
    instrument: null,
    effect: 'bans',
    actors: ['police'],
    date: '2026-05-04',
    dateTold: true,
    inForce: null,
    ends: null,
    quotes: [],
    ...over
  }
}

function reported(change: Change, over: Partial<Proposal> = {}): Proposal {
  const source = {
    outlet: 'Wire',
    official: false,
    link: 'https://example.org/n',
    title: 'News',
    summary: 'In words of its own.',
    change
  }
  return {
    id: 7,
    change,
    trueFrom: change.date,
    knownAt: new Date('2026-05-05T08:00:00Z'),
    quiet: false,
    sources: [source],
    ruled: null,
    ...over
  }
}

function confirmed(...changes: Change[]) {
  const words = changes.map((change, index) => ({
    verdict: 'confirmed' as const,
    change,
    by: 'Ada',
    day: `2026-05-0${6 + index}`
  }))
  return { proposal: reported(changes[0]!), words }
}

const now = '2026-06-01'
const pause = position({
  id: 'pause',
  since: '2025-06-10',
  end: { date: '2026-06-10', duration: 'one year', condition: null }
})

describe('a confirmed position', () => {
  const endless = move({ extends: true, end: { date: null, duration: null, condition: 'further notice' } })

  test('is the newest record, and the ledger before it is left as it was', () => {
    const ledger = ledgerOf({ positions: [pause] })
    const whole = withConfirmed(ledger, [confirmed(endless)])
    expect(ledger.positions).toHaveLength(1)
    const [subject] = positionAsOf(whole, 'Example Vision', { asOf: '2026-08-01', now: '2026-08-01' }).subjects
    expect(subject).toMatchObject({
      status: 'known',
      state: 'paused',
      since: '2025-06-10',
      position: { id: 'report-7' }
    })
  })

  test('was not known before its first article', () => {
    const whole = withConfirmed(ledgerOf({ positions: [pause] }), [confirmed(move({ state: 'exited' }))])
    const [subject] = positionAsOf(whole, 'Example Vision', { asOf: '2026-05-04', now, knownBy: '2026-05-04' }).subjects
    expect(subject!.state).toBe('paused')
  })

  test('that a person put right names what it corrects', () => {
    const whole = withConfirmed(ledgerOf({ positions: [pause] }), [
      confirmed(move({ state: 'exited' }), move({ state: 'exited', date: '2026-05-01' }))
    ])
    expect(whole.positions.map(({ id, corrects }) => [id, corrects])).toEqual([
      ['pause', null],
      ['report-7', null],
      ['report-7-2', 'report-7']
    ])
    const [subject] = positionAsOf(whole, 'Example Vision', { asOf: '2026-05-02', now }).subjects
    expect(subject!.state).toBe('exited')
  })

  test('of a company that is not on record begins its record', () => {
    const whole = withConfirmed(ledgerOf({}), [confirmed(move({ company: 'Newcomer' }))])
    expect(positionAsOf(whole, 'Newcomer', { asOf: now, now }).subjects[0]).toMatchObject({ state: 'paused' })
  })

  test('that is denied is told with who denies it, and is not certain', () => {
    const one = confirmed(endless)
    const denial = { ...one.proposal.sources[0]!, outlet: 'The Denier', change: { ...endless, denied: true as const } }
    const whole = withConfirmed(ledgerOf({ positions: [pause] }), [
      { ...one, proposal: { ...one.proposal, sources: [...one.proposal.sources, denial] } }
    ])
    const answer = positionAsOf(whole, 'Example Vision', { asOf: '2026-05-05', now })
    expect(answer.sentence).toContain('sources disagree (reported denied by The Denier)')
    expect(answer.certain).toBe(false)
  })

  test('in one line, with what it was', () => {
    expect(changeLine(ledgerOf({ positions: [pause] }), endless)).toBe(
      'Example Vision: pause → pause without end (was: until 10 June 2026), on 4 May 2026 · sales to police'
    )
  })
})

describe('a confirmed rule', () => {
  const bill = rule({ id: 'bill', steps: [step({ stage: 'proposed', date: '2026-01-10' })] })
  const ban = rule({
    id: 'ban',
    steps: [
      step({ stage: 'in-force', date: '2025-01-01' }),
      step({ stage: 'expired', date: '2026-12-31', known: '2025-01-01' })
    ]
  })

  test('climbs the ladder of the one that is on its way, and its first day falls due', () => {
    const whole = withConfirmed(ledgerOf({ rules: [bill] }), [confirmed(act({ inForce: '2026-07-01' }))])
    expect(rulesAsOf(whole, 'US-WA', { asOf: now, now }).onTheWay[0]).toMatchObject({
      stage: 'passed',
      comes: '2026-07-01'
    })
    expect(rulesAsOf(whole, 'US-WA', { asOf: '2026-07-02', now: '2026-07-02' }).inForce).toHaveLength(1)
    expect(deadlines(whole, { from: now, within: 60 }).map(({ date }) => date)).toEqual(['2026-07-01'])
  })

  test('moves the end of the one in force: was, now, why', () => {
    const whole = withConfirmed(ledgerOf({ rules: [ban] }), [confirmed(act({ act: 'extended', ends: '2028-12-31' }))])
    const [due] = deadlines(whole, { from: now, within: 2000 })
    expect(due).toMatchObject({ date: '2028-12-31', was: [{ date: '2026-12-31' }], why: 'extended' })
  })

  test('vetoed, repealed, struck down: gone', () => {
    for (const [one, on] of [
      [bill, 'vetoed'],
      [bill, 'rejected'],
      [ban, 'repealed'],
      [ban, 'struck-down'],
      [ban, 'enjoined']
    ] as const) {
      const whole = withConfirmed(ledgerOf({ rules: [one] }), [confirmed(act({ act: on }))])
      expect([on, rulesAsOf(whole, 'US-WA', { asOf: now, now }).gone.map((gone) => gone.rule.id)]).toEqual([
        on,
        [one.id]
      ])
    }
  })

  test('that is denied is told with who denies it', () => {
    const one = confirmed(act({ inForce: '2026-07-01' }))
    const denial = { ...one.proposal.sources[0]!, outlet: 'The Denier', change: { ...act(), denied: true as const } }
    const disputed = [{ ...one, proposal: { ...one.proposal, sources: [...one.proposal.sources, denial] } }]
    for (const rules of [[bill], []]) {
      const [standing] = rulesAsOf(withConfirmed(ledgerOf({ rules }), disputed), 'US-WA', { asOf: now, now }).onTheWay
      expect(standing!.sentence).toContain('reported denied by The Denier')
      expect(standing!.certain).toBe(false)
    }
  })

  test('that no record tells of begins one', () => {
    const whole = withConfirmed(ledgerOf({}), [confirmed(act({ place: 'US-OR/Bend', instrument: 'Ordinance 9' }))])
    expect(rulesAsOf(whole, 'US-OR/Bend', { asOf: now, now }).inForce[0]?.rule.id).toBe('report-7')
  })

  test('in one line', () => {
    expect(changeLine(ledgerOf({ rules: [ban] }), act({ act: 'extended', ends: '2028-12-31' }))).toBe(
      'Washington: ban: in force → extended on 4 May 2026, until 31 December 2028 (was: until 31 December 2026)'
    )
  })
})

describe('what is on record already is no news', () => {
  const ledger = loadLedger()
  const amazon = move({ company: 'Amazon', date: '2020-06-11' })

  test.each<[string, Change, boolean]>([
    [
      'Amazon’s pause, told a day later',
      { ...amazon, end: { date: '2021-06-11', duration: 'one year', condition: null } },
      true
    ],
    ['Amazon’s pause, told years later', move({ company: 'Amazon', date: '2026-09-01', dateTold: false }), true],
    [
      'its extension',
      move({
        company: 'Amazon',
        date: '2021-05-18',
        extends: true,
        end: { date: null, duration: null, condition: 'further notice' }
      }),
      true
    ],
    ['an end of its pause', move({ company: 'Amazon', date: '2026-09-01', state: 'resumed' }), false],
    ['an exit', move({ company: 'Amazon', date: '2026-09-01', state: 'exited' }), false],
    ['Portland’s ordinance', act({ place: 'US-OR/Portland', date: '2020-09-10' }), true],
    ['a law of a place without any', act({ place: 'US-WY', date: '2026-09-01' }), false]
  ])('%s: %#', (_, change, known) => {
    expect(isOnRecord(ledger, change)).toBe(known)
  })
})

describe('what confirms itself', () => {
  const change = act()
  const by = (outlet: string, official = false, over: Partial<RuleChange> = {}, summary = `As ${outlet} has it.`) => ({
    outlet,
    official,
    link: null,
    title: 'Council bans facial recognition',
    summary,
    change: act(over)
  })
  const of = (...sources: ProposalSource[]) => reported(change, { sources })
  const wire = 'SEATTLE (AP) - The council voted on Monday to ban facial recognition by the city.'

  test.each([
    ['people', [by('A', true), by('B')], false],
    ['official', [by('A'), by('B')], false],
    ['official', [by('A', true)], true],
    ['two', [by('A', true)], false],
    ['two', [by('A'), by('A')], false],
    ['two', [by('A'), by('B')], true],
    ['two', [by('A'), by('B', false, { date: '2026-05-20' })], false],
    ['two', [by('A'), by('B'), by('C', false, { date: '2026-05-09' })], false],
    ['two', [by('A', false, {}, wire), by('B', false, {}, wire)], false],
    ['two', [by('A'), by('B', false, { relayed: true })], false],
    ['two', [by('A', false, { relayed: true }), by('B', false, { relayed: true })], false],
    ['either', [by('A'), by('B'), by('C', false, { denied: true })], false],
    ['either', [by('A', true), by('C', false, { denied: true })], false],
    ['either', [by('A', true)], true],
    ['either', [by('A'), by('B')], true]
  ] as const)('rule %s %#', (confirms, sources, expected) => {
    expect(selfConfirmed(of(...sources), confirms, []) !== null).toBe(expected)
  })

  test('never what another report contradicts, what was ruled on, what only first readings told', () => {
    const two = of(by('A'), by('B'))
    const other = (over: Partial<RuleChange>) => reported(act(over), { id: 8 })
    expect(selfConfirmed(two, 'two', [other({ act: 'rejected', date: '2026-05-06', dateTold: false })])).toBeNull()
    expect(selfConfirmed({ ...two, quiet: true }, 'two', [])).toBeNull()
    expect(selfConfirmed({ ...two, ruled: { verdict: 'rejected', change, by: 'Ada', day: now } }, 'two', [])).toBeNull()
    // A veto a week later is the next step, and takes nothing back of the vote.
    expect(selfConfirmed(two, 'two', [other({ act: 'vetoed', date: '2026-05-11' })])).toEqual(change)
  })

  test('by the official source its own day', () => {
    const sources = [by('A', false, { dateTold: false }), by('City', true, { date: '2026-05-03' })]
    expect(selfConfirmed(of(...sources), 'official', [])).toMatchObject({ date: '2026-05-03' })
  })
})

describe('what speaks against a report', () => {
  const source = (outlet: string, over: Partial<RuleChange> = {}): ProposalSource => ({
    outlet,
    official: false,
    link: null,
    title: '',
    summary: outlet,
    change: act(over)
  })

  test('is told with how many say so', () => {
    const proposal = reported(act(), {
      sources: [source('A'), source('B'), source('C', { date: '2026-05-12' }), source('D', { denied: true })]
    })
    const other = reported(act({ act: 'rejected' }), { id: 9, sources: [source('E', { act: 'rejected' })] })
    expect(disputesOf(proposal, [proposal, other])).toEqual([
      'denied in D',
      'the day is told as 4 May 2026 (2) and 12 May 2026 (1)',
      '3 outlets say passed, 1 outlet says rejected (number 9)'
    ])
  })

  test('is nothing where one step follows the other', () => {
    const steps = [
      act({ date: '2026-05-04' }),
      act({ act: 'signed', date: '2026-05-14' }),
      act({ act: 'in-force', date: '2026-05-20' }),
      act({ act: 'enjoined', date: '2026-05-25' }),
      act({ act: 'reinstated', date: '2026-05-30' })
    ].map((change, id) => reported(change, { id }))
    expect(steps.flatMap((step) => disputesOf(step, steps))).toEqual([])
  })
})
