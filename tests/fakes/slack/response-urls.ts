import { randomUUID } from 'node:crypto'
import { check } from './rules.js'
import type { FakeWorkspace, PostedMessage } from './workspace.js'

/** Slack's limits of a response_url (docs.slack.dev, "Handling user interaction"). */
const USES = 5
const MILLISECONDS = 30 * 60_000

interface ResponseUrl {
  channel: string
  user: string
  /** The message that held the pressed button. */
  original?: PostedMessage
  uses: number
  until: number
}

/** One post to a response_url. */
export interface Response {
  url: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it as it came over the wire
  payload: Record<string, any>
  /** What it became: a new message, or the original with a new content. */
  message: PostedMessage
}

/** The one-person answers of Slack. */
export class FakeResponseUrls {
  private readonly urls = new Map<string, ResponseUrl>()
  /** Everything that was taken, in order. */
  readonly responses: Response[] = []

  constructor(
    private readonly workspace: FakeWorkspace,
    private readonly address: () => string,
    private readonly violations: string[]
  ) {}

  create(channel: string, user: string, original?: PostedMessage): string {
    const path = `/response/${randomUUID()}`
    this.urls.set(path, { channel, user, uses: 0, until: Date.now() + MILLISECONDS, ...(original && { original }) })
    return `${this.address()}${path}`
  }

  /** As if 30 minutes had gone by. */
  expire(): void {
    for (const url of this.urls.values()) url.until = 0
  }

  // biome-ignore lint/suspicious/noExplicitAny: any JSON may come
  take(path: string, payload: Record<string, any>): { status: number; body: string } {
    const url = this.urls.get(path)
    if (!url || url.until < Date.now())
      return { status: 404, body: JSON.stringify({ ok: false, error: 'expired_url' }) }
    if (url.uses >= USES) return { status: 404, body: JSON.stringify({ ok: false, error: 'used_url' }) }
    const refusal = check('response_url', payload)
    if (refusal) {
      this.violations.push(`response_url: ${refusal.code} ${refusal.messages.join('; ')}`)
      return { status: 400, body: JSON.stringify({ ok: false, error: refusal.code }) }
    }
    url.uses += 1
    const message = this.show(url, payload)
    this.responses.push({ url: `${this.address()}${path}`, payload, message })
    this.workspace.changed()
    return { status: 200, body: 'ok' }
  }

  // biome-ignore lint/suspicious/noExplicitAny: any JSON may come
  private show(url: ResponseUrl, payload: Record<string, any>): PostedMessage {
    const shown = { text: payload.text ?? '', blocks: payload.blocks ?? [] }
    if (payload.replace_original && url.original)
      return Object.assign(url.original, shown, { edits: url.original.edits + 1 })
    return this.workspace.add({
      ...shown,
      channel: url.channel,
      answer: true,
      ...(payload.thread_ts && { thread_ts: payload.thread_ts }),
      ...(payload.response_type !== 'in_channel' && { ephemeralFor: url.user })
    })
  }
}
