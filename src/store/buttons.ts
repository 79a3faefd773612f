import { createHash } from 'node:crypto'
import type { Database } from './database.js'

/** What stands behind a button whose argument is longer than a platform takes. */
export interface ButtonTable {
  /** A short key for this payload (the same payload gives the same key). */
  keep(payload: string, now: Date): Promise<string>
  /** null when it is unknown or older than 90 days; by the system's clock when no `now` is given. */
  read(key: string, now?: Date): Promise<string | null>
}

/** How long a button goes on working. */
const KEPT_DAYS = 90
/** 96 bits: short enough for every platform, too many to guess. */
const KEY_LENGTH = 16

export function buttonTable({ query }: Database): ButtonTable {
  return {
    async keep(payload, now) {
      const key = createHash('sha256').update(payload).digest('base64url').slice(0, KEY_LENGTH)
      await query(
        `with expired as (
           delete from button where kept_at < $3::timestamptz - interval '${KEPT_DAYS} days' and key <> $1
         )
         insert into button as b (key, payload, kept_at) values ($1, $2, $3)
         on conflict (key) do update set kept_at = greatest(b.kept_at, excluded.kept_at)`,
        [key, payload, now]
      )
      return key
    },

    async read(key, now = new Date()) {
      const [button] = await query<{ payload: string }>(
        `select payload from button where key = $1 and kept_at >= $2::timestamptz - interval '${KEPT_DAYS} days'`,
        [key, now]
      )
      return button?.payload ?? null
    }
  }
}
