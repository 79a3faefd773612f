import { REQUEST_SECONDS } from '../renewal.js'
import type { Query } from './database.js'

/**
 * Frees what a process that was killed had in hand. Only for a store that nobody else can be using: then every claim is
 * a dead one's. Deliveries stay marked as somebody's, so that their next claim knows that they may have arrived, and wait
 * until a request that was under way at its death can be no more.
 */
export async function freeClaims(query: Query): Promise<void> {
  await query('update feed set claimed_by = null, claimed_until = null where claimed_until is not null')
  await query(
    `update channel set line_ready_at = least(line_ready_at, now() + make_interval(secs => $1))
     where line_owner is not null`,
    [REQUEST_SECONDS]
  )
  await query('delete from process')
  await query('delete from shard_claimant')
  await query('update shard set owner = null, leased_until = null where owner is not null')
}
