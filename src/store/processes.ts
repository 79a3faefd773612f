import type { ConnectionState } from '../chat/platform.js'
import type { PlatformName } from '../model/subscription.js'
import type { Database } from './database.js'
import { json } from './text.js'

/** How often a process says that it lives. */
export const BEAT_SECONDS = 5
/** A process that was not seen for so long is dead. */
const DEAD_SECONDS = 30

/** A process at work on this store. */
export interface RunningProcess {
  /** Its name in claims. */
  id: string
  host: string
  roles: string[]
  version: string
  startedAt: Date
  /** How it is connected to each platform it serves. */
  connections: Partial<Record<PlatformName, ConnectionState>>
}

export interface ProcessTable {
  /** Says that a process lives, and forgets the dead. Returns all that live, oldest first, this one among them. */
  beat(process: RunningProcess, now: Date): Promise<RunningProcess[]>
  /** All that live, oldest first. */
  alive(now: Date): Promise<RunningProcess[]>
  /** It ends by its own will. */
  leave(id: string): Promise<void>
}

const ALIVE = `
  select id, host, roles, version, started_at as "startedAt", connections from process
  where seen_at > $1::timestamptz - interval '${DEAD_SECONDS} seconds' order by started_at, id`

export function processTable({ query }: Database): ProcessTable {
  return {
    async beat({ id, host, roles, version, startedAt, connections }, now) {
      await query(
        `insert into process (id, host, roles, version, started_at, seen_at, connections) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (id) do update set seen_at = excluded.seen_at, connections = excluded.connections`,
        [id, host, roles, version, startedAt, now, json(connections)]
      )
      await query(`delete from process where seen_at <= $1::timestamptz - interval '${DEAD_SECONDS} seconds'`, [now])
      return await query<RunningProcess>(ALIVE, [now])
    },

    alive: (now) => query<RunningProcess>(ALIVE, [now]),

    async leave(id) {
      await query('delete from process where id = $1', [id])
    }
  }
}
