import { randomBytes } from 'node:crypto'
import type { Database } from './database.js'

/** The keys in the addresses of workspaces' calendars: whoever has one reads that workspace's dates ahead. */
export interface CalendarTable {
  /** The workspace's key; made at the first call. */
  key(workspaceId: number): Promise<string>
  /** Another key; the one before opens nothing any more. */
  renew(workspaceId: number): Promise<string>
  /** Whose key it is; null: nobody's. */
  workspaceOf(key: string): Promise<number | null>
}

/** 192 bits: guessing is hopeless at any rate of requests. */
const KEY_BYTES = 24

export function calendarTable({ query }: Database): CalendarTable {
  const newKey = () => randomBytes(KEY_BYTES).toString('base64url')
  return {
    async key(workspaceId) {
      // Of two that ask at once both get the key that stays.
      await query('update workspace set calendar_key = $2 where id = $1 and calendar_key is null', [
        workspaceId,
        newKey()
      ])
      const [row] = await query<{ key: string }>('select calendar_key as key from workspace where id = $1', [
        workspaceId
      ])
      return row!.key
    },

    async renew(workspaceId) {
      const key = newKey()
      await query('update workspace set calendar_key = $2 where id = $1', [workspaceId, key])
      return key
    },

    async workspaceOf(key) {
      const [row] = await query<{ id: number }>('select id from workspace where calendar_key = $1', [key])
      return row?.id ?? null
    }
  }
}
