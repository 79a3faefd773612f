import type { APIApplicationCommand, APIMessage } from 'discord.js'
import { answerInteraction, deleteOriginal, editOriginal, followUp } from './interaction-routes.js'
import type { SeenRequest } from './rest.js'
import { callbackFaults, commandFaults, messageFaults } from './rules.js'
import { applyBody, channelShape, type MessageBody, messageShape, ownUserShape, userShape } from './shapes.js'
import { type FakeChannel, type FakeState, PERMISSIONS } from './state.js'

export interface RestAnswer {
  status: number
  /** Left out: no body at all. */
  body?: unknown
}

export interface RouteCall {
  state: FakeState
  seen: SeenRequest
  match: string[]
  /** host:port of this server. */
  address: string
}

interface Route {
  method: string
  pattern: RegExp
  // biome-ignore lint/suspicious/noExplicitAny: bodies of many shapes
  check?(body: any): string[]
  run(call: RouteCall): RestAnswer
}

/** An error as Discord words it. */
export function refusal(status: number, code: number, message: string): RestAnswer {
  return { status, body: { message, code } }
}

const UNKNOWN_CHANNEL = refusal(404, 10003, 'Unknown Channel')

const ROUTES: Route[] = [
  { method: 'GET', pattern: /^\/gateway\/bot$/, run: gatewayBot },
  { method: 'GET', pattern: /^\/users\/@me$/, run: ({ state }) => ok(ownUserShape(state)) },
  { method: 'POST', pattern: /^\/users\/@me\/channels$/, run: openDirectMessage },
  { method: 'GET', pattern: /^\/applications\/(\d+)\/commands$/, run: ({ state }) => ok(state.commands) },
  { method: 'PUT', pattern: /^\/applications\/(\d+)\/commands$/, check: commandListFaults, run: putCommands },
  { method: 'GET', pattern: /^\/channels\/(\d+)\/messages$/, run: listMessages },
  { method: 'POST', pattern: /^\/channels\/(\d+)\/messages$/, check: messageFaults, run: createMessage },
  { method: 'PATCH', pattern: /^\/channels\/(\d+)\/messages\/(\d+)$/, check: editFaults, run: editMessage },
  { method: 'POST', pattern: /^\/channels\/(\d+)\/messages\/(\d+)\/threads$/, run: startThread },
  {
    method: 'POST',
    pattern: /^\/interactions\/(\d+)\/([^/]+)\/callback$/,
    check: callbackFaults,
    run: answerInteraction
  },
  {
    method: 'PATCH',
    pattern: /^\/webhooks\/(\d+)\/([^/]+)\/messages\/@original$/,
    check: editFaults,
    run: editOriginal
  },
  { method: 'DELETE', pattern: /^\/webhooks\/(\d+)\/([^/]+)\/messages\/@original$/, run: deleteOriginal },
  { method: 'POST', pattern: /^\/webhooks\/(\d+)\/([^/]+)$/, check: messageFaults, run: followUp }
]

export function findRoute(method: string, path: string): (Route & { match: string[] }) | null {
  for (const route of ROUTES) {
    const match = route.method === method ? route.pattern.exec(path) : null
    if (match) return { ...route, match: match.slice(1) }
  }
  return null
}

function ok(body: unknown, status = 200): RestAnswer {
  return { status, body }
}

function editFaults(body: MessageBody): string[] {
  return messageFaults(body, true)
}

function commandListFaults(body: Parameters<typeof commandFaults>[0][]): string[] {
  return body.flatMap(commandFaults)
}

function gatewayBot({ state, address }: RouteCall): RestAnswer {
  const max_concurrency = state.maxConcurrency
  const limit = { total: 1000, remaining: state.sessionsLeft, reset_after: 3_600_000, max_concurrency }
  return ok({ url: `ws://${address}`, shards: state.advisedShards, session_start_limit: limit })
}

function openDirectMessage({ state, seen }: RouteCall): RestAnswer {
  const person = { id: String(seen.body.recipient_id), name: 'somebody' }
  const { id } = state.directMessage(person.id)
  return ok({ id, type: 1, flags: 0, recipients: [userShape(person)] })
}

/** Overwrites all; a command that did not change keeps its id and its version. */
function putCommands({ state, seen }: RouteCall): RestAnswer {
  state.commands = (seen.body as object[]).map((definition) => {
    const name = (definition as { name: string }).name
    const before = state.commands.find((command) => command.name === name)
    const same = before && state.definitions.get(before.id) === JSON.stringify(definition)
    if (same) return before
    const id = before?.id ?? state.snowflake()
    state.definitions.set(id, JSON.stringify(definition))
    const known = {
      application_id: state.applicationId,
      default_member_permissions: null,
      nsfw: false,
      dm_permission: false
    }
    // An entry of a menu has an empty description.
    return {
      type: 1,
      description: '',
      ...known,
      ...definition,
      id,
      version: state.snowflake()
    } as unknown as APIApplicationCommand
  })
  return ok(state.commands)
}

/** What the bot may not do in this channel, as Discord answers it. */
function denied(channel: FakeChannel | undefined, embeds = false): RestAnswer | null {
  if (!channel) return UNKNOWN_CHANNEL
  if (channel.botDenied & PERMISSIONS.VIEW_CHANNEL) return refusal(403, 50001, 'Missing Access')
  if (channel.botDenied & PERMISSIONS.SEND_MESSAGES) return refusal(403, 50013, 'Missing Permissions')
  if (embeds && channel.botDenied & PERMISSIONS.EMBED_LINKS) return refusal(400, 50006, 'Cannot send an empty message')
  if (channel.archived && channel.locked) return refusal(400, 160005, 'Thread is locked')
  return null
}

function createMessage({ state, seen, match }: RouteCall): RestAnswer {
  const channel = state.channel(match[0]!)
  const no = denied(channel, true)
  if (no) return no
  const body = seen.body as MessageBody
  const earlier = body.enforce_nonce && body.nonce ? state.nonces.get(body.nonce) : undefined
  if (earlier) return ok({ ...earlier, nonce: body.nonce })
  const message = messageShape(state, match[0]!, body)
  channel!.archived = false
  state.messages.push(message)
  if (body.nonce) state.nonces.set(body.nonce, message)
  // The nonce is told to the sender only; who lists the channel later does not see it.
  return ok(body.nonce ? { ...message, nonce: body.nonce } : message)
}

function listMessages({ state, seen, match }: RouteCall): RestAnswer {
  const channel = state.channel(match[0]!)
  if (!channel) return UNKNOWN_CHANNEL
  if (channel.botDenied & PERMISSIONS.VIEW_CHANNEL) return refusal(403, 50001, 'Missing Access')
  if (channel.botDenied & PERMISSIONS.READ_MESSAGE_HISTORY) return ok([])
  const limit = Number(seen.query.get('limit') ?? 50)
  const newestFirst = state.messages.filter((message) => message.channel_id === channel.id).reverse()
  return ok(newestFirst.slice(0, limit))
}

function editMessage({ state, seen, match }: RouteCall): RestAnswer {
  const no = denied(state.channel(match[0]!))
  if (no) return no
  const message = findMessage(state, match[0]!, match[1]!)
  if (!message) return refusal(404, 10008, 'Unknown Message')
  applyBody(message, seen.body)
  message.edited_timestamp = new Date().toISOString()
  return ok(message)
}

/** The thread gets the id of the message that it begins at. */
function startThread({ state, seen, match }: RouteCall): RestAnswer {
  const parent = state.channel(match[0]!)
  const no = denied(parent)
  if (no) return no
  if (!findMessage(state, match[0]!, match[1]!)) return refusal(404, 10008, 'Unknown Message')
  if (parent!.type === 11) return refusal(400, 50024, 'Cannot execute action on this channel type')
  if (parent!.botDenied & PERMISSIONS.CREATE_PUBLIC_THREADS) return refusal(403, 50013, 'Missing Permissions')
  if (state.channel(match[1]!)) return refusal(400, 160004, 'A thread has already been created for this message')
  const thread: FakeChannel = {
    id: match[1]!,
    guildId: parent!.guildId,
    name: seen.body.name,
    type: 11,
    parentId: parent!.id,
    archived: false,
    locked: false,
    botDenied: 0n
  }
  state.guildOf(parent!).channels.push(thread)
  state.emit('dispatch', 'THREAD_CREATE', { ...channelShape(state, thread), newly_created: true })
  return ok(channelShape(state, thread), 201)
}

function findMessage(state: FakeState, channelId: string, id: string): APIMessage | undefined {
  return state.messages.find((message) => message.id === id && message.channel_id === channelId)
}
