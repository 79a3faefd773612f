import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { specChecker } from './openapi.js'
import { findRoute, type RestAnswer, refusal } from './routes.js'
import type { FakeState } from './state.js'

/** What the next matching request meets instead of its answer. */
export interface Failure {
  /** `POST`, `PATCH`, …; any when left out. */
  method?: string
  /** Part of the path; any when left out. */
  path?: string
  /** How many requests meet it; 1 when left out. */
  times?: number
  /**
   * An answer with this status and Discord's code; a rate limit; `cut` takes nothing and drops the connection,
   * `cut-after` does what was asked and then drops it, `cut-within` drops it in the middle of the answer, `hold` does it
   * and never answers, `slow` does it after so many milliseconds.
   */
  with:
    | { status: number; code?: number; message?: string }
    | { rateLimit: 'user' | 'shared' | 'global' | 'network'; seconds: number }
    | 'cut'
    | 'cut-after'
    | 'cut-within'
    | 'hold'
    | { slow: number }
}

export interface SeenRequest {
  method: string
  path: string
  query: URLSearchParams
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of many shapes
  body: any
}

interface Bucket {
  remaining: number
  resetAt: number
}

/** Discord's HTTP API, version 10, on loopback. */
export class FakeRest {
  readonly requests: SeenRequest[] = []
  readonly violations: string[] = []
  readonly server: Server
  /** Requests of one bucket in one window; the real numbers are Discord's secret. */
  bucketLimit = 50
  bucketWindowMs = 1000
  /** Requests of the whole bot in any second (https://docs.discord.com/developers/topics/rate-limits#global-rate-limit). */
  globalLimit = 50
  /** Whether each request and answer is held against Discord's own description; costs more than all the rest. */
  checksSpec = true
  private readonly failures: Required<Failure>[] = []
  private readonly buckets = new Map<string, Bucket>()
  /** When the requests of the last second came. */
  private readonly recent: number[] = []

  constructor(
    private readonly state: FakeState,
    /** The only one that it takes. */
    public token: string
  ) {
    this.server = createServer((request, response) => void this.serve(request, response))
  }

  fail(failure: Failure): void {
    this.failures.push({ method: '', path: '', times: 1, ...failure })
  }

  /** Nothing goes wrong any more, whatever was planned. */
  mend(): void {
    this.failures.length = 0
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake')
    const text = await readBody(request)
    const method = request.method ?? 'GET'
    const path = url.pathname.replace(/^\/api\/v10/, '')
    const seen = { method, path, query: url.searchParams, body: text === '' ? undefined : JSON.parse(text) }
    this.requests.push(seen)
    if (!url.pathname.startsWith('/api/v10/')) this.violations.push(`${method} ${url.pathname}: not under /api/v10`)
    const failure = this.takeFailure(seen)
    if (failure === 'cut') {
      request.socket.destroy()
      this.state.changed()
      return
    }
    if (failure && typeof failure === 'object' && 'slow' in failure) await pause(failure.slow)
    else if (failure && typeof failure === 'object') {
      if ('rateLimit' in failure) this.limit(response, failure.rateLimit, failure.seconds)
      else send(response, refusal(failure.status, failure.code ?? 0, failure.message ?? 'Refused by the test'))
      this.state.changed()
      return
    }
    const answer = this.rateLimited(seen, response) ? null : this.answer(seen, request)
    if (failure === 'cut-after') request.socket.destroy()
    else if (answer && failure === 'cut-within') sendHalf(response, answer)
    else if (answer && failure !== 'hold') send(response, answer)
    this.state.changed()
  }

  private answer(seen: SeenRequest, request: IncomingMessage): RestAnswer {
    const route = findRoute(seen.method, seen.path)
    if (!route) {
      this.violations.push(`${seen.method} ${seen.path}: unknown to the fake`)
      return refusal(404, 0, '404: Not Found')
    }
    const open = /^\/(interactions|webhooks)\//.test(seen.path)
    if (!open && request.headers.authorization !== `Bot ${this.token}`) return refusal(401, 0, '401: Unauthorized')
    const faults = [
      ...(route.check?.(seen.body ?? {}) ?? []),
      ...(this.spec()?.request(seen.method, seen.path, seen.body) ?? [])
    ]
    this.violations.push(...faults.map((fault) => `${seen.method} ${seen.path}: ${fault}`))
    if (faults.length > 0) return refusal(400, 50035, `Invalid Form Body: ${faults.join('; ')}`)
    const answer = route.run({ state: this.state, seen, match: route.match, address: this.address() })
    if (answer.status < 300 && answer.body !== undefined) {
      const wrong = this.spec()?.response(seen.method, seen.path, answer.status, answer.body) ?? []
      this.violations.push(...wrong.map((fault) => `answer to ${seen.method} ${seen.path}: ${fault}`))
    }
    return answer
  }

  private spec(): ReturnType<typeof specChecker> {
    return this.checksSpec ? specChecker() : null
  }

  /** Headers of the bucket on every answer; true when the request was over it and has been refused. */
  private rateLimited(seen: SeenRequest, response: ServerResponse): boolean {
    const now = Date.now()
    if (!seen.path.startsWith('/interactions/')) {
      while (this.recent.length > 0 && this.recent[0]! <= now - 1000) this.recent.shift()
      if (this.recent.length >= this.globalLimit) {
        this.violations.push(`more than ${this.globalLimit} requests in a second`)
        this.limit(response, 'global', (this.recent[0]! + 1000 - now) / 1000)
        return true
      }
      this.recent.push(now)
    }
    const major = /^\/(?:channels|guilds|webhooks)\/(\d+)/.exec(seen.path)?.[1] ?? ''
    const route = seen.path.replace(/\d{17,19}/g, ':id').replace(/(webhooks|interactions)\/:id\/[^/]+/, '$1/:id/:token')
    const key = `${seen.method} ${route} ${major}`
    let bucket = this.buckets.get(key)
    if (!bucket || bucket.resetAt <= now) bucket = { remaining: this.bucketLimit, resetAt: now + this.bucketWindowMs }
    this.buckets.set(key, bucket)
    bucket.remaining -= 1
    const after = Math.max(0, bucket.resetAt - now) / 1000
    response.setHeader('X-RateLimit-Limit', this.bucketLimit)
    response.setHeader('X-RateLimit-Remaining', Math.max(0, bucket.remaining))
    response.setHeader('X-RateLimit-Reset', bucket.resetAt / 1000)
    response.setHeader('X-RateLimit-Reset-After', after)
    response.setHeader('X-RateLimit-Bucket', Buffer.from(`${seen.method} ${route}`).toString('hex').slice(0, 32))
    if (bucket.remaining >= 0) return false
    this.limit(response, 'user', after)
    return true
  }

  /** `network` is the 429 of what stands in front of Discord: no buckets, no JSON. */
  private limit(response: ServerResponse, scope: 'user' | 'shared' | 'global' | 'network', seconds: number): void {
    response.setHeader('Retry-After', Math.ceil(seconds))
    if (scope === 'network') {
      response.writeHead(429, { 'Content-Type': 'text/html' }).end('<h1>1015</h1>')
      return
    }
    response.setHeader('X-RateLimit-Scope', scope)
    if (scope === 'global') response.setHeader('X-RateLimit-Global', 'true')
    else if (!response.hasHeader('X-RateLimit-Limit')) {
      response.setHeader('X-RateLimit-Limit', 5)
      response.setHeader('X-RateLimit-Remaining', 0)
      response.setHeader('X-RateLimit-Reset-After', seconds)
      response.setHeader('X-RateLimit-Bucket', `bucket-${scope}`)
    }
    const body = { message: 'You are being rate limited.', retry_after: seconds, global: scope === 'global' }
    send(response, { status: 429, body })
  }

  private takeFailure(seen: SeenRequest): Failure['with'] | null {
    const failure = this.failures.find(
      ({ method, path, times }) => times > 0 && (!method || method === seen.method) && seen.path.includes(path)
    )
    if (!failure) return null
    failure.times -= 1
    return failure.with
  }

  private address(): string {
    const address = this.server.address()
    return typeof address === 'object' && address ? `127.0.0.1:${address.port}` : ''
  }
}

/** Discord answers 204 without a JSON content type. */
function send(response: ServerResponse, answer: RestAnswer): void {
  if (answer.body === undefined) {
    response.writeHead(answer.status).end()
    return
  }
  response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer.body))
}

function sendHalf(response: ServerResponse, answer: RestAnswer): void {
  const bytes = Buffer.from(JSON.stringify(answer.body))
  response.writeHead(answer.status, { 'Content-Type': 'application/json', 'Content-Length': bytes.length })
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy())
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
