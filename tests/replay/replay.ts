import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { type App, createApp } from '../../src/app.js'
import { readConfig } from '../../src/config.js'
import { quietLogger } from '../fakes/databases.js'
import { createFakeDiscord, type FakeDiscord } from '../fakes/discord/fake-discord.js'
import { platformSettings } from '../fakes/settings.js'
import { createFakeSlack, type FakeSlack } from '../fakes/slack/fake-slack.js'
import { ARTICLES, type Told } from './articles.js'
import { Press } from './press.js'

const MINUTE = 60_000
const WAVE = 360 * MINUTE
const START = new Date('2020-12-01T00:00:00Z')

/** Slack's channels, and what each asks for. */
export const CHANNELS = {
  C0GENERAL: 'mode:alerts',
  C0CLEARVIEW: 'company:"Clearview AI" mode:alerts',
  C0ILLINOIS: 'jurisdiction:US-IL mode:alerts',
  C0NIGHT: 'jurisdiction:US/* mode:alerts',
  C0CHANGES: 'mode:changes'
}

/** The whole bot, sixteen feeds over HTTP, a Slack of five channels, a Discord of two, and a clock of its own. */
export class Replay {
  /** When each message of Slack was seen changed, by its ts. */
  readonly editTimes = new Map<string, number[]>()
  /** The narrow channel on Discord. */
  readonly california: string

  private constructor(
    readonly app: App,
    readonly env: Record<string, string>,
    readonly slack: FakeSlack,
    readonly discord: FakeDiscord,
    readonly folder: string,
    private readonly press: Press,
    private readonly clock: { now: Date }
  ) {
    this.california = discord.addChannel('california').id
  }

  static async open(): Promise<Replay> {
    const clock = { now: START }
    const folder = await mkdtemp(join(tmpdir(), 'facelaw-replay-'))
    const [press, slack, discord] = await Promise.all([Press.open(START), createFakeSlack(), createFakeDiscord()])
    const env = {
      FACELAW_DATA_DIR: folder,
      FACELAW_ALLOW_PRIVATE_FEEDS: '1',
      FACELAW_POLL_SECONDS: '1',
      ...platformSettings(slack, discord)
    }
    const app = await createApp({
      config: readConfig(env),
      catalogue: press.catalogue,
      logger: quietLogger,
      now: () => clock.now,
      terminal: { input: new PassThrough(), output: new PassThrough() }
    })
    const replay = new Replay(app, env, slack, discord, folder, press, clock)
    await app.connect()
    await app.pollAndDeliver()
    await replay.subscribe()
    return replay
  }

  /** Everything happens; what is told within the same minutes is read within the same minutes. */
  async run(): Promise<void> {
    for (const moment of moments(ARTICLES)) {
      const before = new Map(this.parents().map(({ ts, edits }) => [ts, edits]))
      this.clock.now = new Date(moment)
      this.press.publish(this.clock.now)
      await this.app.pollAndDeliver()
      for (const { ts, edits } of this.parents()) {
        const more = edits - (before.get(ts) ?? 0)
        if (more > 0) this.editTimes.set(ts, [...(this.editTimes.get(ts) ?? []), ...Array(more).fill(moment)])
      }
    }
  }

  /** What stands in Slack's channels themselves, not in threads. */
  parents(channel?: string) {
    const channels = channel ? [channel] : Object.keys(CHANNELS)
    return channels.flatMap((one) => this.slack.messages(one)).filter(({ thread_ts }) => !thread_ts)
  }

  /** What `/facelaw why` answers in a Slack channel. */
  async why(asked: string, channel = 'C0GENERAL'): Promise<string> {
    return JSON.stringify(await this.slack.slashCommand(`why ${asked}`, { user: 'U0MEMBER', channel }).answer())
  }

  async close(): Promise<void> {
    await this.app.stop()
    await Promise.all([this.slack, this.discord, this.press].map((one) => one.close()))
    await rm(this.folder, { recursive: true, force: true })
  }

  private async subscribe(): Promise<void> {
    for (const [id, wish] of Object.entries(CHANNELS)) {
      this.slack.workspace.addChannel({ id, name: id.slice(2).toLowerCase() })
      const by = { user: 'U0ADMIN', channel: id }
      const typed = await this.slack.slashCommand(`subscribe ${wish}`, by).answer()
      await this.slack.pressButton(typed, 'Yes, subscribe', by).answer()
    }
    const night = { user: 'U0ADMIN', channel: 'C0NIGHT' }
    await this.slack.slashCommand('subscriptions quiet:22-3 zone:UTC', night).answer()
    for (const [channel, wish] of [
      [this.discord.channel.id, {}],
      [this.california, { jurisdiction: 'US-CA/*' }]
    ] as const) {
      const by = { permissions: 'manager', channel } as const
      const preview = await this.discord.command('subscribe', { mode: 'alerts', ...wish }, by)
      await this.discord.press(preview.message, 'Yes, subscribe', by)
    }
  }
}

/** When the feeds are read: every six hours in which something was told; a minute after what has a minute of its own. */
function moments(told: readonly Told[]): number[] {
  const read = told.map(({ date }) => {
    const time = Date.parse(date)
    return date.endsWith(':00:00Z') ? Math.ceil((time + 1) / WAVE) * WAVE : time + MINUTE
  })
  return [...new Set(read)].filter((time) => time > START.getTime()).sort((a, b) => a - b)
}
