import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { check } from './rules.js'
import { ApiError } from './web-api.js'

/** What goes wrong with the next call of a method. */
export type Failure =
  /** HTTP 429 with Retry-After. */
  | { ratelimited: number }
  /** `{ok: false, error}`. */
  | { error: string }
  /** This status, nothing done. */
  | { status: number }
  /** Done, and the connection cut before the answer. */
  | 'cut-after'
  /** Cut when the request is in, nothing done. */
  | 'cut-before'
  /** Done, and the connection cut in the middle of the answer. */
  | 'cut-within'
  /** Done, and never answered. */
  | 'hang'
  /** Done after so many milliseconds. */
  | { slow: number }

/** One call of a Web API method. */
export interface Call {
  method: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it as it came over the wire
  args: Record<string, any>
}

export interface ServerParts {
  methods(): Record<string, (args: Call['args']) => Record<string, unknown>>
  respond(path: string, payload: Record<string, unknown>): { status: number; body: string }
  token(kind: 'bot' | 'app'): string
  /** Asked before every call; null: nothing goes wrong. */
  failure(method: string): Failure | null
  /** Seconds to wait, when the channel has had too much. */
  limit(call: Call): number | null
  calls: Call[]
  violations: string[]
  changed(): void
}

/** The HTTP side of the fake: form or JSON in, tokens and arguments checked, JSON out. */
export async function startServer(parts: ServerParts): Promise<{ server: Server; origin: string }> {
  const server = createServer((request, response) => void handle(parts, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

async function handle(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await read(request)
  const path = new URL(request.url ?? '/', 'http://fake').pathname
  if (path.startsWith('/response/')) {
    const answer = parts.respond(path, JSON.parse(body))
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
    return
  }
  if (!path.startsWith('/api/')) {
    response.writeHead(404).end()
    return
  }
  const call = { method: path.slice('/api/'.length), args: parse(request, body) }
  parts.calls.push(call)
  parts.changed()
  const failure = parts.failure(call.method)
  if (failure === 'cut-before') return void request.socket.destroy()
  if (typeof failure === 'object' && failure && 'status' in failure)
    return void response.writeHead(failure.status).end()
  if (failure && typeof failure === 'object' && 'slow' in failure) await pause(failure.slow)
  const wait =
    failure && typeof failure === 'object' && 'ratelimited' in failure ? failure.ratelimited : parts.limit(call)
  if (wait !== null) return tooMany(response, wait)
  const refused = failure && typeof failure === 'object' && 'error' in failure
  const answer = refused ? { ok: false, ...failure } : run(parts, request, call)
  parts.changed()
  if (failure === 'hang') return
  if (failure === 'cut-after') return void request.socket.destroy()
  const bytes = Buffer.from(JSON.stringify(answer))
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length })
  if (failure === 'cut-within') response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy())
  else response.end(bytes)
}

function tooMany(response: ServerResponse, seconds: number): void {
  response.writeHead(429, { 'retry-after': String(seconds), 'content-type': 'application/json' })
  response.end(JSON.stringify({ ok: false, error: 'ratelimited' }))
}

function run(parts: ServerParts, request: IncomingMessage, call: Call): Record<string, unknown> {
  const method = parts.methods()[call.method]
  const token = tokenOf(request, call)
  const known = parts.token(call.method === 'apps.connections.open' ? 'app' : 'bot')
  if (!token) return { ok: false, error: 'not_authed' }
  if (token !== known) return { ok: false, error: 'invalid_auth' }
  const refusal = check(call.method, call.args)
  if (refusal || !method) {
    parts.violations.push(`${call.method}: ${refusal?.code} ${refusal?.messages.join('; ')}`)
    return { ok: false, error: refusal?.code, response_metadata: { messages: refusal?.messages } }
  }
  try {
    return { ok: true, ...method(call.args) }
  } catch (error) {
    if (error instanceof ApiError) return { ok: false, error: error.message }
    throw error
  }
}

function tokenOf(request: IncomingMessage, call: Call): string {
  const header = request.headers.authorization?.replace(/^Bearer /, '')
  const argument = call.args.token as string | undefined
  delete call.args.token
  return header ?? argument ?? ''
}

/** A form's values are strings; Slack reads numbers, truth values and JSON out of them. */
function parse(request: IncomingMessage, body: string): Call['args'] {
  if (request.headers['content-type']?.startsWith('application/json')) return JSON.parse(body || '{}')
  const args: Call['args'] = {}
  for (const [key, value] of new URLSearchParams(body)) args[key] = typed(key, value)
  return args
}

function typed(key: string, value: string): unknown {
  if (key === 'blocks' || key === 'metadata' || key === 'attachments') return JSON.parse(value)
  if (key === 'limit') return Number(value)
  if (value === 'true' || value === 'false') return value === 'true'
  return value
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
