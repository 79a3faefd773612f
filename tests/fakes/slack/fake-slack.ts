import { randomUUID } from 'node:crypto'
import { type Forgery, sendSigned } from './http-driver.js'
import { FakeResponseUrls, type Response } from './response-urls.js'
import { type Call, type Failure, startServer } from './server.js'
import { FakeSocketMode } from './socket-mode.js'
import { createMethods, messageInfo } from './web-api.js'
import { BOT, FakeWorkspace, type PostedMessage, TEAM } from './workspace.js'

export type { Call, Failure, PostedMessage, Response }

/** Something a person did, as the app was told of it. */
export interface Interaction {
  /** Resolves when the app has acknowledged it; what Slack waits 3 s for. */
  acknowledged: Promise<unknown>
  /** The first answer: through the response_url, or an ephemeral message to this person. */
  answer(): Promise<PostedMessage>
  /** Sends the very same again, as Slack does when it missed the acknowledgement. */
  repeat(): Promise<unknown>
}

export interface Person {
  user?: string
  channel?: string
}

export interface FakeSlackOptions {
  /** Messages a second and channel that chat.postMessage takes, after a burst of as many; none: no limit. */
  messagesPerSecond?: number
}

/** A Slack on loopback that speaks Web API, Socket Mode, signed HTTP and response_url, and checks all that it is sent. */
export async function createFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const fake = new FakeSlack(options)
  await fake.listen()
  return fake
}

export class FakeSlack {
  /** The only ones that it takes. */
  botToken = 'xoxb-fake-bot-token'
  appToken = 'xapp-fake-app-token'
  readonly signingSecret = 'fake-signing-secret'
  readonly workspace = new FakeWorkspace()
  readonly socket = new FakeSocketMode(this.workspace, () => new URL(this.origin).host)
  /** Every Web API call, in order. */
  readonly calls: Call[] = []
  /** Requests that break a documented limit or name an unknown field. Tests assert that there are none. */
  readonly violations: string[] = []
  private readonly urls = new FakeResponseUrls(this.workspace, () => this.origin, this.violations)
  private readonly failures: { method: string; failure: Failure }[] = []
  private readonly recent = new Map<string, number[]>()
  private origin = ''
  private closeServer: () => Promise<void> = async () => {}
  /** Where the app takes signed requests; set: commands, buttons and events go there and not to the socket. */
  requestUrl: string | null = null

  constructor(private readonly options: FakeSlackOptions) {}

  get apiUrl(): string {
    return `${this.origin}/api/`
  }

  /** What was posted to response URLs. */
  get responses(): Response[] {
    return this.urls.responses
  }

  async listen(): Promise<void> {
    const { server, origin } = await startServer({
      methods: () => createMethods(this.workspace, this.socket, origin),
      respond: (path, payload) => this.urls.take(path, payload),
      token: (kind) => (kind === 'app' ? this.appToken : this.botToken),
      failure: (method) => this.nextFailure(method),
      limit: (call) => this.overLimit(call),
      calls: this.calls,
      violations: this.violations,
      changed: () => this.workspace.changed()
    })
    this.origin = origin
    server.on('upgrade', (request, socket, head) => this.socket.upgrade(request, socket, head))
    this.closeServer = () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }

  /** The next call of this method goes wrong, `times` times. */
  fail(method: string, failure: Failure, times = 1): void {
    for (let count = 0; count < times; count++) this.failures.push({ method, failure })
  }

  /** Nothing goes wrong any more, whatever was planned. */
  mend(): void {
    this.failures.length = 0
  }

  /** Messages of a channel that everyone there sees, oldest first. */
  messages(channel = 'C0GENERAL'): PostedMessage[] {
    return this.workspace.inChannel(channel)
  }

  /** Resolves when the channel holds so many messages. */
  waitForMessages(count: number, channel = 'C0GENERAL'): Promise<PostedMessage[]> {
    return this.workspace.waitFor(() => {
      const messages = this.messages(channel)
      return messages.length >= count ? messages : undefined
    })
  }

  /** Resolves with the first thing that `look` finds, now or after any change. */
  waitFor<Value>(look: () => Value | undefined): Promise<Value> {
    return this.workspace.waitFor(look)
  }

  calledWith(method: string): Call['args'][] {
    return this.calls.filter((call) => call.method === method).map((call) => call.args)
  }

  /** Somebody types `/facelaw <text>`. */
  slashCommand(text: string, { user = 'U0MEMBER', channel = 'C0GENERAL' }: Person = {}): Interaction {
    const responseUrl = this.urls.create(channel, user)
    const payload = {
      token: 'verification',
      api_app_id: BOT.appId,
      team_id: TEAM.id,
      team_domain: TEAM.domain,
      channel_id: channel,
      channel_name: this.workspace.channels.get(channel)?.name ?? 'privategroup',
      user_id: user,
      user_name: this.workspace.users.get(user)?.name ?? user,
      command: '/facelaw',
      text: escaped(text),
      response_url: responseUrl,
      trigger_id: randomUUID(),
      is_enterprise_install: 'false'
    }
    return this.interaction('command', payload, responseUrl, user)
  }

  /** Somebody presses the button with this label. */
  pressButton(message: PostedMessage, label: string, { user = 'U0MEMBER' }: Person = {}): Interaction {
    const buttons = message.blocks.filter((block) => block.type === 'actions').flatMap((block) => block.elements)
    const button = buttons.find((element) => element.text.text === label)
    if (!button) throw new Error(`no button "${label}"; there are: ${buttons.map((one) => one.text.text).join(', ')}`)
    const channel = message.channel
    const responseUrl = this.urls.create(channel, user, message)
    const ephemeral = message.ephemeralFor !== undefined
    const thread = message.thread_ts && { thread_ts: message.thread_ts }
    const payload = {
      type: 'block_actions',
      team: { id: TEAM.id, domain: TEAM.domain },
      user: { id: user, username: this.workspace.users.get(user)?.name, name: user, team_id: TEAM.id },
      api_app_id: BOT.appId,
      token: 'verification',
      container: { type: 'message', message_ts: message.ts, channel_id: channel, is_ephemeral: ephemeral, ...thread },
      trigger_id: randomUUID(),
      channel: { id: channel, name: this.workspace.channels.get(channel)?.name },
      ...(!ephemeral && { message: messageInfo(message, false) }),
      response_url: responseUrl,
      actions: [{ ...button, value: escaped(button.value), block_id: 'actions', action_ts: `${Date.now() / 1000}` }],
      is_enterprise_install: false
    }
    return this.interaction('interactive', payload, responseUrl, user)
  }

  /** Somebody writes a message; links stand in it as Slack writes them, `<https://…>`. */
  write(text: string, { user = 'U0MEMBER', channel = 'C0GENERAL' }: Person = {}): PostedMessage {
    return this.workspace.add({ text, blocks: [], channel, user, answer: false })
  }

  /** Somebody picks an entry of a message's own menu. */
  messageShortcut(message: PostedMessage, callbackId: string, { user = 'U0MEMBER' }: Person = {}): Interaction {
    const channel = this.workspace.channels.get(message.channel)
    const responseUrl = this.urls.create(message.channel, user)
    const payload = {
      type: 'message_action',
      token: 'verification',
      action_ts: `${Date.now() / 1000}`,
      team: { id: TEAM.id, domain: TEAM.domain },
      user: { id: user, username: this.workspace.users.get(user)?.name, name: user, team_id: TEAM.id },
      channel: { id: message.channel, name: channel?.name ?? 'privategroup' },
      is_enterprise_install: false,
      enterprise: null,
      callback_id: callbackId,
      trigger_id: randomUUID(),
      response_url: responseUrl,
      message_ts: message.ts,
      message: messageInfo(message, false)
    }
    return this.interaction('interactive', payload, responseUrl, user)
  }

  /** Something happens to a channel or to the app. Resolves when the app has acknowledged it. */
  async event(event: { type: string; [field: string]: unknown }): Promise<unknown> {
    const time = Math.floor(Date.now() / 1000)
    const payload = {
      token: 'verification',
      team_id: TEAM.id,
      api_app_id: BOT.appId,
      event: { event_ts: `${time}.000000`, ...event },
      type: 'event_callback',
      event_id: `Ev${randomUUID()}`,
      event_time: time,
      authorizations: [
        { enterprise_id: null, team_id: TEAM.id, user_id: BOT.userId, is_bot: true, is_enterprise_install: false }
      ],
      is_ext_shared_channel: false,
      event_context: 'fake'
    }
    return this.send('event', payload, randomUUID())
  }

  /** As if every response_url were older than 30 minutes. */
  expireResponseUrls(): void {
    this.urls.expire()
  }

  /** Ends everything. Stop the app first: it wants to say goodbye on its socket. */
  async close(): Promise<void> {
    this.socket.close()
    await this.closeServer()
  }

  private interaction(
    kind: 'command' | 'interactive',
    payload: Record<string, unknown>,
    responseUrl: string,
    user: string
  ): Interaction {
    const id = randomUUID()
    const earlier = new Set(this.workspace.messages)
    const acknowledged = this.send(kind, payload, id)
    acknowledged.catch(() => {})
    return {
      acknowledged,
      repeat: () => this.send(kind, payload, id, { retry: { number: 1, reason: 'http_timeout' } }),
      answer: () =>
        this.waitFor(() => {
          const response = this.responses.find(({ url }) => url === responseUrl)
          return response?.message ?? this.workspace.messages.find((m) => m.ephemeralFor === user && !earlier.has(m))
        })
    }
  }

  private async send(
    kind: 'command' | 'interactive' | 'event',
    payload: Record<string, unknown>,
    id: string,
    forgery: Forgery = {}
  ): Promise<unknown> {
    if (this.requestUrl) {
      const answer = await sendSigned(this.requestUrl, this.signingSecret, payload, kind, forgery)
      if (answer.status !== 200) throw new Error(`the app answered HTTP ${answer.status}`)
      return answer
    }
    const types = { command: 'slash_commands', interactive: 'interactive', event: 'events_api' } as const
    return this.socket.send(types[kind], payload, id)
  }

  private nextFailure(method: string): Failure | null {
    const index = this.failures.findIndex((planned) => planned.method === method)
    return index < 0 ? null : (this.failures.splice(index, 1)[0]?.failure ?? null)
  }

  private overLimit({ method, args }: Call): number | null {
    const allowed = this.options.messagesPerSecond
    if (!allowed || method !== 'chat.postMessage') return null
    const now = Date.now()
    const times = (this.recent.get(args.channel) ?? []).filter((time) => now - time < 1000)
    if (times.length >= allowed) return 1
    this.recent.set(args.channel, [...times, now])
    return null
  }
}

/** What Slack does to the words that it sends to an app. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
