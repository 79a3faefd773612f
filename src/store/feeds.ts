import type { PollResult } from '../model/feed.js'
import { type FeedEntry, type FeedState, isUnnamed } from '../model/feed.js'
import type { Database, Query } from './database.js'
import { StoreError } from './errors.js'
import { cut, json, LIMITS } from './text.js'

export interface FeedTable {
  /**
   * Makes the catalogue's feeds be exactly these: new ones are added, changed ones updated, dropped ones retired
   * (kept with their articles, no longer polled unless a workspace added them).
   */
  syncCatalogue(entries: FeedEntry[], now: Date): Promise<{ added: number; updated: number; retired: number }>
  /** A workspace's own feed. Shares the row (and the fetch) with everyone who has the same address. */
  addToWorkspace(
    workspaceId: number,
    entry: FeedEntry,
    addedBy: string,
    now: Date
  ): Promise<{ feed: FeedState; already: boolean }>
  removeFromWorkspace(workspaceId: number, feedId: number): Promise<boolean>
  /** Names a feed that was known by its host alone after its own title. */
  setName(feedId: number, name: string): Promise<void>
  /** Catalogue feeds and the workspace's own, by title. `own`: the workspace added it itself. */
  list(workspaceId: number | null): Promise<(FeedState & { own: boolean })[]>
  find(feedId: number): Promise<FeedState | null>
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
  /** Writes what a poll learned and frees the claim. Called after the items are stored, never before: a lost ETag costs a fetch, a lost item is lost. */
  recordPoll(feedId: number, result: PollResult, plan: PollRecord['plan'], now: Date): Promise<void>
  /** The same of several polls, in one statement. */
  recordPolls(polls: PollRecord[]): Promise<void>
  counts(): Promise<{ active: number; failing: number; silent: number; never: number }>
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

/** Longest address of a feed; an index entry of PostgreSQL holds some 2,700 bytes. */
const LONGEST_URL = 2000
/** A feed that answers well and brought nothing for so long counts as silent. */
const SILENT_DAYS = 60

/** Columns of a feed as `FeedState`; the table is called `f`. */
const STATE = `
  f.id, json_build_object('url', f.url, 'title', f.title, 'publisher', f.publisher, 'kind', f.kind,
    'jurisdiction', f.jurisdiction, 'lang', f.lang) as entry,
  f.fetch_url as "fetchUrl", f.etag, f.last_modified as "lastModified", f.body_hash as "bodyHash",
  f.first_polled_at as "firstPolledAt", f.last_polled_at as "lastPolledAt", f.last_success_at as "lastSuccessAt",
  f.last_change_at as "lastChangeAt", f.interval_seconds as "intervalSeconds", f.failures, f.last_error as "lastError",
  f.next_poll_at as "nextPollAt"`

/**
 * What an outcome (`items`, `unchanged`, `failed`) teaches. "Unchanged" leaves first_polled_at: a server that says so
 * before it ever gave us items is wrong, and its first items are still to be told to nobody.
 */
const RECORD_POLL = `
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

export function feedTable(database: Database): FeedTable {
  const { query, transaction } = database
  return {
    syncCatalogue: (entries, now) => transaction((inside) => syncCatalogue(inside, entries, now)),

    addToWorkspace: (workspaceId, entry, addedBy, now) =>
      transaction((inside) => addToWorkspace(inside, { workspaceId, entry, addedBy, now })),

    removeFromWorkspace: (workspaceId, feedId) =>
      transaction(async (inside) => {
        await lockFeed(inside, feedId)
        const removed = await inside(
          'delete from workspace_feed where workspace_id = $1 and feed_id = $2 returning feed_id',
          [workspaceId, feedId]
        )
        await inside(
          `update feed set active = in_catalogue or exists (select from workspace_feed where feed_id = $1)
           where id = $1`,
          [feedId]
        )
        return removed.length > 0
      }),

    async setName(feedId, name) {
      await query('update feed set title = $2, publisher = $2 where id = $1', [feedId, cut(name, LIMITS.name)])
    },

    list: (workspaceId) =>
      query(
        `select ${STATE}, w.feed_id is not null as own
         from feed f
         left join workspace_feed w on w.feed_id = f.id and w.workspace_id = $1
         where f.in_catalogue or w.feed_id is not null
         order by lower(f.title), f.id`,
        [workspaceId]
      ),

    async find(feedId) {
      const [feed] = await query<FeedState>(`select ${STATE} from feed f where f.id = $1`, [feedId])
      return feed ?? null
    },

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
         returning ${STATE}`,
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

    recordPoll: (feedId, result, plan, now) => recordPolls(query, [{ feedId, result, plan, now }]),

    recordPolls: (polls) => recordPolls(query, polls),

    async counts() {
      const [row] = await query<{ active: number; failing: number; silent: number; never: number }>(`
        select count(*) as active,
          count(*) filter (where failures > 0) as failing,
          count(*) filter (where failures = 0
            and last_success_at - coalesce(last_change_at, first_polled_at) > interval '${SILENT_DAYS} days') as silent,
          count(*) filter (where last_success_at is null) as never
        from feed where active`)
      return row!
    },

    // Feeds that failed before reasons were kept have none.
    failures: () =>
      query(`
        select coalesce(last_failure, 'unknown') as reason, count(*) as count
        from feed where active and failures > 0 group by 1 order by 2 desc, 1`)
  }
}

async function recordPolls(query: Query, polls: readonly PollRecord[]): Promise<void> {
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
  await query(RECORD_POLL, [json(rows)])
}

async function syncCatalogue(query: Query, listed: readonly FeedEntry[], now: Date) {
  // Two starting processes sync one after the other.
  await query('lock table feed in share row exclusive mode')
  const entries = await withLearnedNames(query, listed)
  const byUrl = new Map(entries.map((entry) => [checkUrl(entry.url), entry]))
  const known = await query<{ url: string; same: boolean; in_catalogue: boolean }>(
    `select f.url, f.in_catalogue,
       (f.title, f.publisher, f.kind, f.lang) = (e.title, e.publisher, e.kind, e.lang)
         and f.jurisdiction is not distinct from e.jurisdiction as same
     from feed f join ${ENTRIES} on e.url = f.url`,
    [entryRows(byUrl.values())]
  )
  const retired = await query(
    `update feed f set in_catalogue = false,
       active = exists (select from workspace_feed w where w.feed_id = f.id)
     where in_catalogue and url <> all ($1) returning id`,
    [[...byUrl.keys()]]
  )
  const changed = new Set(byUrl.keys())
  for (const { url, same, in_catalogue } of known) if (same && in_catalogue) changed.delete(url)
  await upsert(
    query,
    [...changed].map((url) => byUrl.get(url)!),
    true,
    now
  )
  const before = new Set(known.filter((feed) => feed.in_catalogue).map((feed) => feed.url))
  const updated = [...changed].filter((url) => before.has(url)).length
  return { added: changed.size - updated, updated, retired: retired.length }
}

/** A feed that the catalogue does not name keeps the name that it gave itself. */
async function withLearnedNames(query: Query, entries: readonly FeedEntry[]): Promise<FeedEntry[]> {
  const unnamed = entries.filter(isUnnamed).map((entry) => entry.url)
  const rows = await query<Pick<FeedEntry, 'url' | 'title' | 'publisher'>>(
    'select url, title, publisher from feed where url = any ($1)',
    [unnamed]
  )
  const names = new Map(rows.map((row) => [row.url, row]))
  return entries.map((entry) => ({ ...entry, ...names.get(entry.url) }))
}

async function addToWorkspace(
  query: Query,
  { workspaceId, entry, addedBy, now }: { workspaceId: number; entry: FeedEntry; addedBy: string; now: Date }
) {
  const [known] = await query<{ id: number; in_catalogue: boolean; own: boolean }>(
    `select f.id, f.in_catalogue,
       exists (select from workspace_feed w where w.feed_id = f.id and w.workspace_id = $2) as own
     from feed f where f.url = $1 for update`,
    [checkUrl(entry.url), workspaceId]
  )
  // What others chose to call the feed stays as it is.
  if (!known?.in_catalogue) await upsert(query, [entry], false, now)
  const [feed] = await query<FeedState>(`select ${STATE} from feed f where f.url = $1`, [entry.url])
  await query(
    `insert into workspace_feed (workspace_id, feed_id, added_by, added_at) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [workspaceId, feed!.id, addedBy, now]
  )
  return { feed: feed!, already: Boolean(known && (known.in_catalogue || known.own)) }
}

const ENTRIES =
  'jsonb_to_recordset($1::jsonb) as e (url text, title text, publisher text, kind text, jurisdiction text, lang text)'

/**
 * A feed that was retired begins anew: its next poll is a first poll, so that what it brought meanwhile is not told as
 * news. Who knows it already keeps its own name for it, but for the catalogue, which rules.
 */
async function upsert(query: Query, entries: readonly FeedEntry[], catalogue: boolean, now: Date): Promise<void> {
  await query(
    `insert into feed as f (url, title, publisher, kind, jurisdiction, lang, fetch_url, in_catalogue, next_poll_at)
     select e.url, e.title, e.publisher, e.kind, e.jurisdiction, e.lang, e.url, $2, $3 from ${ENTRIES}
     on conflict (url) do update set
       title = case when $2 then excluded.title else f.title end,
       publisher = case when $2 then excluded.publisher else f.publisher end,
       kind = case when $2 then excluded.kind else f.kind end,
       jurisdiction = case when $2 then excluded.jurisdiction else f.jurisdiction end,
       lang = case when $2 then excluded.lang else f.lang end,
       in_catalogue = f.in_catalogue or $2,
       first_polled_at = case when f.active then f.first_polled_at end,
       next_poll_at = case when f.active then f.next_poll_at else $3 end,
       active = true`,
    [entryRows(entries), catalogue, now]
  )
}

function entryRows(entries: Iterable<FeedEntry>): string {
  return json(
    [...entries].map((entry) => ({
      ...entry,
      title: cut(entry.title, LIMITS.name),
      publisher: cut(entry.publisher, LIMITS.name)
    }))
  )
}

function movedTo(url: string | null): string | null {
  return url !== null && url.length <= LONGEST_URL ? url : null
}

function checkUrl(url: string): string {
  if (url.length <= LONGEST_URL) return url
  throw new StoreError(`The feed's address is longer than ${LONGEST_URL} characters: ${url.slice(0, 80)}…`)
}

async function lockFeed(query: Query, feedId: number): Promise<void> {
  await query('select from feed where id = $1 for update', [feedId])
}
