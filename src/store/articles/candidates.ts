import type { Story } from '../../model/story.js'
import { IMPLIED_PLACE } from '../../model/tags.js'
import type { Query } from '../database.js'
import { companyKeys, kinPlaceKeys, wordKeys } from '../keys.js'
import type { StoredArticle } from './article-write.js'
import type { StoryCandidate, ToldArticle } from './articles.js'
import { STORY } from './stories.js'

/** How far apart in time two articles of one event may be. */
const WINDOW_DAYS = 10
const MOST_CANDIDATES = 40
const MOST_ARTICLES = 12
/** How long after a story its next step may still be told as one: a session of a parliament, an appeal. */
const DISTANT_DAYS = 240
const MOST_DISTANT = 16
/** Kinds that go from step to step; the tagger may read another of them into the next. */
const STEPPING = ['legislation', 'litigation', 'enforcement', 'company-policy', 'guidance']

/** Finds evidence of a place beyond that the article's language is at home there. */
const NAMES_PLACE = `$[*] ? (@.tag starts with "jurisdiction:" && @.reason != "${IMPLIED_PLACE}")`

interface ArticleRow extends ToldArticle {
  storyId: number
}

/**
 * Stories that an article may belong to: close in time, sharing a company, a place, a name or a word of the headline; those
 * that share most come first.
 */
export async function candidatesFor(query: Query, article: StoredArticle): Promise<StoryCandidate[]> {
  const keys = [
    ...companyKeys(article.companies),
    ...new Set(article.jurisdictions.flatMap(kinPlaceKeys)),
    ...wordKeys(article)
  ]
  const moment = article.published && article.published < article.seenAt ? article.published : article.seenAt
  const stories = await query<Story>(
    `select ${STORY} from story s
     where s.keys && $1::text[] and s.merged_into is null
       and (s.published between $2::timestamptz - interval '${WINDOW_DAYS} days'
           and $2::timestamptz + interval '${WINDOW_DAYS} days'
         or s.article_count > 1 and s.updated_at between $2::timestamptz - interval '${WINDOW_DAYS} days'
           and $2::timestamptz + interval '${WINDOW_DAYS} days')
     order by cardinality(array(select unnest(s.keys) intersect select unnest($1::text[]))) desc,
       abs(extract(epoch from s.published - $2::timestamptz)), s.id
     limit ${MOST_CANDIDATES}`,
    [keys, moment]
  )
  const distant = await distantStories(query, article, moment)
  const all = [...stories, ...distant]
  if (all.length === 0) return []
  const articles = await query<ArticleRow>(
    `select a.* from unnest($1::bigint[]) as story (id),
     lateral (
       select story_id as "storyId", title, summary, lang, outlet, link, published, seen_at as "seenAt", quiet,
         lang <> 'en' and cardinality(jurisdictions) > 0 and not evidence @? $2::jsonpath as "placeImplied"
       from article where story_id = story.id order by id desc limit ${MOST_ARTICLES}
     ) a`,
    [all.map((story) => story.id), NAMES_PLACE]
  )
  return all.map((story, index) => ({
    story,
    ...(index >= stories.length && { distant: true }),
    articles: articles.filter((one) => one.storyId === story.id).map(({ storyId: _, ...one }) => one)
  }))
}

/** Older stories that a later step of a bill, a suit, an inquiry or a pause may go on from: told, sharing a company or place. */
async function distantStories(query: Query, article: StoredArticle, moment: Date): Promise<Story[]> {
  if (article.quiet || article.kind === null || !STEPPING.includes(article.kind)) return []
  const keys = [...companyKeys(article.companies), ...article.jurisdictions.map((code) => `j:${code.toLowerCase()}`)]
  return await query<Story>(
    `select ${STORY} from story s
     where s.keys && $1::text[] and s.kind = any ($3) and not s.quiet and s.merged_into is null
       and s.published between $2::timestamptz - interval '${DISTANT_DAYS} days'
         and $2::timestamptz - interval '${WINDOW_DAYS} days'
     order by s.published desc, s.id desc
     limit ${MOST_DISTANT}`,
    [keys, moment, STEPPING]
  )
}
