import type { Query } from '../database.js'
import { json } from '../text.js'
import { type Arrival, contentOf, PUBLIC_BODIES } from './article-write.js'
import type { NewArticle } from './articles.js'
import { keyOf, pageOf } from './item-keys.js'

/** Articles of one feed from which nothing follows, and how they arrived. */
export interface KeptArticles extends Arrival {
  feedId: number
  articles: readonly NewArticle[]
}

/**
 * Stores articles from which nothing follows: most of what feeds bring, so that one statement, which is a transaction by
 * itself, does all of several feeds. Returns how many of each feed's were not known before.
 */
export async function keepArticles(query: Query, groups: readonly KeptArticles[]): Promise<number[]> {
  const rows = groups.map(({ feedId, quiet, now, articles }, place) => ({
    place,
    feed: feedId,
    quiet,
    now,
    items: articles.map((article) => rowOf(article, { quiet, now }))
  }))
  const kept = await query<{ place: number; count: number }>(KEEP, [json(rows), PUBLIC_BODIES])
  const counts = groups.map(() => 0)
  for (const { place, count } of kept) counts[place] = count
  return counts
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
    published: published?.toISOString(),
    link: link ?? undefined,
    page: link === null ? undefined : (pageOf(link) ?? undefined),
    companies: some(companies),
    jurisdictions: some(jurisdictions),
    evidence: some(evidence),
    keys: identity.keys.map(keyOf),
    // By their places among the keys, counted from one as SQL does.
    same: identity.sameIf.map((keys) => keys.map((key) => identity.keys.indexOf(key) + 1))
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
  with arrival as materialized (
    select a.place, a.quiet, a.now, a.items, f.id as feed_id, f.publisher as outlet, f.kind = any ($2) as official
    from jsonb_to_recordset($1::jsonb) as a (place integer, feed bigint, quiet boolean, now timestamptz, items jsonb)
    join feed f on f.id = a.feed
  ), item as materialized (
    select nextval(pg_get_serial_sequence('article', 'id')) as id, a.place, a.quiet, a.now, a.feed_id, a.outlet, a.official, i.*
    from arrival a, jsonb_to_recordset(a.items) as i (title text, link text, page text, summary text, lang text,
      published timestamptz, score real, companies text[], jurisdictions text[], evidence jsonb, keys text[], same jsonb),
    lateral (
      select to_jsonb(array(
        select array_position(i.keys, k.key) from article_key k where k.feed_id = a.feed_id and k.key = any (i.keys)))
    ) as known (places)
    where not exists (
      select from jsonb_array_elements(i.same) as s (places)
      where jsonb_array_length(s.places) > 0 and known.places @> s.places)
  ), keyed as (
    insert into article_key (feed_id, key, article_id)
    select feed_id, key, id from item, unnest(keys) as key order by feed_id, key, id
    on conflict do nothing
    returning article_id
  ), stored as (
    insert into article (id, feed_id, title, link, page, summary, outlet, official, lang, published, seen_at, quiet,
      relevant, score, companies, jurisdictions, kind, stage, evidence)
    overriding system value
    select id, feed_id, title, link, page, summary, outlet, official, lang, published, now, quiet, false, score,
      coalesce(companies, '{}'), coalesce(jurisdictions, '{}'), null, null, coalesce(evidence, '[]')
    from item where id in (select article_id from keyed) order by id
    returning id
  )
  select place, count(*)::int as count from stored join item using (id) group by place`
