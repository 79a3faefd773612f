import { randomBytes } from 'node:crypto'
import type { APIMessage } from 'discord.js'
import { channelShape, EVERYONE, memberShape, userShape } from './shapes.js'
import { type FakeChannel, type FakeInteraction, type FakeState, type FakeUser, PERMISSIONS } from './state.js'

const TYPES = { COMMAND: 2, COMPONENT: 3, AUTOCOMPLETE: 4 }
const SUBCOMMAND = 1

/** Who does it, and where. */
export interface By {
  user?: FakeUser
  /** A channel's id; the first text channel when left out. */
  channel?: string
  /** `manager` has Manage Channels; `member` (the default) has not. */
  permissions?: 'member' | 'manager' | 'administrator'
}

/** Who does what no other is named for. */
export const SOMEBODY: FakeUser = { id: '80351110224678913', name: 'ada' }

/** What people do in a Discord client, as INTERACTION_CREATE events. */
export class FakePeople {
  constructor(private readonly state: FakeState) {}

  /** Types `/facelaw <name> option:value …`, with the types that were registered. */
  command(name: string, options: Record<string, string | number>, by: By): FakeInteraction {
    const { root, registered } = this.registered(name)
    const given = Object.entries(options).map(([option, value]) => {
      const definition = registered.find((candidate) => candidate.name === option)
      if (!definition)
        throw new Error(`/facelaw ${name} has no option ${option}: Discord would not let anybody type it`)
      return { name: option, type: definition.type, value }
    })
    const missing = registered.find((option) => option.required && !(option.name in options))
    if (missing) throw new Error(`/facelaw ${name} needs ${missing.name}: Discord would not send it`)
    const subcommand = { name, type: SUBCOMMAND, options: given }
    return this.create(TYPES.COMMAND, { id: root.id, name: root.name, type: 1, options: [subcommand] }, by)
  }

  autocomplete(name: string, option: string, partial: string, by: By): FakeInteraction {
    const { root, registered } = this.registered(name)
    const definition = registered.find((candidate) => candidate.name === option)
    if (!definition?.autocomplete) throw new Error(`/facelaw ${name} ${option} has no autocomplete`)
    const subcommand = {
      name,
      type: SUBCOMMAND,
      options: [{ name: option, type: definition.type, value: partial, focused: true }]
    }
    return this.create(TYPES.AUTOCOMPLETE, { id: root.id, name: root.name, type: 1, options: [subcommand] }, by)
  }

  press(message: APIMessage, label: string, by: By): FakeInteraction {
    const rows = (message.components ?? []) as { components: { label: string; custom_id: string }[] }[]
    const button = rows.flatMap((row) => row.components).find((candidate) => candidate.label === label)
    if (!button) throw new Error(`no button "${label}" on message ${message.id}`)
    const data = { component_type: 2, custom_id: button.custom_id }
    const interaction = this.create(TYPES.COMPONENT, data, { channel: message.channel_id, ...by }, message)
    interaction.original = message
    return interaction
  }

  /** Picks an entry of a message's own menu, "Apps". */
  menu(message: APIMessage, label: string, by: By): FakeInteraction {
    const entry = this.state.commands.find((command) => command.type === 3 && command.name === label)
    if (!entry) throw new Error(`no entry "${label}" is registered: Discord would not show it`)
    const resolved = { messages: { [message.id]: message } }
    const data = { id: entry.id, name: entry.name, type: 3, target_id: message.id, resolved }
    return this.create(TYPES.COMMAND, data, { channel: message.channel_id, ...by })
  }

  private registered(name: string) {
    const root = this.state.commands.find((command) => command.name === 'facelaw')
    type Option = { name: string; type: number; required?: boolean; autocomplete?: boolean; options?: Option[] }
    const subcommand = (root?.options as Option[] | undefined)?.find((option) => option.name === name)
    if (!root || !subcommand) throw new Error(`/facelaw ${name} is not registered`)
    return { root, registered: subcommand.options ?? [] }
  }

  private create(type: number, data: object, by: By, message?: APIMessage): FakeInteraction {
    const channel = by.channel ? this.state.channel(by.channel) : this.state.guilds[0]?.channels[0]
    if (!channel) throw new Error('there is no such channel')
    const interaction: FakeInteraction = {
      id: this.state.snowflake(),
      token: randomBytes(24).toString('base64url'),
      createdAt: Date.now(),
      responded: null,
      loading: false,
      ephemeral: false,
      edits: 0,
      expired: false,
      channelId: channel.id,
      original: null,
      followUps: [],
      choices: null
    }
    this.state.interactions.push(interaction)
    this.state.emit('dispatch', 'INTERACTION_CREATE', {
      ...this.frame(interaction, channel, by),
      type,
      data,
      ...(message ? { message: { ...message, guild_id: channel.guildId } } : {})
    })
    return interaction
  }

  private frame(interaction: FakeInteraction, channel: FakeChannel, by: By): object {
    const extra = { member: 0n, manager: PERMISSIONS.MANAGE_CHANNELS, administrator: PERMISSIONS.ADMINISTRATOR }
    const permissions = EVERYONE | extra[by.permissions ?? 'member']
    return {
      id: interaction.id,
      application_id: this.state.applicationId,
      token: interaction.token,
      version: 1,
      guild_id: channel.guildId,
      guild: { id: channel.guildId, locale: 'en-US', features: [] },
      channel_id: channel.id,
      channel: { ...channelShape(this.state, channel), permissions: String(permissions) },
      member: { ...memberShape(userShape(by.user ?? SOMEBODY)), permissions: String(permissions), pending: false },
      app_permissions: String(EVERYONE & ~channel.botDenied),
      locale: 'en-US',
      guild_locale: 'en-US',
      entitlements: [],
      authorizing_integration_owners: { '0': channel.guildId },
      context: 0,
      attachment_size_limit: 10485760
    }
  }
}
