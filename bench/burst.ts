import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { EVERYTHING } from '../src/alerts/match.js'
import { type FeedServer, startFeedServer } from '../tests/fakes/feed-server.js'
import { Bot } from './bot.js'
import { type BenchDatabase, fillPglite, withPostgres } from './database.js'
import { FakeProcess } from './fakes.js'
import { percentile } from './measure.js'
import type { BenchOptions } from './options.js'
import { type Figure, report } from './report.js'

const CHANNELS = 50_000
const ARTICLES = 10_000
const FEEDS = 20
/** How long the bot is watched after the burst came. */
const WATCH_MS = 45_000
const ASK_EVERY_MS = 500
const MOST_MEMORY = 400

/**
 * Ten thousand new articles in one go, one of them owed to fifty thousand channels: the memory of the bot while it works
 * them off, and how long people wait for an answer meanwhile.
 */
export async function benchBurst({ size }: BenchOptions): Promise<void> {
  const fake = await FakeProcess.start()
  const { slack } = await fake.ask({ channels: Math.round(CHANNELS * size) })
  const subscribeAll = (sql: BenchDatabase['sql']) => subscribe(sql, slack.channels)
  const env = {
    SLACK_BOT_TOKEN: slack.token,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    FACELAW_ALLOW_PRIVATE_FEEDS: '1',
    FACELAW_POLL_SECONDS: '5'
  }
  try {
    await withPostgres(async ({ url, sql }) => {
      await subscribeAll(sql)
      report('burst on PostgreSQL', await burst('PostgreSQL', { ...env, DATABASE_URL: url }, fake, size))
    })
    const dataDir = await fillPglite(subscribeAll)
    await fake.ask({ clear: true })
    report('burst on PGlite', await burst('PGlite', { ...env, FACELAW_DATA_DIR: dataDir }, fake, size))
    await rm(dataDir, { recursive: true, force: true })
  } finally {
    await fake.stop()
  }
}

async function burst(name: string, env: Record<string, string>, fake: FakeProcess, size: number): Promise<Figure[]> {
  const server = await startFeedServer()
  serve(server, 0, 1)
  const urls = Array.from({ length: FEEDS }, (_, feed) => server.url(`/${feed}`))
  const bot = await Bot.start({ ...env, FACELAW_FEEDS: urls.join(' ') })
  try {
    for (let feed = 0; feed < FEEDS; feed++) await server.waitFor(`/${feed}`)
    const idle = bot.memory().now
    serve(server, 1, Math.round((ARTICLES * size) / FEEDS))
    const waits: number[] = []
    for (const until = performance.now() + WATCH_MS; performance.now() < until; ) {
      waits.push((await fake.ask({ command: 'latest' })).answered)
      await sleep(ASK_EVERY_MS)
    }
    const { slack } = await fake.ask({})
    return [
      { name: `${name}: memory before`, value: idle, unit: 'MB' },
      { name: `${name}: memory at most`, value: bot.memory().most, unit: 'MB', bar: { most: MOST_MEMORY } },
      { name: `${name}: messages posted meanwhile`, value: slack.messages, unit: '' },
      { name: `${name}: slowest answer`, value: percentile(waits, 100), unit: 'ms', bar: { most: 3000 } }
    ]
  } finally {
    await bot.stop()
    await server.close()
  }
}

function serve(server: FeedServer, first: number, count: number): void {
  for (let feed = 0; feed < FEEDS; feed++) {
    // The oldest, which comes in first, concerns the company that all channels follow.
    const wanted = (at: number) => feed === 0 && first > 0 && at === count - 1
    const items = Array.from({ length: count }, (_, at) => itemOf(feed, first + at, wanted(at)))
    server.set(`/${feed}`, `<rss version="2.0"><channel><title>Paper ${feed}</title>${items.join('')}</channel></rss>`)
  }
}

function itemOf(feed: number, item: number, wanted: boolean): string {
  const number = feed * ARTICLES + item
  const company = wanted ? 'Clearview AI' : ['NEC', 'Idemia', 'Cognitec'][number % 3]
  return `<item><title>City ${number} bans facial recognition by ${company}</title><guid isPermaLink="false">i-${number}</guid><link>http://paper.example/${number}</link><description>The council of town ${number} voted on Tuesday to ban police use of facial recognition software made by ${company}.</description></item>`
}

/** A workspace whose channels all follow Clearview AI. */
export async function subscribe(sql: BenchDatabase['sql'], channels: string[]): Promise<void> {
  const [workspace] = await sql<{ id: number }>(
    `insert into workspace (platform, external_id, name, created_at)
     values ('slack', 'T0FACELAW', 'Bench', now()) returning id`
  )
  await sql(
    `with c as (
       insert into channel (workspace_id, platform, external_id, name, created_at)
       select $1, 'slack', id, id, now() from unnest($2::text[]) as one (id) returning id
     )
     insert into subscription (channel_id, mode, filter, filter_digest, anchors, jurisdictions, kinds, created_by,
       created_by_name, created_at)
     select id, 'alerts', $3, 'one', array['c:clearview ai'], '{}', '{}', 'U1', 'Ada', now() from c`,
    [workspace!.id, channels, JSON.stringify({ ...EVERYTHING, companies: ['Clearview AI'] })]
  )
  await sql('analyze')
}
