import { describe, expect, test } from '@jest/globals'
import { rangeOf } from '../../src/ledger/dates.js'
import { positionAsOf } from '../../src/ledger/record/positions.js'
import { rulesAsOf } from '../../src/ledger/record/rules.js'
import { ledgerOf, position, rule, step } from './made-ledger.js'

const now = '2026-02-01'

describe('a position', () => {
  const pause = position({
    id: 'pause',
    since: '2024-03-10',
    end: { date: '2025-03-10', duration: 'one year', condition: null }
  })
  const resumed = position({ id: 'resumed', since: '2025-06-01', state: 'resumed' })

  test.each([
    ['before the first record', '2024-03-09', 'not-known', null],
    ['on its day', '2024-03-10', 'known', 'paused'],
    ['on the stated end', '2025-03-10', 'known', 'paused'],
    ['after the stated end, before any news', '2025-03-11', 'lapsed', null],
    ['on the day of the next', '2025-06-01', 'known', 'resumed']
  ])('%s', (_, asOf, status, state) => {
    const answer = positionAsOf(ledgerOf({ positions: [pause, resumed] }), 'Example Vision', { asOf, now })
    expect(answer.subjects[0]).toMatchObject({ status, state })
    expect(answer.certain).toBe(state !== null)
  })

  test('an extension before the end keeps it paused since its first day', () => {
    const extended = position({
      id: 'extended',
      since: '2025-02-01',
      end: { date: null, duration: null, condition: 'further notice' }
    })
    const ledger = ledgerOf({ positions: [pause, extended] })
    const answer = positionAsOf(ledger, 'Example Vision', { asOf: '2025-12-01', now })
    expect(answer.subjects[0]).toMatchObject({ status: 'known', since: '2024-03-10' })
  })

  test('a pause that came back after a gap counts from its return', () => {
    const again = position({ id: 'again', since: '2025-09-01' })
    const answer = positionAsOf(ledgerOf({ positions: [pause, again] }), 'Example Vision', { asOf: '2025-12-01', now })
    expect(answer.subjects[0]?.since).toBe('2025-09-01')
  })

  test.each([
    ['2024-04-30', 'not-known', false],
    ['2024-05-01', 'known', false],
    ['2024-05-31', 'known', false],
    ['2024-06-01', 'known', true]
  ])('known to the month May 2024, asked for %s', (asOf, status, certain) => {
    const ledger = ledgerOf({ positions: [position({ id: 'month', since: '2024-05' })] })
    const answer = positionAsOf(ledger, 'Example Vision', { asOf, now })
    expect(answer.subjects[0]).toMatchObject({ status, certain })
  })

  test('an uncertain day makes its whole month doubtful, also the days before it', () => {
    const earlier = position({ id: 'earlier', since: '2024-01-01', state: 'sells' })
    const later = position({ id: 'later', since: '2024-05-20', doubts: { day: 'from memory' } })
    const ledger = ledgerOf({ positions: [earlier, later] })
    const states = ['2024-04-30', '2024-05-02', '2024-05-25', '2024-06-01'].map((asOf) => {
      const { state, certain } = positionAsOf(ledger, 'Example Vision', { asOf, now }).subjects[0]!
      return [state, certain]
    })
    expect(states).toEqual([
      ['sells', true],
      ['sells', false],
      ['paused', false],
      ['paused', true]
    ])
  })

  test('one that was corrected is answered as believed at the time, and as known now', () => {
    const wrong = position({ id: 'wrong', since: '2024-05-01', state: 'exited' })
    const right = position({ id: 'right', since: '2024-05-01', known: '2024-09-01', corrects: 'wrong' })
    const ledger = ledgerOf({ positions: [wrong, right] })
    const state = (knownBy?: string) =>
      positionAsOf(ledger, 'ExampleCam', { asOf: '2024-06-01', now, ...(knownBy && { knownBy }) }).subjects[0]?.state
    expect(state('2024-06-01')).toBe('exited')
    expect(state()).toBe('paused')
  })

  test('is marked once it has not been verified for more than 180 days', () => {
    const ledger = ledgerOf({ positions: [position({ id: 'old', since: '2024-05-01' })] })
    const sentence = (day: string) => positionAsOf(ledger, 'Example Vision', { asOf: day, now: day }).sentence
    expect(sentence('2026-06-30')).not.toContain('not verified')
    expect(sentence('2026-07-01')).toContain('not verified since 1 January 2026')
  })
})

describe('a rule', () => {
  const ladder = rule({
    id: 'SB 1',
    steps: [
      step({ stage: 'proposed', date: '2024-01-10' }),
      step({ stage: 'passed', date: '2024-03-01' }),
      step({ stage: 'in-force', date: '2024-07-01', known: '2024-03-01' }),
      step({ stage: 'enjoined', date: '2024-09-01' }),
      step({ stage: 'in-force', date: '2024-11-01' }),
      step({ stage: 'expired', date: '2025-07-01', known: '2024-03-01' })
    ]
  })

  test.each([
    ['2024-01-09', undefined],
    ['2024-01-10', 'proposed'],
    ['2024-02-29', 'proposed'],
    ['2024-03-01', 'passed'],
    ['2024-06-30', 'passed'],
    ['2024-07-01', 'in-force'],
    ['2024-09-01', 'enjoined'],
    ['2024-11-01', 'in-force'],
    ['2025-06-30', 'in-force'],
    ['2025-07-01', 'expired']
  ])('on %s is %s', (asOf, stage) => {
    const { inForce, onTheWay, gone } = rulesAsOf(ledgerOf({ rules: [ladder] }), 'US-WA', { asOf, now })
    expect([...inForce, ...onTheWay, ...gone][0]?.stage).toBe(stage)
  })

  test('as known in April 2024 was to end in July 2025', () => {
    const answer = rulesAsOf(ledgerOf({ rules: [ladder] }), 'US-WA', { asOf: '2024-08-01', now, knownBy: '2024-04-01' })
    expect(answer.inForce[0]).toMatchObject({ ends: '2025-07-01', certain: true })
  })

  test('whose end has moved lives on, and says what the end was before', () => {
    const moved = step({ stage: 'expired', date: '2027-07-01', known: '2025-05-01', moves: '2025-07-01', note: 'SB 2' })
    const ledger = ledgerOf({ rules: [{ ...ladder, steps: [...ladder.steps, moved] }] })
    const answer = rulesAsOf(ledger, 'US-WA', { asOf: '2025-12-01', now })
    expect(answer.inForce[0]).toMatchObject({ ends: '2027-07-01', certain: true })
    expect(answer.inForce[0]?.sentence).toContain('until 1 July 2027 (before: 1 July 2025)')
  })

  test('whose end was moved later on is told with the end that was set by the day asked about', () => {
    const moved = step({ stage: 'expired', date: '2027-07-01', known: '2025-05-01', moves: '2025-07-01' })
    const again = step({ stage: 'expired', date: '2029-07-01', known: '2025-06-01', moves: '2027-07-01' })
    const ledger = ledgerOf({ rules: [{ ...ladder, steps: [...ladder.steps, moved, again] }] })
    const told = (asOf: string) => rulesAsOf(ledger, 'US-WA', { asOf, now }).inForce[0]!
    expect(told('2024-08-01').ends).toBe('2025-07-01')
    expect(told('2024-08-01').sentence).toContain('until 1 July 2025 (since moved to 1 July 2027, then 1 July 2029)')
    expect(told('2025-05-15').sentence).toContain('until 1 July 2027 (before: 1 July 2025; since moved to 1 July 2029)')
    expect(told('2025-06-15').sentence).toContain('until 1 July 2029 (before: 1 July 2025, then 1 July 2027)')
  })

  test('whose end was taken away later on says so', () => {
    const away = step({ stage: 'expired', date: null, known: '2025-05-01', moves: '2025-07-01' })
    const ledger = ledgerOf({ rules: [{ ...ladder, steps: [...ladder.steps, away] }] })
    const told = (asOf: string) => rulesAsOf(ledger, 'US-WA', { asOf, now }).inForce[0]!
    expect(told('2024-08-01').sentence).toContain('until 1 July 2025 (since taken away)')
    expect(told('2025-06-15')).toMatchObject({ ends: null })
  })

  test('whose move is not confirmed is doubtful from the former end on, and not before', () => {
    const moved = step({
      stage: 'expired',
      date: '2027-07-01',
      known: '2025-05-01',
      moves: '2025-07-01',
      doubts: { outcome: 'committee only' }
    })
    const ledger = ledgerOf({ rules: [{ ...ladder, steps: [...ladder.steps, moved] }] })
    const certain = (asOf: string) => rulesAsOf(ledger, 'US-WA', { asOf, now }).inForce[0]?.certain
    expect([certain('2025-06-30'), certain('2025-07-01')]).toEqual([true, false])
  })

  test('that was only proposed does not come into force by the date that it names', () => {
    const draft = rule({
      id: 'draft',
      steps: [
        step({ stage: 'proposed', date: '2025-03-01' }),
        step({ stage: 'in-force', date: '2025-07-01', known: '2025-03-01' })
      ]
    })
    const answer = rulesAsOf(ledgerOf({ rules: [draft] }), 'US-WA', { asOf: '2025-08-01', now })
    expect(answer.onTheWay[0]?.stage).toBe('proposed')
  })

  test('pending for over a year without news is marked', () => {
    const draft = rule({ id: 'draft', steps: [step({ stage: 'proposed', date: '2024-03-01' })] })
    const certain = (asOf: string) =>
      rulesAsOf(ledgerOf({ rules: [draft] }), 'US-WA', { asOf, now }).onTheWay[0]?.certain
    expect([certain('2025-03-01'), certain('2025-03-02')]).toEqual([true, false])
  })

  test('is back in force when the one that replaced it ends', () => {
    const replacer = rule({
      id: 'replacer',
      supersedes: ['old'],
      steps: [
        step({ stage: 'in-force', date: '2024-01-01' }),
        step({ stage: 'expired', date: '2025-01-01', known: '2024-01-01' })
      ]
    })
    const old = rule({ id: 'old', steps: [step({ stage: 'in-force', date: '2020-01-01' })] })
    const stage = (asOf: string) => {
      const { inForce, gone } = rulesAsOf(ledgerOf({ rules: [old, replacer] }), 'US-WA', { asOf, now })
      return [...inForce, ...gone].find((standing) => standing.rule.id === 'old')?.stage
    }
    expect(['2023-12-31', '2024-06-01', '2025-06-01'].map(stage)).toEqual(['in-force', 'repealed', 'in-force'])
  })
})

describe('a place', () => {
  const city = rule({ id: 'city', place: 'US-WA/Seattle', steps: [step({ stage: 'in-force', date: '2021-01-01' })] })
  const federal = rule({ id: 'federal', place: 'US', steps: [step({ stage: 'in-force', date: '2022-01-01' })] })
  const ledger = ledgerOf({ rules: [city, federal] })

  test('without a rule of its own is not known, and says what lies below and above', () => {
    const answer = rulesAsOf(ledger, 'US-WA', { asOf: now, now })
    expect(answer).toMatchObject({ status: 'not-known', certain: false })
    expect(answer.below).toMatchObject([
      { code: 'US-WA/Seattle', name: 'Seattle', inForce: 1, onTheWay: 0, gone: 0, events: 0, rules: [{ rule: city }] }
    ])
    expect(answer.above.map((place) => place.inForce.length)).toEqual([1])
    expect(answer.nearby.join(' ')).toContain('Seattle has city.')
  })

  test('tells what holds below and above as of the day asked about', () => {
    const answer = rulesAsOf(ledger, 'us-wa', { asOf: '2020-06-01', now })
    expect(answer).toMatchObject({ place: 'US-WA', below: [], nearby: [] })
  })
})

test('a part of a date means all its days', () => {
  expect(rangeOf('2024-02')).toEqual({ first: '2024-02-01', last: '2024-02-29' })
  expect(rangeOf('2023')).toEqual({ first: '2023-01-01', last: '2023-12-31' })
})
