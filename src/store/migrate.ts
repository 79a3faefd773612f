import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '../log.js'
import { packageRoot } from '../package-root.js'
import type { Database, Query } from './database.js'
import { messageOf, StoreError } from './errors.js'

/** One numbered file of `migrations/`; migrations/README.md has the rules. */
export interface Migration {
  number: number
  name: string
  sql: string
  /** SHA-256 of the text with Unix line ends, in hex. */
  checksum: string
  /** Says of itself that older programs cannot work with what it makes. */
  breaking: boolean
}

interface Applied {
  number: number
  name: string
  checksum: string
  breaking: boolean
}

const FILE_NAME = /^(\d{4})_([\w-]+)\.sql$/
const BREAKING = /^-- breaks older programs\s*$/m
/** Number of the advisory lock that keeps two starting processes from migrating at once: "face" in ASCII. */
const MIGRATION_LOCK = 0x66616365

/** Reads the numbered files of a folder, in order. */
export async function readMigrations(folder = join(packageRoot, 'migrations')): Promise<Migration[]> {
  const migrations: Migration[] = []
  for (const file of (await readdir(folder)).sort()) {
    const parts = FILE_NAME.exec(file)
    if (!parts) continue
    const sql = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n')
    const checksum = createHash('sha256').update(sql).digest('hex')
    migrations.push({ number: Number(parts[1]), name: parts[2]!, sql, checksum, breaking: BREAKING.test(sql) })
  }
  return migrations
}

/**
 * Brings the store to this program's version: applies what is missing, in order, each in its own transaction, so that
 * one that fails leaves the store as it was. Refuses a store that a newer program changed beyond our understanding.
 * Several processes may do this at once.
 */
export async function migrate(database: Database, migrations: readonly Migration[], logger: Logger): Promise<void> {
  const applied = await database.transaction(prepare)
  check(applied, migrations, logger)
  for (const migration of migrations.slice(applied.length)) {
    try {
      const done = await database.transaction((query) => apply(query, migration))
      if (done)
        logger.info(
          { migration: migration.number },
          `the store was brought to version ${migration.number} (${migration.name})`
        )
    } catch (error) {
      throw new StoreError(
        `Migration ${migration.number} (${migration.name}) failed: ${messageOf(error)}. ` +
          'The store is as it was before. Mend the cause and start again; if there is none to see, report this as a bug.',
        { cause: error }
      )
    }
  }
}

/** The number of the newest migration that the store has. */
export async function storeVersion(query: Query): Promise<number> {
  const [row] = await query<{ number: number | null }>('select max(number) as number from migration')
  return row?.number ?? 0
}

async function prepare(query: Query): Promise<Applied[]> {
  await query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
  const [there] = await query<{ exists: boolean }>(`select to_regclass('migration') is not null as exists`)
  if (!there?.exists) {
    await query(`
      create table migration (
        number     integer     primary key,
        name       text        not null,
        checksum   text        not null,
        breaking   boolean     not null,
        applied_at timestamptz not null default now()
      )`)
    await query(`comment on table migration is 'The numbered SQL files that made this store.'`)
  }
  return await query<Applied>('select number, name, checksum, breaking from migration order by number')
}

function check(applied: readonly Applied[], migrations: readonly Migration[], logger: Logger): void {
  for (const [position, known] of migrations.slice(0, applied.length).entries()) {
    const stored = applied[position]!
    if (stored.number === known.number && stored.checksum === known.checksum) continue
    throw new StoreError(
      `Migration ${stored.number} (${stored.name}) of the store is not the one of this program (${known.number}, ${known.name}): ` +
        'a migration was edited after it had been applied. Restore migrations/ as it was released.'
    )
  }
  const newer = applied.slice(migrations.length)
  const breaking = newer.find((one) => one.breaking)
  if (breaking)
    throw new StoreError(
      `A newer Facelaw changed this store (migration ${breaking.number}, ${breaking.name}) in a way that this version cannot work with. ` +
        'Update Facelaw, or go back to a backup of the store made before that.'
    )
  if (newer.length > 0)
    logger.warn(
      { newest: newer.at(-1)!.number },
      'a newer Facelaw added to this store; this version goes on working with it'
    )
}

async function apply(query: Query, migration: Migration): Promise<boolean> {
  await query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
  const [done] = await query('select from migration where number = $1', [migration.number])
  if (done) return false
  await query(migration.sql)
  await query('insert into migration (number, name, checksum, breaking) values ($1, $2, $3, $4)', [
    migration.number,
    migration.name,
    migration.checksum,
    migration.breaking
  ])
  return true
}
