import type { AlertSettings } from '../model/subscription.js'
import type { Query } from './database.js'
import { StoreError } from './errors.js'
import { openLines } from './outbox/line.js'

interface Row extends Omit<AlertSettings, 'quiet'> {
  id: number
  quietFrom: number | null
  quietUntil: number | null
  quietZone: string | null
}

/** How a channel wants its alerts. */
export async function alertSettings(query: Query, channelId: number): Promise<AlertSettings> {
  const settings = (await alertSettingsOf(query, [channelId])).get(channelId)
  if (!settings) throw new StoreError(`There is no channel ${channelId} in the store; its settings cannot be read.`)
  return settings
}

/** The same of several channels, by their ids. */
export async function alertSettingsOf(
  query: Query,
  channelIds: readonly number[]
): Promise<Map<number, AlertSettings>> {
  const rows = await query<Row>(
    `select id, threads, style, single_source as "singleSource", quiet_from as "quietFrom",
       quiet_until as "quietUntil", quiet_zone as "quietZone", urgent, case when cap_chosen then hourly_cap end as cap
     from channel where id = any ($1)`,
    [channelIds]
  )
  return new Map(
    rows.map(({ id, quietFrom, quietUntil, quietZone, ...rest }) => {
      const quiet =
        quietFrom === null || quietUntil === null
          ? null
          : { from: quietFrom, until: quietUntil, zone: quietZone ?? 'UTC' }
      return [id, { ...rest, quiet }]
    })
  )
}

/** Stores them. What was held by the old ones goes to the head of the line again, where the new ones decide. */
export async function setAlertSettings(
  query: Query,
  channelId: number,
  { threads, style, singleSource, quiet, urgent, cap }: AlertSettings,
  now: Date
): Promise<void> {
  await query(
    `update channel set threads = $2, style = $3, single_source = $4, quiet_from = $5, quiet_until = $6,
       quiet_zone = $7, urgent = $8, hourly_cap = coalesce($9::smallint, 0), cap_chosen = $9::smallint is not null
     where id = $1`,
    [
      channelId,
      threads,
      style,
      singleSource,
      quiet?.from ?? null,
      quiet?.until ?? null,
      quiet?.zone ?? null,
      urgent,
      cap
    ]
  )
  const held = await query(
    `update delivery set held_until = null
     where channel_id = $1 and state = 'owed' and held_until is not null returning id`,
    [channelId]
  )
  if (held.length > 0) await openLines(query, [channelId], now)
}
