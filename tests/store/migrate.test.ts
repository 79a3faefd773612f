import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { expect, test } from '@jest/globals'
import { pino } from 'pino'
import { openDatabase } from '../../src/store/database.js'
import { type Migration, migrate, readMigrations, storeVersion } from '../../src/store/migrate.js'
import { eachDatabase, quietLogger } from '../fakes/databases.js'

function migration(number: number, sql: string, breaking = false): Migration {
  return { number, name: `step-${number}`, sql, checksum: `sum of ${sql}`, breaking }
}

test('the numbered files are read in order, whatever their line ends; a breaking one says so', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'facelaw-'))
  await writeFile(join(folder, '0002_second.sql'), '-- breaks older programs\r\nselect 2;\r\n')
  await writeFile(join(folder, '0001_first.sql'), 'select 1;\n')
  await writeFile(join(folder, 'README.md'), '')
  const read = await readMigrations(folder)
  expect(read).toMatchObject([
    { number: 1, name: 'first', breaking: false },
    { number: 2, name: 'second', breaking: true, sql: '-- breaks older programs\nselect 2;\n' }
  ])
  await writeFile(join(folder, '0002_second.sql'), '-- breaks older programs\nselect 2;\n')
  expect((await readMigrations(folder))[1]!.checksum).toBe(read[1]!.checksum)
  await rm(folder, { recursive: true })
})

test('our own migrations are numbered without a gap', async () => {
  const numbers = (await readMigrations()).map((one) => one.number)
  expect(numbers).toEqual(numbers.map((_, i) => i + 1))
})

eachDatabase('migrations', (database) => {
  /** A schema of its own, so that the real tables stay as they are. */
  async function onSchema(name: string, work: (db: ReturnType<typeof openDatabase>) => Promise<void>): Promise<void> {
    await database.sql(`create schema ${name}`)
    // PGlite has one session: its search_path is every connection's, so it is put back.
    const real = openDatabase(database.connection(), quietLogger)
    try {
      await work({
        ...real,
        transaction: (inside) =>
          real.transaction(async (query) => {
            await query(`set local search_path to ${name}`)
            return await inside(query)
          })
      })
    } finally {
      await real.close()
      await database.sql(`drop schema ${name} cascade`)
    }
  }
  const numbers = (db: ReturnType<typeof openDatabase>) =>
    db.transaction((query) => query<{ number: number }>('select number from migration order by number'))

  test('what is missing is applied in order, once', async () => {
    await onSchema('steps', async (db) => {
      const steps = [
        migration(1, 'create table a (x int); insert into a values (1)'),
        migration(2, 'insert into a values (2)')
      ]
      await migrate(db, steps.slice(0, 1), quietLogger)
      await migrate(db, steps, quietLogger)
      await migrate(db, steps, quietLogger)
      expect(await db.transaction((query) => query('select x from a order by x'))).toEqual([{ x: 1 }, { x: 2 }])
      expect(await db.transaction(storeVersion)).toBe(2)
    })
  })

  test('one that fails leaves the store as it was, and says so', async () => {
    await onSchema('failing', async (db) => {
      const good = migration(1, 'create table a (x int)')
      const bad = migration(2, 'insert into a values (1); create table b (y int); select no_such_column from a')
      await expect(migrate(db, [good, bad], quietLogger)).rejects.toThrow(
        /Migration 2 \(step-2\) failed: .*no_such_column.*The store is as it was before/s
      )
      expect(await numbers(db)).toEqual([{ number: 1 }])
      expect(await db.transaction((query) => query('select x from a'))).toEqual([])
      expect(await db.transaction((query) => query(`select to_regclass('b') as b`))).toEqual([{ b: null }])
      await migrate(db, [good, migration(2, 'create table b (y int)')], quietLogger)
      expect(await numbers(db)).toEqual([{ number: 1 }, { number: 2 }])
    })
  })

  test('several processes at once apply each migration once', async () => {
    await onSchema('several', async (db) => {
      const steps = [1, 2, 3].map((n) => migration(n, `create table t${n} (x int)`))
      await Promise.all([1, 2, 3].map(() => migrate(db, steps, quietLogger)))
      expect(await numbers(db)).toHaveLength(3)
    })
  })

  test('an edited migration is refused', async () => {
    await onSchema('edited', async (db) => {
      await migrate(db, [migration(1, 'create table a (x int)')], quietLogger)
      await expect(migrate(db, [migration(1, 'create table a (y int)')], quietLogger)).rejects.toThrow(
        'was edited after it had been applied'
      )
    })
  })

  test('a newer store is worked with and warned of, unless a migration says that it cannot be', async () => {
    const warnings: string[] = []
    const logger = pino(
      { level: 'warn' },
      new Writable({ write: (line, _encoding, done) => done(void warnings.push(String(line))) })
    )
    await onSchema('newer', async (db) => {
      const [first, second] = [migration(1, 'create table a (x int)'), migration(2, 'alter table a add column y int')]
      await migrate(db, [first, second], quietLogger)
      await migrate(db, [first], logger)
      expect(warnings).toEqual([expect.stringContaining('a newer Facelaw added to this store')])
      await migrate(db, [first, second, migration(3, 'alter table a drop column x', true)], quietLogger)
      await expect(migrate(db, [first, second], quietLogger)).rejects.toThrow(
        'A newer Facelaw changed this store (migration 3, step-3) in a way that this version cannot work with'
      )
    })
  })
})
