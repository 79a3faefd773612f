import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { KILL_POINTS, LEASES } from '../../chaos/preload.js'
import { packageRoot } from '../../src/package-root.js'

const store = join(packageRoot, 'src', 'store')
const statements = readdirSync(store, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(store, name), 'utf8'))

// A statement that was reworded would be met no more, and the machine would kill nobody there without a word.
describe('the statements that the fault machine waits for stand in the store', () => {
  test.each(Object.entries(KILL_POINTS))('%s', (_, statement) => {
    expect(statements.some((source) => statement.test(source))).toBe(true)
  })

  test.each(LEASES.map(([statement, lease]) => [String(statement), statement, lease] as const))(
    'the lease in %s',
    (_, statement, lease) => {
      const found = statements.find((source) => statement.test(source))
      expect(found).toContain(lease)
    }
  )
})
