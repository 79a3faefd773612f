import type { LateReason } from '../../model/delivery.js'
import type { Story } from '../../model/story.js'
import type { Filter } from '../../model/subscription.js'
import type { Query } from '../database.js'
import { anchorsOf, tagKeys } from '../keys.js'
import { alertOf } from '../outbox/deliveries.js'
import { owe } from '../outbox/line.js'
import { json } from '../text.js'
import type { MatchFilter } from './articles.js'

/**
 * Owes a story to every channel that asked for it before it began. SQL narrows the subscriptions down by their keys,
 * `matches` decides, once for all that have the same filter.
 *
 * A feed that a workspace added for itself speaks to that workspace alone: else anybody could write into everybody's
 * channels.
 */
export async function oweAlerts(
  query: Query,
  story: Story,
  { now, matches, late = null }: { now: Date; matches: MatchFilter; late?: LateReason | null }
): Promise<number> {
  const asked = await query<{ filter: Filter; channelIds: number[] }>(
    `select s.filter, array_agg(s.channel_id) as "channelIds"
     from subscription s join channel c on c.id = s.channel_id
     where s.ended_at is null and s.mode <> 'digest' and s.mode <> 'changes'
       and s.anchors && $1::text[]
       and (s.jurisdictions = '{}' or s.jurisdictions && $2::text[])
       and (s.kinds = '{}' or $3 = any (s.kinds))
       and s.created_at <= $4
       and not exists (select from story_silence q where q.story_id = $5 and q.workspace_id = c.workspace_id)
       and ((select public from story where id = $5) or c.workspace_id in (
         select w.workspace_id from workspace_feed w join article a on a.feed_id = w.feed_id where a.story_id = $5))
     group by s.filter`,
    [anchorsOf(story), tagKeys(story), story.kind, story.firstSeenAt, story.id]
  )
  const channels = asked.filter(({ filter }) => matches(filter, story)).flatMap(({ channelIds }) => channelIds)
  return await owe(query, [...new Set(channels)], { ...alertOf(story.id), late: late && json(late) }, now)
}
