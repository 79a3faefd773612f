import type { Story } from '../../model/story.js'
import { impliesPlaceOnly } from '../../model/tags.js'
import type { Query } from '../database.js'
import { tagKeys, wordKeys } from '../keys.js'
import { fold } from '../text.js'
import type { StoredArticle } from './article-write.js'
import type { FindChange, ToldArticle } from './articles.js'
import { STORY } from './stories.js'

const MOST_OUTLETS = 100
const MOST_TAGS = 100
const MOST_KEYS = 400
/** Articles whose text goes into the search of a story; more would say the same again. */
const MOST_SEARCHED = 30

/** Begins a story with its first article. */
export async function startStory(query: Query, article: StoredArticle, now: Date): Promise<Story> {
  const keys = [...tagKeys(article), ...wordKeys(article)]
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
  return story!
}

/** What a join needs of a story's row beside the story. */
interface StoryRow {
  official: boolean
  public: boolean
  keys: string[]
  words: string
}

/**
 * Adds an article to a story: tags become the union, counts grow, a better article becomes the lead.
 *
 * A story that only first readings told is news from the first live article on, which then leads it. A feed that only a
 * workspace vouches for speaks in that workspace's own stories, and changes nothing in one that others read.
 */
export async function joinStory(
  query: Query,
  story: Story,
  article: StoredArticle,
  { now, change, told = [] }: { now: Date; change?: FindChange; told?: readonly ToldArticle[] }
): Promise<Story> {
  const [row] = await query<StoryRow>('select official, public, keys, words from story where id = $1 for update', [
    story.id
  ])
  const vouched = article.feed.inCatalogue || !row!.public
  const wakes = vouched && story.quiet && !article.quiet
  const leads = vouched && (wakes || isBetterLead(article, row!))
  const lead = leads ? { ...article, published: publishedOf(article, now) } : { ...story, official: row!.official }
  const companies = vouched ? union(story.companies, article.companies) : story.companies
  const jurisdictions = vouched ? placesOf(story, article) : story.jurisdictions
  const [kind, stage] = vouched
    ? kindOf(story, article, leads, change?.(story, article, story, told)?.stage ?? null)
    : [story.kind, story.stage]
  const words = wordsOf({ ...lead, companies })
  const keys = [...tagKeys({ companies, jurisdictions }), ...row!.keys, ...wordKeys(article)]
  const [joined] = await query<Story>(
    `update story s set title = $2, link = $3, outlet = $4, summary = $5, lang = $6, official = $7,
       companies = $8, jurisdictions = $9, kind = $10, stage = $11, score = greatest(score, $12), published = $13,
       first_seen_at = $14, quiet = $15, updated_at = $16, article_count = article_count + 1, outlets = $17,
       public = public or $18, keys = $19, words = $20,
       search = case when article_count >= ${MOST_SEARCHED} then search
         else search || setweight(${vector('$21')}, 'A') || ${vector('$22')} end
     where id = $1
     returning ${STORY}`,
    [
      story.id,
      lead.title,
      lead.link,
      lead.outlet,
      lead.summary,
      lead.lang,
      lead.official,
      companies,
      jurisdictions,
      kind,
      stage,
      article.score,
      lead.published,
      wakes ? now : story.firstSeenAt,
      story.quiet && !wakes,
      now,
      union(story.outlets, [article.outlet]).slice(0, MOST_OUTLETS),
      article.feed.inCatalogue,
      [...new Set(keys)].slice(0, MOST_KEYS),
      words,
      fold(article.title),
      [fold(article.summary), words === row!.words ? '' : words, fold(article.jurisdictions.join(' '))].join(' ')
    ]
  )
  return joined!
}

/** A public body's own words before the press's; and the catalogue's before what only a workspace vouched for. */
function isBetterLead(article: StoredArticle, row: StoryRow): boolean {
  return (article.official && !row.official) || (article.feed.inCatalogue && !row.public)
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

/** The first article's, unless a public body corrects it, it said nothing of use, or the story has moved on since. */
function kindOf(
  story: Story,
  article: StoredArticle,
  leads: boolean,
  reached: Story['stage']
): [Story['kind'], Story['stage']] {
  if (reached !== null) return [story.kind, reached]
  const kind = article.kind ?? 'other'
  const better = kind !== 'other' && (leads || story.kind === 'other')
  if (better) return [kind, article.stage]
  return [story.kind, story.stage ?? (kind === story.kind ? article.stage : null)]
}

/** A Dutch article on an American company's police sales says "de politie": no news from the Netherlands. */
function placesOf(story: Story, article: StoredArticle): string[] {
  const adds = story.jurisdictions.length === 0 || !impliesPlaceOnly(article)
  return adds ? union(story.jurisdictions, article.jurisdictions) : story.jurisdictions
}

function union(had: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...had, ...more])].slice(0, Math.max(had.length, MOST_TAGS))
}
