import type { Message } from '../../chat/message.js'
import type { MessageRef } from '../../chat/platform.js'
import type { ClaimedDelivery, Delivery } from '../../model/delivery.js'
import type { Channel, PlatformName } from '../../model/subscription.js'
import { CHANNEL } from '../channels.js'
import type { Database, Query } from '../database.js'
import { json } from '../text.js'
import { type DeliveryContext, deliveryContext } from './delivery-context.js'
import { lockLine, owe, type Settlement, settleLines } from './line.js'

/** What a process claims: at most `limit`, of these platforms, as its own for `leaseSeconds` from `now`. */
export interface ClaimOptions {
  platforms: PlatformName[]
  owner: string
  limit: number
  leaseSeconds: number
  now: Date
}

export interface DeliveryTable {
  /** Owes a message that is not a story's alert; false when that subject was owed before. */
  owe(
    delivery: { channelId: number; subject: string; kind: 'digest' | 'notice'; message: Message },
    now: Date
  ): Promise<boolean>
  /** Owes alerts for stories that are already stored (subscribe with `last:5`); subjects owed before are left alone. */
  oweStories(channelId: number, storyIds: number[], now: Date): Promise<number>
  /**
   * Claims the head of each channel's line, in one statement: oldest owed delivery of channels that are neither paused
   * nor blocked nor leased, of these platforms. A claim whose lease ran out is given again with `uncertain: true`.
   */
  claim(options: ClaimOptions): Promise<ClaimedDelivery[]>
  /** Lengthens the leases of these deliveries to `leaseSeconds` from `now`; gives the ids that are still `owner`'s. */
  renew(options: { ids: string[]; owner: string; leaseSeconds: number; now: Date }): Promise<string[]>
  /** Writes what became of claimed deliveries, in one transaction; of those only whose lease is still `owner`'s. */
  settle(settlements: Settlement[], owner: string, now: Date): Promise<void>
  /** All that is needed to word these deliveries, read at once. */
  context(claims: ClaimedDelivery[], capSince: Date): Promise<DeliveryContext>
  /**
   * Takes further alerts of the line into this one, oldest first: at most `most`, those that only the cap keeps waiting
   * (`held`: only those that it did keep). Returns the stories that it now tells, its own first; a delivery that may have
   * arrived takes none, and tells those that it had.
   */
  fold(id: string, owner: string, options: { most: number; held: boolean }): Promise<number[]>
  find(id: string): Promise<Delivery | null>
  /** All that a channel was or is to be told of a story, oldest first. */
  ofStory(channelId: number, storyId: number): Promise<Delivery[]>
  /** What this message of ours told in its workspace: one delivery, or a list with all that were folded into it; else none. */
  ofMessage(workspaceId: number, ref: MessageRef): Promise<Delivery[]>
  /** Nothing of this platform goes out before `until`. */
  blockPlatform(platform: PlatformName, until: Date): Promise<void>
  /** Earliest moment at which something that is owed can be sent; null when nothing is. */
  nextAt(platforms: PlatformName[], now: Date): Promise<Date | null>
  counts(now: Date): Promise<DeliveryCounts>
}

/** How many messages stand how. */
export interface DeliveryCounts {
  /** Not sent yet; `kept` of them are for channels that are paused. */
  owed: number
  kept: number
  /** Since when the oldest waits that should be gone: not what is kept, nor what is held until later. */
  oldestOwedAt: Date | null
  /** Refused for good, ever. */
  failed: number
}

/** Columns of a delivery as `Delivery`; the table is called `d`. */
export const DELIVERY = `
  d.id::text as id, d.channel_id as "channelId", d.subject, d.kind, d.story_id as "storyId", d.message, d.state,
  d.attempts, d.uncertain, d.created_at as "createdAt", d.sent_at as "sentAt", d.ref, d.last_error as "lastError",
  d.parent_id::text as "parentId", d.in_thread as "inThread", d.late, d.held_until as "heldUntil", d.held_for as "heldFor",
  d.folded_into::text as "foldedInto", d.edits, d.edited_at as "editedAt", d.edits_ended as "editsEnded"`

export function deliveryTable(database: Database): DeliveryTable {
  const { query, transaction } = database

  function settle(settlements: readonly Settlement[], owner: string, now: Date): Promise<void> {
    return transaction((inside) => settleLines(inside, owner, settlements, now))
  }

  return {
    owe: ({ channelId, subject, kind, message }, now) =>
      transaction(async (inside) => {
        const owed = { subject, kind, storyId: null, message: json(message) }
        return (await owe(inside, [channelId], owed, now)) > 0
      }),

    oweStories: (channelId, storyIds, now) =>
      transaction(async (inside) => {
        let count = 0
        for (const storyId of storyIds) count += await owe(inside, [channelId], alertOf(storyId), now)
        return count
      }),

    claim: (options) => transaction((inside) => claim(inside, options)),

    async renew({ ids, owner, leaseSeconds, now }) {
      // Locked in order, as outcomes are written.
      const renewed = await query<{ id: string }>(
        `with line as (
           select c.id from channel c
           where c.id = any (array(select channel_id from delivery where id = any ($3::bigint[])))
             and c.line_delivery_id = any ($3::bigint[]) and c.line_owner = $4
           order by c.id for no key update
         )
         update channel c set line_ready_at = $1::timestamptz + make_interval(secs => $2)
         from line where c.id = line.id
         returning c.line_delivery_id::text as id`,
        [now, leaseSeconds, ids, owner]
      )
      return renewed.map(({ id }) => id)
    },

    settle,

    context: (claims, capSince) => deliveryContext(query, claims, capSince),

    fold: (id, owner, options) => transaction((inside) => fold(inside, id, owner, options)),

    async find(id) {
      const [delivery] = await query<Delivery>(`select ${DELIVERY} from delivery d where d.id = $1`, [id])
      return delivery ?? null
    },

    ofStory: (channelId, storyId) =>
      query<Delivery>(`select ${DELIVERY} from delivery d where d.channel_id = $1 and d.story_id = $2 order by d.id`, [
        channelId,
        storyId
      ]),

    ofMessage: (workspaceId, { channelId, messageId }) =>
      query<Delivery>(
        `with told as (
           select d.id from delivery d join channel c on c.id = d.channel_id
           where d.ref ->> 'messageId' = $2 and d.ref ->> 'channelId' = $3 and c.workspace_id = $1
         )
         select ${DELIVERY} from delivery d
         where d.id in (select id from told) or d.folded_into in (select id from told)
         order by d.id`,
        [workspaceId, messageId, channelId]
      ),

    async blockPlatform(platform, until) {
      await query(
        `insert into platform_block as b (platform, until) values ($1, $2)
         on conflict (platform) do update set until = greatest(b.until, excluded.until)`,
        [platform, until]
      )
    },

    async nextAt(platforms, now) {
      // Per platform, so that the index answers; NULLs (nothing owed) do not count.
      const [row] = await query<{ at: Date | null }>(
        `select min(greatest(line.at, b.until, $2)) as at
         from unnest($1::text[]) as asked (platform)
         left join platform_block b on b.platform = asked.platform,
         lateral (
           select min(line_ready_at) as at from channel
           where platform = asked.platform and line_ready_at is not null and paused_reason is null
         ) line
         where line.at is not null`,
        [platforms, now]
      )
      return row!.at
    },

    async counts(now) {
      const [row] = await query<DeliveryCounts>(
        `
        select (select count(*) from delivery where state = 'owed') as owed,
          (select count(*) from delivery d join channel c on c.id = d.channel_id
           where d.state = 'owed' and c.paused_reason is not null) as kept,
          (select count(*) from delivery where state = 'failed') as failed,
          (select min(greatest(d.created_at, d.held_until)) from delivery d join channel c on c.id = d.channel_id
           where d.state = 'owed' and c.paused_reason is null
             and (d.held_until is null or d.held_until <= $1)) as "oldestOwedAt"`,
        [now]
      )
      return row!
    }
  }
}

/** The alert that a channel is owed for a story. */
export function alertOf(storyId: number) {
  return { subject: `story:${storyId}`, kind: 'alert' as const, storyId, message: null }
}

/**
 * Two statements: the first takes lines, each the work of one owner from then on; the second, which sees all that was
 * committed before that moment, takes the head of each.
 */
async function claim(
  query: Query,
  { platforms, owner, limit, leaseSeconds, now }: ClaimOptions
): Promise<ClaimedDelivery[]> {
  const lines = await query<{ channel: Channel; uncertain: boolean }>(
    `with ready as (
       select line.id, line.uncertain
       from unnest($2::text[]) as asked (platform),
       lateral (
         select id, line_ready_at, line_owner is not null as uncertain from channel
         where platform = asked.platform and line_ready_at <= $1 and paused_reason is null
         order by line_ready_at, id
         limit $3
         for no key update skip locked
       ) line
       where not exists (select from platform_block b where b.platform = asked.platform and b.until > $1)
       order by line.line_ready_at, line.id
       limit $3
     )
     update channel c set line_owner = $4, line_held = false, line_ready_at = $1::timestamptz + make_interval(secs => $5)
     from ready, workspace w
     where c.id = ready.id and w.id = c.workspace_id
     returning ready.uncertain, json_build_object(${CHANNEL}) as channel`,
    [now, platforms, limit, owner, leaseSeconds]
  )
  if (lines.length === 0) return []
  const heads = await query<Delivery & { more: boolean }>(
    `with head as (
       select d.id, line.channel_id, line.uncertain, exists (
         select from delivery further
         where further.channel_id = line.channel_id and further.state = 'owed' and further.kind = 'alert'
           and further.id > d.id) as more
       from unnest($1::bigint[], $2::boolean[]) as line (channel_id, uncertain),
       lateral (
         select id from delivery
         where channel_id = line.channel_id and state = 'owed' and (held_until is null or held_until <= $3)
         order by id limit 1
       ) d
     ), leased as (
       update channel c set line_delivery_id = head.id from head where c.id = head.channel_id
     )
     update delivery d set attempts = d.attempts + 1, uncertain = d.uncertain or head.uncertain
     from head where d.id = head.id
     returning ${DELIVERY}, head.more`,
    [lines.map((line) => line.channel.id), lines.map((line) => line.uncertain), now]
  )
  const channels = new Map(lines.map(({ channel }) => [channel.id, channel]))
  return heads.map(({ more, ...delivery }) => ({
    // Counted are the sends begun before this one.
    delivery: { ...delivery, attempts: delivery.attempts - 1 },
    channel: channels.get(delivery.channelId)!,
    more
  }))
}

/** What nobody wants any more (silenced, merged) is left to be dropped by itself; so is what a first try may have told. */
async function fold(
  query: Query,
  id: string,
  owner: string,
  { most, held }: { most: number; held: boolean }
): Promise<number[]> {
  if (!(await lockLine(query, id, owner))) return []
  await query(
    `update delivery set state = 'folded', folded_into = $1, held_until = null
     where id in (
       select d.id from delivery head
       join channel c on c.id = head.channel_id
       join delivery d on d.channel_id = head.channel_id and d.id <> head.id
       join story s on s.id = d.story_id
       where head.id = $1 and not head.uncertain and d.state = 'owed' and d.kind = 'alert' and d.attempts = 0
         and coalesce(d.held_for, case when $3 then '' else 'cap' end) = 'cap' and s.merged_into is null
         and not exists (select from story_silence q where q.story_id = s.id and q.workspace_id = c.workspace_id)
       order by d.id limit $2)`,
    [id, most, held]
  )
  const rows = await query<{ storyId: number }>(
    `select story_id as "storyId" from delivery where id = $1 or folded_into = $1 order by id <> $1, id`,
    [id]
  )
  return rows.map(({ storyId }) => storyId)
}
