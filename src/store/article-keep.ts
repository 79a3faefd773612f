import { type Arrival, contentOf, contentRow, PUBLIC_BODIES } from './article-write.js'
import type { NewArticle } from './articles.js'
import type { Query } from './database.js'
import { keyOf } from './item-keys.js'
import { json } from './text.js'

/**
 * Stores articles from which nothing follows: most of what feeds bring, so that one statement, which is a transaction by
 * itself, does all. Returns how many were not known before.
 */
export async function keepArticles(
  query: Query,
  feedId: number,
  articles: readonly NewArticle[],
  arrival: Arrival
): Promise<number> {
  const rows = articles.map(({ identity, tags }) => ({
    ...contentRow(contentOf(identity.item, tags, arrival), identity.keys),
    same_if: identity.sameIf.map((keys) => keys.map(keyOf))
  }))
  const [kept] = await query<{ count: number }>(KEEP, [feedId, json(rows), PUBLIC_BODIES])
  return kept!.count
}

/**
 * Who polls the same feed at the same moment stores the same keys: an article none of whose keys is ours is theirs. The
 * keys go in by their order, so that two never wait for each other.
 */
const KEEP = `
  with item as materialized (
    select nextval(pg_get_serial_sequence('article', 'id')) as id, f.publisher as outlet, f.kind = any ($3) as official, i.*
    from feed f, jsonb_to_recordset($2::jsonb) as i (title text, link text, page text, summary text, lang text,
      published timestamptz, seen_at timestamptz, quiet boolean, relevant boolean, score real, companies text[],
      jurisdictions text[], kind text, stage text, evidence jsonb, keys text[], same_if jsonb)
    where f.id = $1 and not exists (
      select from jsonb_array_elements(i.same_if) as s (keys)
      where jsonb_array_length(s.keys) > 0 and not exists (
        select from jsonb_array_elements_text(s.keys) as k (key)
        where not exists (select from article_key known where known.feed_id = $1 and known.key = k.key)))
  ), keyed as (
    insert into article_key (feed_id, key, article_id)
    select $1, key, id from item, unnest(keys) as key order by key, id
    on conflict do nothing
    returning article_id
  ), stored as (
    insert into article (id, feed_id, title, link, page, summary, outlet, official, lang, published, seen_at, quiet,
      relevant, score, companies, jurisdictions, kind, stage, evidence)
    overriding system value
    select id, $1, title, link, page, summary, outlet, official, lang, published, seen_at, quiet,
      relevant, score, companies, jurisdictions, kind, stage, evidence
    from item where id in (select article_id from keyed) order by id
    returning 1
  )
  select count(*)::int as count from stored`
