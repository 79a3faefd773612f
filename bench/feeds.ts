import { parseFeedDocument } from '../src/feeds/parse.js'
import { type Figure, report } from './report.js'

/** Items of the feed that stands for an ordinary one; real feeds have 10 to 100. */
const ITEMS = 50
const ROUNDS = 200
/** What a parser thread has for one document (src/feeds/parse-pool.ts). */
const THREAD_MS = 2000

const DESCRIPTION = '<p>The council <b>voted</b> on Tuesday &amp; the mayor agreed.</p>'
const around = (bad: string) =>
  `<rss version="2.0"><channel><item><title>bad</title>${bad}</item><item><title>good</title></item></channel></rss>`

/** Documents made to be slow; none may take anywhere near the 2 s that a parser thread has. */
const HOSTILE: Record<string, () => string> = {
  '100,000 items': () =>
    `<rss><channel>${'<item><title>t</title><link>http://a.example/</link></item>'.repeat(100_000)}`,
  '10 MB of <': () => around(`<description>${'<'.repeat(10_000_000)}</description>`),
  '3 million <a': () => around(`<description>${'<a'.repeat(3_000_000)}</description>`),
  '1 million closing tags': () => around(`${'<b>'.repeat(4000)}${'</c>'.repeat(1_000_000)}`),
  '200,000 links': () => around('<link>http://a.example/</link>'.repeat(200_000)),
  '200,000 attributes': () => around(`<guid ${Array.from({ length: 200_000 }, (_, at) => `a${at}="b"`).join(' ')}/>`)
}

/** How fast feeds are read on one thread: an ordinary one in MB/s, and each of the slow ones in milliseconds. */
export async function benchFeeds(): Promise<void> {
  const items = Array.from(
    { length: ITEMS },
    (_, at) =>
      `<item><title>Vote ${at}</title><link>/news/${at}</link><guid>${at}-x</guid><pubDate>Mon, 23 Nov 2026 10:00:00 EST</pubDate><description><![CDATA[${DESCRIPTION.repeat(20)}]]></description></item>`
  )
  const ordinary = Buffer.from(`<?xml version="1.0"?><rss version="2.0"><channel>${items.join('')}</channel></rss>`)
  await time(ordinary, ROUNDS / 10)
  const spent = await time(ordinary, ROUNDS)
  const perSecond = (ordinary.length * ROUNDS) / 1e6 / (spent / 1000)
  const figures: Figure[] = [
    { name: `ordinary feed of ${ITEMS} items`, value: spent / ROUNDS, unit: 'ms' },
    { name: 'ordinary feed', value: perSecond, unit: 'MB/s' }
  ]
  for (const [name, make] of Object.entries(HOSTILE)) {
    figures.push({ name, value: await time(Buffer.from(make()), 1), unit: 'ms', bar: { most: THREAD_MS } })
  }
  report('feeds', figures)
}

async function time(bytes: Uint8Array, rounds: number): Promise<number> {
  const begun = performance.now()
  for (let round = 0; round < rounds; round++) await parseFeedDocument(bytes, { url: 'https://a.example/feed' })
  return performance.now() - begun
}
