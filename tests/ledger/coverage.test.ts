import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { loadLedger } from '../../src/ledger/record/load.js'
import { companiesFile, placesFile } from '../../src/ledger/record/schema.js'
import { packageRoot } from '../../src/package-root.js'

/** The researchers' table of facts, which lies beside the project on some machines only. */
const FACTS = join(packageRoot, '..', 'shared', 'research', 'facts.md')

const testWithFacts = existsSync(FACTS) ? test : test.skip

testWithFacts('every row of the table of facts has a record with one of its sources (skipped: no ../shared)', () => {
  const ledger = loadLedger()
  const sources = new Set([...ledger.positions, ...ledger.rules, ...ledger.events].flatMap((record) => record.sources))
  const rows = readFileSync(FACTS, 'utf8')
    .split('\n')
    .filter((line) => /^\| \d{4}/.test(line))
  const missing = rows.filter(
    (row) => !(row.match(/https?:\/\/[^\s|;]+/g) ?? []).some((address) => sources.has(address))
  )
  expect(rows.length).toBeGreaterThan(100)
  expect(missing).toEqual([])
})

test('the examples of the README are what the schema takes', () => {
  const text = readFileSync(join(packageRoot, 'ledger', 'README.md'), 'utf8')
  const [company, place] = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => parse(match[1]!))
  expect(companiesFile.safeParse(company).error).toBeUndefined()
  expect(placesFile.safeParse(place).error).toBeUndefined()
})
