import { describe, expect, test } from '@jest/globals'
import { watchList, watchSummary } from '../../src/ledger/ahead/watch.js'
import { loadLedger } from '../../src/ledger/record/load.js'
import { ledgerOf, position, rule, step } from './made-ledger.js'

describe('the ledger that ships with Facelaw', () => {
  const list = watchList(loadLedger(), '2026-11-23')
  const ids = (items: { recordId: string }[]) => items.map((item) => item.recordId)

  test('names the positions that lapsed without news', () => {
    expect(ids(list.lapsed)).toEqual(['axon-police-2025'])
  })

  test('names the open questions', () => {
    expect(ids(list.disagreeing)).toEqual(
      expect.arrayContaining(['us-va-sb-741', 'us-or-body-cameras', 'us-ut-sb-231', 'clearview-uk-upper-tribunal-2025'])
    )
    expect(ids(list.unresolved)).toEqual(
      expect.arrayContaining(['it-moratorium-2021', 'fr-games-2030-article-35', 'gb-framework-2025'])
    )
  })

  test('finds everything unverified half a year on, and nothing on the day it was gathered', () => {
    expect(list.unverified).toEqual([])
    expect(watchList(loadLedger(), '2027-05-23').unverified.length).toBeGreaterThan(150)
  })
})

test('records age one by one, the oldest first', () => {
  const ledger = ledgerOf({
    positions: [
      position({ id: 'young', since: '2024-01-01', verified: '2026-06-01' }),
      position({ id: 'old', since: '2024-01-01', verified: '2025-06-01' })
    ],
    rules: [rule({ id: 'older', steps: [step({ stage: 'in-force', date: '2020-01-01' })], verified: '2025-01-01' })]
  })
  expect(watchList(ledger, '2026-07-01').unverified.map((item) => item.sentence)).toEqual([
    'Not verified since 1 January 2025.',
    'Not verified since 1 June 2025.'
  ])
})

test('a corrected record is no longer watched', () => {
  const ledger = ledgerOf({
    positions: [
      position({ id: 'wrong', since: '2024-01-01', doubts: { sources: 'two dates' } }),
      position({ id: 'right', since: '2024-01-01', corrects: 'wrong' })
    ]
  })
  expect(watchList(ledger, '2026-01-02').disagreeing).toEqual([])
})

test('is summed up in a line, or in none', () => {
  const end = { date: '2025-01-01', duration: null, condition: null }
  const ledger = ledgerOf({ positions: [position({ id: 'p', since: '2024-01-01', end })] })
  expect(watchSummary(watchList(ledger, '2026-09-01'))).toBe(
    'Records of the ledger to look up: 1 lapsed on paper without news, 1 not verified for 180 days.'
  )
  expect(watchSummary(watchList(ledgerOf({}), '2026-09-01'))).toBeNull()
})
