import { type Guild, type GuildBasedChannel, PermissionFlagsBits } from 'discord.js'

const NAMES = {
  [String(PermissionFlagsBits.ViewChannel)]: 'View Channel',
  [String(PermissionFlagsBits.SendMessages)]: 'Send Messages',
  [String(PermissionFlagsBits.SendMessagesInThreads)]: 'Send Messages in Threads',
  [String(PermissionFlagsBits.EmbedLinks)]: 'Embed Links'
}

/** The permissions that the bot needs in this channel and has not, by their names in Discord's own settings. */
export function missingPermissions(channel: GuildBasedChannel): string[] {
  const me = channel.guild.members.me
  // Nothing is known of us in this server: only a post can tell.
  if (!me || !channel.guild.roles.cache.has(channel.guild.id)) return []
  const has = channel.permissionsFor(me)
  const send = channel.isThread() ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages
  return [PermissionFlagsBits.ViewChannel, send, PermissionFlagsBits.EmbedLinks]
    .filter((permission) => !has.has(permission))
    .map((permission) => NAMES[String(permission)]!)
}

/** Channels and threads of a server that can hold messages. */
export function textChannels(guild: Guild): GuildBasedChannel[] {
  return [...guild.channels.cache.values()].filter((channel) => channel.isTextBased())
}
