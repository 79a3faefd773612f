import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { BOT, type FakeWorkspace } from './workspace.js'

type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api'

interface Envelope {
  envelope_id: string
  type: EnvelopeType
  payload: unknown
  accepts_response_payload: boolean
  retry_attempt?: number
  retry_reason?: string
}

/** Slack's Socket Mode: one-time addresses, hello, one envelope to one socket, acknowledgements, disconnect. */
export class FakeSocketMode {
  private readonly server = new WebSocketServer({ noServer: true })
  private readonly tickets = new Set<string>()
  private readonly unacknowledged = new Map<string, Envelope>()
  /** Envelopes in the order in which they were acknowledged. */
  readonly acknowledged: string[] = []
  /** Says hello to nobody while true: a server that takes connections and does not work. */
  silent = false
  /** Connections so far. */
  connections = 0

  constructor(
    private readonly workspace: FakeWorkspace,
    private readonly host: () => string
  ) {}

  newAddress(): string {
    const ticket = randomUUID()
    this.tickets.add(ticket)
    return `ws://${this.host()}/link/?ticket=${ticket}&app_id=${BOT.appId}`
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://fake').searchParams.get('ticket') ?? ''
    if (!this.tickets.delete(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
      return
    }
    this.server.handleUpgrade(request, socket, head, (client) => this.greet(client))
  }

  /** Sends to the newest open connection; resolves when it was acknowledged, with what the acknowledgement held. */
  async send(type: EnvelopeType, payload: unknown, id: string = randomUUID()): Promise<unknown> {
    const envelope = { envelope_id: id, type, payload, accepts_response_payload: type !== 'events_api' }
    this.unacknowledged.set(id, envelope)
    const count = this.acknowledged.filter((known) => known === id).length
    const client = await this.workspace.waitFor(() => this.open().at(-1))
    client.send(JSON.stringify(envelope))
    await this.workspace.waitFor(() => this.acknowledged.filter((known) => known === id).length > count || undefined)
    return id
  }

  /** Tells every client to come back by a new address, as Slack does every few hours. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled' = 'refresh_requested'): void {
    for (const client of this.open())
      client.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'fake' } }))
  }

  /** Cuts every connection without a word. */
  drop(): void {
    for (const client of this.server.clients) client.terminate()
  }

  open(): WebSocket[] {
    return [...this.server.clients].filter((client) => client.readyState === client.OPEN)
  }

  close(): void {
    this.drop()
    this.server.close()
  }

  private greet(client: WebSocket): void {
    this.connections += 1
    client.on('close', () => this.workspace.changed())
    client.on('message', (data) => this.acknowledge(String(data)))
    this.workspace.changed()
    if (this.silent) return
    const hello = {
      type: 'hello',
      num_connections: this.open().length,
      connection_info: { app_id: BOT.appId },
      debug_info: { host: 'fake', approximate_connection_time: 18_060 }
    }
    client.send(JSON.stringify(hello))
    for (const envelope of this.unacknowledged.values())
      client.send(JSON.stringify({ ...envelope, retry_attempt: 1, retry_reason: 'timeout' }))
  }

  private acknowledge(data: string): void {
    const { envelope_id } = JSON.parse(data) as { envelope_id: string }
    this.unacknowledged.delete(envelope_id)
    this.acknowledged.push(envelope_id)
    this.workspace.changed()
  }
}
