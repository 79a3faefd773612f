import { type Button, type Message, type Part, plainText } from '../../src/chat/message.js'
import type { RequestOrigin } from '../../src/chat/platform.js'
import { readConfig } from '../../src/config.js'
import { type Core, openCore } from '../../src/core.js'
import { ingestItems } from '../../src/ingest/ingest.js'
import type { Reading } from '../../src/ledger/change.js'
import { readNews } from '../../src/ledger/reading/read-news.js'
import type { FeedItem } from '../../src/model/feed.js'
import { emptyDataDir, quietLogger } from '../fakes/databases.js'

/** A person in a channel of a Discord guild; not a manager unless said so. */
export function person(over: Partial<RequestOrigin> & { manager?: boolean } = {}): RequestOrigin {
  const { manager = false, ...rest } = over
  return {
    platform: 'discord',
    actor: { id: 'u1', name: 'Ada' },
    workspace: { id: 'g1', name: 'Newsroom' },
    channel: { id: 'c1', name: 'alerts' },
    isManager: async () => manager,
    ...rest
  }
}

/** The commands over the real lexicon, ledger and the file's embedded database, without platforms and polling. */
export class CommandBench {
  private constructor(
    readonly core: Core,
    /** The embedded database's data directory. */
    readonly folder: string,
    public clock: { now: Date }
  ) {}

  static async open(now: Date): Promise<CommandBench> {
    const folder = await emptyDataDir()
    const clock = { now }
    const config = readConfig({ FACELAW_DATA_DIR: folder, FACELAW_ALLOW_PRIVATE_FEEDS: '1' })
    const core = await openCore({ config, logger: quietLogger, now: () => clock.now, share: true })
    return new CommandBench(core, folder, clock)
  }

  async close(): Promise<void> {
    await this.core.close()
  }

  /** Articles of a feed that was read before: each is news. */
  async news(...items: Partial<FeedItem>[]): Promise<void> {
    return this.newsOf('The Civic Wire', ...items)
  }

  /** The same from an outlet of that name. */
  async newsOf(publisher: string, ...items: Partial<FeedItem>[]): Promise<void> {
    const { store, tag, ledger } = this.core.services
    const entry = {
      url: `http://127.0.0.1/${encodeURIComponent(publisher)}`,
      title: publisher,
      publisher,
      kind: 'news' as const,
      jurisdiction: null,
      lang: 'en'
    }
    const before = (await store.feeds.list(null)).map((feed) => feed.entry)
    await store.feeds.syncCatalogue([...before, entry], this.clock.now)
    const feed = (await store.feeds.list(null)).find((one) => one.entry.url === entry.url)
    const read = (reading: Reading) => readNews(ledger, reading)
    const whole = items.map((item) => ({ id: null, title: '', link: null, published: null, summary: '', ...item }))
    await ingestItems({ ...feed!, firstPolledAt: this.clock.now }, whole, { store, tag, read, now: this.clock.now })
  }

  async say(text: string, origin = person()): Promise<Answer> {
    return new Answer(await this.core.handler.command({ ...origin, text }))
  }

  async press(answer: Answer, label: string, origin = person()): Promise<Answer> {
    const button = answer.buttons.find((one) => one.label === label)
    if (!button) throw new Error(`no button "${label}" among ${answer.buttons.map((one) => one.label).join(', ')}`)
    return new Answer(await this.core.handler.button({ ...origin, action: button.action, message: null }))
  }
}

/** An answer as a person reads it. */
export class Answer {
  readonly message: Message
  readonly text: string
  readonly buttons: Button[]
  constructor(reply: { message: Message; public?: boolean }) {
    this.message = reply.message
    this.text = [reply.message.title?.text ?? '', ...reply.message.parts.map(partText)].join('\n')
    this.buttons = reply.message.buttons ?? []
  }
}

function partText(part: Part): string {
  switch (part.type) {
    case 'text':
    case 'context':
      return plainText(part.text)
    case 'heading':
      return part.text
    case 'list':
      return part.items.map(plainText).join('\n')
    case 'fields':
      return part.fields.map(({ name, value }) => `${name}: ${plainText(value)}`).join('\n')
    case 'image':
      return part.alt
    case 'divider':
      return ''
  }
}
