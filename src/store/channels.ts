import type { ChannelRef } from '../chat/platform.js'
import type { AlertSettings, Channel, PlatformName, Workspace } from '../model/subscription.js'
import { alertSettings, setAlertSettings } from './alert-settings.js'
import { moveChannel } from './channel-move.js'
import type { Database, Query } from './database.js'
import { cut, LIMITS } from './text.js'

export interface ChannelTable {
  /** Finds or makes the workspace and the channel, and keeps their names fresh. */
  ensure(
    ref: { platform: PlatformName; workspace: { id: string; name: string }; channel: { id: string; name: string } },
    now: Date
  ): Promise<{ workspace: Workspace; channel: Channel; created: boolean }>
  find(channelId: number): Promise<{ workspace: Workspace; channel: Channel } | null>
  /** By the platform's own id. */
  findWorkspace(platform: string, externalId: string): Promise<Workspace | null>
  /** A workspace that has no zone of its own yet (it is UTC) takes this one. */
  adoptZone(workspaceId: number, zone: string): Promise<void>
  setChanges(workspaceId: number, changes: 'anyone' | 'admins'): Promise<void>
  /** Nothing is sent while paused; what is owed stays owed. */
  pause(platform: PlatformName, channel: ChannelRef, reason: string, now: Date): Promise<void>
  pauseWorkspace(platform: PlatformName, workspaceId: string, reason: string, now: Date): Promise<void>
  resume(platform: PlatformName, channel: ChannelRef): Promise<void>
  /**
   * Lifts the pauses whose time has come where something is owed: nobody may have heard that the channel is back. The
   * first look is after 15 s; each next wait is a twentieth longer, so that it stays a twentieth of the time that the
   * channel has been gone (at most 6 hours). At most 25 at once. Returns how many.
   */
  retryPaused(now: Date): Promise<number>
  rename(platform: PlatformName, channel: ChannelRef, name: string): Promise<void>
  /** How a channel wants its alerts. */
  alertSettings(channelId: number): Promise<AlertSettings>
  /** What waited by an older wish is looked at again at once. */
  setAlertSettings(channelId: number, settings: AlertSettings, now: Date): Promise<void>
  /** The platform gave the channel a new id. */
  move(platform: PlatformName, channel: ChannelRef, to: string): Promise<void>
}

/** Fields of a channel as `Channel`, for json_build_object; the tables are called `c` and `w`. */
export const CHANNEL = `
  'id', c.id, 'workspaceId', c.workspace_id, 'platform', c.platform, 'externalId', c.external_id,
  'workspaceExternalId', w.external_id, 'name', c.name, 'pausedReason', c.paused_reason`

export const WORKSPACE = `
  'id', w.id, 'platform', w.platform, 'externalId', w.external_id, 'name', w.name, 'zone', w.zone, 'changes', w.changes`

interface Place {
  workspace: Workspace
  channel: Channel
}
type Ref = Parameters<ChannelTable['ensure']>[0]

export function channelTable(database: Database): ChannelTable {
  const { query, transaction } = database
  return {
    async ensure(ref, now) {
      const known = await findPlace(query, ref)
      // Most commands come from a known place under a known name: one read is enough.
      if (known && isNamed(known, ref)) return { ...known, created: false }
      return await transaction((inside) => ensure(inside, ref, now))
    },

    async findWorkspace(platform, externalId) {
      const [found] = await query<{ workspace: Workspace }>(
        `select json_build_object(${WORKSPACE}) as workspace from workspace w where w.platform = $1 and w.external_id = $2`,
        [platform, externalId]
      )
      return found?.workspace ?? null
    },

    async find(channelId) {
      const [place] = await query<Place>(
        `select json_build_object(${WORKSPACE}) as workspace, json_build_object(${CHANNEL}) as channel
         from channel c join workspace w on w.id = c.workspace_id where c.id = $1`,
        [channelId]
      )
      return place ?? null
    },

    async adoptZone(workspaceId, zone) {
      await query(`update workspace set zone = $2 where id = $1 and zone = 'UTC'`, [workspaceId, zone])
    },

    async setChanges(workspaceId, changes) {
      await query('update workspace set changes = $2 where id = $1', [workspaceId, changes])
    },

    async pause(platform, channel, reason, now) {
      await query(
        `update channel c set paused_reason = $4, paused_at = coalesce(paused_at, $5), ${retryAfter('$5')}
         where id in ${ONE_CHANNEL}`,
        [platform, channel.workspaceId, channel.channelId, cut(reason, LIMITS.error), now]
      )
    },

    async pauseWorkspace(platform, workspaceId, reason, now) {
      await query(
        `update channel c set paused_reason = $3, paused_at = coalesce(paused_at, $4), ${retryAfter('$4')}
         from workspace w where w.id = c.workspace_id and w.platform = $1 and w.external_id = $2`,
        [platform, workspaceId, cut(reason, LIMITS.error), now]
      )
    },

    async resume(platform, channel) {
      await query(
        `update channel set paused_reason = null, paused_at = null, retry_at = null, retry_seconds = null
         where id in ${ONE_CHANNEL}`,
        [platform, channel.workspaceId, channel.channelId]
      )
    },

    async retryPaused(now) {
      const tried = await query(
        `update channel set paused_reason = null, paused_at = null
         where id in (
           select id from channel
           where paused_reason is not null and retry_at <= $1 and line_ready_at is not null
           order by retry_at limit $2
           for no key update skip locked)
         returning id`,
        [now, RETRIES_AT_ONCE]
      )
      return tried.length
    },

    async rename(platform, channel, name) {
      await query(`update channel set name = $4 where id in ${ONE_CHANNEL}`, [
        platform,
        channel.workspaceId,
        channel.channelId,
        cut(name, LIMITS.name)
      ])
    },

    alertSettings: (channelId) => alertSettings(query, channelId),

    setAlertSettings: (channelId, settings, now) =>
      transaction((inside) => setAlertSettings(inside, channelId, settings, now)),

    move: (platform, channel, to) =>
      transaction(async (inside) => {
        const [from, target] = [
          await findId(inside, platform, channel),
          await findId(inside, platform, { ...channel, channelId: to })
        ]
        if (from === null || from === target) return
        if (target !== null) await moveChannel(inside, from, target)
        else await inside('update channel set external_id = $2 where id = $1', [from, to])
      })
  }
}

/** The first wait of a paused channel, and the longest. */
const FIRST_RETRY_SECONDS = 15
const LONGEST_RETRY_SECONDS = 6 * 3600
/**
 * Pauses that one look lifts. With a look every 5 s that is 3,000 refused posts in 10 minutes, when all are still gone:
 * after 10,000 Discord shuts out the address (https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).
 */
const RETRIES_AT_ONCE = 25

/** Each wait is a twentieth longer than the one before; a channel that went well for longer than its last wait begins anew. */
function retryAfter(now: string): string {
  const wait = `case
    when c.retry_at is null or c.retry_at + make_interval(secs => c.retry_seconds) < ${now}::timestamptz
      then ${FIRST_RETRY_SECONDS}
    when c.retry_at > ${now}::timestamptz then c.retry_seconds
    else least(ceil(1.05 * c.retry_seconds)::integer, ${LONGEST_RETRY_SECONDS}) end`
  return `retry_seconds = ${wait}, retry_at = ${now}::timestamptz + make_interval(secs => ${wait})`
}

const ONE_CHANNEL = `(
  select c.id from channel c join workspace w on w.id = c.workspace_id
  where w.platform = $1 and w.external_id = $2 and c.external_id = $3)`

async function findId(query: Query, platform: PlatformName, ref: ChannelRef): Promise<number | null> {
  const [row] = await query<{ id: number }>(`select id from channel where id in ${ONE_CHANNEL} for update`, [
    platform,
    ref.workspaceId,
    ref.channelId
  ])
  return row?.id ?? null
}

async function findPlace(query: Query, { platform, workspace, channel }: Ref): Promise<Place | null> {
  const [place] = await query<Place>(
    `select json_build_object(${WORKSPACE}) as workspace, json_build_object(${CHANNEL}) as channel
     from channel c join workspace w on w.id = c.workspace_id
     where w.platform = $1 and w.external_id = $2 and c.external_id = $3`,
    [platform, workspace.id, channel.id]
  )
  return place ?? null
}

/** A platform that does not tell a name (an empty one) does not take away the known one. */
function isNamed(known: Place, { workspace, channel }: Ref): boolean {
  const same = (stored: string, told: string) => told === '' || stored === cut(told, LIMITS.name)
  return same(known.workspace.name, workspace.name) && same(known.channel.name, channel.name)
}

async function ensure(query: Query, ref: Ref, now: Date): Promise<Place & { created: boolean }> {
  const { platform, workspace, channel } = ref
  const [owner] = await query<{ id: number }>(
    `insert into workspace as w (platform, external_id, name, created_at) values ($1, $2, $3, $4)
     on conflict (platform, external_id) do update set name = coalesce(nullif(excluded.name, ''), w.name)
     returning id`,
    [platform, workspace.id, cut(workspace.name, LIMITS.name), now]
  )
  // xmax is 0 in a row that was inserted, and names the locker in one that was there.
  const [row] = await query<{ created: boolean }>(
    `insert into channel as c (workspace_id, platform, external_id, name, created_at) values ($1, $2, $3, $4, $5)
     on conflict (workspace_id, external_id) do update set name = coalesce(nullif(excluded.name, ''), c.name)
     returning xmax = 0 as created`,
    [owner!.id, platform, channel.id, cut(channel.name, LIMITS.name), now]
  )
  const place = await findPlace(query, ref)
  return { ...place!, created: row!.created }
}
