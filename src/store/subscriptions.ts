import { createHash } from 'node:crypto'
import type { Channel, DeliveryMode, Filter, Subscription, Workspace } from '../model/subscription.js'
import { CHANNEL, WORKSPACE } from './channels.js'
import type { Database } from './database.js'
import { anchorKeys, askedPlaces } from './keys.js'
import { cut, json, LIMITS } from './text.js'

export interface SubscriptionTable {
  add(
    subscription: { channelId: number; filter: Filter; mode: DeliveryMode; createdBy: string; createdByName: string },
    now: Date
  ): Promise<{ subscription: Subscription; already: boolean }>
  /** Ends it; kept for the audit. Only within this channel. */
  remove(channelId: number, subscriptionId: number, by: string, now: Date): Promise<Subscription | null>
  list(channelId: number): Promise<Subscription[]>
  /** Every subscription in force, with where it stands, by workspace, channel and age (`export`). */
  all(): Promise<{ workspace: Workspace; channel: Channel; subscription: Subscription }[]>
  counts(): Promise<{ subscriptions: number; channels: number }>
}

/** Columns of a subscription as `Subscription`; the table is called `s`. */
const SUBSCRIPTION = `
  s.id, s.channel_id as "channelId", s.filter, s.mode, s.created_by as "createdBy",
  s.created_by_name as "createdByName", s.created_at as "createdAt"`

export function subscriptionTable({ query, transaction }: Database): SubscriptionTable {
  return {
    add: ({ channelId, filter, mode, createdBy, createdByName }, now) =>
      transaction(async (inside) => {
        const digest = digestOf(filter)
        const [known] = await inside<Subscription>(
          `select ${SUBSCRIPTION} from subscription s
           where channel_id = $1 and filter_digest = $2 and ended_at is null for update`,
          [channelId, digest]
        )
        if (known?.mode === mode) return { subscription: known, already: true }
        const [subscription] = await inside<Subscription>(
          `insert into subscription as s
             (channel_id, filter, filter_digest, anchors, jurisdictions, kinds, mode, created_by, created_by_name, created_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           on conflict (channel_id, filter_digest) where ended_at is null do update set mode = excluded.mode
           returning ${SUBSCRIPTION}`,
          [
            channelId,
            json(filter),
            digest,
            anchorKeys(filter),
            askedPlaces(filter),
            filter.kinds,
            mode,
            createdBy,
            cut(createdByName, LIMITS.name),
            now
          ]
        )
        return { subscription: subscription!, already: false }
      }),

    async remove(channelId, subscriptionId, by, now) {
      const [ended] = await query<Subscription>(
        `update subscription s set ended_at = $3, ended_by = $4
         where id = $1 and channel_id = $2 and ended_at is null
         returning ${SUBSCRIPTION}`,
        [subscriptionId, channelId, now, by]
      )
      return ended ?? null
    },

    list: (channelId) =>
      query(`select ${SUBSCRIPTION} from subscription s where channel_id = $1 and ended_at is null order by id`, [
        channelId
      ]),

    async all() {
      const rows = await query<Subscription & { workspace: Workspace; channel: Channel }>(`
        select ${SUBSCRIPTION}, json_build_object(${WORKSPACE}) as workspace, json_build_object(${CHANNEL}) as channel
        from subscription s join channel c on c.id = s.channel_id join workspace w on w.id = c.workspace_id
        where s.ended_at is null
        order by w.id, c.id, s.id`)
      return rows.map(({ workspace, channel, ...subscription }) => ({ workspace, channel, subscription }))
    },

    async counts() {
      const [row] = await query<{ subscriptions: number; channels: number }>(`
        select count(*) as subscriptions, count(distinct channel_id) as channels from subscription where ended_at is null`)
      return row!
    }
  }
}

/** The same for filters that ask for the same, whatever the order. */
function digestOf(filter: Filter): string {
  const fields = Object.entries(filter).map(([field, values]) => [field, [...new Set(values as string[])].sort()])
  fields.sort(([a], [b]) => String(a).localeCompare(String(b), 'en'))
  return createHash('sha256').update(json(fields)).digest('base64url')
}
