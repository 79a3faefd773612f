import type { Database } from './database.js'

/** What people asked, so that a request which the platform tells again, to whichever process, is not run again. */
export interface RequestTable {
  /** False when this request came before, within the last 15 minutes. */
  first(key: string, now: Date): Promise<boolean>
}

/** Slack's retries end after about six minutes; a trigger is good for far less. */
const KEPT_MINUTES = 15

export function requestTable({ query }: Database): RequestTable {
  return {
    async first(key, now) {
      const added = await query(
        `with old as (
           delete from request_seen where at < $2::timestamptz - interval '${KEPT_MINUTES} minutes' and key <> $1
         )
         insert into request_seen as r (key, at) values ($1, $2)
         on conflict (key) do update set at = $2 where r.at < $2::timestamptz - interval '${KEPT_MINUTES} minutes'
         returning key`,
        [key, now]
      )
      return added.length > 0
    }
  }
}
