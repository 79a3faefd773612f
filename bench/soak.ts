import { setTimeout as sleep } from 'node:timers/promises'
import { compiledModule } from '../src/package-root.js'
import { type FeedServer, startFeedServer } from '../tests/fakes/feed-server.js'
import { Bot } from './bot.js'
import { subscribe } from './burst.js'
import { withPostgres } from './database.js'
import { FakeProcess } from './fakes.js'
import { median } from './measure.js'
import type { BenchOptions } from './options.js'
import { report } from './report.js'

const HOURS = 24
/** What stands for an hour: each feed is polled at least once in it. */
const HOUR_MS = 6000
const FEEDS = 20
const CHANNELS = 200
const COMMANDS_AN_HOUR = 20
/** New items of a feed in an hour; the first of the first feed concerns everybody's subscription. */
const NEW_ITEMS = 10
/** Items that a feed holds. */
const SHOWN = 30
const LINES = ['latest', 'search facial recognition', 'company Clearview AI', 'subscriptions', 'status', 'why']

/**
 * A day of a bot compressed to a few minutes: feeds change every hour, stories are told to all channels, people ask. What
 * is left in memory after a collection of garbage must not grow: the last eight hours against the eight before.
 */
export async function benchSoak({ size }: BenchOptions): Promise<void> {
  const fake = await FakeProcess.start()
  const server = await startFeedServer()
  try {
    const { slack } = await fake.ask({ channels: Math.round(CHANNELS * size) })
    await withPostgres(async ({ url, sql }) => {
      await subscribe(sql, slack.channels)
      serve(server, 0)
      const bot = await Bot.start({
        SLACK_BOT_TOKEN: slack.token,
        SLACK_APP_TOKEN: slack.appToken,
        SLACK_API_URL: slack.apiUrl,
        FACELAW_ALLOW_PRIVATE_FEEDS: '1',
        FACELAW_POLL_SECONDS: '3',
        FACELAW_FEEDS: Array.from({ length: FEEDS }, (_, feed) => server.url(`/${feed}`)).join(' '),
        DATABASE_URL: url,
        NODE_OPTIONS: `--import ${compiledModule('bench/soak-preload.js').href}`
      })
      try {
        const heaps: number[] = []
        let messages = 0
        for (let hour = 1; hour <= HOURS; hour++) {
          messages += await live(hour, server, fake)
          heaps.push(await bot.heap())
        }
        const before = median(heaps.slice(8, 16))
        const after = median(heaps.slice(16))
        report('soak', [
          { name: 'messages posted', value: messages, unit: '' },
          { name: 'heap after an hour', value: heaps[0]!, unit: 'MB' },
          { name: 'heap, 9th to 16th hour', value: before, unit: 'MB' },
          { name: 'heap, 17th to 24th hour', value: after, unit: 'MB' },
          { name: 'growth', value: after / before, unit: 'times', bar: { most: 1.05 } }
        ])
      } finally {
        await bot.stop()
      }
    })
  } finally {
    await fake.stop()
    await server.close()
  }
}

/** One hour; returns how many messages were posted in it. */
async function live(hour: number, server: FeedServer, fake: FakeProcess): Promise<number> {
  const over = sleep(HOUR_MS)
  serve(server, hour)
  for (let asked = 0; asked < COMMANDS_AN_HOUR; asked++) await fake.ask({ command: LINES[asked % LINES.length]! })
  await over
  const { slack } = await fake.ask({})
  await fake.ask({ clear: true })
  return slack.messages
}

function serve(server: FeedServer, hour: number): void {
  for (let feed = 0; feed < FEEDS; feed++) {
    const newest = hour * NEW_ITEMS
    const items = Array.from({ length: Math.min(SHOWN, newest) }, (_, at) => itemOf(feed, newest - at))
    server.set(`/${feed}`, `<rss version="2.0"><channel><title>Paper ${feed}</title>${items.join('')}</channel></rss>`)
  }
}

function itemOf(feed: number, number: number): string {
  const [title, text] =
    feed === 0 && number % NEW_ITEMS === 0
      ? [`City ${number} bans Clearview AI`, `Council ${number} voted 7-2 to ban facial recognition by Clearview AI.`]
      : [`Museum ${number} opens`, `The harbour museum was opened after ${number} months, said its head.`]
  return `<item><title>${title}</title><guid isPermaLink="false">i-${feed}-${number}</guid><link>http://paper.example/${feed}/${number}</link><description>${text}</description></item>`
}
