import { describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { exportLedger, exportRows, type LedgerExport } from '../../src/ledger/export.js'
import { loadLedger } from '../../src/ledger/record/load.js'
import { ledgerOf, position } from './made-ledger.js'

const ledger = loadLedger()
const now = '2026-11-23'

function rowOf(id: string, asOf: string) {
  return exportRows(ledger, { asOf, now, knownBy: asOf }).find((row) => row.id === id)
}

describe('an export', () => {
  test('comes back from CSV and from JSON as it went out', () => {
    const rows = exportRows(ledger, { asOf: now, now, knownBy: now })
    expect(parse(exportLedger(ledger, { format: 'csv', now }), { columns: true })).toEqual(rows)
    const document = JSON.parse(exportLedger(ledger, { format: 'json', now })) as LedgerExport
    expect(document.rows).toEqual(rows)
    expect(document).toMatchObject({ asOf: now, gathered: '2026-11-23' })
  })

  test('holds every record, under its own id, with sources and licence', () => {
    const rows = exportRows(ledger, { asOf: now, now, knownBy: now })
    expect(rows).toHaveLength(ledger.positions.length + ledger.rules.length + ledger.events.length)
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length)
    for (const row of rows) expect([row.id, row.sources !== '' || row.doubts.includes('fact')]).toEqual([row.id, true])
    for (const row of rows) expect(row.licence).toContain('MIT')
  })

  test('shows a record as it stood on the day', () => {
    expect(rowOf('amazon-police-2020', '2020-12-01')).toMatchObject({
      state: 'paused',
      standing: 'current',
      end: '2021-06-10'
    })
    expect(rowOf('amazon-police-2020', now)).toMatchObject({ standing: 'past' })
    expect(rowOf('axon-police-2025', now)).toMatchObject({ standing: 'lapsed', certain: 'no' })
    expect(rowOf('us-wa-sb-6280', '2020-06-01')).toMatchObject({ standing: 'passed' })
    expect(rowOf('us-wa-sb-6280', now)).toMatchObject({ standing: 'in-force', date: '2021-07-01' })
    expect(rowOf('clearview-illinois-2022', '2022-05-10')).toMatchObject({ standing: 'current' })
    expect(rowOf('clearview-illinois-2022', now)).toMatchObject({ standing: 'corrected', certain: 'no' })
    expect(rowOf('hikvision-us-goods-2019', '2019-10-08')).toMatchObject({ standing: 'ahead' })
  })

  test('leaves out what was not known on the day', () => {
    expect(rowOf('amazon-police-2021', '2021-05-17')).toBeUndefined()
    expect(rowOf('amazon-police-2021', '2021-05-18')).toBeDefined()
  })

  test('hands a spreadsheet no formula', () => {
    const made = ledgerOf({ positions: [position({ id: 'p', since: '2024-01-01', summary: '=HYPERLINK("x")' })] })
    const [row] = parse(exportLedger(made, { format: 'csv', now }), { columns: true }) as { text: string }[]
    expect(row?.text).toBe('\'=HYPERLINK("x")')
  })

  test.each(['2026-13-01', '2026', '2026-02-30', 'yesterday'])('refuses %s as a day', (asOf) => {
    expect(() => exportLedger(ledger, { format: 'json', asOf })).toThrow('is no day')
  })
})
