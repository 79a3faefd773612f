import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, test } from '@jest/globals'
import pg from 'pg'
import { createLogger } from '../../src/log.js'
import { openStore } from '../../src/store/open.js'
import type { Store } from '../../src/store/store.js'
import { copyEmptyPglite } from './pglite-template.js'
import { postgresBinaries, startPostgres } from './postgres-server.js'

/** The database of the running test: empty, migrated, thrown away after it. */
export interface TestDatabase {
  engine: 'pglite' | 'postgresql'
  /** Opens a store on it; a second one in the same test shares the database, as a second process would. */
  open(): Promise<Store>
  /** What a child process needs to open the same database (on PGlite with `share: true`). */
  location(): { databaseUrl?: string; dataDir: string }
  /** How `pg` reaches it. */
  connection(): pg.PoolConfig
  /** Looks into the tables. */
  sql<Row = Record<string, unknown>>(text: string, params?: unknown[]): Promise<Row[]>
}

/** What a test says when it says nothing else. */
export const quietLogger = createLogger('silent')

/**
 * Runs the tests on PGlite and on a real PostgreSQL from npm; skips the latter, and says so, where npm has none for this
 * machine. Each test finds a fresh database; its stores are closed after it.
 */
export function eachDatabase(name: string, tests: (database: TestDatabase) => void): void {
  describe(`${name} on PGlite`, () => onEngine('pglite', startPglite, tests))
  onPostgres(name, tests)
}

/** Only on PostgreSQL: what needs several connections at work at once. */
export function onPostgres(name: string, tests: (database: TestDatabase) => void): void {
  describe(`${name} on PostgreSQL`, () => {
    if (binaries) onEngine('postgresql', () => startServer(binaries), tests)
    else test.skip(`npm has no PostgreSQL for ${process.platform}-${process.arch}`, () => {})
  })
}

/** A database that serves all tests of a file; emptied between them. */
interface Engine {
  location: Location
  connection: pg.PoolConfig
  stop(): Promise<void>
}
type Location = ReturnType<TestDatabase['location']>

/** Deletes all rows and counts from 1 again; TRUNCATE makes new files for every index, which takes PGlite a second. */
const EMPTY = `
  do $$
  declare name text;
  begin
    set local session_replication_role = replica;
    for name in select quote_ident(tablename) from pg_tables where schemaname = 'public' and tablename <> 'migration' loop
      execute 'delete from ' || name;
    end loop;
    for name in select quote_ident(sequencename) from pg_sequences where schemaname = 'public' loop
      perform setval(name, 1, false);
    end loop;
  end $$`

const binaries = await postgresBinaries()

/** One of each for all blocks of a test file. */
const started = new Map<TestDatabase['engine'], Promise<Engine>>()
afterAll(async () => {
  for (const engine of started.values()) await (await engine).stop()
})

function onEngine(name: TestDatabase['engine'], start: () => Promise<Engine>, tests: (database: TestDatabase) => void) {
  let engine: Engine
  const opened: Store[] = []

  beforeAll(async () => {
    engine = await startOnce(name, start)
  })
  beforeEach(() => sql(engine, EMPTY))
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()))
  })

  tests({
    engine: name,
    location: () => engine.location,
    connection: () => engine.connection,
    async open() {
      const store = await openStore({ ...engine.location, share: true, logger: quietLogger })
      opened.push(store)
      return store
    },
    sql: (text, params) => sql(engine, text, params)
  })
}

function startOnce(name: TestDatabase['engine'], start: () => Promise<Engine>): Promise<Engine> {
  const engine = started.get(name) ?? start()
  started.set(name, engine)
  return engine
}

async function sql<Row>({ connection }: Engine, text: string, params?: unknown[]): Promise<Row[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query(text, params)).rows as Row[]
  } finally {
    await client.end()
  }
}

/** The data directory of this file's embedded database, emptied: for what opens a store on it by itself, to share it. */
export async function emptyDataDir(): Promise<string> {
  const engine = await startOnce('pglite', startPglite)
  await sql(engine, EMPTY)
  return engine.location.dataDir
}

async function startPglite(): Promise<Engine> {
  const dataDir = await mkdtemp(join(tmpdir(), 'facelaw-'))
  await copyEmptyPglite(dataDir)
  const keeper = await openStore({ dataDir, logger: quietLogger })
  const socket = (await readdir(dataDir)).find((name) => name.startsWith('.s.PGSQL.'))
  return {
    location: { dataDir },
    connection: { host: dataDir, port: Number(socket?.split('.').at(-1)), user: 'postgres', database: 'postgres' },
    async stop() {
      await keeper.close()
      await rm(dataDir, { recursive: true, force: true })
    }
  }
}

async function startServer(found: NonNullable<typeof binaries>): Promise<Engine> {
  const server = await startPostgres(found)
  const location = { databaseUrl: server.url('postgres'), dataDir: '/nowhere' }
  const keeper = await openStore({ ...location, logger: quietLogger })
  await keeper.close()
  return { location, connection: { connectionString: location.databaseUrl }, stop: server.stop }
}
