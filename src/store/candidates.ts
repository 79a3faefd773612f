import type { Story } from '../model/story.js'
import type { StoredArticle } from './article-write.js'
import type { Query } from './database.js'
import { companyKeys, wordKeys } from './keys.js'
import type { StoryCandidate } from './store.js'
import { STORY } from './stories.js'

/** How far apart in time two articles of one event may be. */
const WINDOW_DAYS = 10
const MOST_CANDIDATES = 40
const MOST_ARTICLES = 12

interface ArticleRow {
  storyId: number
  title: string
  summary: string
  lang: string
  outlet: string
  link: string | null
  published: Date | null
  seenAt: Date
}

/**
 * Stories that an article may belong to: close in time, sharing a company, a place or a word of the headline; those
 * that share most come first.
 */
export async function candidatesFor(query: Query, article: StoredArticle): Promise<StoryCandidate[]> {
  const keys = [
    ...companyKeys(article.companies),
    ...article.jurisdictions.map((code) => `j:${code.toLowerCase()}`),
    ...wordKeys(article.title)
  ]
  const moment = article.published && article.published < article.seenAt ? article.published : article.seenAt
  const stories = await query<Story>(
    `select ${STORY} from story s
     where s.keys && $1::text[] and s.merged_into is null
       and s.published between $2::timestamptz - interval '${WINDOW_DAYS} days'
         and $2::timestamptz + interval '${WINDOW_DAYS} days'
     order by cardinality(array(select unnest(s.keys) intersect select unnest($1::text[]))) desc,
       abs(extract(epoch from s.published - $2::timestamptz)), s.id
     limit ${MOST_CANDIDATES}`,
    [keys, moment]
  )
  if (stories.length === 0) return []
  const articles = await query<ArticleRow>(
    `select a.* from unnest($1::bigint[]) as story (id),
     lateral (
       select story_id as "storyId", title, summary, lang, outlet, link, published, seen_at as "seenAt"
       from article where story_id = story.id order by id desc limit ${MOST_ARTICLES}
     ) a`,
    [stories.map((story) => story.id)]
  )
  return stories.map((story) => ({
    story,
    articles: articles.filter((one) => one.storyId === story.id).map(({ storyId: _, ...one }) => one)
  }))
}
