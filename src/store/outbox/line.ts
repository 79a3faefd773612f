import type { MessageRef } from '../../chat/platform.js'
import type { HoldReason } from '../../model/delivery.js'
import type { Query } from '../database.js'
import { cut, json, LIMITS } from '../text.js'

/**
 * A channel's line: what is owed to it, oldest first, one at a time. Its state lies in the row of the channel:
 * `line_ready_at` (null when nothing is owed), and who is sending its head.
 *
 * Two rules keep the state true. Who owes something writes the delivery first and then the channel's row; who settles
 * something locks the channel's row first and only then looks what is left. So either sees what the other did.
 */

/** What is to be owed, the same to several channels. */
export interface Owed {
  subject: string
  kind: 'alert' | 'digest' | 'notice'
  storyId: number | null
  /** JSON of a `Message`, or null for an alert. */
  message: string | null
  /** JSON of a `LateReason`: a story that began to match when it was under way. */
  late?: string | null
}

/** Owes something to channels; those that were owed the same subject before are left alone. Returns how many are new. */
export async function owe(query: Query, channelIds: readonly number[], owed: Owed, now: Date): Promise<number> {
  if (channelIds.length === 0) return 0
  const owing = await query<{ channelId: number }>(
    `insert into delivery (channel_id, subject, kind, story_id, message, created_at, late)
     select id, $2, $3, $4, $5, $6, $7 from unnest($1::bigint[]) as asked (id) order by id
     on conflict (channel_id, subject) do nothing
     returning channel_id as "channelId"`,
    [channelIds, owed.subject, owed.kind, owed.storyId, owed.message, now, owed.late ?? null]
  )
  const fresh = owing.map((one) => one.channelId)
  if (fresh.length > 0) await openLines(query, fresh, now)
  return fresh.length
}

/** Makes sure that lines move to which something was added. What only waits by the channel's wish holds up nothing else. */
export async function openLines(query: Query, channelIds: readonly number[], now: Date): Promise<void> {
  // Two statements: one alone would judge the rows as they were before it waited for whoever settles, and leave them shut.
  await query('select from channel where id = any ($1) order by id for no key update', [channelIds])
  await query(
    `update channel set line_ready_at = $2, line_held = false
     where id = any ($1) and line_owner is null
       and (line_ready_at is null or (line_held and line_ready_at > $2))`,
    [channelIds, now]
  )
}

/** What became of a claimed delivery. */
export type Outcome =
  | { state: 'sent'; ref: MessageRef; shown?: string | undefined }
  /** Not taken, for sure; or, `uncertain`, it may have arrived. The whole line waits. */
  | { state: 'again'; until: Date; error: string; uncertain?: boolean }
  /** No try was begun. */
  | { state: 'untried'; until: Date }
  /** Waits by the channel's wish; the rest of the line goes on. */
  | { state: 'held'; until: Date; reason: HoldReason }
  | { state: 'dropped' | 'failed'; error: string }

/** The outcome of one delivery. */
export interface Settlement {
  id: string
  outcome: Outcome
}

/** Locks the line on whose head this owner works; false when the lease has passed to another. */
export async function lockLine(query: Query, deliveryId: string, owner: string): Promise<boolean> {
  return (await lockLines(query, [deliveryId], owner)).has(deliveryId)
}

/** Of these deliveries those whose lines are still this owner's; locked, in order. */
async function lockLines(query: Query, deliveryIds: readonly string[], owner: string): Promise<ReadonlySet<string>> {
  const locked = await query<{ id: string }>(
    `select c.line_delivery_id::text as id from channel c
     where c.id = any (array(select channel_id from delivery where id = any ($1::bigint[])))
       and c.line_delivery_id = any ($1::bigint[]) and c.line_owner = $2
     order by c.id for no key update`,
    [deliveryIds, owner]
  )
  return new Set(locked.map(({ id }) => id))
}

/**
 * Writes outcomes, as far as this owner still has the lines, and gives the lines back: the next delivery of each may be
 * sent now, or when the outcome says so.
 */
export async function settleLines(
  query: Query,
  owner: string,
  settlements: readonly Settlement[],
  now: Date
): Promise<void> {
  const ids = settlements.map(({ id }) => id)
  const ours = await lockLines(query, ids, owner)
  const rows = settlements.filter(({ id }) => ours.has(id)).map((settlement) => rowOf(settlement, now))
  if (rows.length > 0) await query(SETTLE, [json(rows), now])
}

/** With the lines locked. What was folded into a list counts as sent with it. */
const SETTLE = `
  with outcome as materialized (
    select * from jsonb_to_recordset($1::jsonb) as o (id bigint, state text, error text, uncertain boolean,
      untried boolean, ref jsonb, shown text, ready_at timestamptz, held_until timestamptz, held_for text)
  ), settled as (
    update delivery d set state = o.state, last_error = o.error, uncertain = d.uncertain or o.uncertain,
      sent_at = case when o.state = 'sent' then $2::timestamptz else d.sent_at end,
      failed_at = case when o.state = 'failed' then $2::timestamptz end,
      ref = coalesce(o.ref, d.ref), shown = coalesce(o.shown, d.shown),
      held_until = o.held_until, held_for = coalesce(o.held_for, d.held_for),
      attempts = d.attempts - case when o.untried then 1 else 0 end
    from outcome o where d.id = o.id
    returning d.id, d.channel_id, o.state, o.ready_at, o.held_until
  ), folded as (
    update delivery f set sent_at = $2 from outcome o where f.folded_into = o.id and f.state = 'folded' and o.state = 'sent'
  ), rest as (
    select settled.*, least(
      case when state = 'owed' then coalesce(held_until, ready_at) end,
      (select min(coalesce(d.held_until, '-infinity')) from delivery d
       where d.channel_id = settled.channel_id and d.state = 'owed' and d.id <> settled.id)
    ) as first
    from settled
  )
  update channel c set line_owner = null, line_delivery_id = null,
    line_held = coalesce(rest.first > rest.ready_at, false) and (rest.state <> 'owed' or rest.held_until is not null),
    line_ready_at = case
      when rest.state = 'owed' and rest.held_until is null then rest.ready_at
      when rest.first is not null then greatest(rest.first, rest.ready_at)
    end
  from rest where c.id = rest.channel_id and c.id = any (array(select channel_id from rest))`

function rowOf({ id, outcome }: Settlement, now: Date) {
  const waits = outcome.state === 'again' || outcome.state === 'untried'
  const held = outcome.state === 'held'
  return {
    id,
    state: waits || held ? 'owed' : outcome.state,
    error: 'error' in outcome ? cut(outcome.error, LIMITS.error) : null,
    uncertain: outcome.state === 'again' && outcome.uncertain === true,
    untried: held || outcome.state === 'untried',
    ref: outcome.state === 'sent' ? outcome.ref : null,
    shown: outcome.state === 'sent' ? (outcome.shown ?? null) : null,
    ready_at: waits ? outcome.until : now,
    held_until: held ? outcome.until : null,
    held_for: held ? outcome.reason : null
  }
}
