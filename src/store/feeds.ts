import { type FeedEntry, type FeedState, isUnnamed } from '../model/feed.js'
import type { Database, Query } from './database.js'
import { StoreError } from './errors.js'
import { cut, json, LIMITS } from './text.js'

/** Which feeds are watched, and for whom. */
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
  counts(): Promise<{ active: number; failing: number; silent: number; never: number }>
}

/** Longest address of a feed; an index entry of PostgreSQL holds some 2,700 bytes. */
export const LONGEST_URL = 2000
/** A feed that answers well and brought nothing for so long counts as silent. */
const SILENT_DAYS = 60

/** Columns of a feed as `FeedState`; the table is called `f`. */
export const FEED = `
  f.id, json_build_object('url', f.url, 'title', f.title, 'publisher', f.publisher, 'kind', f.kind,
    'jurisdiction', f.jurisdiction, 'lang', f.lang) as entry,
  f.fetch_url as "fetchUrl", f.etag, f.last_modified as "lastModified", f.body_hash as "bodyHash",
  f.first_polled_at as "firstPolledAt", f.last_polled_at as "lastPolledAt", f.last_success_at as "lastSuccessAt",
  f.last_change_at as "lastChangeAt", f.interval_seconds as "intervalSeconds", f.failures, f.last_error as "lastError",
  f.next_poll_at as "nextPollAt"`

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
        `select ${FEED}, w.feed_id is not null as own
         from feed f
         left join workspace_feed w on w.feed_id = f.id and w.workspace_id = $1
         where f.in_catalogue or w.feed_id is not null
         order by lower(f.title), f.id`,
        [workspaceId]
      ),

    async find(feedId) {
      const [feed] = await query<FeedState>(`select ${FEED} from feed f where f.id = $1`, [feedId])
      return feed ?? null
    },

    async counts() {
      const [row] = await query<{ active: number; failing: number; silent: number; never: number }>(`
        select count(*) as active,
          count(*) filter (where failures > 0) as failing,
          count(*) filter (where failures = 0
            and last_success_at - coalesce(last_change_at, first_polled_at) > interval '${SILENT_DAYS} days') as silent,
          count(*) filter (where last_success_at is null) as never
        from feed where active`)
      return row!
    }
  }
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
  const [feed] = await query<FeedState>(`select ${FEED} from feed f where f.url = $1`, [entry.url])
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

function checkUrl(url: string): string {
  if (url.length <= LONGEST_URL) return url
  throw new StoreError(`The feed's address is longer than ${LONGEST_URL} characters: ${url.slice(0, 80)}…`)
}

async function lockFeed(query: Query, feedId: number): Promise<void> {
  await query('select from feed where id = $1 for update', [feedId])
}
