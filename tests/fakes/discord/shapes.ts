import type { APIEmbed, APIMessage, APIUser } from 'discord.js'
import { type FakeChannel, type FakeGuild, type FakeState, type FakeUser, PERMISSIONS } from './state.js'

/** Shapes of Discord's answers and events, by its OpenAPI description: required fields present, optional ones left out. */

export const EVERYONE =
  PERMISSIONS.VIEW_CHANNEL |
  PERMISSIONS.SEND_MESSAGES |
  PERMISSIONS.EMBED_LINKS |
  PERMISSIONS.READ_MESSAGE_HISTORY |
  PERMISSIONS.USE_APPLICATION_COMMANDS |
  PERMISSIONS.CREATE_PUBLIC_THREADS |
  PERMISSIONS.SEND_MESSAGES_IN_THREADS

const LONG_AGO = '2024-01-01T00:00:00.000000+00:00'

export function userShape(user: FakeUser, bot = false): APIUser & { primary_guild: null } {
  return {
    id: user.id,
    username: user.name,
    discriminator: '0',
    global_name: user.name,
    avatar: null,
    public_flags: 0,
    flags: 0,
    primary_guild: null,
    ...(bot ? { bot: true } : {})
  } as unknown as APIUser & { primary_guild: null }
}

/** The bot, as it is told to itself. */
export function ownUserShape(state: FakeState): object {
  return { ...userShape(state.bot, true), mfa_enabled: false, locale: 'en-US', verified: true, email: null }
}

export function memberShape(user: APIUser): object {
  return { user, roles: [], joined_at: LONG_AGO, deaf: false, mute: false, flags: 0, nick: null, avatar: null }
}

export function channelShape(state: FakeState, channel: FakeChannel): object {
  const base = { id: channel.id, type: channel.type, guild_id: channel.guildId, name: channel.name, flags: 0 }
  if (channel.type === 11) {
    return {
      ...base,
      parent_id: channel.parentId,
      owner_id: state.bot.id,
      thread_metadata: {
        archived: channel.archived,
        locked: channel.locked,
        auto_archive_duration: 4320,
        archive_timestamp: LONG_AGO,
        create_timestamp: LONG_AGO
      },
      message_count: 0,
      member_count: 1,
      total_message_sent: 0,
      rate_limit_per_user: 0
    }
  }
  const overwrites = [{ id: state.bot.id, type: 1, allow: '0', deny: String(channel.botDenied) }]
  return {
    ...base,
    position: 0,
    permission_overwrites: channel.botDenied === 0n ? [] : overwrites,
    nsfw: false,
    rate_limit_per_user: 0,
    parent_id: null,
    topic: null
  }
}

export function guildShape(state: FakeState, guild: FakeGuild): object {
  const everyone = {
    id: guild.id,
    name: '@everyone',
    permissions: String(EVERYONE),
    position: 0,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    flags: 0
  }
  const shapes = (type: number) =>
    guild.channels.filter((channel) => channel.type === type).map((channel) => channelShape(state, channel))
  return {
    id: guild.id,
    name: guild.name,
    owner_id: '80351110224678912',
    unavailable: false,
    large: false,
    joined_at: LONG_AGO,
    member_count: 2,
    roles: [everyone],
    channels: shapes(0),
    threads: shapes(11),
    members: [memberShape(userShape(state.bot, true))],
    emojis: [],
    stickers: [],
    features: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    preferred_locale: 'en-US',
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    system_channel_flags: 0,
    afk_timeout: 300,
    icon: null
  }
}

/** The parts of a message that a request can set. */
export interface MessageBody {
  content?: string | null
  embeds?: APIEmbed[] | null
  components?: { type: number; components: object[] }[] | null
  flags?: number
  nonce?: string
  enforce_nonce?: boolean
  message_reference?: { message_id: string }
  allowed_mentions?: { parse?: string[] }
}

export function messageShape(state: FakeState, channelId: string, body: MessageBody): APIMessage {
  const message = {
    id: state.snowflake(),
    channel_id: channelId,
    author: userShape(state.bot, true),
    type: body.message_reference ? 19 : 0,
    content: '',
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    pinned: false,
    flags: body.flags ?? 0
  } as unknown as APIMessage
  if (body.message_reference)
    Object.assign(message, { message_reference: { ...body.message_reference, channel_id: channelId, type: 0 } })
  return applyBody(message, body)
}

/** Fields that a body leaves out stay as they were. */
export function applyBody(message: APIMessage, body: MessageBody): APIMessage {
  if (body.content !== undefined) message.content = body.content ?? ''
  if (body.embeds !== undefined) message.embeds = (body.embeds ?? []).map(storedEmbed)
  if (body.components !== undefined) message.components = storedComponents(body.components ?? [])
  return message
}

/** Discord trims texts and adds a type. */
function storedEmbed(embed: APIEmbed): APIEmbed {
  const stored = { ...embed, type: 'rich' } as APIEmbed
  if (stored.title) stored.title = stored.title.trim()
  if (stored.description) stored.description = stored.description.trim()
  return stored
}

/** Discord numbers the components of a message. */
function storedComponents(rows: { type: number; components: object[] }[]): NonNullable<APIMessage['components']> {
  let id = 0
  const numbered = rows.map((row) => {
    id += 1
    const rowId = id
    const components = row.components.map((component) => {
      id += 1
      return { ...component, id }
    })
    return { type: row.type, id: rowId, components }
  })
  return numbered as unknown as NonNullable<APIMessage['components']>
}
