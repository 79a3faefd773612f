import pg from 'pg'
import type { Query } from './database.js'
import { type Address, StoreError } from './errors.js'

/** Connections of one process. */
export const POOL_SIZE = 10
const OLDEST_SERVER = 13

/** Where a DATABASE_URL leads, for messages: without its password. */
export function addressOf(databaseUrl: string): Address {
  try {
    const { host, port, database, user } = new pg.Client({ connectionString: databaseUrl })
    return { host, port, database: database ?? user ?? '', user: user ?? '' }
  } catch {
    throw new StoreError(
      'DATABASE_URL is not the address of a PostgreSQL database. It looks like postgresql://user:password@host:5432/facelaw; ' +
        'write special characters of the password in percent code.'
    )
  }
}

/** Refuses a server that cannot hold our data. */
export async function checkServer(query: Query, { database }: Address): Promise<void> {
  const [server] = await query<{ version: string; number: number; encoding: string }>(`
    select current_setting('server_version') as version,
      current_setting('server_version_num')::int as number,
      current_setting('server_encoding') as encoding`)
  if (server!.number < OLDEST_SERVER * 10_000)
    throw new StoreError(
      `The server is PostgreSQL ${server!.version}; Facelaw needs ${OLDEST_SERVER} or newer. Use a newer server, or unset DATABASE_URL.`
    )
  if (server!.encoding !== 'UTF8')
    throw new StoreError(
      `The database "${database}" stores text as ${server!.encoding}, which cannot hold every language. ` +
        `Create it with encoding UTF8: createdb --encoding UTF8 --template template0 ${database}.`
    )
}
