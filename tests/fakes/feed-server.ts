import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'

/** One answer. Without `status`: 200, or 304 when the request's validators fit. */
export interface FeedAnswer {
  status?: number
  headers?: Record<string, string>
  body?: string | Uint8Array
  /** Compresses the body and says so. `raw-deflate` says "deflate", as some servers wrongly do. */
  encoding?: 'gzip' | 'deflate' | 'raw-deflate' | 'br'
  /** Sends an ETag made from the body, and answers 304 to a request that has it. */
  etag?: boolean
  /** Sends this as Last-Modified, and answers 304 to a request that has it. */
  lastModified?: string
  /** Where a redirect leads; path or whole address. */
  location?: string
  /** Announces the whole body, sends this many bytes, and cuts the connection. */
  cutAfter?: number
  /** `headers`: takes the request and says nothing; `body`: sends half of the body and then nothing more. */
  stall?: 'headers' | 'body'
  /** Sends this many bytes of the body again and again, chunked, until the client goes away. */
  endless?: boolean
}

/** What the server saw of a request. */
export interface SeenRequest {
  path: string
  headers: IncomingMessage['headers']
  at: number
}

export interface FeedServer {
  /** `http://127.0.0.1:PORT`. */
  origin: string
  url(path: string): string
  /** The answer of a path from now on; a list is given in order, its last one for good. */
  set(path: string, answer: FeedAnswer | FeedAnswer[] | string): void
  requests: SeenRequest[]
  /** How many requests of a path there were. */
  count(path: string): number
  /** The greatest number of requests that were under way at one time. */
  mostAtOnce(): number
  /** Resolves when there were `count` requests of the path. */
  waitFor(path: string, count?: number): Promise<void>
  /** Cuts every connection, as a server that starts again does. */
  cut(): void
  close(): Promise<void>
}

/** A feed publisher on loopback that does what its script says, the bad things too. */
export async function startFeedServer(
  answers: Record<string, FeedAnswer | FeedAnswer[] | string> = {}
): Promise<FeedServer> {
  const scripts = new Map<string, FeedAnswer[]>()
  const requests: SeenRequest[] = []
  const sockets = new Set<Socket>()
  const waiting = new Set<() => void>()
  let underWay = 0
  let most = 0

  function set(path: string, answer: FeedAnswer | FeedAnswer[] | string): void {
    scripts.set(path, typeof answer === 'string' ? [{ body: answer }] : Array.isArray(answer) ? [...answer] : [answer])
  }

  function next(path: string): FeedAnswer {
    const script = scripts.get(path) ?? [{ status: 404, body: 'no such feed' }]
    return script.length > 1 ? script.shift()! : script[0]!
  }

  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    requests.push({ path, headers: request.headers, at: Date.now() })
    underWay++
    most = Math.max(most, underWay)
    response.once('close', () => underWay--)
    for (const check of waiting) check()
    answerWith(next(path), request, response)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  for (const [path, answer] of Object.entries(answers)) set(path, answer)

  function cut(): void {
    for (const socket of sockets) socket.destroy()
  }

  const count = (path: string) => requests.filter((request) => request.path === path).length
  return {
    origin,
    url: (path) => `${origin}${path}`,
    set,
    requests,
    count,
    mostAtOnce: () => most,
    waitFor: (path, wanted = 1) =>
      new Promise((resolve) => {
        const check = () => {
          if (count(path) < wanted) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
    cut,
    async close() {
      cut()
      server.close()
      if (server.listening) await once(server, 'close')
    }
  }
}

function answerWith(answer: FeedAnswer, request: IncomingMessage, response: ServerResponse): void {
  if (answer.stall === 'headers') return
  const plain = Buffer.from(answer.body ?? '')
  const headers: Record<string, string> = { 'content-type': 'application/xml', ...answer.headers }
  if (answer.etag) headers.etag = `"${createHash('sha256').update(plain).digest('hex').slice(0, 16)}"`
  if (answer.lastModified) headers['last-modified'] = answer.lastModified
  if (answer.location !== undefined) headers.location = answer.location
  if (answer.status === undefined && isKnown(request, headers)) {
    response.writeHead(304, headers).end()
    return
  }
  const body = compress(plain, answer.encoding)
  if (answer.encoding) headers['content-encoding'] = answer.encoding.replace('raw-', '')
  const status = answer.status ?? 200
  if (answer.endless) {
    response.writeHead(status, headers)
    const send = () => {
      while (!response.destroyed && response.write(body));
    }
    response.on('drain', send)
    send()
    return
  }
  response.writeHead(status, { ...headers, 'content-length': String(body.length) })
  if (answer.stall === 'body') response.write(body.subarray(0, Math.ceil(body.length / 2)))
  else if (answer.cutAfter !== undefined) response.write(body.subarray(0, answer.cutAfter), () => response.destroy())
  else response.end(body)
}

function isKnown(request: IncomingMessage, headers: Record<string, string>): boolean {
  const { 'if-none-match': etag, 'if-modified-since': since } = request.headers
  if (etag !== undefined && headers.etag !== undefined) return etag === headers.etag
  return since !== undefined && since === headers['last-modified']
}

function compress(body: Buffer, encoding: FeedAnswer['encoding']): Buffer {
  if (encoding === 'gzip') return gzipSync(body)
  if (encoding === 'deflate') return deflateSync(body)
  if (encoding === 'raw-deflate') return deflateRawSync(body)
  return encoding === 'br' ? brotliCompressSync(body) : body
}
