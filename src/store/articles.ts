import type { Database, Query } from './database.js'
import { ingest } from './ingest.js'
import { keyOf, pageOf } from './item-keys.js'
import type { ArticleTable, ItemIdentity, SeenArticle } from './store.js'

const ARTICLE = `
  a.id, a.feed_id as "feedId", a.story_id as "storyId", a.title, a.link, a.summary, a.outlet, a.official, a.lang,
  a.published, a.seen_at as "seenAt", a.evidence, a.relevant, a.score, a.quiet, f.title as "feedTitle",
  a.story_reason as "storyReason"`

export function articleTable(database: Database): ArticleTable {
  const { query } = database
  return {
    async filterNew(feedId, identities) {
      const known = await knownKeys(query, feedId, identities)
      return identities.filter((identity) => !isKnown(identity, known))
    },

    ingest: (feedId, article, options) =>
      database.transaction(async (inside) => {
        // The same feed's items one after the other: two processes that read the same item do not both store it.
        await inside('select from feed where id = $1 for no key update', [feedId])
        const known = await knownKeys(inside, feedId, [article.identity])
        return isKnown(article.identity, known) ? null : await ingest(inside, feedId, article, options)
      }),

    async byLink(link) {
      const page = pageOf(link)
      if (page === null) return []
      return await query<SeenArticle>(
        `select ${ARTICLE} from article a join feed f on f.id = a.feed_id where a.page = $1 order by a.id desc`,
        [page]
      )
    },

    ofStory: (storyId) =>
      query<SeenArticle>(
        `select ${ARTICLE} from article a join feed f on f.id = a.feed_id where a.story_id = $1 order by a.id`,
        [storyId]
      )
  }
}

async function knownKeys(query: Query, feedId: number, identities: readonly ItemIdentity[]): Promise<Set<string>> {
  const keys = new Set(identities.flatMap((identity) => identity.sameIf.flat()).map(keyOf))
  const known = await query<{ key: string }>('select key from article_key where feed_id = $1 and key = any ($2)', [
    feedId,
    [...keys]
  ])
  return new Set(known.map((row) => row.key))
}

function isKnown({ sameIf }: ItemIdentity, known: ReadonlySet<string>): boolean {
  return sameIf.some((keys) => keys.length > 0 && keys.every((key) => known.has(keyOf(key))))
}
