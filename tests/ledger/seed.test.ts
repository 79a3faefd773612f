import { describe, expect, test } from '@jest/globals'
import { loadLedger } from '../../src/ledger/record/load.js'
import { positionAsOf } from '../../src/ledger/record/positions.js'
import { rulesAsOf } from '../../src/ledger/record/rules.js'

/** The seven facts that the ledger must never get wrong. */
const ledger = loadLedger()
const now = '2026-11-23'

function sentenceOn(company: string, asOf: string): string {
  return positionAsOf(ledger, company, { asOf, now }).sentence
}

describe('the seven facts of June 2020', () => {
  test('Microsoft sells to US police only once a national law is in place', () => {
    expect(sentenceOn('Microsoft', '2020-06-11')).toBe(
      'Conditional since 11 June 2020, until a US national law grounded in human rights is in place: facial recognition sales to police departments in the United States, by its own choice.'
    )
  })

  test('IBM has left general-purpose facial recognition', () => {
    expect(sentenceOn('IBM', '2020-06-11')).toBe(
      'Exited since 8 June 2020: general-purpose facial recognition and analysis software, by its own choice.'
    )
  })

  test('Amazon paused police use on 10 June 2020 for a year, and in May 2021 without end', () => {
    expect(sentenceOn('Amazon', '2020-06-11')).toBe(
      'Paused since 10 June 2020 for one year (stated end: 10 June 2021): police use of Rekognition, by its own choice.'
    )
    expect(sentenceOn('Amazon', now)).toBe(
      'Paused since 10 June 2020, renewed on 18 May 2021, until further notice: police use of Rekognition, by its own choice.'
    )
  })

  test.each(['Clearview AI', 'Palantir'])('%s goes on selling', (company) => {
    const answer = positionAsOf(ledger, company, { asOf: '2020-06-11', now })
    expect(answer.subjects[0]).toMatchObject({ state: 'sells', status: 'known' })
  })

  test("Washington's law is in force from 1 July 2021", () => {
    const before = rulesAsOf(ledger, 'US-WA', { asOf: '2020-06-11', now })
    expect(before.onTheWay[0]).toMatchObject({
      stage: 'passed',
      since: '2020-03-31',
      comes: '2021-07-01',
      certain: true
    })
    const after = rulesAsOf(ledger, 'US-WA', { asOf: '2021-07-01', now })
    expect(after.inForce[0]).toMatchObject({ stage: 'in-force', since: '2021-07-01', certain: true })
  })

  test("California's bill is blocked", () => {
    const gone = rulesAsOf(ledger, 'US-CA', { asOf: '2020-07-01', now }).gone
    expect(gone[0]).toMatchObject({ rule: { instrument: 'AB 2261' }, stage: 'rejected', since: '2020-06-02' })
  })
})
