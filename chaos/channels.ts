import { createFakeDiscord, type FakeChannel, type FakeDiscord } from '../tests/fakes/discord/fake-discord.js'
import { PERMISSIONS } from '../tests/fakes/discord/state.js'
import { createFakeSlack, type FakeSlack } from '../tests/fakes/slack/fake-slack.js'
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
  /** The platform's id. */
  id: string
  /** Only stories of this company; null: everything. */
  company: string | null
  /** Oldest first. */
  received(): Received[]
}

/** Both platforms on loopback: they outlive every process of Facelaw and keep what they were sent. */
export class Chat {
  readonly channels: ChaosChannel[] = []
  /** The Discord channel that Facelaw cannot read: there the nonce alone tells a repeat. */
  readonly unreadable: FakeChannel

  private constructor(
    readonly slack: FakeSlack,
    readonly discord: FakeDiscord
  ) {
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

  /** Settings of a process that works on both. */
  env(): Record<string, string> {
    const { slack, discord } = this
    return {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl
    }
  }

  /** Subscribes all channels as people do: the command, its preview, the button. Needs one process, running. */
  async subscribe(): Promise<void> {
    await this.discord.waitFor(() => this.discord.state.commands.length > 0)
    for (const company of [null, 'Amazon', null]) {
      const id = `C0CHAOS${this.channels.length}`
      this.slack.workspace.addChannel({ id, name: id.toLowerCase() })
      await this.subscribeOnSlack(id, company)
    }
    await this.subscribeOnDiscord(this.discord.channel, null)
    await this.subscribeOnDiscord(this.unreadable, null)
    await this.subscribeOnDiscord(this.discord.addChannel('amazon'), 'Amazon')
  }

  async close(): Promise<void> {
    await Promise.all([this.slack.close(), this.discord.close()])
  }

  private async subscribeOnSlack(id: string, company: string | null): Promise<void> {
    const by = { user: 'U0ADMIN', channel: id }
    const filter = company ? `company:${company} ` : ''
    const preview = await this.slack.slashCommand(`subscribe ${filter}mode:alerts`, by).answer()
    await this.slack.pressButton(preview, 'Yes, subscribe', { user: 'U0ADMIN' }).answer()
    this.channels.push({ name: `slack/${id}`, id, company, received: () => this.slackMessages(id) })
  }

  private async subscribeOnDiscord(channel: FakeChannel, company: string | null): Promise<void> {
    const by = { permissions: 'manager', channel: channel.id } as const
    const preview = await this.discord.command('subscribe', { ...(company && { company }), mode: 'alerts' }, by)
    await this.discord.press(preview.message, 'Yes, subscribe', by)
    const received = () => this.discordMessages(channel.id)
    this.channels.push({ name: `discord/${channel.name}`, id: channel.id, company, received })
  }

  private slackMessages(channel: string): Received[] {
    return this.slack
      .messages(channel)
      .filter((message) => !message.answer)
      .map((message) => ({ text: JSON.stringify([message.text, message.blocks]), at: Number(message.ts) * 1000 }))
  }

  private discordMessages(channel: string): Received[] {
    return this.discord
      .messages(channel)
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
