import { matches } from '../src/alerts/match.js'
import type { Story } from '../src/model/story.js'
import { oweAlerts } from '../src/store/articles/fan-out.js'
import { openDatabase, type Query } from '../src/store/database.js'
import { type BenchDatabase, silent, withPostgres } from './database.js'
import { median, timed } from './measure.js'
import type { BenchOptions } from './options.js'
import { type Figure, report } from './report.js'

/** Subscriptions held when a story is matched. */
const SIZES = [1_000, 100_000, 1_000_000]
const STORIES = 15
/** A narrow filter asks for one of so many companies, or one of so many places, or for both. */
const COMPANIES = 20_000
const PLACES = 5_000

/**
 * What one story costs (whom does it concern, and a delivery owed to each) as the subscriptions grow from a thousand to a
 * million, all of them narrow: a company, a place, or both.
 */
export async function benchMatch({ size }: BenchOptions): Promise<void> {
  await withPostgres(async (database) => {
    const opened = openDatabase({ connectionString: database.url }, silent)
    const figures: Figure[] = []
    const times: number[] = []
    let held = 0
    for (const wanted of SIZES.map((count) => Math.round(count * size))) {
      await subscribe(database, held, wanted)
      held = wanted
      const runs: { time: number; owed: number }[] = []
      // The first is not counted: it fills the caches of the server.
      for (let number = 0; number <= STORIES; number++) runs.push(await matchOne(opened.transaction, storyOf(number)))
      const counted = runs.slice(1)
      times.push(median(counted.map(({ time }) => time)))
      const owed = median(counted.map((run) => run.owed))
      const bar = held === SIZES.at(-1) ? { bar: { most: 50 } } : {}
      figures.push({ name: `${held} subscriptions: one story`, value: times.at(-1)!, unit: 'ms', ...bar })
      figures.push({ name: `${held} subscriptions: owed to`, value: owed, unit: 'channels' })
    }
    figures.push({ name: 'a thousand times as many: cost', value: times.at(-1)! / times[0]!, unit: 'times' })
    report('match', figures)
    await opened.close()
  })
}

/** Rolled back, so that the next one meets the same. */
async function matchOne(
  transaction: <Result>(work: (query: Query) => Promise<Result>) => Promise<Result>,
  story: Story
): Promise<{ time: number; owed: number }> {
  let owed = 0
  let time = 0
  const undo = new Error('undone')
  try {
    await transaction(async (query) => {
      await query(
        `insert into story (id, title, outlet, summary, lang, official, companies, jurisdictions, kind, score, published,
           first_seen_at, updated_at, article_count, outlets, quiet, public, keys, words, search)
         overriding system value values ($1, 'T', 'O', 'S', 'en', false, $2, $3, $4, 1, now(), now(), now(), 1, '{}', false,
           true, '{}', '', '')`,
        [story.id, story.companies, story.jurisdictions, story.kind]
      )
      time = await timed(async () => {
        owed = (await oweAlerts(query, story, { now: new Date(), matches })).owed
      })
      throw undo
    })
  } catch (error) {
    if (error !== undo) throw error
  }
  return { time, owed }
}

function storyOf(number: number): Story {
  const now = new Date()
  return {
    id: 1_000_000 + number,
    title: `A city votes on face recognition, ${number}`,
    link: null,
    outlet: 'The Paper',
    summary: 'It was decided on Tuesday.',
    lang: 'en',
    companies: [`Company ${(number * 37) % COMPANIES}`],
    jurisdictions: [`US-WA/City ${(number * 41) % PLACES}`],
    kind: 'legislation',
    stage: 'passed',
    score: 1,
    published: now,
    firstSeenAt: now,
    updatedAt: now,
    articleCount: 1,
    outlets: ['The Paper'],
    quiet: false
  }
}

/** As `subscriptions.add` would store them, a channel each. */
async function subscribe({ sql }: BenchDatabase, from: number, to: number): Promise<void> {
  await sql(
    `insert into workspace (platform, external_id, name, created_at)
     select 'discord', 'G' || n, 'Server', now() from generate_series(1, 1000) n on conflict do nothing`
  )
  await sql(
    `with made as (
       select n, 'Company ' || (n * 7919::bigint % ${COMPANIES}) as company,
         'US-WA/City ' || (n * 104729::bigint % ${PLACES}) as place, n % 10 as sort
       from generate_series($1::bigint + 1, $2::bigint) n
     ), asked as (
       select n, case when sort < 7 then array[company] else '{}' end as companies,
         case when sort > 5 then array[place] else '{}' end as places
       from made
     ), c as (
       insert into channel (workspace_id, platform, external_id, name, created_at)
       select (select min(id) from workspace) + n % 1000, 'discord', 'C' || n, 'c', now() from asked
       returning id, external_id
     )
     insert into subscription (channel_id, mode, filter, filter_digest, anchors, jurisdictions, kinds, created_by,
       created_by_name, created_at)
     select c.id, 'alerts',
       jsonb_build_object('companies', companies, 'jurisdictions', places, 'kinds', '{}'::text[], 'stages', '{}'::text[],
         'languages', '{}'::text[], 'words', '{}'::text[], 'withoutWords', '{}'::text[]),
       'one',
       case when companies <> '{}' then array['c:' || lower(companies[1])] else array['j:' || lower(places[1])] end,
       case when places <> '{}' then array['j:' || lower(places[1])] else '{}' end, '{}', 'U', 'Ada',
       now() - interval '1 day'
     from asked join c on c.external_id = 'C' || n`,
    [from, to]
  )
  await sql('analyze')
}
