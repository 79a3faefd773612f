import type { Source, Story } from '../../model/story.js'
import type { Filter } from '../../model/subscription.js'
import type { Database, Query } from '../database.js'
import { askedPlaces, companyKeys } from '../keys.js'
import { fold } from '../text.js'
import type { MatchFilter } from './articles.js'
import { storyRulings } from './story-rulings.js'

export interface StoryQuery {
  filter?: Filter
  /** Only stories first seen in [since, until). */
  since?: Date
  until?: Date
  /** Only stories published at or after this moment (what people mean by `since:30d`). */
  publishedSince?: Date
  /** Only stories published before this moment (answers as of a day). */
  publishedUntil?: Date
  /** Only stories that a feed of the catalogue told, or one that this workspace added; without it, all. */
  visibleTo?: number
  /** Full-text search over headlines, summaries and tags (PostgreSQL websearch syntax); ranks by relevance, then age. */
  search?: string
  limit: number
  offset: number
}

export interface StoryTable {
  /**
   * Newest first (by `published`; a search: best first, among the newest MOST_COUNTED that match), with how many there
   * are, counted up to MOST_COUNTED.
   */
  query(query: StoryQuery): Promise<{ stories: Story[]; total: number }>
  find(storyId: number): Promise<Story | null>
  /** The articles that tell it, oldest first, as far as this workspace may see them. */
  sources(storyId: number, workspaceId: number): Promise<Source[]>
  /**
   * Takes an article out of its story: it begins one of its own, which is owed like any new one; it, and what copies it,
   * never joins the old one again. Null when there is no such article, or its story has no other. `by`: a name.
   */
  split(
    articleId: number,
    by: string,
    options: { now: Date; matches: MatchFilter }
  ): Promise<{ from: number; to: number } | null>
  /** Puts two stories together; `apart`: a person ruled that they are two. Messages about `from` become those of `into`. */
  merge(from: number, into: number, by: string, now: Date): Promise<'done' | 'apart' | 'unknown'>
  /**
   * Whether people of several houses are told of these stories, so that none of them may rule for all. One Slack
   * workspace and one Discord server are one house's; the terminal is the operator's own. Counted are this workspace,
   * those that were told of one of the stories, and those that have subscriptions and may see one.
   */
  concernSeveral(storyIds: readonly number[], workspaceId: number): Promise<boolean>
  /** Since when nothing more of it is told in this workspace, by the word of three people; null: it is. */
  silencedAt(storyId: number, workspaceId: number): Promise<Date | null>
}

/** Columns of a story as `Story`; the table is called `s`. */
export const STORY = `
  s.id, s.title, s.link, s.outlet, s.summary, s.lang, s.companies, s.jurisdictions, s.kind, s.stage, s.score,
  s.published, s.first_seen_at as "firstSeenAt", s.updated_at as "updatedAt", s.article_count as "articleCount",
  s.outlets, s.quiet`

/** Nobody pages through more stories; to count and rank them all takes seconds where there are a million. */
export const MOST_COUNTED = 500
/** Sources that are looked at; more would change nothing in a message. */
export const MOST_SOURCES = 200

export function storyTable(database: Database): StoryTable {
  const { query } = database
  return {
    ...storyRulings(database),

    async query(asked) {
      const where = conditionsOf(asked, await ownFeeds(query, asked.visibleTo))
      const { limit, offset } = asked
      const newest = 's.published desc, s.id desc'
      const best = where.search ? `ts_rank(s.search, ${where.search}) desc, ${newest}` : newest
      const [most, first, after] = [1, 2, 3].map((place) => `$${where.params.length + place}`)
      // Found once, newest first, for the page and for the count.
      const rows = await query<Story & { id: number | null; total: number }>(
        `with found as materialized (
           select s.id, s.published${where.search && ', s.search'} from story s where ${where.sql} order by ${newest} limit ${most}
         ), page as (
           select s.id, row_number() over (order by ${best}) as place from found s order by place
           limit ${first} offset ${after}
         )
         select counted.total, ${STORY}
         from (select count(*) as total from found) counted
         left join page on true left join story s on s.id = page.id
         order by page.place`,
        [...where.params, Math.max(MOST_COUNTED, limit + offset), limit, offset]
      )
      const stories = rows.filter(({ id }) => id !== null).map(({ total: _, ...story }) => story)
      return { stories, total: Math.min(MOST_COUNTED, rows[0]!.total) }
    },

    async find(storyId) {
      const [story] = await query<Story>(`select ${STORY} from story s where s.id = $1`, [storyId])
      return story ?? null
    },

    sources: (storyId, workspaceId) =>
      query<Source>(
        `select a.outlet, a.official, f.kind as publisher, a.title, a.summary, a.link
         from article a join feed f on f.id = a.feed_id
         where a.story_id = $1 and (f.in_catalogue or exists (
           select from workspace_feed w where w.feed_id = f.id and w.workspace_id = $2))
         order by a.id limit ${MOST_SOURCES}`,
        [storyId, workspaceId]
      ),

    async concernSeveral(storyIds, workspaceId) {
      const several = await query(
        `select w.platform from workspace w
         where w.platform <> 'terminal' and (w.id = $2
           or exists (
             select from channel c join delivery d on d.channel_id = c.id
             where c.workspace_id = w.id and d.story_id = any ($1))
           or (exists (select from story where id = any ($1) and public) and exists (
             select from channel c join subscription s on s.channel_id = c.id and s.ended_at is null
             where c.workspace_id = w.id)))
         group by w.platform having count(*) > 1`,
        [storyIds, workspaceId]
      )
      return several.length > 0
    },

    async silencedAt(storyId, workspaceId) {
      const [row] = await query<{ at: Date }>(
        'select at from story_silence where story_id = $1 and workspace_id = $2',
        [storyId, workspaceId]
      )
      return row?.at ?? null
    }
  }
}

interface Conditions {
  /** AND of all conditions, with numbered parameters. */
  sql: string
  params: unknown[]
  /** The full-text query as an SQL expression; '' when there is none. */
  search: string
}

/** Feeds that the workspace added for itself; most have none, and are asked nothing about them. */
async function ownFeeds(query: Query, workspaceId: number | undefined): Promise<number[]> {
  if (workspaceId === undefined) return []
  const feeds = await query<{ id: number }>('select feed_id as id from workspace_feed where workspace_id = $1', [
    workspaceId
  ])
  return feeds.map(({ id }) => id)
}

/** Passes the stories that `matches` of src/alerts/match.ts passes; a test holds the two against each other. */
function conditionsOf(
  { filter, since, until, publishedSince, publishedUntil, visibleTo, search }: StoryQuery,
  ownFeeds: readonly number[]
): Conditions {
  const params: unknown[] = []
  const sql: string[] = ['s.merged_into is null']
  const value = (param: unknown) => `$${params.push(param)}`

  if (since) sql.push(`s.first_seen_at >= ${value(since)}`)
  if (until) sql.push(`s.first_seen_at < ${value(until)}`)
  if (publishedSince) sql.push(`s.published >= ${value(publishedSince)}`)
  if (publishedUntil) sql.push(`s.published < ${value(publishedUntil)}`)
  if (visibleTo !== undefined) sql.push(ownFeeds.length === 0 ? 's.public' : visible(value(ownFeeds)))
  if (filter) addFilter(filter, sql, value)
  if (!search) return { sql: sql.join(' and '), params, search: '' }

  const words = value(searchable(search))
  // Both configurations: `simple` finds every language's words as they stand, `english` also bans for ban. Where they say
  // the same, once: the database would expect twice as many stories, and go about it the wrong way.
  const [simple, english] = ['simple', 'english'].map((name) => `websearch_to_tsquery('${name}', ${words})`)
  const expression = `(case when ${simple} = ${english} then ${simple} else ${simple} || ${english} end)`
  sql.push(`s.search @@ ${expression}`)
  return { sql: sql.join(' and '), params, search: expression }
}

function addFilter(filter: Filter, sql: string[], value: (param: unknown) => string): void {
  if (filter.companies.length > 0) sql.push(`s.keys && ${value(companyKeys(filter.companies))}::text[]`)
  if (filter.jurisdictions.length > 0) sql.push(`s.keys && ${value(askedPlaces(filter))}::text[]`)
  if (filter.kinds.length > 0) sql.push(`s.kind = any (${value(filter.kinds)})`)
  if (filter.stages.length > 0) sql.push(`s.stage = any (${value(filter.stages)})`)
  if (filter.languages.length > 0) sql.push(`lower(s.lang) = any (${value(filter.languages.map(lower))})`)
  if (filter.words.length > 0) {
    // The index of `search` finds them, `words` decides.
    const phrases = filter.words.map((words) => `phraseto_tsquery('simple', ${value(fold(words))})`)
    sql.push(`s.search @@ (${phrases.join(' || ')})`, `s.words like any (${value(filter.words.map(wholeWords))})`)
  }
  if (filter.withoutWords.length > 0) sql.push(`s.words not like all (${value(filter.withoutWords.map(wholeWords))})`)
}

/**
 * Told by a feed of the catalogue, or by one of these. `offset 0` keeps the database from reading all the articles for it
 * at once, which it thinks cheap.
 */
function visible(ownFeeds: string): string {
  return `(s.public or exists (
    select from article a where a.story_id = s.id and a.feed_id = any (${ownFeeds}::bigint[]) offset 0))`
}

function lower(text: string): string {
  return text.toLowerCase()
}

/** A LIKE pattern for words that stand whole in `story.words`; fold leaves no `%`, `_` or backslash. */
function wholeWords(words: string): string {
  return `% ${fold(words)} %`
}

/**
 * What was typed, folded as the stories' words are, with the signs that websearch_to_tsquery knows: quotes, a minus
 * before a word, `or`. Signs inside a word part it, as they do in the stories' words.
 */
function searchable(text: string): string {
  const bare = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return bare.replace(/(?<=[\p{L}\p{N}])[^\p{L}\p{N}\s"]+(?=[\p{L}\p{N}])/gu, ' ')
}
