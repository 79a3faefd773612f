import type { BenchDatabase } from './database.js'

/** Articles that tell each story. */
export const ARTICLES_A_STORY = 2
export const VOCABULARY = 4000
/** Texts made up, and used again and again: to take a million apart would take longer than the bench. */
const TEXTS = 5003
/** Companies that the lexicon knows; the first are in many stories, the last in few. */
export const COMPANIES = [
  'Amazon',
  'Clearview AI',
  'Microsoft',
  'IBM',
  'Meta',
  'NEC',
  'Idemia',
  'Cognitec',
  'Oosto',
  'PimEyes'
]
export const PLACES = ['US-WA', 'US-CA', 'US', 'FR', 'DE', 'GB', 'BR', 'EU', 'IN', 'CA']

/**
 * Fills an empty store with so many stories, one every so many minutes back from now, as the store would have written them;
 * words as in a language: few are common, most are rare.
 */
export async function fillStories({ sql }: BenchDatabase, stories: number, minutesApart = 5): Promise<void> {
  const indexes = await sql<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where tablename in ('story', 'article') and indexname not like '%_pkey'`
  )
  for (const { name } of indexes) await sql(`drop index ${name}`)
  await sql(`insert into feed (url, title, publisher, kind, lang, in_catalogue, fetch_url, next_poll_at)
    values ('http://paper.example/feed', 'The Paper', 'The Paper', 'news', 'en', true, 'http://paper.example/feed', now())`)
  await sql(
    `create temp table told as
     select n, title, summary,
       setweight(to_tsvector('simple', title), 'A') || to_tsvector('english', title || ' ' || summary) as search
     from (
       select n, 'facial recognition ' || words(n, 6) as title, words(n + 7, 24) as summary
       from generate_series(0, ${TEXTS - 1}) n
     ) made`.replaceAll(/words\((n[^,]*), (\d+)\)/g, wordsOf)
  )
  await sql(
    `insert into story (title, link, outlet, summary, lang, official, companies, jurisdictions, kind, stage, score,
       published, first_seen_at, updated_at, article_count, outlets, quiet, public, keys, words, search)
     select title, 'https://paper.example/' || made.n, 'The Paper', summary, 'en', false, array[company], array[place],
       (array['legislation', 'litigation', 'enforcement', 'company-policy'])[1 + made.n % 4],
       case when made.n % 4 = 0 then (array['proposed', 'passed', 'rejected'])[1 + (made.n / 4) % 3] end,
       0.9, moment, moment, moment, ${ARTICLES_A_STORY}, array['The Paper'], false, true,
       array['c:' || lower(company), 'j:' || lower(place), 'w:recognition', 'w:word' || made.n % 977],
       ' ' || title || ' ' || summary || ' ' || lower(company) || ' ', search
     from (
       select n, now() - n * $4::int * interval '1 minute' as moment,
         ($1::text[])[1 + floor(${COMPANIES.length} * power((n * 7919::bigint % 1009) / 1009.0, 3))::int] as company,
         ($2::text[])[1 + n % ${PLACES.length}] as place
       from generate_series(1, $3::bigint) n
     ) made join told on told.n = made.n % ${TEXTS}`,
    [COMPANIES, PLACES, stories, minutesApart]
  )
  await sql('drop table told')
  await sql(
    `insert into article (feed_id, story_id, title, link, page, summary, outlet, official, lang, published, seen_at, quiet,
       relevant, score, companies, jurisdictions, kind, stage, evidence)
     select 1, s.id, s.title, s.link, 'paper.example/' || s.id || '/' || k, s.summary, s.outlet, false, 'en', s.published,
       s.published, false, true, s.score, s.companies, s.jurisdictions, s.kind, s.stage, '[]'
     from story s, generate_series(1, ${ARTICLES_A_STORY}) k`
  )
  for (const { definition } of indexes) await sql(definition)
  // As a store is that has been at work for a while; else the server would do it while we measure.
  await sql('vacuum analyze')
  await sql('checkpoint')
}

/** SQL for so many words after a number; the square makes some of them common. */
function wordsOf(_call: string, number: string, count: string): string {
  const index = `floor(${VOCABULARY} * power((((${number}) * 31 + i * 7919) * 104729::bigint % 1000003) / 1000003.0, 2))::int`
  return `(select string_agg('word' || ${index}, ' ') from generate_series(1, ${count}) i)`
}
