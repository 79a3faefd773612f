import type { Database, Query } from '../database.js'
import { STORY_LOCK } from '../keys.js'
import type { StoredArticle } from './article-write.js'
import { attachArticle } from './article-write.js'
import { oweAlerts } from './fan-out.js'
import { oweEdits } from './grow.js'
import type { StoryTable } from './stories.js'
import { joinStory, startStory } from './story-write.js'

/** An article with what writing a story needs of it. */
const STORED = `
  a.id, a.story_id as "storyId", a.title, a.link, a.summary, a.outlet, a.official, a.lang, a.published,
  a.seen_at as "seenAt", a.quiet, a.relevant, a.score, a.companies, a.jurisdictions, a.kind, a.stage, a.evidence,
  json_build_object('id', f.id, 'publisher', f.publisher, 'kind', f.kind, 'inCatalogue', f.in_catalogue) as feed`

type Row = StoredArticle & { id: number; storyId: number }

/** What people rule about stories: an article tells another event, two stories tell one. */
export function storyRulings({ transaction }: Database): Pick<StoryTable, 'split' | 'merge'> {
  return {
    split: (articleId, by, { now, matches }) =>
      transaction(async (query) => {
        await query('select pg_advisory_xact_lock($1)', [STORY_LOCK])
        const [article] = await query<Row>(
          `select ${STORED} from article a join feed f on f.id = a.feed_id where a.id = $1 and a.story_id is not null`,
          [articleId]
        )
        if (!article) return null
        const from = article.storyId
        const rest = (await articlesOf(query, from)).filter(({ id }) => id !== articleId)
        if (rest.length === 0) return null
        const story = await startStory(query, article, now)
        await attachArticle(query, articleId, story.id, `taken out of story ${from} by ${by}`)
        await query('update article set apart_from = $2, placed_by = $3 where id = $1', [articleId, from, by])
        await rebuild(query, from, rest, now)
        await oweEdits(query, from, await toldChannels(query, from), now)
        if (!story.quiet) await oweAlerts(query, story, { now, matches })
        return { from, to: story.id }
      }),

    merge: (from, into, by, now) =>
      transaction(async (query) => {
        await query('select pg_advisory_xact_lock($1)', [STORY_LOCK])
        const moved = await articlesOf(query, from)
        const kept = await articlesOf(query, into)
        if (from === into || moved.length === 0 || kept.length === 0) return 'unknown'
        const [parted] = await query(
          `select from article where (story_id = $1 and apart_from = $2) or (story_id = $2 and apart_from = $1) limit 1`,
          [from, into]
        )
        if (parted) return 'apart'
        await query(`update article set story_id = $2, story_reason = $3, placed_by = $4 where story_id = $1`, [
          from,
          into,
          `put together with story ${into} by ${by}`,
          by
        ])
        await query('update story set merged_into = $2 where id = $1', [from, into])
        await rebuild(
          query,
          into,
          [...kept, ...moved].sort((a, b) => a.id - b.id),
          now
        )
        await carryDeliveries(query, from, into)
        await oweEdits(query, into, await toldChannels(query, into), now)
        return 'done'
      })
  }
}

function articlesOf(query: Query, storyId: number): Promise<Row[]> {
  return query<Row>(
    `select ${STORED} from article a join feed f on f.id = a.feed_id where a.story_id = $1 order by a.id`,
    [storyId]
  )
}

async function toldChannels(query: Query, storyId: number): Promise<number[]> {
  const rows = await query<{ id: number }>(
    `select c.id from channel c where c.id in (select channel_id from delivery where story_id = $1)
     order by c.id for no key update`,
    [storyId]
  )
  return rows.map(({ id }) => id)
}

/** Makes a story be what these articles say: written anew beside it, then put into its place. */
async function rebuild(query: Query, storyId: number, articles: readonly Row[], now: Date): Promise<void> {
  await query('select from story where id = $1 for update', [storyId])
  const [first, ...rest] = articles
  let made = await startStory(query, first!, now)
  for (const article of rest) made = await joinStory(query, made, article, { now })
  await query(
    `update story s set title = m.title, link = m.link, outlet = m.outlet, summary = m.summary, lang = m.lang,
       official = m.official, companies = m.companies, jurisdictions = m.jurisdictions, kind = m.kind, stage = m.stage,
       score = m.score, published = m.published, updated_at = m.updated_at, article_count = m.article_count,
       outlets = m.outlets, public = m.public, keys = m.keys, words = m.words, search = m.search
     from story m where s.id = $1 and m.id = $2`,
    [storyId, made.id]
  )
  await query('delete from story where id = $1', [made.id])
}

/** A channel's message about the one story becomes that of the other; where it has both, the first one stays as it is. */
async function carryDeliveries(query: Query, from: number, into: number): Promise<void> {
  await query(
    `update delivery d set story_id = $2, subject = 'story:' || $2::bigint
     where d.subject = 'story:' || $1::bigint and not exists (
       select from delivery t where t.channel_id = d.channel_id and t.subject = 'story:' || $2::bigint)`,
    [from, into]
  )
  await query(`update delivery set edit_due_at = null, edits_ended = $2 where subject = 'story:' || $1::bigint`, [
    from,
    `it was put together with story ${into}`
  ])
}
