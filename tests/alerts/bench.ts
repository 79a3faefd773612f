import { findChange } from '../../src/alerts/material-change.js'
import { Sender } from '../../src/alerts/sender.js'
import type { Message } from '../../src/chat/message.js'
import type { ChatPlatform, MessageRef, PostOptions } from '../../src/chat/platform.js'
import type { AlertSettings } from '../../src/model/subscription.js'
import type { Store } from '../../src/store/store.js'
import { quietLogger, type TestDatabase } from '../fakes/databases.js'
import { sampleNames } from '../fakes/samples.js'
import { addChannel, addFeed, article, at, entry, firstCandidate, live, NOON, subscribe } from '../store/samples.js'

/** A platform that keeps what it shows, and refuses edits as told. */
export class Board implements ChatPlatform {
  readonly name = 'discord'
  readonly posts: { channel: string; message: Message; thread?: MessageRef }[] = []
  readonly edits: { ref: MessageRef; message: Message }[] = []
  readonly refusals: Error[] = []
  readonly postRefusals: Error[] = []
  async start() {}
  async stop() {}
  permalink(ref: MessageRef) {
    return `https://chat.example/${ref.messageId}`
  }
  async post(
    channel: { workspaceId: string; channelId: string },
    message: Message,
    _id: string,
    options?: PostOptions
  ) {
    const refusal = this.postRefusals.shift()
    if (refusal) throw refusal
    this.posts.push({ channel: channel.channelId, message, ...(options?.thread && { thread: options.thread }) })
    return { ...channel, messageId: `m${this.posts.length}` }
  }
  async edit(ref: MessageRef, message: Message) {
    const refusal = this.refusals.shift()
    if (refusal) throw refusal
    this.edits.push({ ref, message })
  }
}

/** All that a message says. */
export function words(message: Message | undefined): string {
  return JSON.stringify(message)
}

/** Nothing waits, nothing is folded. */
export const SETTINGS: AlertSettings = {
  threads: 'on',
  style: 'compact',
  singleSource: 'label',
  quiet: null,
  urgent: false,
  cap: 0
}

/** A channel that wants all alerts, with such settings, and a sender whose clock the test owns. */
export async function startBench(database: Pick<TestDatabase, 'open'>, settings: Partial<AlertSettings> = {}) {
  const store = await database.open()
  const channelId = await addChannel(store)
  await subscribe(store, channelId)
  await store.channels.setAlertSettings(channelId, { ...SETTINGS, ...settings }, NOON)
  const board = new Board()
  const clock = { now: NOON }
  const sender = new Sender({
    store,
    platforms: [board],
    names: sampleNames,
    owner: 'test',
    now: () => clock.now,
    logger: quietLogger
  })
  async function drainAt(minutes: number) {
    clock.now = at(minutes)
    await sender.drain(0)
  }
  return { store, channelId, board, drainAt }
}

/** An outlet of that name tells the sample story, so many minutes after noon. */
export async function tell(
  store: Store,
  outlet: string,
  minutes: number,
  changes: Parameters<typeof article>[1] = {},
  tagged: Parameters<typeof article>[2] = {},
  kind: 'news' | 'regulator' = 'news'
) {
  const url = `http://127.0.0.1/${outlet.replaceAll(' ', '-')}`
  const feed = await addFeed(store, entry({ url, title: outlet, publisher: outlet, kind }))
  const one = article(`${outlet} ${minutes}`, { published: at(minutes).toISOString(), ...changes }, tagged)
  return store.articles.ingest(feed, one, { ...live, now: at(minutes), choose: firstCandidate, change: findChange })
}
