import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type PostgresServer, postgresBinaries, startPostgres } from '../tests/fakes/postgres-server.js'
import { type DatabaseProxy, startProxy } from './proxy.js'
import type { Stored } from './verdict.js'

export type Engine = 'postgresql' | 'pglite'

/** The database of a world: where its processes find it, and a way to look into it beside them. */
export interface ChaosDatabase {
  /** Settings of the processes. */
  env: Record<string, string>
  /** Null where the database lives and dies with its process. */
  server: PostgresServer | null
  /** What lies between the processes and the server. */
  proxy: DatabaseProxy | null
  query<Row>(sql: string): Promise<Row[]>
  close(): Promise<void>
}

const SOCKET_PREFIX = '.s.PGSQL.'

export async function openDatabase(engine: Engine): Promise<ChaosDatabase> {
  return engine === 'pglite' ? openPglite() : openPostgres()
}

/** What the judge needs of it. */
export async function readStored(database: ChaosDatabase): Promise<Stored> {
  return {
    articles: await database.query('select link, story_id::int as "storyId", quiet from article order by id'),
    deliveries: await database.query(
      `select d.id::int as id, c.external_id as channel, d.story_id::int as "storyId", d.state
       from delivery d join channel c on c.id = d.channel_id where d.kind = 'alert' order by d.id`
    )
  }
}

/**
 * How many messages are still to be sent: of articles that were published and not stored, one to each channel, and those
 * owed to channels that are well.
 */
export async function countBacklog(database: ChaosDatabase, published: number, channels: number): Promise<number> {
  const [row] = await database.query<{ stored: number; owed: number }>(
    `select (select count(*)::int from article) as stored,
            (select count(*)::int from delivery d join channel c on c.id = d.channel_id
              where d.state = 'owed' and c.paused_reason is null) as owed`
  )
  return Math.max(0, published - row!.stored) * channels + row!.owed
}

async function openPostgres(): Promise<ChaosDatabase> {
  const binaries = await postgresBinaries()
  if (!binaries)
    throw new Error(`npm has no PostgreSQL for ${process.platform}-${process.arch}; run with --engine pglite`)
  const server = await startPostgres(binaries)
  const proxy = await startProxy(server.port)
  const direct = server.url('postgres')
  return {
    env: { DATABASE_URL: direct.replace(`:${server.port}/`, `:${proxy.port}/`) },
    server,
    proxy,
    query: (sql) => queryOnce({ connectionString: direct }, sql),
    async close() {
      await proxy.close()
      await server.stop()
    }
  }
}

async function openPglite(): Promise<ChaosDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'facelaw-chaos-'))
  return {
    env: { FACELAW_DATA_DIR: dataDir },
    server: null,
    proxy: null,
    async query(sql) {
      // Its process serves it on a socket that has a new number after every start.
      const numbers = (await readdir(dataDir)).filter((name) => name.startsWith(SOCKET_PREFIX))
      const port = Math.max(...numbers.map((name) => Number(name.slice(SOCKET_PREFIX.length))))
      return await queryOnce({ host: dataDir, port, user: 'postgres', database: 'postgres' }, sql)
    },
    close: () => rm(dataDir, { recursive: true, force: true })
  }
}

async function queryOnce<Row>(config: pg.ClientConfig, sql: string): Promise<Row[]> {
  // Its process may be stopped, or die, in the middle of an answer.
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 5000, query_timeout: 10_000 })
  // A server that is killed meanwhile rejects the query; the event says it a second time.
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query(sql)).rows as Row[]
  } finally {
    // Not waited for: a side that is stopped does not say goodbye.
    client.end().catch(() => {})
  }
}
