import { createFakeDiscord, type FakeChannel, type FakeDiscord } from '../tests/fakes/discord/fake-discord.js'
import { PERMISSIONS } from '../tests/fakes/discord/state.js'
import { platformSettings } from '../tests/fakes/settings.js'
import { createFakeSlack, type FakeSlack } from '../tests/fakes/slack/fake-slack.js'
import { FOLLOWED } from './articles.js'
import type { Safety } from './preload.js'

/** A message that a channel holds. */
export interface Received {
  /** All that the message says, for finding the codes of articles. */
  text: string
  at: number
}

/** A channel of either platform, with what it asked for. */
export interface ChaosChannel {
  /** `slack/C0EVERYTHING`. */
  name: string
  platform: 'slack' | 'discord'
  /** The platform's id. */
  id: string
  /** Only stories of this company; null: everything. */
  company: string | null
  /** Nothing is owed to it any more: it was deleted. */
  deleted: boolean
  /** Oldest first. */
  received(): Received[]
}

/** More than any run uses up: to be told that there are too many restarts is another test's matter. */
const SESSIONS = 1_000_000

/** Both platforms on loopback: they outlive every process of Facelaw and keep what they were sent. */
export class Chat {
  readonly channels: ChaosChannel[] = []
  /** The Discord channel that Facelaw cannot read: there the nonce alone tells a repeat. */
  readonly unreadable: FakeChannel
  /** Deleted at some moment of the run. */
  private readonly doomed = { slack: 'C0DOOMED', discord: '' }

  private constructor(
    readonly slack: FakeSlack,
    readonly discord: FakeDiscord
  ) {
    discord.state.sessionsLeft = SESSIONS
    this.unreadable = discord.addChannel('unreadable')
    discord.denyBot(this.unreadable, PERMISSIONS.READ_MESSAGE_HISTORY)
  }

  static async open(without: Safety | null): Promise<Chat> {
    const [slack, discord] = await Promise.all([createFakeSlack(), createFakeDiscord()])
    // The limits of real platforms are met by faults; here the rest runs as fast as it can.
    const chat = new Chat(slack, discord)
    if (without === 'nonce') chat.forgetNonces()
    return chat
  }

  /** Settings of a process that works on both, as they are now. */
  env(): Record<string, string> {
    return platformSettings(this.slack, this.discord)
  }

  /** Channels of a platform that are not to be deleted. */
  lasting(platform: 'slack' | 'discord'): ChaosChannel[] {
    return this.channels.filter((channel) => channel.platform === platform && channel.id !== this.doomed[platform])
  }

  /** Subscribes all channels as people do: the command, its preview, the button. Needs one process, running. */
  async subscribe(): Promise<void> {
    await this.discord.waitFor(() => this.discord.state.commands.length > 0 && this.discord.gateway.listening > 0)
    for (const [id, company] of [
      ['C0EVERYTHING', null],
      ['C0AMAZON', FOLLOWED],
      ['C0ALL', null],
      [this.doomed.slack, null]
    ] as const)
      await this.subscribeOnSlack(id, company)
    const doomed = this.discord.addChannel('doomed')
    this.doomed.discord = doomed.id
    await this.subscribeOnDiscord(this.discord.channel, null)
    await this.subscribeOnDiscord(this.unreadable, null)
    await this.subscribeOnDiscord(this.discord.addChannel('amazon'), FOLLOWED)
    await this.subscribeOnDiscord(doomed, null)
  }

  archive(id: string, archived: boolean, tell: boolean): void {
    this.slack.workspace.channels.get(id)!.archived = archived
    if (tell) void this.slack.event({ type: archived ? 'channel_archive' : 'channel_unarchive', channel: id })
  }

  /** Deletes the one channel of this platform that is there for it. */
  deleteOn(platform: 'slack' | 'discord'): string {
    const id = this.doomed[platform]
    const doomed = this.channels.find((channel) => channel.platform === platform && channel.id === id)
    if (!doomed || doomed.deleted) return 'none is left'
    doomed.deleted = true
    if (platform === 'discord') {
      const channel = this.discord.state.channel(id)
      if (channel) this.discord.deleteChannel(channel)
    } else {
      this.slack.workspace.channels.delete(id)
      void this.slack.event({ type: 'channel_deleted', channel: id })
    }
    return doomed.name
  }

  /** What the bot may never do in a channel. */
  usuallyDenied(channel: FakeChannel): bigint {
    return channel === this.unreadable ? PERMISSIONS.READ_MESSAGE_HISTORY : 0n
  }

  /** The old one is refused from now on; the gateway hangs up on whoever came with it. */
  newDiscordToken(token: string): void {
    Object.assign(this.discord, { token })
    this.discord.rest.token = token
    this.discord.gateway.token = token
    this.discord.gateway.drop(4004)
  }

  async close(): Promise<void> {
    await Promise.all([this.slack.close(), this.discord.close()])
  }

  private async subscribeOnSlack(id: string, company: string | null): Promise<void> {
    this.slack.workspace.addChannel({ id, name: id.toLowerCase() })
    const by = { user: 'U0ADMIN', channel: id }
    const filter = company ? `company:${company} ` : ''
    const preview = await this.slack.slashCommand(`subscribe ${filter}mode:alerts`, by).answer()
    await this.slack.pressButton(preview, 'Yes, subscribe', { user: 'U0ADMIN' }).answer()
    // Every story by itself, also in a rush: so each can be told from the others.
    await this.slack.slashCommand('subscriptions cap:0', by).answer()
    const received = () => this.slackMessages(id)
    this.channels.push({ name: `slack/${id}`, platform: 'slack', id, company, deleted: false, received })
  }

  private async subscribeOnDiscord({ id, name }: FakeChannel, company: string | null): Promise<void> {
    const by = { permissions: 'manager', channel: id } as const
    const preview = await this.discord.command('subscribe', { ...(company && { company }), mode: 'alerts' }, by)
    await this.discord.press(preview.message, 'Yes, subscribe', by)
    await this.discord.command('subscriptions', { cap: 0 }, by)
    const received = () => this.discordMessages(id)
    this.channels.push({ name: `discord/${name}`, platform: 'discord', id, company, deleted: false, received })
  }

  /** Alerts: no answers to people, no replies in threads, which tell what has changed since. */
  private slackMessages(channel: string): Received[] {
    return this.slack
      .messages(channel)
      .filter((message) => !message.answer && !message.thread_ts)
      .map((message) => ({ text: JSON.stringify([message.text, message.blocks]), at: Number(message.ts) * 1000 }))
  }

  private discordMessages(channel: string): Received[] {
    return this.discord
      .messages(channel)
      .filter((message) => !message.message_reference)
      .map((message) => ({ text: JSON.stringify(message.embeds), at: Date.parse(message.timestamp) }))
  }

  /** A Discord that knows no nonces, and a Slack that tells no metadata: a repeat cannot be told. */
  private forgetNonces(): void {
    const { state } = this.discord
    state.nonces.set = () => state.nonces
    this.slack.workspace.on('change', () => {
      for (const message of this.slack.workspace.messages) delete message.metadata
    })
  }
}
