import type { PlatformName } from '../model/subscription.js'
import type { Database } from './database.js'

/** A paused channel whose owner does not know yet. */
export interface OrphanedChannel {
  platform: PlatformName
  /** The platform's own id. */
  workspaceExternalId: string
  channel: string
  reason: string
  /** The platform's id of the person who made the channel's newest subscription. */
  personId: string
}

/** Who is to be told that a channel was paused. */
export interface OwnerTable {
  /** Takes what is to be told, as told from now on: a message to its owner is sent once or never. At most `limit`. */
  takeUntold(platforms: readonly PlatformName[], now: Date, limit: number): Promise<OrphanedChannel[]>
}

/** A pause that is over soon is nobody's concern. */
const PAUSED_SECONDS = 60
/** A channel that is paused again and again is told so rarely. */
const AGAIN_DAYS = 30

export function ownerTable({ query }: Database): OwnerTable {
  return {
    takeUntold: (platforms, now, limit) =>
      query(
        `with untold as (
           select c.id, s.created_by from channel c, lateral (
             select created_by from subscription
             where channel_id = c.id and ended_at is null order by id desc limit 1
           ) s
           where c.paused_reason is not null and c.platform = any ($1)
             and c.paused_at <= $2::timestamptz - interval '${PAUSED_SECONDS} seconds'
             and (c.owner_told_at is null or c.owner_told_at < $2::timestamptz - interval '${AGAIN_DAYS} days')
           order by c.paused_at
           limit $3
           for no key update of c skip locked
         )
         update channel c set owner_told_at = $2
         from untold, workspace w
         where c.id = untold.id and w.id = c.workspace_id
         returning c.platform, w.external_id as "workspaceExternalId", c.name as channel, c.paused_reason as reason,
           untold.created_by as "personId"`,
        [platforms, now, limit]
      )
  }
}
