import { EventEmitter } from 'node:events'

export interface FakeChannel {
  id: string
  name: string
  private: boolean
  archived: boolean
  /** Whether the bot is in it. */
  member: boolean
}

export interface FakeUser {
  id: string
  name: string
  admin: boolean
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into blocks as they came over the wire
export type Blocks = any[]

/** A message as the channel holds it. */
export interface PostedMessage {
  channel: string
  ts: string
  text: string
  blocks: Blocks
  metadata?: { event_type: string; event_payload: Record<string, unknown> }
  thread_ts?: string
  /** Times that chat.update or replace_original changed it. */
  edits: number
  /** Shown to this user only; such a message is in no history. */
  ephemeralFor?: string
  /** True when it came through a response_url. */
  answer: boolean
  /** The person who wrote it; left out: the app. */
  user?: string
}

export const TEAM = { id: 'T0FACELAW', domain: 'facelaw-test', name: 'Facelaw Test' }
export const BOT = { userId: 'U0BOT', botId: 'B0BOT', appId: 'A0FACELAW', name: 'facelaw' }

/** What the fake Slack remembers. Emits `change` whenever something a test could wait for has happened. */
export class FakeWorkspace extends EventEmitter {
  readonly channels = new Map<string, FakeChannel>()
  readonly users = new Map<string, FakeUser>()
  readonly messages: PostedMessage[] = []
  private lastTime = 0

  constructor() {
    super()
    this.setMaxListeners(0)
    this.addChannel({ id: 'C0GENERAL', name: 'general' })
    this.addUser({ id: 'U0ADMIN', name: 'ada', admin: true })
    this.addUser({ id: 'U0MEMBER', name: 'ben', admin: false })
  }

  /** Where the app writes to one person; made when it first does. */
  directMessage(userId: string): FakeChannel {
    const id = userId.replace(/^U/, 'D')
    return this.channels.get(id) ?? this.addChannel({ id, name: 'directmessage', private: true })
  }

  addChannel(channel: Partial<FakeChannel> & { id: string; name: string }): FakeChannel {
    const whole = { private: false, archived: false, member: true, ...channel }
    this.channels.set(whole.id, whole)
    return whole
  }

  addUser(user: FakeUser): void {
    this.users.set(user.id, user)
  }

  add(message: Omit<PostedMessage, 'ts' | 'edits'>): PostedMessage {
    const posted = { ...message, ts: this.nextTime(), edits: 0 }
    this.messages.push(posted)
    this.changed()
    return posted
  }

  find(channel: string, ts: string): PostedMessage | undefined {
    return this.messages.find((message) => message.channel === channel && message.ts === ts)
  }

  /** Oldest first. */
  inChannel(channel: string): PostedMessage[] {
    return this.messages.filter((message) => message.channel === channel && !message.ephemeralFor)
  }

  changed(): void {
    this.emit('change')
  }

  /** Resolves with the first value that is not undefined, looked for now and after every change. */
  async waitFor<Value>(look: () => Value | undefined): Promise<Value> {
    for (;;) {
      const found = look()
      if (found !== undefined) return found
      await new Promise((resolve) => this.once('change', resolve))
    }
  }

  /** Slack's `ts`: seconds and microseconds, unlike any other in the workspace. */
  private nextTime(): string {
    this.lastTime = Math.max(this.lastTime + 1, Date.now() * 1000)
    return `${Math.floor(this.lastTime / 1e6)}.${String(this.lastTime % 1e6).padStart(6, '0')}`
  }
}
