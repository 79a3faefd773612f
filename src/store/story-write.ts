import type { Story } from '../model/story.js'
import type { StoredArticle } from './article-write.js'
import type { Query } from './database.js'
import { tagKeys, wordKeys } from './keys.js'
import { STORY } from './stories.js'
import { fold } from './text.js'

const MOST_OUTLETS = 100
const MOST_TAGS = 100
const MOST_KEYS = 400
/** Articles whose text goes into the search of a story; more would say the same again. */
const MOST_SEARCHED = 30

/** Begins a story with its first article. */
export async function startStory(query: Query, article: StoredArticle, now: Date): Promise<Story> {
  const keys = [...tagKeys(article), ...wordKeys(article.title)]
  const [story] = await query<Story>(
    `insert into story as s (title, link, outlet, summary, lang, official, companies, jurisdictions, kind, stage, score,
       published, first_seen_at, updated_at, article_count, outlets, quiet, public, keys, words, search)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, 1, array[$3], $14, $15, $16, $17,
       setweight(${vector('$18')}, 'A') || ${vector('$17')} || ${vector('$19')})
     returning ${STORY}`,
    [
      article.title,
      article.link,
      article.outlet,
      article.summary,
      article.lang,
      article.official,
      article.companies,
      article.jurisdictions,
      article.kind ?? 'other',
      article.stage,
      article.score,
      publishedOf(article, now),
      now,
      article.quiet,
      article.feed.inCatalogue,
      keys.slice(0, MOST_KEYS),
      wordsOf(article),
      fold(article.title),
      fold(article.jurisdictions.join(' '))
    ]
  )
  await countTags(query, article.companies, article.jurisdictions)
  return story!
}

/**
 * Adds an article to a story: tags become the union, counts grow, a public body's article becomes the lead.
 * A story that only first readings told is news from the first live article on, which then leads it.
 */
export async function joinStory(query: Query, story: Story, article: StoredArticle, now: Date): Promise<Story> {
  const [row] = await query<{ official: boolean; keys: string[]; words: string }>(
    'select official, keys, words from story where id = $1 for update',
    [story.id]
  )
  // A feed that only a workspace vouches for cannot speak for a story that others read.
  const wakes = story.quiet && !article.quiet
  const speaks = article.official && article.feed.inCatalogue && !row!.official
  const leads = wakes || speaks
  const lead = leads ? { ...article, published: publishedOf(article, now) } : story
  const companies = union(story.companies, article.companies)
  const jurisdictions = union(story.jurisdictions, article.jurisdictions)
  const words = wordsOf({ ...lead, companies })
  const keys = [...new Set([...tagKeys({ companies, jurisdictions }), ...row!.keys, ...wordKeys(article.title)])]
  const [joined] = await query<Story>(
    `update story s set title = $2, link = $3, outlet = $4, summary = $5, lang = $6, official = official or $7,
       companies = $8, jurisdictions = $9, kind = $10, stage = $11, score = greatest(score, $12), published = $13,
       updated_at = $14, first_seen_at = $21, quiet = $22, article_count = article_count + 1, outlets = $15, public = public or $16, keys = $17, words = $18,
       search = case when article_count >= ${MOST_SEARCHED} then search
         else search || setweight(${vector('$19')}, 'A') || ${vector('$20')} end
     where id = $1
     returning ${STORY}`,
    [
      story.id,
      lead.title,
      lead.link,
      lead.outlet,
      lead.summary,
      lead.lang,
      speaks,
      companies,
      jurisdictions,
      ...kindOf(story, article, leads),
      article.score,
      lead.published,
      now,
      union(story.outlets, [article.outlet]).slice(0, MOST_OUTLETS),
      article.feed.inCatalogue,
      keys.slice(0, MOST_KEYS),
      words,
      fold(article.title),
      [fold(article.summary), words === row!.words ? '' : words, fold(article.jurisdictions.join(' '))].join(' '),
      wakes ? now : story.firstSeenAt,
      story.quiet && article.quiet
    ]
  )
  const added = (had: string[], has: string[]) => has.slice(had.length)
  await countTags(query, added(story.companies, companies), added(story.jurisdictions, jurisdictions))
  return joined!
}

/** What a folded text is found by. */
function vector(text: string): string {
  return `to_tsvector('simple', ${text}) || to_tsvector('english', ${text})`
}

/** What filters' words are looked for in; see match.ts. Enclosed by spaces, so that LIKE finds whole words. */
function wordsOf({ title, summary, companies }: Pick<Story, 'title' | 'summary' | 'companies'>): string {
  return ` ${fold([title, summary, ...companies].join('\n'))} `
}

/** A date ahead is a mistake of the feed, and would keep the story on top for ever. */
function publishedOf(article: StoredArticle, now: Date): Date {
  return article.published && article.published < now ? article.published : now
}

/** The first article's, unless a public body corrects it or it said nothing of use. */
function kindOf(story: Story, article: StoredArticle, leads: boolean): [Story['kind'], Story['stage']] {
  const kind = article.kind ?? 'other'
  const better = kind !== 'other' && (leads || story.kind === 'other')
  if (better) return [kind, article.stage]
  return [story.kind, story.stage ?? (kind === story.kind ? article.stage : null)]
}

function union(had: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...had, ...more])].slice(0, Math.max(had.length, MOST_TAGS))
}

async function countTags(query: Query, companies: readonly string[], jurisdictions: readonly string[]): Promise<void> {
  if (companies.length + jurisdictions.length === 0) return
  await query(
    `insert into tag as t (type, name, stories)
     select 'company', name, 1 from unnest($1::text[]) as name
     union all
     select 'jurisdiction', name, 1 from unnest($2::text[]) as name
     on conflict (type, name) do update set stories = t.stories + 1`,
    [companies, jurisdictions]
  )
}
