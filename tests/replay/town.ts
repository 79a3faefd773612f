import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import type { APIMessage } from 'discord.js'
import { type App, createApp } from '../../src/app.js'
import { readConfig } from '../../src/config.js'
import type { ArchiveItem } from '../../src/demo/archive.js'
import { type ArchiveServer, serveArchive } from '../../src/demo/server.js'
import { quietLogger } from '../fakes/databases.js'
import { createFakeDiscord, type FakeDiscord } from '../fakes/discord/fake-discord.js'
import { platformSettings } from '../fakes/settings.js'
import { createFakeSlack, type FakeSlack, type PostedMessage } from '../fakes/slack/fake-slack.js'

/** Which of the town's two newspapers says what, and when. */
export interface Said extends ArchiveItem {
  paper: 'wire' | 'courier'
}

const PAPERS = { wire: 'Northern Wire', courier: 'Harbour Courier' } as const
const MINUTE = 60_000

/** The whole bot on loopback: two newspapers, a Slack and a Discord that want everything, and a clock of our own. */
export class Town {
  private constructor(
    readonly app: App,
    readonly slack: FakeSlack,
    readonly discord: FakeDiscord,
    private readonly clock: { now: Date },
    private readonly servers: readonly ArchiveServer[],
    private readonly folder: string
  ) {}

  /** `start`: the first reading, which posts nothing. */
  static async open(start: Date, said: readonly Said[]): Promise<Town> {
    const folder = await mkdtemp(join(tmpdir(), 'facelaw-town-'))
    const clock = { now: start }
    const papers = Object.entries(PAPERS).map(([key, title]) => ({
      title,
      kind: 'news' as const,
      lang: 'en',
      format: 'rss' as const,
      items: said.filter(({ paper }) => paper === key).sort((a, b) => a.date.localeCompare(b.date))
    }))
    // One host a paper: the bot is slow to ask one host often.
    const servers = await Promise.all(papers.map((paper) => serveArchive([paper], () => clock.now)))
    const [slack, discord] = await Promise.all([createFakeSlack(), createFakeDiscord()])
    const env = {
      FACELAW_DATA_DIR: folder,
      FACELAW_ALLOW_PRIVATE_FEEDS: '1',
      FACELAW_POLL_SECONDS: '1',
      ...platformSettings(slack, discord)
    }
    const app = await createApp({
      config: readConfig(env),
      catalogue: servers.flatMap(({ entries }) => entries),
      logger: quietLogger,
      now: () => clock.now,
      terminal: { input: new PassThrough(), output: new PassThrough() }
    })
    const town = new Town(app, slack, discord, clock, servers, folder)
    await app.connect()
    await app.pollAndDeliver()
    const typed = await slack.slashCommand('subscribe mode:alerts', { user: 'U0ADMIN' }).answer()
    await slack.pressButton(typed, 'Yes, subscribe', { user: 'U0ADMIN' }).answer()
    const preview = await discord.command('subscribe', { mode: 'alerts' }, { permissions: 'manager' })
    await discord.press(preview.message, 'Yes, subscribe', { permissions: 'manager' })
    return town
  }

  /** What is said by then is read and told; so is what changes by it, a quarter of an hour later. */
  async until(date: string): Promise<void> {
    this.clock.now = new Date(date)
    await this.app.pollAndDeliver()
    this.clock.now = new Date(this.clock.now.getTime() + 15 * MINUTE)
    await this.app.pollAndDeliver()
  }

  /** What stands in the Slack channel itself with these words. */
  onSlack(words: string): PostedMessage[] {
    return this.slack
      .messages()
      .filter((message) => !message.thread_ts && JSON.stringify(message.blocks).includes(words))
  }

  /** What stands in the Discord channel itself with these words. */
  onDiscord(words: string): APIMessage[] {
    return this.discord.messages().filter((message) => JSON.stringify(message.embeds).includes(words))
  }

  /** What hangs in the thread of a Slack message. */
  threadOnSlack({ ts }: PostedMessage): string[] {
    return this.slack
      .messages()
      .flatMap((message) => (message.thread_ts === ts ? [JSON.stringify(message.blocks)] : []))
  }

  /** What hangs in the thread that begins at a Discord message. */
  threadOnDiscord({ id }: APIMessage): string[] {
    return this.discord.messages(id).map((message) => JSON.stringify(message.embeds))
  }

  async close(): Promise<void> {
    await this.app.stop()
    await Promise.all([this.slack, this.discord, ...this.servers].map((one) => one.close()))
    await rm(this.folder, { recursive: true, force: true })
  }
}
