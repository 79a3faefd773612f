import type { APIMessage } from 'discord.js'
import { FakeGateway } from './gateway.js'
import { type By, FakePeople, SOMEBODY } from './interactions.js'
import { type Failure, FakeRest, type SeenRequest } from './rest.js'
import { channelShape, guildShape, messageShape, userShape } from './shapes.js'
import { type FakeChannel, type FakeGuild, type FakeInteraction, FakeState } from './state.js'

export type { FakeChannel, FakeGuild, FakeInteraction }

/** A Discord of our own on loopback: HTTP API and gateway, strict about every limit, driven from a test. */
export interface FakeDiscord {
  /** For DISCORD_API_URL. */
  apiUrl: string
  /** The only token that it takes. */
  token: string
  guild: FakeGuild
  /** The first text channel. */
  channel: FakeChannel
  rest: FakeRest
  gateway: FakeGateway
  state: FakeState
  /** All requests that broke a rule or Discord's OpenAPI description; must be empty at the end of a test. */
  violations: string[]
  requests: SeenRequest[]

  /** Types a command and waits for what the person is shown first. */
  command(name: string, options?: Record<string, string | number>, by?: By): Promise<FakeReply>
  /** Presses a button and waits for what happens first: the message changed, or a new one. */
  press(message: APIMessage, label: string, by?: By): Promise<FakeReply>
  /** Picks an entry of a message's own menu and waits for what the person is shown first. */
  menu(message: APIMessage, label: string, by?: By): Promise<FakeReply>
  /** Somebody writes a message. */
  write(content: string, channelId?: string): APIMessage
  autocomplete(name: string, option: string, partial: string, by?: By): Promise<{ name: string; value: string }[]>
  /** Types a command without waiting. */
  begin(name: string, options?: Record<string, string | number>, by?: By): FakeInteraction

  /** What a channel shows to everyone, oldest first. */
  messages(channelId?: string): APIMessage[]
  /** Every answer to a person so far: originals and follow-ups. */
  replies(): FakeReply[]
  waitFor<Value>(look: () => Value | undefined | null | false): Promise<Value>
  fail(failure: Failure): void
  /** Minutes pass: Discord no longer knows the nonces. */
  forgetNonces(): void
  dropGateway(code?: number): void

  addChannel(name: string, guild?: FakeGuild): FakeChannel
  renameChannel(channel: FakeChannel, name: string): void
  deleteChannel(channel: FakeChannel): void
  /** Takes permissions from the bot in a channel; 0n gives them back. */
  denyBot(channel: FakeChannel, permissions: bigint): void
  setThread(thread: FakeChannel, state: { archived: boolean; locked: boolean }): void
  addGuild(name: string): FakeGuild
  /** `unavailable`: an outage, not a removal. */
  removeGuild(guild: FakeGuild, unavailable?: boolean): void
  close(): Promise<void>
}

export interface FakeReply {
  message: APIMessage
  ephemeral: boolean
  interaction: FakeInteraction
}

const TOKEN = 'MTA0MDAwMDAwMDAwMDAwMDAw.Gfake0.loopback-only-token-of-the-fake-discord'

export async function createFakeDiscord(): Promise<FakeDiscord> {
  const state = new FakeState()
  state.setMaxListeners(0)
  const guild = makeGuild(state, 'Newsroom')
  const channel = makeChannel(state, guild, 'face-recognition')
  const rest = new FakeRest(state, TOKEN)
  const gateway = new FakeGateway(rest.server, state, TOKEN)
  await new Promise<void>((resolve) => rest.server.listen(0, '127.0.0.1', resolve))
  const address = rest.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const people = new FakePeople(state)

  function dispatch(event: string, data: unknown): void {
    gateway.dispatch(event, data)
    state.changed()
  }

  return {
    apiUrl: `http://127.0.0.1:${port}/api`,
    token: TOKEN,
    guild,
    channel,
    rest,
    gateway,
    state,
    violations: rest.violations,
    requests: rest.requests,
    command: (name, options = {}, by = {}) => firstAnswer(state, people.command(name, options, by)),
    press: (message, label, by = {}) => firstAnswer(state, people.press(message, label, by)),
    menu: (message, label, by = {}) => firstAnswer(state, people.menu(message, label, by)),
    write: (content, channelId = channel.id) => {
      const message = messageShape(state, channelId, { content })
      message.author = userShape(SOMEBODY)
      state.messages.push(message)
      return message
    },
    autocomplete: async (name, option, partial, by = {}) => {
      const interaction = people.autocomplete(name, option, partial, by)
      return state.waitFor(() => interaction.choices)
    },
    begin: (name, options = {}, by = {}) => people.command(name, options, by),
    messages: (channelId = channel.id) => state.messages.filter((message) => message.channel_id === channelId),
    replies: () => state.interactions.flatMap(repliesOf),
    waitFor: (look) => state.waitFor(look),
    fail: (failure) => rest.fail(failure),
    forgetNonces: () => state.nonces.clear(),
    dropGateway: (code) => gateway.drop(code),
    addChannel: (name, to = guild) => {
      const added = makeChannel(state, to, name)
      dispatch('CHANNEL_CREATE', channelShape(state, added))
      return added
    },
    renameChannel: (renamed, name) => {
      renamed.name = name
      dispatch(renamed.type === 11 ? 'THREAD_UPDATE' : 'CHANNEL_UPDATE', channelShape(state, renamed))
    },
    deleteChannel: (deleted) => {
      const { channels } = state.guildOf(deleted)
      channels.splice(channels.indexOf(deleted), 1)
      dispatch(deleted.type === 11 ? 'THREAD_DELETE' : 'CHANNEL_DELETE', channelShape(state, deleted))
    },
    denyBot: (denied, permissions) => {
      denied.botDenied = permissions
      dispatch('CHANNEL_UPDATE', channelShape(state, denied))
    },
    setThread: (thread, { archived, locked }) => {
      Object.assign(thread, { archived, locked })
      dispatch('THREAD_UPDATE', channelShape(state, thread))
    },
    addGuild: (name) => {
      const added = makeGuild(state, name)
      makeChannel(state, added, 'general')
      dispatch('GUILD_CREATE', guildShape(state, added))
      return added
    },
    removeGuild: (removed, unavailable = false) => {
      if (!unavailable) state.guilds.splice(state.guilds.indexOf(removed), 1)
      dispatch('GUILD_DELETE', unavailable ? { id: removed.id, unavailable: true } : { id: removed.id })
    },
    close: async () => {
      await gateway.close()
      rest.server.closeAllConnections()
      await new Promise<void>((resolve) => rest.server.close(() => resolve()))
    }
  }
}

function makeGuild(state: FakeState, name: string): FakeGuild {
  const guild: FakeGuild = { id: state.snowflake(), name, channels: [] }
  state.guilds.push(guild)
  return guild
}

function makeChannel(state: FakeState, guild: FakeGuild, name: string): FakeChannel {
  const place = { type: 0 as const, parentId: null, archived: false, locked: false, botDenied: 0n }
  const channel: FakeChannel = { id: state.snowflake(), guildId: guild.id, name, ...place }
  guild.channels.push(channel)
  return channel
}

function firstAnswer(state: FakeState, interaction: FakeInteraction): Promise<FakeReply> {
  return state.waitFor(() => repliesOf(interaction)[0])
}

/** "Thinking…" is no answer yet; nor is the message of a pressed button until it is changed. */
function repliesOf(interaction: FakeInteraction): FakeReply[] {
  const { responded, edits, loading } = interaction
  const settled = responded === 6 ? edits > 0 : responded !== null && !loading
  const shown = interaction.original && settled ? [interaction.original] : []
  return [...shown, ...interaction.followUps].map((message) => asReply(interaction, message))
}

function asReply(interaction: FakeInteraction, message: APIMessage): FakeReply {
  return { message, ephemeral: message.flags === 64, interaction }
}
