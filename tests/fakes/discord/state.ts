import { EventEmitter } from 'node:events'
import type { APIApplicationCommand, APIMessage } from 'discord.js'

/** Permission bits (https://docs.discord.com/developers/topics/permissions). */
export const PERMISSIONS = {
  ADMINISTRATOR: 1n << 3n,
  MANAGE_CHANNELS: 1n << 4n,
  VIEW_CHANNEL: 1n << 10n,
  SEND_MESSAGES: 1n << 11n,
  EMBED_LINKS: 1n << 14n,
  READ_MESSAGE_HISTORY: 1n << 16n,
  USE_APPLICATION_COMMANDS: 1n << 31n,
  CREATE_PUBLIC_THREADS: 1n << 35n,
  SEND_MESSAGES_IN_THREADS: 1n << 38n
}

export interface FakeUser {
  id: string
  name: string
}

export interface FakeChannel {
  id: string
  guildId: string
  name: string
  /** 0 text, 11 public thread. */
  type: 0 | 11
  parentId: string | null
  archived: boolean
  locked: boolean
  /** Taken from the bot by an overwrite. */
  botDenied: bigint
}

export interface FakeGuild {
  id: string
  name: string
  channels: FakeChannel[]
}

/** One command, press or half-typed option, and all that the bot did about it. */
export interface FakeInteraction {
  id: string
  token: string
  createdAt: number
  /** Type of the first response: 4, 5, 6, 8; null until there is one. */
  responded: number | null
  /** The "thinking…" has not been filled yet. */
  loading: boolean
  ephemeral: boolean
  /** How often the original was edited. */
  edits: number
  expired: boolean
  channelId: string
  /** The message of `@original`: the deferred answer, or the message that holds the pressed button. */
  original: APIMessage | null
  followUps: APIMessage[]
  choices: { name: string; value: string }[] | null
}

/** Everything that the fake Discord knows. Emits `change` whenever something happened. */
export class FakeState extends EventEmitter {
  private counter = 0n
  readonly bot: FakeUser = { id: this.snowflake(), name: 'facelaw' }
  readonly applicationId = this.bot.id
  readonly guilds: FakeGuild[] = []
  readonly directMessages = new Map<string, FakeChannel>()
  readonly messages: APIMessage[] = []
  readonly interactions: FakeInteraction[] = []
  /** Messages by nonce, while Discord remembers it. */
  readonly nonces = new Map<string, APIMessage>()
  commands: APIApplicationCommand[] = []
  /** What each command was registered with, by id. */
  readonly definitions = new Map<string, string>()
  /**
   * Discord gives 3 s for the first response. Tests on a busy machine must not fail by the clock, so that the fake is
   * more patient unless a test asks for the real thing.
   */
  firstResponseMs = 30_000
  /** IDENTIFYs that are left today. */
  sessionsLeft = 1000
  /** Into how many shards the bot should split, as /gateway/bot advises. */
  advisedShards = 1
  /** How many shards may IDENTIFY in 5 s. */
  maxConcurrency = 1

  snowflake(): string {
    this.counter += 1n
    return String((BigInt(Date.now() - 1420070400000) << 22n) + this.counter)
  }

  /** The channel between the bot and one person; made when it is first asked for. */
  directMessage(personId: string): FakeChannel {
    const known = this.directMessages.get(personId)
    if (known) return known
    const place = { guildId: '', type: 0 as const, parentId: null, archived: false, locked: false, botDenied: 0n }
    const channel: FakeChannel = { id: this.snowflake(), name: 'direct', ...place }
    this.directMessages.set(personId, channel)
    return channel
  }

  changed(): void {
    this.emit('change')
  }

  channel(id: string): FakeChannel | undefined {
    for (const guild of this.guilds) {
      const found = guild.channels.find((channel) => channel.id === id)
      if (found) return found
    }
    return [...this.directMessages.values()].find((channel) => channel.id === id)
  }

  guildOf(channel: FakeChannel): FakeGuild {
    return this.guilds.find((guild) => guild.id === channel.guildId)!
  }

  /** Resolves with the first truthy value that `look` gives, now or after a change. */
  async waitFor<Value>(look: () => Value | undefined | null | false): Promise<Value> {
    for (;;) {
      const value = look()
      if (value) return value
      await new Promise((resolve) => this.once('change', resolve))
    }
  }
}
