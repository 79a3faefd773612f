import { describe, expect, test } from '@jest/globals'
import { compare, NotComparable } from '../../src/ledger/compare.js'
import { loadLedger } from '../../src/ledger/record/load.js'

const ledger = loadLedger()
const moment = { asOf: '2026-11-23', now: '2026-11-23' }

describe('companies', () => {
  test('differ by subject', () => {
    const { differences, kind, sentence } = compare(ledger, 'Amazon', 'Microsoft', moment)
    expect(kind).toBe('companies')
    expect(sentence).toBe('Amazon and Microsoft differ on one point; on 3 points only one of them is on record.')
    expect(differences[0]).toMatchObject({
      aspect: 'police',
      a: 'paused since 10 June 2020, until further notice',
      b: 'conditional since 11 June 2020, until a US national law grounded in human rights is in place',
      certain: true
    })
    expect(differences[0]?.records.map(([record]) => record?.id)).toEqual([
      'amazon-police-2021',
      'microsoft-police-2020'
    ])
    expect(differences.slice(1).map(({ a }) => a)).toEqual(['not known', 'not known', 'not known'])
  })

  test('alike are told in one word', () => {
    const { differences, alike, sentence } = compare(ledger, 'Hikvision', 'Dahua', moment)
    expect(differences).toEqual([])
    expect(alike.map(({ aspect }) => aspect)).toEqual(['buying US goods'])
    expect(sentence).toBe('Hikvision and Dahua differ on nothing that is on record of both. Alike: buying US goods.')
  })

  test('as of a day when neither was on record', () => {
    const { differences, sentence } = compare(ledger, 'Amazon', 'IBM', { ...moment, asOf: '2017-01-01' })
    expect(differences).toEqual([])
    expect(sentence).toBe('Nothing is on record for 1 January 2017 to compare Amazon with IBM.')
  })

  test('unknown ones', () => {
    expect(compare(ledger, 'Acme', 'Initech', moment).sentence).toBe(
      'Nothing is on record to compare Acme with Initech.'
    )
  })
})

describe('places', () => {
  test('differ by whom their rules bind', () => {
    const { differences, kind } = compare(ledger, 'US-WA', 'US-VT', moment)
    expect(kind).toBe('places')
    expect(differences.find(({ aspect }) => aspect === 'government')).toMatchObject({
      a: 'SB 6280 (limits, since 1 July 2021)',
      b: 'no rule on record',
      certain: true,
      records: [[{ id: 'us-wa-sb-6280' }], []]
    })
  })

  test('alike where they do the same', () => {
    const { alike, differences } = compare(ledger, 'US-MA/Boston', 'US-MA/Cambridge', moment)
    expect([alike.map(({ aspect }) => aspect), differences]).toEqual([['police', 'government'], []])
  })

  test('alike are told with their own instruments and days', () => {
    const [point] = compare(ledger, 'US-IL', 'US-TX', { ...moment, asOf: '2010-12-31' }).alike
    expect(point).toMatchObject({
      aspect: 'companies and private bodies',
      a: 'Biometric Information Privacy Act (BIPA; duties, since 2008)',
      b: 'Capture or Use of Biometric Identifier Act (CUBI; duties, since 2009)',
      records: [[{ id: 'us-il-bipa' }], [{ id: 'us-tx-cubi' }]]
    })
  })

  test('as of a day', () => {
    const { differences } = compare(ledger, 'US-WA', 'US-VT', { ...moment, asOf: '2020-06-11' })
    expect(differences[0]).toMatchObject({
      a: 'SB 6280 (limits, passed on 31 March 2020, to come into force on 1 July 2021)',
      b: 'no rule on record'
    })
  })
})

test('a company and a place cannot be compared, and the error says what to do', () => {
  expect(() => compare(ledger, 'Amazon', 'US-WA', moment)).toThrow(NotComparable)
  expect(() => compare(ledger, 'Amazon', 'US-WA', moment)).toThrow('Name two companies, or two places by code')
})
