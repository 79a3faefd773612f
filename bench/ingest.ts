import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createFetcher } from '../src/feeds/fetch.js'
import { createHostLimiter } from '../src/feeds/hosts.js'
import { createParsePool } from '../src/feeds/parse-pool.js'
import { createPoller, type Poller } from '../src/feeds/poll.js'
import { planNext } from '../src/feeds/schedule.js'
import { PollLoop } from '../src/ingest/poll-loop.js'
import { readNews } from '../src/ledger/reading/read-news.js'
import { loadLedger } from '../src/ledger/record/load.js'
import type { Ledger } from '../src/ledger/record/model.js'
import { type FeedEntry, neverPolled } from '../src/model/feed.js'
import { compiledModule } from '../src/package-root.js'
import { loadTagger, type Tagger } from '../src/tagging/tagger.js'
import { type BenchDatabase, silent, withPostgres } from './database.js'
import { cpuSeconds, each, median } from './measure.js'
import type { BenchOptions } from './options.js'
import { report } from './report.js'

const FEEDS = 1000
const ROUNDS = 5
const AT_ONCE = 32

interface Stand {
  database: BenchDatabase
  poller: Poller
  tagger: Tagger
  ledger: Ledger
  entries: FeedEntry[]
}

/**
 * Processor time for a thousand feeds, of the whole way (claim, fetch, parse, tag, store, plan) against a loop that only
 * fetches and parses with the same code: the first reading of each, none of its items on the subject, and readings that
 * the servers answer with 304.
 */
export async function benchIngest({ size }: BenchOptions): Promise<void> {
  const count = Math.round(FEEDS * size)
  const server = fork(compiledModule('bench/feed-process.js'), [String(count)])
  const [origin] = (await once(server, 'message')) as [string]
  const entries = Array.from({ length: count }, (_, number) => entryOf(`${origin}/${number}`))
  const fetcher = createFetcher({ allowPrivate: true, contact: 'https://bench.example', version: '0' })
  const poller = createPoller({
    fetcher,
    parser: createParsePool(),
    hosts: createHostLimiter({ concurrency: AT_ONCE, spacingMs: 0 })
  })
  try {
    await withPostgres(async (database) =>
      measure({ database, poller, tagger: loadTagger(), ledger: await loadLedger(), entries })
    )
  } finally {
    await poller.close()
    server.disconnect()
  }
}

async function measure(stand: Stand): Promise<void> {
  const { store } = stand.database
  await bareLoop(stand, false)
  await store.feeds.syncCatalogue(stand.entries, new Date())
  await wholeWay(stand)
  const cold: number[] = []
  const same: number[] = []
  const seconds = { cold: [] as number[], coldBare: [] as number[], same: [] as number[], sameBare: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    await forget(stand.database)
    await store.feeds.syncCatalogue(stand.entries, new Date())
    seconds.coldBare.push(await cpuSeconds(() => bareLoop(stand, false)))
    seconds.cold.push(await cpuSeconds(() => wholeWay(stand)))
    cold.push(seconds.cold.at(-1)! / seconds.coldBare.at(-1)!)
    await stand.database.sql(`update feed set next_poll_at = 'epoch', hold_until = null`)
    seconds.sameBare.push(await cpuSeconds(() => bareLoop(stand, true)))
    seconds.same.push(await cpuSeconds(() => wholeWay(stand)))
    same.push(seconds.same.at(-1)! / seconds.sameBare.at(-1)!)
  }
  report('ingest', [
    { name: 'cold: processor time', value: median(seconds.cold), unit: 's' },
    { name: 'cold: fetch and parse alone', value: median(seconds.coldBare), unit: 's' },
    { name: 'cold: whole to bare', value: median(cold), unit: 'times', bar: { most: 1.3 } },
    { name: '304: processor time', value: median(seconds.same), unit: 's' },
    { name: '304: fetch alone', value: median(seconds.sameBare), unit: 's' },
    { name: '304: whole to bare', value: median(same), unit: 'times', bar: { most: 1.3 } }
  ])
}

async function wholeWay({ database: { store }, poller, tagger, ledger, entries }: Stand): Promise<void> {
  const loop = new PollLoop({
    store,
    poll: (feed, room) => poller.poll(feed, room),
    plan: (feed, result, newItems, now) => planNext(feed, result, newItems, now, { pollSeconds: null }),
    mayConcern: tagger.mayConcern,
    tag: tagger.tag,
    read: (reading) => readNews(ledger, reading),
    arrived: () => {},
    now: () => new Date(),
    owner: 'bench',
    logger: silent
  })
  const { polled, failed, stories } = await loop.round(false)
  if (polled !== entries.length || failed.length > 0 || stories > 0)
    throw new Error(`${polled} of ${entries.length} feeds polled, ${failed[0]?.message}, ${stories} stories`)
}

async function bareLoop({ poller, entries }: Stand, known: boolean): Promise<void> {
  await each(entries, AT_ONCE, async (entry, number) => {
    const result = await poller.poll({ ...neverPolled(entry), etag: known ? `"feed-${number}"` : null })
    if (result.outcome !== (known ? 'unchanged' : 'items')) throw new Error(`the bare loop got ${result.outcome}`)
  })
}

/** As if no feed had ever been read. */
async function forget({ sql }: BenchDatabase): Promise<void> {
  await sql('truncate article_key, article, proposal_source, feed restart identity cascade')
}

function entryOf(url: string): FeedEntry {
  return { url, title: url, publisher: 'The Paper', kind: 'news', jurisdiction: null, lang: 'en' }
}
