import { readConfig } from '../src/config.js'
import { openCore } from '../src/core.js'
import { type BenchDatabase, silent, withPostgres } from './database.js'
import { median, percentile, timed } from './measure.js'
import type { BenchOptions } from './options.js'
import { type Figure, report } from './report.js'

const ARTICLES = 1_000_000
const ARTICLES_A_STORY = 2
const VOCABULARY = 4000
const REQUESTS = 200
/** Companies that the lexicon knows; the first are in many stories, the last in few. */
const COMPANIES = [
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
const PLACES = ['US-WA', 'US-CA', 'US', 'FR', 'DE', 'GB', 'BR', 'EU', 'IN', 'CA']

/** Time on the server of the three commonest questions, with a million articles in the store. */
export async function benchCommands({ size }: BenchOptions): Promise<void> {
  await withPostgres(async (database) => {
    await fill(database, Math.round((ARTICLES * size) / ARTICLES_A_STORY))
    const core = await openCore({ config: readConfig({ DATABASE_URL: database.url }), logger: silent })
    const ask = async (text: string) => {
      const { message } = await core.handler.command({ ...ORIGIN, text })
      if (message.tone === 'bad' || message.parts.length === 0) throw new Error(`"${text}" was not answered`)
    }
    const figures: Figure[] = []
    for (const [name, line] of Object.entries(LINES)) {
      for (let warm = 0; warm < 20; warm++) await ask(line(warm))
      const times: number[] = []
      for (let number = 0; number < REQUESTS; number++) times.push(await timed(() => ask(line(number))))
      figures.push({ name: `${name}: median`, value: median(times), unit: 'ms' })
      figures.push({ name: `${name}: p99`, value: percentile(times, 99), unit: 'ms', bar: { most: 100 } })
    }
    report('commands', figures)
    await core.close()
  })
}

/** What is asked, the hard things too: words that every story has, and words that few have. */
const LINES: Record<string, (number: number) => string> = {
  latest: (number) =>
    [
      'latest',
      `latest jurisdiction:${PLACES[number % 10]}`,
      'latest kind:legislation stage:passed',
      'latest since:30d'
    ][number % 4]!,
  search: (number) =>
    ['search facial recognition', `search word${(number * 37) % VOCABULARY}`, `search recognition word${number % 90}`][
      number % 3
    ]!,
  company: (number) => `company "${COMPANIES[number % COMPANIES.length]}"`
}

const ORIGIN = {
  platform: 'terminal' as const,
  actor: { id: 'U1', name: 'Ada' },
  workspace: { id: 'bench', name: 'Bench' },
  channel: { id: 'bench', name: 'bench' },
  isManager: async () => true
}

/** Stories as the store would have written them; words as in a language: few are common, most are rare. */
async function fill({ sql }: BenchDatabase, stories: number): Promise<void> {
  const indexes = await sql<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where tablename in ('story', 'article') and indexname not like '%_pkey'`
  )
  for (const { name } of indexes) await sql(`drop index ${name}`)
  await sql(`insert into feed (url, title, publisher, kind, lang, in_catalogue, fetch_url, next_poll_at)
    values ('http://paper.example/feed', 'The Paper', 'The Paper', 'news', 'en', true, 'http://paper.example/feed', now())`)
  await sql(
    `insert into story (title, link, outlet, summary, lang, official, companies, jurisdictions, kind, stage, score,
       published, first_seen_at, updated_at, article_count, outlets, quiet, public, keys, words, search)
     select title, 'https://paper.example/' || n, 'The Paper', summary, 'en', false, array[company], array[place],
       (array['legislation', 'litigation', 'enforcement', 'company-policy'])[1 + n % 4],
       case when n % 4 = 0 then (array['proposed', 'passed', 'rejected'])[1 + (n / 4) % 3] end, 0.9, moment, moment, moment,
       ${ARTICLES_A_STORY}, array['The Paper'], false, true,
       array['c:' || lower(company), 'j:' || lower(place), 'w:recognition', 'w:word' || n % 977],
       ' ' || title || ' ' || summary || ' ' || lower(company) || ' ',
       setweight(to_tsvector('simple', title), 'A') || to_tsvector('english', title || ' ' || summary)
     from (
       select n, now() - n * interval '5 minutes' as moment,
         ($1::text[])[1 + floor(${COMPANIES.length} * power((n * 7919::bigint % 1009) / 1009.0, 3))::int] as company,
         ($2::text[])[1 + n % ${PLACES.length}] as place,
         'facial recognition ' || words(n, 6) as title, words(n + 7, 24) as summary
       from generate_series(1, $3::bigint) n
     ) made`.replaceAll(/words\((n[^,]*), (\d+)\)/g, wordsOf),
    [COMPANIES, PLACES, stories]
  )
  await sql(
    `insert into article (feed_id, story_id, title, link, page, summary, outlet, official, lang, published, seen_at, quiet,
       relevant, score, companies, jurisdictions, kind, stage, evidence)
     select 1, s.id, s.title, s.link, 'paper.example/' || s.id || '/' || k, s.summary, s.outlet, false, 'en', s.published,
       s.published, false, true, s.score, s.companies, s.jurisdictions, s.kind, s.stage, '[]'
     from story s, generate_series(1, ${ARTICLES_A_STORY}) k`
  )
  for (const { definition } of indexes) await sql(definition)
  await sql('analyze')
}

/** SQL for so many words after a number; the square makes some of them common. */
function wordsOf(_call: string, number: string, count: string): string {
  const index = `floor(${VOCABULARY} * power((((${number}) * 31 + i * 7919) * 104729::bigint % 1000003) / 1000003.0, 2))::int`
  return `(select string_agg('word' || ${index}, ' ') from generate_series(1, ${count}) i)`
}
