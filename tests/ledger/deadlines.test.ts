import { describe, expect, test } from '@jest/globals'
import {
  type DeadlineQuery,
  deadlines,
  nextDeadline,
  nothingDueSentence,
  passedDeadlines
} from '../../src/ledger/ahead/deadlines.js'
import { loadLedger } from '../../src/ledger/record/load.js'
import { event, ledgerOf, position, rule, step } from './made-ledger.js'

const ledger = loadLedger()

function ids(query: DeadlineQuery): string[] {
  return deadlines(ledger, query).map((deadline) => deadline.id)
}

describe('of the ledger that ships with Facelaw', () => {
  test('what lies ahead of 23 November 2026, soonest first', () => {
    expect(ids({ from: '2026-11-23', within: 800 })).toEqual([
      'clearview-illinois-2022-signed/end',
      'us-md-sb-182/report-2-2027',
      'eu-ai-act-annex-3/in-force',
      'fr-games-2030-article-35/sunset',
      'it-moratorium-2021/sunset',
      'us-mi-detroit-williams-2024/order-ends-1',
      'ibm-uk-matching-2023/end',
      'eu-ai-act-annex-1/in-force',
      'us-md-sb-182/report-2-2028',
      'nz-biometric-code-2025/review-2',
      'rite-aid-own-use-2023/end'
    ])
  })

  test('a moved date says what it was, what it is and why', () => {
    const moved = deadlines(ledger, { from: '2027-01-01', within: 365, jurisdiction: 'EU' })[0]
    expect(moved).toMatchObject({
      date: '2027-12-02',
      was: [{ date: '2026-08-02', known: '2024-08-01' }],
      why: 'moved by the Digital Omnibus'
    })
    expect(moved?.sentence).toContain('2 December 2027, in 335 days')
    expect(moved?.sentence).toContain('Before: 2 August 2026. Why: moved by the Digital Omnibus.')
  })

  test('is told as it was known on the day asked from', () => {
    expect(ids({ from: '2021-05-01', within: 60 })).toContain('amazon-police-2020/end')
    expect(ids({ from: '2021-05-20', within: 60 })).not.toContain('amazon-police-2020/end')
    expect(ids({ from: '2023-01-01', within: 365, jurisdiction: 'IT' })).toEqual(['it-moratorium-2021/sunset'])
    expect(deadlines(ledger, { from: '2023-01-01', within: 365, jurisdiction: 'IT' })[0]?.date).toBe('2023-12-31')
    expect(ids({ from: '2023-07-01', within: 365, jurisdiction: 'IT' })).toEqual([])
  })

  test('a place alone, or with all below it', () => {
    expect(ids({ from: '2021-06-01', within: 31, jurisdiction: 'US-WA' })).toEqual(['us-wa-sb-6280/in-force'])
    expect(ids({ from: '2021-06-01', within: 31, jurisdiction: 'US' })).toEqual([])
    expect(ids({ from: '2021-06-15', within: 31, jurisdiction: 'US/*' })).toEqual([
      'us-ma-police-reform-2020/in-force',
      'us-va-hb-2031/in-force',
      'us-wa-sb-6280/in-force',
      'us-ny-nyc-biometric-2021/in-force'
    ])
    expect(ids({ from: '2027-01-01', within: 365, jurisdiction: 'EU/*' })).toHaveLength(3)
    // As everywhere, a state comes with its cities.
    expect(ids({ from: '2021-06-15', within: 31, jurisdiction: 'US-NY' })).toEqual([
      'us-ny-nyc-biometric-2021/in-force'
    ])
  })

  test('a company alone', () => {
    expect(ids({ from: '2026-11-23', within: 365, company: 'clearview ai' })).toEqual([
      'clearview-illinois-2022-signed/end'
    ])
  })

  test('what passed is told newest first, as it came to pass', () => {
    const passed = passedDeadlines(ledger, { from: '2026-11-23', within: 90, jurisdiction: 'NZ' })
    expect(passed.map(({ date }) => date)).toEqual(['2026-08-03', '2025-11-03'])
    const then = passedDeadlines(ledger, { from: '2026-08-03', within: 90, jurisdiction: 'NZ' })
    expect(then.map(({ date }) => date)).toEqual(['2025-11-03'])
    // Nothing lapsed where the end was moved before it came.
    expect(passedDeadlines(ledger, { from: '2026-11-23', within: 90, jurisdiction: 'IT' })).toEqual([])
    expect(passedDeadlines(ledger, { from: '2026-11-23', within: 90, company: 'Amazon' })).toEqual([])
  })

  test('an end that was taken away falls due no more', () => {
    expect(ids({ from: '2025-01-01', within: 365, jurisdiction: 'US-CO' })).toContain('us-co-sb22-113-schools/sunset')
    expect(ids({ from: '2025-05-01', within: 365, jurisdiction: 'US-CO' })).toEqual(['us-co-hb24-1130/in-force'])
  })
})

describe('of made-up records', () => {
  const query = { from: '2024-01-01', within: 90 }

  test('both ends of the window count, and a month counts when any of its days lies in it', () => {
    const made = ledgerOf({
      positions: ['2023-12-31', '2024-01-01', '2024-03-31', '2024-04-01'].map((date) =>
        position({
          id: `p-${date}`,
          since: '2023-01-01',
          end: { date, duration: null, condition: null },
          subject: date
        })
      ),
      rules: [
        rule({
          id: 'r',
          steps: [
            step({ stage: 'passed', date: '2023-05-01' }),
            step({ stage: 'in-force', date: '2024-03', known: '2023-05-01' })
          ]
        })
      ]
    })
    expect(deadlines(made, query).map((deadline) => deadline.id)).toEqual([
      'p-2024-01-01/end',
      'r/in-force',
      'p-2024-03-31/end'
    ])
  })

  test('a yearly duty comes every year', () => {
    const duty = {
      what: 'report' as const,
      date: '2024-02-29',
      known: '2023-01-01',
      says: 'report',
      yearly: true,
      doubts: {}
    }
    const made = ledgerOf({ events: [event({ id: 'e', date: '2023-01-01', dates: [duty] })] })
    const due = deadlines(made, { from: '2024-01-01', within: 800 })
    expect(due.map((deadline) => [deadline.id, deadline.date])).toEqual([
      ['e/report-1-2024', '2024-02-29'],
      ['e/report-1-2025', '2025-02-28'],
      ['e/report-1-2026', '2026-02-28']
    ])
  })

  test('a bill says "if it passes", and a dead one owes nothing', () => {
    const steps = [
      step({ stage: 'proposed', date: '2023-05-01' }),
      step({ stage: 'in-force', date: '2024-02-01', known: '2023-05-01' })
    ]
    const bill = rule({ id: 'bill', steps })
    const dead = rule({ id: 'dead', steps: [...steps, step({ stage: 'rejected', date: '2023-12-01' })] })
    const due = deadlines(ledgerOf({ rules: [bill, dead] }), query)
    expect(due.map((deadline) => deadline.says)).toEqual(['Washington: bill comes into force, if it passes'])
  })

  test('when nothing falls due, the next date is named, or that there is none', () => {
    const end = { date: '2025-01-01', duration: 'one year', condition: null }
    const made = ledgerOf({ positions: [position({ id: 'p', since: '2024-01-01', end })] })
    const next = nextDeadline(made, query)
    expect(nothingDueSentence(query, next)).toContain('The next: 1 January 2025, in 366 days')
    expect(nothingDueSentence(query, null, { ...next!, date: '2023-12-31' })).toContain(
      'The last one passed: 31 December 2023, yesterday: '
    )
    expect(nothingDueSentence(query, nextDeadline(ledgerOf({}), query))).toBe(
      'Nothing is on record that falls due on 1 January 2024 or in the 90 days after.'
    )
  })
})
