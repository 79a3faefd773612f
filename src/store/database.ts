import pg from 'pg'
import type { Logger } from '../log.js'
import { codeOf, StoreError } from './errors.js'
import { storable } from './text.js'

/** Runs one statement and gives its rows; column aliases in SQL make them the contract's objects. */
export type Query = <Row = Record<string, unknown>>(sql: string, params?: readonly unknown[]) => Promise<Row[]>

/**
 * One way to PostgreSQL and PGlite. What both can do, and nothing more: short transactions, single statements; no
 * LISTEN, no session locks, no named statements, no SET; never a second connection inside a transaction (PGlite would
 * wait for itself).
 */
export interface Database {
  query: Query
  /**
   * Runs `work` in one transaction, READ COMMITTED: committed when it returns, rolled back when it throws. Run again
   * when the server chose it as the victim of a deadlock, so `work` must have no effect outside.
   */
  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

const INT8 = 20
const INT8_ARRAY = 1016
/** Deadlock, serialization failure: the server undid the transaction and asks to repeat it. */
const REPEATABLE = new Set(['40P01', '40001'])
const MOST_TRIES = 5
/**
 * A process that is stopped in the middle (a machine that sleeps, a network that is gone) holds locks which all others
 * wait for: the server ends its transaction before its claims run out.
 */
const BEGIN = `begin isolation level read committed; set local idle_in_transaction_session_timeout = '20s'`

/** Identities stay far below 2^53, so they are numbers here; times are `Date`s as pg makes them. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8) return Number
    const parser = pg.types.getTypeParser(oid, format as 'text')
    return oid === INT8_ARRAY ? (value: string) => (parser(value) as unknown as string[]).map(Number) : parser
  }
} as pg.CustomTypesConfig

/** Opens a pool; connects with the first statement. */
export function openDatabase(config: pg.PoolConfig, logger: Logger): Database {
  const pool = new pg.Pool({
    application_name: 'facelaw',
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
    ...config,
    types
  })
  // An idle connection that the server closes (restart, 57P01) would otherwise end the process.
  pool.on('error', (error) =>
    logger.warn({ err: error }, 'a database connection was lost; the next statement opens another')
  )

  async function transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    for (let tries = 1; ; tries++) {
      try {
        return await once(pool, work)
      } catch (error) {
        if (!REPEATABLE.has(codeOf(error)) || tries === MOST_TRIES) throw error
      }
    }
  }

  let closing: Promise<void> | undefined
  return {
    query: queryOn(pool),
    transaction,
    close: () => (closing ??= pool.end())
  }
}

async function once<Result>(pool: pg.Pool, work: (query: Query) => Promise<Result>): Promise<Result> {
  const client = await pool.connect()
  let broken: Error | undefined
  // Lost while in our hands: the pool no longer listens for its errors.
  const onError = (error: Error) => {
    broken = error
  }
  client.on('error', onError)
  try {
    await client.query(BEGIN)
    const result = await work(queryOn(client))
    await client.query('commit')
    return result
  } catch (error) {
    // Releasing a client does not roll back; the next user of it would see what this one left behind.
    await client.query('rollback').catch((failure) => {
      broken = failure
    })
    throw error
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}

function queryOn(target: pg.Pool | pg.PoolClient): Query {
  return async (sql, params) => {
    // Without parameters pg uses the simple protocol, which takes a whole script (migrations).
    const result = params ? await target.query(sql, params.map(parameter)) : await target.query(sql)
    return result.rows
  }
}

function parameter(value: unknown): unknown {
  if (typeof value === 'string') return storable(value)
  if (Array.isArray(value)) return value.map(parameter)
  if (value instanceof Date && Number.isNaN(value.getTime())) throw new StoreError('An invalid date was to be stored.')
  return value
}
