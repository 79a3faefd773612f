import { describe, expect, test } from '@jest/globals'
import { type Part, plainText } from '../../src/chat/message.js'
import { deadlines } from '../../src/ledger/ahead/deadlines.js'
import {
  answerTitle,
  companyParts,
  comparisonParts,
  deadlineParts,
  jurisdictionParts
} from '../../src/ledger/answers.js'
import { compare } from '../../src/ledger/compare.js'
import { loadLedger } from '../../src/ledger/record/load.js'
import { positionAsOf } from '../../src/ledger/record/positions.js'
import { rulesAsOf } from '../../src/ledger/record/rules.js'

const ledger = loadLedger()
const now = '2026-11-30'

function linesOf(parts: Part[]): string[] {
  return parts.flatMap((part) => {
    if (part.type === 'heading') return [part.text]
    if (part.type === 'list') return part.items.map(plainText)
    return part.type === 'text' || part.type === 'context' ? [plainText(part.text)] : []
  })
}

function company(name: string, asOf = now): string[] {
  return linesOf(companyParts(ledger, positionAsOf(ledger, name, { asOf, now })))
}

function place(code: string, asOf = now): string[] {
  return linesOf(jurisdictionParts(ledger, rulesAsOf(ledger, code, { asOf, now })))
}

describe('company', () => {
  test('opens with one plain sentence and its source, and ends with the age of it all', () => {
    const lines = company('Amazon')
    expect(lines[0]).toMatch(/^Paused since 10 June 2020, .*\(theverge\.com\)$/)
    expect(lines.at(-1)).toMatch(
      /^Verified 23 November 2026 \(7 days ago\): .*none opened live.*reach to about August 2026/
    )
    expect(lines).toContain('Ring, which belongs to it')
  })

  test('of the past tells what came next', () => {
    expect(company('Amazon', '2020-12-01')).toContain(
      'Next on record, 18 May 2021: The pause goes on without a date for its end.'
    )
  })

  test('tells nothing twice', () => {
    for (const { name } of ledger.companies) {
      const lines = company(name)
      expect([name, new Set(lines).size]).toEqual([name, lines.length])
    }
  })

  test('that is on no record says so, and names those that are', () => {
    const lines = company('Veriff')
    expect(lines[0]).toBe('Nothing is on record for Veriff; that does not mean that it has no position.')
    expect(lines.join('\n')).toContain('Companies on record: Amazon, Axon')
  })

  test('with a long history counts what it leaves out, and says how to see it', () => {
    const cut = /^and (\d+) more; the same with as-of:(\S+) tells the earlier ones$/
    const [, rest, day] = company('Clearview AI').flatMap((line) => cut.exec(line) ?? [])
    const all = positionAsOf(ledger, 'Clearview AI', { asOf: now, now }).timeline
    const earlier = positionAsOf(ledger, 'Clearview AI', { asOf: day!, now }).timeline
    expect(earlier).toEqual(expect.arrayContaining(all.slice(-Number(rest))))
  })
})

describe('jurisdiction', () => {
  test('lists rules in force, on their way and gone, and what holds from above', () => {
    const lines = place('US-NY/New York City')
    for (const heading of ['In force', 'On their way', 'Also in force there: United States (federal)'])
      expect(lines).toContain(heading)
    expect(lines.join('\n')).toContain('Penalty: private action, $500 or $5,000. (law.com')
  })

  test('opens with what is in force since when, what is to come and what is gone', () => {
    expect(place('US-TX', '2025-12-31')[0]).toBe(
      'On record for Texas: in force: Capture or Use of Biometric Identifier Act (CUBI; duties, since 2009). On the way: TRAIGA (HB 149; limits, passed on 22 June 2025, to come into force on 1 January 2026).'
    )
    expect(place('US-CA')[0]).toBe(
      'On record for California: nothing in force. Gone: AB 2261 (rejected on 2 June 2020), AB 1215 (expired on 1 January 2023).'
    )
    expect(place('US-VA')[0]).toContain('HB 2031 (ban, since 1 July 2021) [uncertain, see below]')
  })

  test('tells the dates that hang on a rule, as known by the day asked about', () => {
    const told = /^3 August 2026: those who used biometrics before must meet New Zealand's code \(russellmcveagh\.com/
    expect(place('NZ').some((line) => told.test(line))).toBe(true)
    expect(place('NZ', '2025-08-05').some((line) => told.test(line))).toBe(false)
    expect(place('US-MD').some((line) => line.startsWith('1 October 2025, and each year: the yearly report'))).toBe(
      true
    )
  })

  test('shows the tree below it', () => {
    expect(place('US-WA')).toContain(
      'King County, Washington (US-WA/King County): in force: King County ordinance (ban, passed on 1 June 2021, taken to be in force)'
    )
  })

  test('shows rulings below it, too', () => {
    expect(place('GB')).toContain('Wales (GB-WLS): 2 rulings or other events')
  })

  test('tells where companies stand in that very place', () => {
    expect(place('US-IL').join('\n')).toContain('Clearview AI: Barred by order since 11 May 2022 for five years')
  })

  test('without a rule on record says so', () => {
    expect(place('RU/Moscow')[0]).toMatch(/Russia: The latest on record: 4 July 2023, The European Court/)
    expect(place('SE', '2019-12-31')[0]).toMatch(/The latest on record by then: 20 August 2019, .* fines Skellefteå/)
    expect(place('JP')[0]).toContain('does not mean that there is none')
  })
})

describe('deadlines and compare', () => {
  test('a list with its sources', () => {
    const query = { from: now, within: 365, jurisdiction: 'US-IL' }
    expect(linesOf(deadlineParts(ledger, deadlines(ledger, query), query))[0]).toMatch(
      /^11 May 2027, in 162 days: Clearview AI's order of five years .*\(dataprivacyandsecurityinsider\.com\)$/
    )
  })

  test('nothing due names the next', () => {
    const query = { from: now, within: 7 }
    expect(linesOf(deadlineParts(ledger, deadlines(ledger, query), query))[0]).toContain('The next: 11 May 2027')
  })

  test('differences side by side, doubtful ones marked', () => {
    const lines = linesOf(comparisonParts(ledger, compare(ledger, 'Amazon', 'Microsoft', { asOf: now, now })))
    expect(lines.slice(1, 4)).toEqual([
      'police',
      'Amazon: paused since 10 June 2020, until further notice (theverge.com)',
      'Microsoft: conditional since 11 June 2020, until a US national law grounded in human rights is in place (redmondmag.com)'
    ])
    const disputed = linesOf(comparisonParts(ledger, compare(ledger, 'US-VA', 'US-VT', { asOf: now, now })))
    expect(disputed).toContain('Not certain: see the answer for each of the two.')
  })
})

test('the title names the day only when it is not today', () => {
  expect(answerTitle('Amazon', { asOf: now, now })).toBe('Amazon')
  expect(answerTitle('Amazon', { asOf: '2020-06-11', now })).toBe('Amazon, as of 11 June 2020')
})
