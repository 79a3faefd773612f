import {
  type AnyThreadChannel,
  type Channel,
  type Client,
  Events,
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
  type PartialGuildMember
} from 'discord.js'
import type { Logger } from '../../log.js'
import type { ChannelChange, ChannelRef, CommandHandler } from '../platform.js'
import { missingPermissions, textChannels } from './access.js'
import { describeError } from './errors.js'

/**
 * Tells the core what happens to channels: deleted, renamed, locked, closed to the bot and open again, bot removed.
 * Told one after the other, in the order of Discord's events.
 */
export class Changes {
  /** Channels that were closed to the bot when last looked at. */
  private readonly closed = new Set<string>()
  private told: Promise<void> = Promise.resolve()

  constructor(
    private readonly handler: CommandHandler,
    private readonly logger: Logger
  ) {}

  watch(client: Client): void {
    client.on(Events.ChannelDelete, (channel) => this.deleted(channel))
    client.on(Events.ThreadDelete, (thread) => this.gone(thread, 'The thread was deleted.'))
    client.on(Events.ChannelUpdate, (before, after) => this.updated(before, after))
    client.on(Events.ThreadUpdate, (before, after) => this.threadUpdated(before, after))
    client.on(Events.GuildRoleUpdate, (_before, role) => this.compareAccess(role.guild))
    client.on(Events.GuildRoleDelete, (role) => this.compareAccess(role.guild))
    client.on(Events.GuildMemberUpdate, (_before, member) => this.memberUpdated(member))
    client.on(Events.GuildCreate, (guild) => this.welcome(guild))
    // After an outage nobody has told what changed meanwhile.
    client.on(Events.GuildAvailable, (guild) => this.compareAccess(guild))
    // discord.js keeps this event for real removals; an outage is Events.GuildUnavailable and means nothing.
    client.on(Events.GuildDelete, (guild) => this.removed(guild))
  }

  /** What may have been paused while nobody listened: every channel that is open to the bot is back. */
  welcome(guild: Guild): void {
    for (const channel of textChannels(guild)) {
      if (missingPermissions(channel).length > 0) this.closed.add(channel.id)
      else this.back(channel)
    }
  }

  /** Resolves when the core has been told all. */
  settled(): Promise<void> {
    return this.told
  }

  private deleted(channel: Channel): void {
    if (!channel.isDMBased()) this.gone(channel, 'The channel was deleted.')
  }

  private updated(before: Channel, after: Channel): void {
    if (after.isDMBased() || before.isDMBased()) return
    if (before.name !== after.name) this.renamed(after)
    this.compareAccess(after.guild)
  }

  /** An archived thread opens by itself when something is posted; only a locked one stays shut. */
  private threadUpdated(before: AnyThreadChannel, after: AnyThreadChannel): void {
    if (before.name !== after.name) this.renamed(after)
    const wasShut = before.archived && before.locked
    const isShut = after.archived && after.locked
    if (isShut && !wasShut) this.gone(after, 'The thread was archived and locked.')
    if (wasShut && !isShut) this.back(after)
  }

  private memberUpdated(member: GuildMember | PartialGuildMember): void {
    if (member.id === member.client.user.id) this.compareAccess(member.guild)
  }

  private removed(guild: Guild): void {
    for (const channel of guild.channels.cache.values()) this.closed.delete(channel.id)
    const reason = 'The bot was removed from the server.'
    this.tell({ type: 'workspace-gone', platform: 'discord', workspaceId: guild.id, reason })
  }

  private compareAccess(guild: Guild): void {
    for (const channel of textChannels(guild)) {
      const missing = missingPermissions(channel)
      if (missing.length > 0 && !this.closed.has(channel.id)) {
        this.closed.add(channel.id)
        this.gone(channel, `The bot may no longer post here: it lacks ${missing.join(', ')}. Give these to its role.`)
      } else if (missing.length === 0 && this.closed.delete(channel.id)) this.back(channel)
    }
  }

  private gone(channel: GuildBasedChannel, reason: string): void {
    this.tell({ type: 'channel-gone', platform: 'discord', channel: refOf(channel), reason })
  }

  private back(channel: GuildBasedChannel): void {
    this.tell({ type: 'channel-back', platform: 'discord', channel: refOf(channel) })
  }

  private renamed(channel: GuildBasedChannel): void {
    this.tell({ type: 'channel-renamed', platform: 'discord', channel: refOf(channel), name: channel.name })
  }

  private tell(change: ChannelChange): void {
    this.told = this.told
      .then(() => this.handler.changed(change))
      .catch((error) =>
        this.logger.error({ error: describeError(error) }, `discord: ${change.type} could not be noted`)
      )
  }
}

function refOf(channel: GuildBasedChannel): ChannelRef {
  return { workspaceId: channel.guild.id, channelId: channel.id }
}
