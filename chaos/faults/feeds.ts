import { gzipSync } from 'node:zlib'
import type { FeedAnswer } from '../../tests/fakes/feed-server.js'
import type { MadeFeed } from '../newsroom.js'
import type { Random } from '../random.js'
import type { Fault } from './fault.js'

/** What publishers do to us. */
export const FEEDS: Fault[] = [
  {
    name: 'a feed answers badly',
    weight: 8,
    begin(world, random) {
      const feed = random.pick(world.newsroom.feeds)
      const { name, answers } = badAnswers(feed, random)
      feed.spoil(answers)
      return `${feed.name}: ${name}`
    }
  },
  {
    name: 'a feed tells its items in another way',
    weight: 6,
    begin(world, random) {
      const feed = random.pick(world.newsroom.feeds)
      const manner = random.pick([
        { guidSuffix: `-${random.between(1, 99)}` },
        { order: 'shuffled' },
        { backdated: true },
        { charset: 'windows-1252' },
        { charset: 'utf-16le' },
        { charset: 'gb18030' }
      ] as const)
      feed.tell(manner)
      world.later(random.between(2000, 10_000), () => feed.mend())
      return `${feed.name}: ${JSON.stringify(manner)}`
    }
  }
]

interface BadAnswers {
  name: string
  answers: FeedAnswer[]
}

function badAnswers(feed: MadeFeed, random: Random): BadAnswers {
  const whole = feed.document()
  const bytes = Buffer.from(whole.body ?? '')
  const part = random.between(1, bytes.length - 1)
  const squeezed = gzipSync(bytes)
  return random.pick<BadAnswers>([
    { name: 'hangs', answers: [{ ...whole, stall: 'headers' }] },
    { name: 'hangs in the middle', answers: [{ ...whole, stall: 'body' }] },
    { name: '500 twice', answers: [{ status: 500 }, { status: 500 }] },
    { name: '403', answers: [{ status: 403, body: 'no robots' }] },
    { name: '429', answers: [{ status: 429, headers: { 'retry-after': '3' } }] },
    { name: '304 wrongly', answers: [{ status: 304, headers: { etag: '"wrong"' } }] },
    { name: 'the last ETag for a new document', answers: [{ ...whole, etag: false, headers: { etag: '"same"' } }] },
    { name: 'garbage', answers: [{ body: random.shuffled([...'<rss>&&]]>\u0007<item><title>Ünder']).join('') }] },
    { name: 'empty', answers: [{ body: '' }] },
    { name: 'a page instead', answers: [{ body: '<!doctype html><title>Sign in</title><p>Please sign in.' }] },
    { name: 'a redirect to itself', answers: Array.from({ length: 8 }, () => ({ status: 302, location: feed.path })) },
    {
      name: 'a broken archive',
      answers: [{ body: squeezed.subarray(0, squeezed.length / 2), headers: { 'content-encoding': 'gzip' } }]
    },
    { name: 'cut off', answers: [{ ...whole, cutAfter: part }] },
    { name: 'half a document', answers: [{ ...whole, body: bytes.subarray(0, part) }] }
  ])
}
