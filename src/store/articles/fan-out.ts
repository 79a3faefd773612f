import type { LateReason } from '../../model/delivery.js'
import type { Story } from '../../model/story.js'
import type { Filter } from '../../model/subscription.js'
import type { Database, Query } from '../database.js'
import { anchorsOf, tagKeys } from '../keys.js'
import { alertOf } from '../outbox/deliveries.js'
import { owe } from '../outbox/line.js'
import { json } from '../text.js'
import type { MatchFilter } from './articles.js'

export interface FanOutOptions {
  now: Date
  matches: MatchFilter
  late?: LateReason | null
  /** Channels owed in this transaction; the rest is kept for `finishFanOuts`. All without it. */
  atOnce?: number
}

/** How many channels are owed by now, and how many are left for `finishFanOuts`. */
export interface FannedOut {
  owed: number
  left: number
}

/**
 * Owes a story to every channel that asked for it before it began and was not told yet. SQL narrows the subscriptions
 * down by their keys, `matches` decides, once for all that have the same filter.
 *
 * A feed that a workspace added for itself speaks to that workspace alone: else anybody could write into everybody's
 * channels.
 */
export async function oweAlerts(
  query: Query,
  story: Story,
  { now, matches, late = null, atOnce = Number.POSITIVE_INFINITY }: FanOutOptions
): Promise<FannedOut> {
  const alert = alertOf(story.id)
  const asked = await query<{ filter: Filter; channelIds: number[] }>(
    `select s.filter, array_agg(s.channel_id) as "channelIds"
     from subscription s join channel c on c.id = s.channel_id
     where s.ended_at is null and s.mode <> 'digest' and s.mode <> 'changes'
       and s.anchors && $1::text[]
       and (s.jurisdictions = '{}' or s.jurisdictions && $2::text[])
       and (s.kinds = '{}' or $3 = any (s.kinds))
       and s.created_at <= $4
       and not exists (select from delivery d where d.channel_id = c.id and d.story_id = $5 and d.subject = $6)
       and not exists (select from story_silence q where q.story_id = $5 and q.workspace_id = c.workspace_id)
       and ((select public from story where id = $5) or c.workspace_id in (
         select w.workspace_id from workspace_feed w join article a on a.feed_id = w.feed_id where a.story_id = $5))
     group by s.filter`,
    [anchorsOf(story), tagKeys(story), story.kind, story.firstSeenAt, story.id, alert.subject]
  )
  const matching = asked.filter(({ filter }) => matches(filter, story)).flatMap(({ channelIds }) => channelIds)
  const channels = [...new Set(matching)]
  const later = channels.slice(atOnce)
  const reason = late && json(late)
  if (later.length > 0)
    await query('insert into fan_out (story_id, channel_ids, late, created_at) values ($1, $2, $3, $4)', [
      story.id,
      later,
      reason,
      now
    ])
  const owed = await owe(query, channels.slice(0, atOnce), { ...alert, late: reason }, now)
  return { owed, left: later.length }
}

interface Piece {
  id: number
  storyId: number
  channelIds: number[]
  last: boolean
  late: LateReason | null
  createdAt: Date
}

/** Owes what `oweAlerts` left, so many channels a transaction, oldest first. Returns to how many channels. */
export async function finishFanOuts({ transaction }: Database, atOnce: number): Promise<number> {
  let owed = 0
  for (;;) {
    const piece = await transaction((query) => owePiece(query, atOnce))
    if (piece === null) return owed
    owed += piece
  }
}

/** Null: nothing is left. */
async function owePiece(query: Query, atOnce: number): Promise<number | null> {
  const [piece] = await query<Piece>(
    `select id, story_id as "storyId", channel_ids[done + 1:done + $1::int] as "channelIds",
       done + $1::int >= cardinality(channel_ids) as last, late, created_at as "createdAt"
     from fan_out order by id limit 1 for update`,
    [atOnce]
  )
  if (!piece) return null
  const { id, storyId, channelIds, last, late, createdAt } = piece
  if (last) await query('delete from fan_out where id = $1', [id])
  else await query('update fan_out set done = done + $2 where id = $1', [id, channelIds.length])
  return await owe(query, channelIds, { ...alertOf(storyId), late: late && json(late) }, createdAt)
}
