import iconv from 'iconv-lite'
import type { FeedAnswer, FeedServer } from '../tests/fakes/feed-server.js'
import { type MadeArticle, makeArticle, offTopic } from './articles.js'
import type { Random } from './random.js'

/**
 * Items that a document carries. So many that none drops out before anybody could read it: what is gone from a feed
 * while every process is dead is nobody's fault.
 */
const DOCUMENT_ITEMS = 500

/** How a document is told, for as long as nobody says otherwise. */
interface Manner {
  /** Other guids for the same items. */
  guidSuffix: string
  order: 'newest first' | 'shuffled'
  /** Every date moved back by years, as after a move of the publisher's system. */
  backdated: boolean
  charset: 'utf-8' | 'windows-1252' | 'gb18030' | 'utf-16le'
}

const USUAL: Manner = { guidSuffix: '', order: 'newest first', backdated: false, charset: 'utf-8' }

/** One feed: what it has published, and what goes wrong with it. */
export class MadeFeed {
  readonly articles: MadeArticle[] = []
  private manner = USUAL
  /** Bad answers that are still to be given before the good one. */
  private bad: FeedAnswer[] = []
  private answeredBefore = 0
  private hanging = false

  constructor(
    readonly name: string,
    private readonly server: FeedServer,
    private readonly random: Random
  ) {
    this.serve()
  }

  get url(): string {
    return this.server.url(this.path)
  }

  get path(): string {
    return `/${this.name}.xml`
  }

  publish(article: MadeArticle): void {
    this.articles.push(article)
    this.serve()
  }

  /** The next answers are these, then the document again. */
  spoil(answers: FeedAnswer[]): void {
    this.bad = [...this.left(), ...answers]
    this.serve()
  }

  /** Takes requests and says nothing, for as long as anybody could ask. */
  hang(): void {
    this.hanging = true
    this.spoil(Array.from({ length: 1000 }, () => ({ stall: 'headers' as const })))
  }

  tell(manner: Partial<Manner>): void {
    this.manner = { ...this.manner, ...manner }
    this.serve()
  }

  /** Everything as it should be. */
  mend(): void {
    this.manner = USUAL
    this.bad = []
    this.serve()
    if (this.hanging) this.server.cut()
    this.hanging = false
  }

  /** The document as its bytes are now. */
  document(): FeedAnswer {
    const items = this.articles.slice(-DOCUMENT_ITEMS).toReversed()
    const ordered = this.manner.order === 'shuffled' ? this.random.shuffled(items) : items
    const { charset } = this.manner
    const xml = `<?xml version="1.0" encoding="${charset === 'utf-16le' ? 'utf-16' : charset}"?>
<rss version="2.0"><channel><title>${this.name}</title><link>https://news.example/${this.name}</link>
<description>News of ${this.name}</description>
${ordered.map((article) => this.item(article)).join('\n')}
</channel></rss>`
    return {
      body: iconv.encode(xml, charset, { addBOM: charset === 'utf-16le' }),
      etag: true,
      headers: { 'content-type': `application/rss+xml; charset=${charset === 'utf-16le' ? 'utf-16' : charset}` }
    }
  }

  private item({ guid, link, title, text, published }: MadeArticle): string {
    const date = this.manner.backdated ? new Date(published.getTime() - 5 * 365 * 86_400_000) : published
    return `<item><guid isPermaLink="false">${guid}${this.manner.guidSuffix}</guid><link>${link}</link><title>${title}</title><description>${text}</description><pubDate>${date.toUTCString()}</pubDate></item>`
  }

  private serve(): void {
    this.bad = this.left()
    this.answeredBefore = this.server.count(this.path)
    this.server.set(this.path, [...this.bad, this.document()])
  }

  private left(): FeedAnswer[] {
    return this.bad.slice(this.server.count(this.path) - this.answeredBefore)
  }
}

/** All feeds of a world, and what they have published. */
export class Newsroom {
  readonly feeds: MadeFeed[]
  private count = 0

  /** A server for each feed: hosts are independent of each other. */
  constructor(
    servers: readonly FeedServer[],
    names: readonly string[],
    private readonly random: Random
  ) {
    this.feeds = names.map((name, index) => new MadeFeed(name, servers[index]!, random.fork()))
    // What is there at the first poll is nobody's news.
    for (const feed of this.feeds) feed.publish(offTopic(feed.name))
  }

  /** A new article in one feed or, now and then, several at once. */
  publish(): void {
    const feed = this.random.pick(this.feeds)
    const count = this.random.next() < 0.15 ? this.random.between(2, 6) : 1
    for (let i = 0; i < count; i++) this.publishIn(feed)
  }

  published(): number {
    return this.count
  }

  private publishIn(feed: MadeFeed): void {
    feed.publish(makeArticle(this.count++, feed.name, this.random))
  }
}
