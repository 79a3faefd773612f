import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { createLogger } from '../src/log.js'
import { openStore } from '../src/store/open.js'
import type { Store } from '../src/store/store.js'
import { postgresBinaries, startPostgres } from '../tests/fakes/postgres-server.js'

/** A real PostgreSQL server with an empty store, for one bench. */
export interface BenchDatabase {
  url: string
  store: Store
  /** Looks into the tables, and fills them faster than the store would. */
  sql<Row = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<Row[]>
}

export const silent = createLogger('silent')

/** An empty store in the embedded database, for a bench that fills it and then hands the folder to a bot. */
export async function fillPglite(fill: (sql: BenchDatabase['sql']) => Promise<void>): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'facelaw-bench-'))
  const store = await openStore({ dataDir, logger: silent })
  const socket = (await readdir(dataDir)).find((name) => name.startsWith('.s.PGSQL.'))
  const client = new pg.Client({ host: dataDir, port: Number(socket?.split('.').at(-1)), user: 'postgres' })
  await client.connect()
  await fill(async (text, params) => (await client.query(text, params && [...params])).rows)
  await client.end()
  await store.close()
  return dataDir
}

/** Starts the server, does the work, throws the server away. */
export async function withPostgres(work: (database: BenchDatabase) => Promise<void>): Promise<void> {
  const binaries = await postgresBinaries()
  if (!binaries) throw new Error(`npm has no PostgreSQL for ${process.platform}-${process.arch}: this bench needs one`)
  const server = await startPostgres(binaries)
  const url = server.url('postgres')
  const store = await openStore({ databaseUrl: url, dataDir: '/nowhere', logger: silent })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work({ url, store, sql: async (text, params) => (await client.query(text, params && [...params])).rows })
  } finally {
    await client.end()
    await store.close()
    await server.stop()
  }
}
