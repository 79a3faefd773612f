import type { IncomingMessage, Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { guildShape, userShape } from './shapes.js'
import type { FakeState } from './state.js'

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway */
const OP = {
  DISPATCH: 0,
  HEARTBEAT: 1,
  IDENTIFY: 2,
  RESUME: 6,
  RECONNECT: 7,
  INVALID_SESSION: 9,
  HELLO: 10,
  HEARTBEAT_ACK: 11
}
const AUTHENTICATION_FAILED = 4004
const INVALID_SEQUENCE = 4007
const INVALID_SHARD = 4010
const DISALLOWED_INTENTS = 4014
/** A bucket of shards may IDENTIFY once in this time; a little less, for two clocks and a busy machine. */
const IDENTIFY_MS = 4900
/** Members, presences, message content: need approval. */
const PRIVILEGED_INTENTS = (1 << 1) | (1 << 8) | (1 << 15)
const HEARTBEAT_MS = 41250

interface Session {
  id: string
  /** All events told in this session; their place is their sequence number less 1. */
  log: { t: string; d: unknown }[]
  socket: WebSocket | null
  /** Its number, and how many there are. */
  shard: [number, number]
}

/** Discord's gateway, version 10, JSON without compression, in as many shards as clients ask for. */
export class FakeGateway {
  readonly identifies: { intents: number; shard?: [number, number] }[] = []
  /** IDENTIFYs that came too soon after another of their bucket; real Discord voids these sessions. */
  readonly hasty: [number, number][] = []
  resumes = 0
  /** Refuses every IDENTIFY with this close code. */
  refuseWith: number | null = null
  /** Takes connections and says nothing. */
  silent = false
  private readonly sessions = new Map<string, Session>()
  private readonly server: WebSocketServer
  /** When the last shard of a bucket introduced itself. */
  private readonly introduced = new Map<number, number>()
  private address = ''

  constructor(
    http: Server,
    private readonly state: FakeState,
    /** The only one that it takes. */
    public token: string
  ) {
    this.server = new WebSocketServer({ server: http })
    this.server.on('connection', (socket, request) => this.greet(socket, request))
    state.on('dispatch', (t: string, d: unknown) => this.dispatch(t, d))
  }

  /** Tells an event to every session of its server's shard; a session that is cut off gets it when it resumes. */
  dispatch(t: string, d: unknown): void {
    for (const session of this.sessions.values()) {
      if (!isOf(session, guildIdOf(t, d))) continue
      session.log.push({ t, d })
      sendEvent(session, session.log.length)
    }
  }

  /** Tells the last events again, as a RESUME with an old sequence number does. */
  replayLast(count: number): void {
    for (const session of this.sessions.values()) {
      for (let seq = session.log.length - count + 1; seq <= session.log.length; seq += 1) sendEvent(session, seq)
    }
  }

  /** Cuts every connection; without a code as a broken line does. */
  drop(code?: number): void {
    for (const socket of this.server.clients) {
      if (code === undefined) socket.terminate()
      else socket.close(code)
    }
  }

  askReconnect(): void {
    for (const socket of this.server.clients) send(socket, { op: OP.RECONNECT, d: null })
  }

  invalidateSessions(): void {
    this.sessions.clear()
    for (const socket of this.server.clients) send(socket, { op: OP.INVALID_SESSION, d: false })
  }

  /** Shards that are connected just now, in order. */
  shards(): number[] {
    return [...this.sessions.values()]
      .filter(({ socket }) => socket !== null)
      .map(({ shard }) => shard[0])
      .sort((a, b) => a - b)
  }

  /** Sessions that are told events at once. */
  get listening(): number {
    return [...this.sessions.values()].filter(({ socket }) => socket !== null && socket.readyState === socket.OPEN)
      .length
  }

  get connections(): number {
    return this.server.clients.size
  }

  /** Waits for the closing handshakes of clients that are on their way out, then ends the others. */
  async close(): Promise<void> {
    for (const socket of this.server.clients) if (socket.readyState === socket.OPEN) socket.terminate()
    await new Promise<void>((resolve) => this.server.close(() => resolve()))
  }

  private greet(socket: WebSocket, request: IncomingMessage): void {
    this.address = request.headers.host ?? ''
    socket.on('error', () => undefined)
    socket.on('close', () => this.closed(socket))
    socket.on('message', (data) => this.receive(socket, JSON.parse(String(data))))
    if (!this.silent) send(socket, { op: OP.HELLO, d: { heartbeat_interval: HEARTBEAT_MS } })
    this.state.changed()
  }

  private closed(socket: WebSocket): void {
    for (const session of this.sessions.values()) if (session.socket === socket) session.socket = null
    this.state.changed()
  }

  // biome-ignore lint/suspicious/noExplicitAny: payloads of many shapes
  private receive(socket: WebSocket, payload: { op: number; d: any }): void {
    if (payload.op === OP.HEARTBEAT) send(socket, { op: OP.HEARTBEAT_ACK })
    if (payload.op === OP.IDENTIFY) this.identify(socket, payload.d)
    if (payload.op === OP.RESUME) this.resume(socket, payload.d)
    this.state.changed()
  }

  private identify(socket: WebSocket, d: { token: string; intents: number; shard?: [number, number] }): void {
    this.identifies.push({ intents: d.intents, ...(d.shard ? { shard: d.shard } : {}) })
    this.state.sessionsLeft -= 1
    if (this.refuseWith !== null) socket.close(this.refuseWith)
    else if (d.token !== this.token) socket.close(AUTHENTICATION_FAILED, 'Authentication failed.')
    else if (d.intents & PRIVILEGED_INTENTS) socket.close(DISALLOWED_INTENTS, 'Disallowed intent(s).')
    else if (d.shard && d.shard[0] >= d.shard[1]) socket.close(INVALID_SHARD, 'Invalid shard.')
    else this.begin(socket, d.shard ?? [0, 1])
  }

  private begin(socket: WebSocket, shard: [number, number]): void {
    this.noteHaste(shard)
    const session: Session = { id: this.state.snowflake(), log: [], socket, shard }
    const { bot, applicationId } = this.state
    const guilds = this.state.guilds.filter(({ id }) => isOf(session, id))
    this.sessions.set(session.id, session)
    this.tell(session, 'READY', {
      v: 10,
      user: { ...userShape(bot, true), verified: true, mfa_enabled: false, email: null },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      shard,
      resume_gateway_url: `ws://${this.address}`,
      session_type: 'normal',
      application: { id: applicationId, flags: 0 },
      private_channels: [],
      relationships: []
    })
    for (const guild of guilds) this.tell(session, 'GUILD_CREATE', guildShape(this.state, guild))
  }

  private noteHaste(shard: [number, number]): void {
    const bucket = shard[0] % this.state.maxConcurrency
    if (Date.now() - (this.introduced.get(bucket) ?? 0) < IDENTIFY_MS) this.hasty.push(shard)
    this.introduced.set(bucket, Date.now())
  }

  private resume(socket: WebSocket, d: { token: string; session_id: string; seq: number }): void {
    this.resumes += 1
    const session = this.sessions.get(d.session_id)
    if (d.token !== this.token) socket.close(AUTHENTICATION_FAILED, 'Authentication failed.')
    else if (!session) send(socket, { op: OP.INVALID_SESSION, d: false })
    else if (d.seq > session.log.length) socket.close(INVALID_SEQUENCE, 'Invalid seq.')
    else this.takeUp(session, socket, d.seq)
  }

  private takeUp(session: Session, socket: WebSocket, seen: number): void {
    session.socket = socket
    for (let seq = seen + 1; seq <= session.log.length; seq += 1) sendEvent(session, seq)
    this.tell(session, 'RESUMED', {})
  }

  private tell(session: Session, t: string, d: unknown): void {
    session.log.push({ t, d })
    sendEvent(session, session.log.length)
  }
}

/** https://docs.discord.com/developers/events/gateway#sharding */
function isOf({ shard: [number, count] }: Session, guildId: string | undefined): boolean {
  return Number((BigInt(guildId ?? 0) >> 22n) % BigInt(count)) === number
}

function guildIdOf(t: string, d: unknown): string | undefined {
  const data = d as { id?: string; guild_id?: string } | null
  return /^GUILD_(CREATE|UPDATE|DELETE)$/.test(t) ? data?.id : data?.guild_id
}

function sendEvent(session: Session, seq: number): void {
  const event = session.log[seq - 1]
  if (session.socket && event) send(session.socket, { op: OP.DISPATCH, t: event.t, d: event.d, s: seq })
}

function send(socket: WebSocket, payload: object): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(payload))
}
