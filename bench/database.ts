import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { createLogger } from '../src/log.js'
import { openStore } from '../src/store/open.js'
import type { Store } from '../src/store/store.js'
import { postgresBinaries, runSql, startPostgres } from '../tests/fakes/postgres-server.js'

/** A real PostgreSQL server with an empty store, for one bench. */
export interface BenchDatabase {
  url: string
  store: Store
  /** Looks into the tables, and fills them faster than the store would. */
  sql<Row = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<Row[]>
  /** Processor time, in milliseconds, that the server spends on all others' connections to it meanwhile; Linux only. */
  serverTime(work: () => Promise<unknown>): Promise<number>
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
export function withPostgres(work: (database: BenchDatabase) => Promise<void>): Promise<void> {
  return withDatabases(1, ([database]) => work(database!))
}

/** The same with several stores on one server. */
export async function withDatabases(
  count: number,
  work: (databases: readonly BenchDatabase[]) => Promise<void>
): Promise<void> {
  const binaries = await postgresBinaries()
  if (!binaries) throw new Error(`npm has no PostgreSQL for ${process.platform}-${process.arch}: this bench needs one`)
  const server = await startPostgres(binaries)
  const opened: OpenDatabase[] = []
  try {
    for (let number = 0; number < count; number++) {
      await runSql(server.url('postgres'), `create database bench_${number}`)
      opened.push(await open(server.url(`bench_${number}`)))
    }
    await work(opened)
  } finally {
    for (const database of opened) await database.close()
    await server.stop()
  }
}

interface OpenDatabase extends BenchDatabase {
  close(): Promise<void>
}

async function open(url: string): Promise<OpenDatabase> {
  const store = await openStore({ databaseUrl: url, dataDir: '/nowhere', logger: silent })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const sql: BenchDatabase['sql'] = async (text, params) => (await client.query(text, params && [...params])).rows
  return {
    url,
    store,
    sql,
    async serverTime(work) {
      const before = await processorTimes(sql)
      await work()
      const after = await processorTimes(sql)
      return [...after].reduce((sum, [pid, time]) => sum + time - (before.get(pid) ?? 0), 0)
    },
    async close() {
      await client.end()
      await store.close()
    }
  }
}

/** Milliseconds that each other connection to this database has kept a processor busy (`sched-stats.txt` of Linux). */
async function processorTimes(sql: BenchDatabase['sql']): Promise<Map<number, number>> {
  const connections = await sql<{ pid: number }>(
    `select pid from pg_stat_activity
     where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`
  )
  const times = connections.map(async ({ pid }): Promise<[number, number]> => {
    const text = await readFile(`/proc/${pid}/schedstat`, 'utf8')
    return [pid, Number(text.split(' ')[0]) / 1e6]
  })
  return new Map(await Promise.all(times))
}
