import type { FeedState, PollResult } from '../model/feed.js'
import type { Database, Query } from './database.js'
import { FEED, LONGEST_URL } from './feeds.js'
import { cut, json, LIMITS } from './text.js'

/** Who reads which feed when, and what came of it. */
export interface PollTable {
  /**
   * Claims feeds that are due, for `leaseSeconds`, in one statement; no two processes get the same feed.
   * `anyTime` (`run --once`) claims every feed that was not polled since `now` and whose server did not ask us to wait.
   */
  claimDue(options: {
    now: Date
    limit: number
    leaseSeconds: number
    owner: string
    anyTime?: boolean
  }): Promise<FeedState[]>
  /** Lengthens `owner`'s claims of these feeds to `leaseSeconds` from `now`. */
  renewClaims(options: { feedIds: number[]; owner: string; leaseSeconds: number; now: Date }): Promise<void>
  /**
   * Writes what polls learned, in one statement, and frees the claims. Called after the items are stored, never before:
   * a lost ETag costs a fetch, a lost item is lost.
   */
  record(polls: readonly PollRecord[]): Promise<void>
  /** Why feeds fail at present, the commonest reason first. */
  failures(): Promise<{ reason: string; count: number }[]>
}

/** A poll that is over, and when the next is due. */
export interface PollRecord {
  feedId: number
  result: PollResult
  plan: { nextPollAt: Date; intervalSeconds: number; newItems: number; holdUntil: Date | null }
  now: Date
}

/**
 * What an outcome (`items`, `unchanged`, `failed`) teaches. "Unchanged" leaves first_polled_at: a server that says so
 * before it ever gave us items is wrong, and its first items are still to be told to nobody.
 */
const RECORD = `
  with poll as materialized (
    select * from jsonb_to_recordset($1::jsonb) as p (id bigint, at timestamptz, next_poll_at timestamptz,
      interval_seconds integer, hold_until timestamptz, outcome text, etag text, last_modified text, body_hash text,
      fetch_url text, changed boolean, error text, failure text)
  ), locked as (
    select id from feed where id in (select id from poll) order by id for no key update
  )
  update feed f set
    claimed_by = null, claimed_until = null, last_polled_at = p.at, next_poll_at = p.next_poll_at,
    interval_seconds = p.interval_seconds, hold_until = p.hold_until,
    etag = case p.outcome when 'items' then p.etag else coalesce(p.etag, f.etag) end,
    last_modified = case p.outcome when 'items' then p.last_modified else coalesce(p.last_modified, f.last_modified) end,
    body_hash = coalesce(p.body_hash, f.body_hash),
    fetch_url = coalesce(p.fetch_url, f.fetch_url),
    first_polled_at = case p.outcome when 'items' then coalesce(f.first_polled_at, p.at) else f.first_polled_at end,
    last_success_at = case p.outcome when 'failed' then f.last_success_at else p.at end,
    last_change_at = case when p.changed then p.at else f.last_change_at end,
    failures = case p.outcome when 'failed' then f.failures + 1 else 0 end,
    last_error = p.error,
    last_failure = p.failure
  from poll p, locked where f.id = p.id and locked.id = p.id`

export function pollTable({ query }: Database): PollTable {
  return {
    claimDue: ({ now, limit, leaseSeconds, owner, anyTime = false }) =>
      query(
        `with due as (
           select id from feed
           where active
             and (next_poll_at <= $1 or ($2 and (last_polled_at is null or last_polled_at < $1)))
             and (hold_until is null or hold_until <= $1)
             and (claimed_until is null or claimed_until <= $1)
           order by next_poll_at
           limit $3
           for update skip locked
         )
         update feed f set claimed_by = $4, claimed_until = $1::timestamptz + make_interval(secs => $5)
         from due where f.id = due.id
         returning ${FEED}`,
        [now, anyTime, limit, owner, leaseSeconds]
      ),

    async renewClaims({ feedIds, owner, leaseSeconds, now }) {
      await query(
        `with locked as (
           select id from feed where id = any ($3) and claimed_by = $4 order by id for no key update
         )
         update feed f set claimed_until = $1::timestamptz + make_interval(secs => $2)
         from locked where f.id = locked.id`,
        [now, leaseSeconds, feedIds, owner]
      )
    },

    record: (polls) => record(query, polls),

    // Feeds that failed before reasons were kept have none.
    failures: () =>
      query(`
        select coalesce(last_failure, 'unknown') as reason, count(*) as count
        from feed where active and failures > 0 group by 1 order by 2 desc, 1`)
  }
}

async function record(query: Query, polls: readonly PollRecord[]): Promise<void> {
  const rows = polls.map(({ feedId, result, plan, now }) => {
    const answered = result.outcome === 'failed' ? null : result
    return {
      id: feedId,
      at: now,
      next_poll_at: plan.nextPollAt,
      interval_seconds: Math.round(plan.intervalSeconds),
      hold_until: plan.holdUntil,
      outcome: result.outcome,
      etag: answered?.etag ?? null,
      last_modified: answered?.lastModified ?? null,
      body_hash: result.outcome === 'items' ? result.bodyHash : null,
      fetch_url: movedTo(answered?.movedTo ?? null),
      changed: plan.newItems > 0,
      error: result.outcome === 'failed' ? cut(result.message, LIMITS.error) : null,
      failure: result.outcome === 'failed' ? result.failure : null
    }
  })
  await query(RECORD, [json(rows)])
}

function movedTo(url: string | null): string | null {
  return url !== null && url.length <= LONGEST_URL ? url : null
}
