import type { PlatformName } from '../model/subscription.js'
import type { Database, Query } from './database.js'

/** The lease of a shard; renewed every 5 s, so that a killed process's shards are taken over within 30 s. */
export const SHARD_LEASE_SECONDS = 20
/** A process that has not asked for so long takes no shards any more, and leaves its share to the others. */
const CLAIMANT_SECONDS = 20

export interface ShardClaim {
  platform: PlatformName
  owner: string
  /** Into how many shards the gateway is to be split. What living processes agreed on before wins. */
  count: number
  /** These shards and no others; without it, a fair share of all. */
  only?: readonly number[] | undefined
}

export interface HeldShards {
  /** Into how many the gateway is split. */
  count: number
  /** Held by the asking process from now on, in order. */
  held: number[]
  /** How many of them are beyond its fair share, and to be given back once they are closed. */
  spare: number
}

/** Which process keeps which part of a platform's gateway connected. */
export interface ShardTable {
  /** Renews what the owner holds and takes what is free, up to its fair share. To be called every few seconds. */
  claim(claim: ShardClaim, now: Date): Promise<HeldShards>
  /** Gives shards back. */
  release(platform: PlatformName, owner: string, numbers: readonly number[]): Promise<void>
  /** Takes no shard any more, and gives all back. */
  leave(platform: PlatformName, owner: string): Promise<void>
  /** The split that living processes agreed on; null: there is none. */
  agreedCount(platform: PlatformName, now: Date): Promise<number | null>
  /** Books the next moment at which a shard of this bucket may introduce itself; bookings are `seconds` apart. */
  bookIdentify(platform: PlatformName, bucket: number, seconds: number, now: Date): Promise<Date>
  /** All shards that should be connected, with their holders; null: nobody's. */
  list(now: Date): Promise<{ platform: PlatformName; number: number; count: number; owner: string | null }[]>
}

interface Row {
  number: number
  count: number
  /** Null when its lease ran out. */
  owner: string | null
}

const ROWS = `
  select platform, number, count, case when leased_until > $1 then owner end as owner from shard`

export function shardTable({ query, transaction }: Database): ShardTable {
  return {
    claim: (claim, now) =>
      transaction(async (inside) => {
        // One process after the other: each sees what the one before took.
        await inside('lock table shard in share row exclusive mode')
        return await takeShare(inside, claim, now)
      }),

    async release(platform, owner, numbers) {
      await query(
        `update shard set owner = null, leased_until = null
         where platform = $1 and owner = $2 and number = any ($3)`,
        [platform, owner, numbers]
      )
    },

    leave: (platform, owner) =>
      transaction(async (inside) => {
        await inside('delete from shard_claimant where platform = $1 and owner = $2', [platform, owner])
        await inside('update shard set owner = null, leased_until = null where platform = $1 and owner = $2', [
          platform,
          owner
        ])
      }),

    async agreedCount(platform, now) {
      const [row] = await query<{ count: number }>(
        'select count from shard where platform = $1 and leased_until > $2 limit 1',
        [platform, now]
      )
      return row?.count ?? null
    },

    async bookIdentify(platform, bucket, seconds, now) {
      const [slot] = await query<{ at: Date }>(
        `insert into identify_slot as s (platform, bucket, free_at)
         values ($1, $2, $4::timestamptz + make_interval(secs => $3))
         on conflict (platform, bucket) do update set free_at = greatest(s.free_at, $4) + make_interval(secs => $3)
         returning free_at - make_interval(secs => $3) as at`,
        [platform, bucket, seconds, now]
      )
      return slot!.at
    },

    list: (now) => query(`${ROWS} order by platform, number`, [now])
  }
}

async function takeShare(query: Query, { platform, owner, count, only }: ShardClaim, now: Date): Promise<HeldShards> {
  let rows = await query<Row>(`${ROWS} where platform = $2 order by number`, [now, platform])
  if (rows.length !== count && rows.every((row) => row.owner === null)) {
    await query('delete from shard where platform = $1', [platform])
    rows = await query<Row>(
      `insert into shard (platform, number, count) select $1, n, $2 from generate_series(0, $2::int - 1) n
       returning number, count, owner`,
      [platform, count]
    )
  }
  const claimants = await writeClaimant(query, platform, only ? null : owner, now)
  const mine = rows.filter((row) => row.owner === owner).map((row) => row.number)
  const byOthersList = rows.filter((row) => row.owner !== null && !claimants.includes(row.owner)).length
  const share = only ? only.length : Math.ceil((rows.length - byOthersList) / claimants.length)
  // Shards of another split are not the ones that were listed.
  const allowed = only && rows.length !== count ? [] : only
  const free = rows
    .filter((row) => row.owner === null && (allowed?.includes(row.number) ?? true))
    .map((row) => row.number)
  const held = [...mine, ...free.slice(0, Math.max(0, share - mine.length))].sort((a, b) => a - b)
  await query(
    `update shard set owner = $2, leased_until = $4::timestamptz + make_interval(secs => ${SHARD_LEASE_SECONDS})
     where platform = $1 and number = any ($3)`,
    [platform, owner, held, now]
  )
  return { count: rows.length, held, spare: Math.max(0, held.length - share) }
}

/** Who takes any shard, this owner among them (null: it does not). */
async function writeClaimant(query: Query, platform: string, owner: string | null, now: Date): Promise<string[]> {
  await query(
    `delete from shard_claimant
     where platform = $1 and seen_at <= $2::timestamptz - interval '${CLAIMANT_SECONDS} seconds'`,
    [platform, now]
  )
  if (owner !== null)
    await query(
      `insert into shard_claimant (platform, owner, seen_at) values ($1, $2, $3)
       on conflict (platform, owner) do update set seen_at = excluded.seen_at`,
      [platform, owner, now]
    )
  const rows = await query<{ owner: string }>('select owner from shard_claimant where platform = $1', [platform])
  return rows.map((row) => row.owner)
}
