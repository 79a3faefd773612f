import { type Arrival, contentOf, PUBLIC_BODIES } from './article-write.js'
import type { NewArticle } from './articles.js'
import type { Query } from './database.js'
import { keyOf, pageOf } from './item-keys.js'
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
  const rows = articles.map((article) => rowOf(article, arrival))
  const [kept] = await query<{ count: number }>(KEEP, [feedId, json(rows), PUBLIC_BODIES, arrival.now, arrival.quiet])
  return kept!.count
}

/** What is the same in all articles is left out, and so is what is empty in nearly all: sending costs more than the rest. */
function rowOf({ identity, tags }: NewArticle, arrival: Arrival) {
  const { title, link, summary, lang, published, score, companies, jurisdictions, evidence } = contentOf(
    identity.item,
    tags,
    arrival
  )
  return {
    title,
    summary,
    lang,
    score,
    published: published ?? undefined,
    link: link ?? undefined,
    page: link === null ? undefined : (pageOf(link) ?? undefined),
    companies: some(companies),
    jurisdictions: some(jurisdictions),
    evidence: some(evidence),
    keys: identity.keys.map(keyOf),
    // By their places among the keys.
    same: identity.sameIf.map((keys) => keys.map((key) => identity.keys.indexOf(key)))
  }
}

function some<Item>(list: Item[]): Item[] | undefined {
  return list.length > 0 ? list : undefined
}

/**
 * Who polls the same feed at the same moment stores the same keys: an article none of whose keys is ours is theirs. The
 * keys go in by their order, so that two never wait for each other.
 */
const KEEP = `
  with item as materialized (
    select nextval(pg_get_serial_sequence('article', 'id')) as id, f.publisher as outlet, f.kind = any ($3) as official, i.*
    from feed f, jsonb_to_recordset($2::jsonb) as i (title text, link text, page text, summary text, lang text,
      published timestamptz, score real, companies text[], jurisdictions text[], evidence jsonb, keys text[], same jsonb)
    where f.id = $1 and not exists (
      select from jsonb_array_elements(i.same) as s (places)
      where jsonb_array_length(s.places) > 0 and not exists (
        select from jsonb_array_elements_text(s.places) as p (place)
        where not exists (
          select from article_key known where known.feed_id = $1 and known.key = i.keys[p.place::int + 1])))
  ), keyed as (
    insert into article_key (feed_id, key, article_id)
    select $1, key, id from item, unnest(keys) as key order by key, id
    on conflict do nothing
    returning article_id
  ), stored as (
    insert into article (id, feed_id, title, link, page, summary, outlet, official, lang, published, seen_at, quiet,
      relevant, score, companies, jurisdictions, kind, stage, evidence)
    overriding system value
    select id, $1, title, link, page, summary, outlet, official, lang, published, $4, $5, false, score,
      coalesce(companies, '{}'), coalesce(jurisdictions, '{}'), null, null, coalesce(evidence, '[]')
    from item where id in (select article_id from keyed) order by id
    returning 1
  )
  select count(*)::int as count from stored`
