import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { LedgerError, loadLedger } from '../../src/ledger/record/load.js'

const ABOUT = `gathered: 2026-11-23
reaches-to: 2026-08
method: read from copies
licence: ours
`

const COMPANY = `- company: Example Vision
  subjects: { police: sales to police }
  positions:
    - id: example-police-2024
      subject: police
      state: paused
      since: 2024-03
      summary: It waits.
      sources: ["https://example.org/1"]
`

const PLACE = `- place: US-WA
  name: Washington
  rules:
    - id: us-wa-example
      instrument: SB 1
      effect: limits
      actors: [police]
      covers: use
      steps:
        - { stage: passed, date: 2024-03-01 }
        - { stage: in-force, date: 2025-07-01 }
      sources: ["https://example.org/2"]
`

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function ledgerFolder({ about = ABOUT, company = COMPANY, place = PLACE } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  folders.push(folder)
  mkdirSync(join(folder, 'companies'))
  mkdirSync(join(folder, 'places'))
  writeFileSync(join(folder, 'about.yaml'), about)
  writeFileSync(join(folder, 'companies', 'a.yaml'), company)
  writeFileSync(join(folder, 'places', 'b.yaml'), place)
  return folder
}

function faultsOf(files: Parameters<typeof ledgerFolder>[0]): string[] {
  try {
    loadLedger(ledgerFolder(files))
  } catch (error) {
    if (error instanceof LedgerError) return error.faults
    throw error
  }
  return []
}

describe('the ledger that ships with Facelaw', () => {
  const ledger = loadLedger()
  const records = [...ledger.positions, ...ledger.rules, ...ledger.events]

  test('passes every check and holds the baseline', () => {
    expect(ledger.positions.length).toBeGreaterThanOrEqual(35)
    expect(ledger.rules.length).toBeGreaterThanOrEqual(80)
    expect(ledger.events.length).toBeGreaterThanOrEqual(55)
  })

  test('every record has a source, or says that it has none', () => {
    for (const record of records)
      expect([record.id, record.sources.length > 0 || 'fact' in record.doubts]).toEqual([record.id, true])
  })

  test('says how and when it was gathered', () => {
    expect(ledger.about).toMatchObject({ gathered: '2026-11-23', reachesTo: '2026-08' })
    expect(ledger.about.method).toContain('none opened live')
    expect(new Set(records.map((record) => record.verified))).toEqual(new Set(['2026-11-23']))
  })
})

describe('defaults', () => {
  test('a position is known since its day, a date in force since the rule passed', () => {
    const ledger = loadLedger(ledgerFolder())
    expect(ledger.positions[0]).toMatchObject({
      known: '2024-03',
      verified: '2026-11-23',
      imposedBy: null,
      label: 'sales to police'
    })
    expect(ledger.rules[0]?.known).toBe('2024-03-01')
    expect(ledger.rules[0]?.steps[1]).toMatchObject({ stage: 'in-force', known: '2024-03-01' })
  })
})

describe('faults are told by file and record', () => {
  test.each([
    [
      'a date that is none',
      { company: COMPANY.replace('2024-03', '2024-13') },
      'companies/a.yaml, record example-police-2024, since: is no date'
    ],
    ['an unknown state', { company: COMPANY.replace('paused', 'resting') }, 'record example-police-2024, state:'],
    ['a misspelt field', { company: COMPANY.replace('summary', 'sumary') }, 'record example-police-2024'],
    [
      'an address that is none',
      { company: COMPANY.replace('https://example.org/1', 'example.org') },
      'sources 1: is no address'
    ],
    [
      'no source and no doubt',
      { company: COMPANY.replace(/ +sources.*\n/, '') },
      'record example-police-2024: has no source'
    ],
    [
      'an undeclared subject',
      { company: COMPANY.replace('{ police:', '{ shops:') },
      'is not among the subjects of Example Vision'
    ],
    ['an end before the start', { company: `${COMPANY}      end: { date: 2023-01 }\n` }, 'ends before it begins'],
    ['a scope no file lists', { company: `${COMPANY}      scope: [FR]\n` }, 'names FR, which no file lists as a place'],
    [
      'a correction of nothing',
      { company: `${COMPANY}      corrects: no-such-record\n` },
      'corrects no-such-record, which does not exist'
    ],
    [
      'a correction of another kind',
      { company: `${COMPANY}      corrects: us-wa-example\n` },
      'corrects us-wa-example, which is no position'
    ],
    [
      'a wrong stage',
      { place: PLACE.replace('stage: passed', 'stage: adopted') },
      'places/b.yaml, record us-wa-example, steps 1 stage:'
    ],
    ['a code that is none', { place: PLACE.replace('US-WA', 'Washington') }, 'is no code of a place'],
    [
      'a move of nothing',
      { place: PLACE.replace('2025-07-01 }', '2025-07-01, moves: 2025-01-01 }') },
      'moves 2025-01-01, but no other step'
    ],
    [
      'never without a move',
      { place: PLACE.replace('date: 2025-07-01', 'date: never') },
      'date never that moves nothing'
    ],
    [
      'a rule that replaces none',
      { place: `${PLACE}      supersedes: [us-wa-other]\n` },
      'supersedes or amends us-wa-other, which is no rule'
    ],
    ['an id used twice', { place: PLACE.replace('us-wa-example', 'example-police-2024') }, 'its id is taken'],
    [
      'a company listed twice',
      { company: COMPANY + COMPANY.replace('police-2024', 'police-2025') },
      'Example Vision is listed twice'
    ],
    ['broken YAML', { place: '- place: [' }, 'places/b.yaml cannot be read as YAML'],
    [
      'a missing gathering day',
      { about: ABOUT.replace('gathered: 2026-11-23\n', '') },
      'about.yaml, the file, gathered:'
    ]
  ])('%s', (_, files, words) => {
    expect(faultsOf(files).join('\n')).toContain(words)
  })

  test('all of them at once', () => {
    const faults = faultsOf({
      company: COMPANY.replace('paused', 'resting'),
      place: PLACE.replace('limits', 'hinders')
    })
    expect(faults).toHaveLength(2)
  })

  test('a folder that is not there', () => {
    expect(() => loadLedger(join(tmpdir(), 'no-such-ledger'))).toThrow(LedgerError)
  })
})
