import type { FakeSocketMode } from './socket-mode.js'
import { BOT, type FakeChannel, type FakeWorkspace, type PostedMessage, TEAM } from './workspace.js'

// biome-ignore lint/suspicious/noExplicitAny: answers and arguments are JSON of many shapes
type Json = Record<string, any>

/** What a method answers; `ok` is added. Throws ApiError for `ok: false`. */
type Method = (args: Json) => Json

/** `{ok: false, error}`. */
export class ApiError extends Error {}

/** The methods that Facelaw uses, with Slack's answers and errors. `address` is where this server listens. */
export function createMethods(
  workspace: FakeWorkspace,
  socket: FakeSocketMode,
  address: string
): Record<string, Method> {
  return {
    'auth.test': () => ({
      url: address,
      team: TEAM.name,
      user: BOT.name,
      team_id: TEAM.id,
      user_id: BOT.userId,
      bot_id: BOT.botId,
      is_enterprise_install: false
    }),
    'apps.connections.open': () => ({ url: socket.newAddress() }),
    'users.info': ({ user }) => ({ user: userInfo(workspace, user) }),
    'chat.postMessage': (args) => {
      const isPerson = workspace.users.has(args.channel)
      const channel = isPerson ? workspace.directMessage(args.channel) : writable(workspace, args.channel)
      if (args.thread_ts && !workspace.find(channel.id, args.thread_ts)) throw new ApiError('thread_not_found')
      const message = workspace.add({ ...content(args), channel: channel.id, answer: false })
      return { channel: channel.id, ts: message.ts, message: messageInfo(message, true) }
    },
    'chat.postEphemeral': (args) => {
      const channel = writable(workspace, args.channel)
      if (!workspace.users.has(args.user)) throw new ApiError('user_not_in_channel')
      const message = workspace.add({ ...content(args), channel: channel.id, ephemeralFor: args.user, answer: false })
      return { message_ts: message.ts }
    },
    'chat.update': (args) => {
      const channel = writable(workspace, args.channel)
      const message = workspace.find(channel.id, args.ts)
      if (!message || message.ephemeralFor) throw new ApiError('message_not_found')
      if (message.user) throw new ApiError('cant_update_message')
      const { text, blocks, metadata } = content(args)
      Object.assign(message, { text, blocks, ...(metadata && { metadata }), edits: message.edits + 1 })
      workspace.changed()
      const { ts, ...changed } = messageInfo(message, true)
      return { channel: channel.id, ts, text: message.text, message: changed }
    },
    'conversations.history': (args) => {
      const channel = readable(workspace, args.channel)
      const messages = workspace.inChannel(channel.id).filter((message) => !message.thread_ts)
      return { ...page(messages.reverse(), args), pin_count: 0 }
    },
    'conversations.replies': (args) => {
      const channel = readable(workspace, args.channel)
      if (!workspace.find(channel.id, args.ts)) throw new ApiError('thread_not_found')
      return page(
        workspace.inChannel(channel.id).filter(({ ts, thread_ts }) => ts === args.ts || thread_ts === args.ts),
        args
      )
    }
  }
}

function content(args: Json): Pick<PostedMessage, 'text' | 'blocks' | 'metadata' | 'thread_ts'> {
  return {
    text: args.text ?? '',
    blocks: args.blocks ?? [],
    ...(args.metadata && { metadata: args.metadata }),
    ...(args.thread_ts && { thread_ts: args.thread_ts })
  }
}

function existing(workspace: FakeWorkspace, id: string): FakeChannel {
  const channel = workspace.channels.get(id)
  if (!channel || (channel.private && !channel.member)) throw new ApiError('channel_not_found')
  return channel
}

function readable(workspace: FakeWorkspace, id: string): FakeChannel {
  const channel = existing(workspace, id)
  if (!channel.member) throw new ApiError('not_in_channel')
  return channel
}

function writable(workspace: FakeWorkspace, id: string): FakeChannel {
  const channel = readable(workspace, id)
  if (channel.archived) throw new ApiError('is_archived')
  return channel
}

function page(messages: PostedMessage[], args: Json): Json {
  const oldest = Number(args.oldest ?? 0)
  const inWindow = messages.filter((message) => Number(message.ts) > oldest)
  const start = args.cursor ? Number(Buffer.from(args.cursor, 'base64').toString()) : 0
  if (Number.isNaN(start)) throw new ApiError('invalid_cursor')
  const end = start + (args.limit ?? 100)
  const more = end < inWindow.length
  return {
    messages: inWindow.slice(start, end).map((message) => messageInfo(message, args.include_all_metadata === true)),
    has_more: more,
    ...(more && { response_metadata: { next_cursor: Buffer.from(String(end)).toString('base64') } })
  }
}

/** A message as Slack tells of it. */
export function messageInfo(message: PostedMessage, withMetadata: boolean): Json {
  return {
    type: 'message',
    ...(message.user ? { user: message.user } : { user: BOT.userId, bot_id: BOT.botId, app_id: BOT.appId }),
    team: TEAM.id,
    ts: message.ts,
    text: message.text,
    blocks: message.blocks.map((block, index) => ({ block_id: `b${index}`, ...block })),
    ...(message.thread_ts && { thread_ts: message.thread_ts }),
    ...(message.edits > 0 && { edited: { user: BOT.userId, ts: message.ts } }),
    ...(withMetadata && message.metadata && { metadata: message.metadata })
  }
}

function userInfo(workspace: FakeWorkspace, id: string): Json {
  const user = workspace.users.get(id)
  if (!user) throw new ApiError('user_not_found')
  return {
    id,
    team_id: TEAM.id,
    name: user.name,
    deleted: false,
    real_name: user.name,
    is_admin: user.admin,
    is_owner: false,
    is_primary_owner: false,
    is_bot: false
  }
}
