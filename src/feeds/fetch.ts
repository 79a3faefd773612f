import { Agent, type Dispatcher, request } from 'undici'
import { checkLiteralAddress, guardedLookup, type LookupAll } from './address.js'
import { readBody } from './body.js'
import { asFetchError, FetchError } from './fetch-error.js'

export interface FetcherOptions {
  /** Whether private, loopback and link-local addresses may be fetched (FACELAW_ALLOW_PRIVATE_FEEDS). */
  allowPrivate: boolean
  /** An address at which whoever runs this bot can be reached; goes into the User-Agent. */
  contact: string
  version: string
  /** For the whole fetch, with all redirects and the body; default 20,000. */
  timeoutMs?: number
  /** Counted after inflation; default 10 MiB. */
  maxBytes?: number
  /** Default 5. */
  maxRedirects?: number
  /** Name resolution; the system's by default. */
  lookup?: LookupAll
}

/** What we remember of the last fetch, for a conditional request. */
export interface Validators {
  etag: string | null
  lastModified: string | null
}

export type Fetched = Validators & {
  /** Where the document was in the end. */
  url: string
  /** Set when every redirect was permanent (301, 308): the address to ask from now on. */
  movedTo: string | null
} & ({ changed: true; bytes: Uint8Array; contentType: string | null } | { changed: false })

export interface Fetcher {
  /** @throws FetchError */
  fetch(url: string, validators?: Validators): Promise<Fetched>
  close(): Promise<void>
}

/** Longest document that is fetched or read, in bytes after inflation. */
export const MAX_BYTES = 10 * 1024 * 1024

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, ' +
  'application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.3'

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
const PERMANENT: ReadonlySet<number> = new Set([301, 308])

/** Bytes of a redirect's body that are read so that its connection can be used again. */
const DRAIN_BYTES = 16 * 1024

/** The one way by which Facelaw fetches what others publish: see each option for what it guards. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const { timeoutMs = 20_000, maxBytes = MAX_BYTES, maxRedirects = 5 } = options
  const userAgent = `Facelaw/${options.version} (+${options.contact})`
  const agent = new Agent({
    connections: 4,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxHeaderSize: 32 * 1024,
    connect: { timeout: timeoutMs, ...(options.allowPrivate ? {} : { lookup: guardedLookup(options.lookup) as never }) }
  })

  async function fetch(address: string, validators: Validators = { etag: null, lastModified: null }): Promise<Fetched> {
    const signal = AbortSignal.timeout(timeoutMs)
    let url = parseAddress(address)
    let movedTo: string | null = null
    let permanent = true
    for (let hop = 0; ; hop++) {
      try {
        if (!options.allowPrivate) checkLiteralAddress(url)
        const response = await send(url, validators, signal)
        if (!REDIRECTS.has(response.statusCode)) return await finish(response, url, movedTo, validators, signal)
        await response.body.dump({ limit: DRAIN_BYTES, signal })
        if (hop >= maxRedirects) throw tooManyRedirects(url.host, maxRedirects)
        url = redirected(url, response)
        permanent &&= PERMANENT.has(response.statusCode)
        movedTo = permanent ? url.href : null
      } catch (error) {
        throw asFetchError(error, url.host, timeoutMs)
      }
    }
  }

  async function send(url: URL, validators: Validators, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const headers: Record<string, string> = {
      accept: ACCEPT,
      'accept-encoding': 'gzip, deflate, br',
      'user-agent': userAgent
    }
    if (validators.etag) headers['if-none-match'] = validators.etag
    if (validators.lastModified) headers['if-modified-since'] = validators.lastModified
    if (url.username !== '') headers.authorization = basicAuthorization(url)
    return request(`${url.origin}${url.pathname}${url.search}`, { dispatcher: agent, method: 'GET', headers, signal })
  }

  async function finish(
    response: Dispatcher.ResponseData,
    url: URL,
    movedTo: string | null,
    validators: Validators,
    signal: AbortSignal
  ): Promise<Fetched> {
    const { statusCode, headers, body } = response
    const known = {
      url: withoutCredentials(url),
      movedTo,
      etag: header(headers.etag),
      lastModified: header(headers['last-modified'])
    }
    if (statusCode === 304 && (validators.etag || validators.lastModified)) {
      await body.dump({ limit: DRAIN_BYTES, signal })
      // Those of the answer are left: where a server says so wrongly, they are of a document that we have not seen.
      return { ...known, etag: validators.etag, lastModified: validators.lastModified, changed: false }
    }
    if (statusCode < 200 || statusCode > 299) {
      await body.dump({ limit: DRAIN_BYTES, signal })
      throw statusError(statusCode, header(headers['retry-after']), url.host)
    }
    const encoding = header(headers['content-encoding']) ?? undefined
    const bytes = await readBody(body, encoding, maxBytes, signal, url.host)
    return { ...known, changed: true, bytes, contentType: header(headers['content-type']) }
  }

  return { fetch, close: () => agent.destroy() }
}

function parseAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url)
    throw new FetchError(
      'network',
      'the address of the feed cannot be read: it must look like https://example.org/feed'
    )
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new FetchError(
      'network',
      `addresses that begin with ${url.protocol} are not fetched: only http and https are`
    )
  }
  return url
}

/** The next hop. Credentials go along only within one origin. */
function redirected(from: URL, response: Dispatcher.ResponseData): URL {
  const location = header(response.headers.location)
  if (location === null || !URL.canParse(location, from.href)) {
    throw new FetchError('http-status', `${from.host} redirects to an address that cannot be read; it is tried again`)
  }
  const to = parseAddress(new URL(location, from).href)
  if (to.origin === from.origin && to.username === '') {
    to.username = from.username
    to.password = from.password
  }
  return to
}

function basicAuthorization(url: URL): string {
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  return `Basic ${Buffer.from(pair).toString('base64')}`
}

function withoutCredentials(url: URL): string {
  const plain = new URL(url)
  plain.username = ''
  plain.password = ''
  return plain.href
}

function header(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null
}

function tooManyRedirects(host: string, most: number): FetchError {
  return new FetchError(
    'too-many-redirects',
    `${host} redirects more than ${most} times: check the address in a browser`
  )
}

function statusError(status: number, retryAfter: string | null, host: string): FetchError {
  const wait = parseRetryAfter(retryAfter, new Date())
  const advice: Record<number, string> = {
    401: 'it wants a password',
    403: 'it does not let this bot in; its owner may allow the User-Agent',
    404: 'there is no such page: the feed has probably moved, look for it on the site',
    410: 'the feed is gone for good: remove it',
    429: 'we ask too often; we wait as it says'
  }
  const failure = status === 429 ? 'rate-limited' : 'http-status'
  return new FetchError(
    failure,
    `${host} answers with status ${status}: ${advice[status] ?? 'it is tried again'}`,
    wait
  )
}

/** Retry-After in seconds or as a date (RFC 9110, 10.2.3), to seconds from `now`; null when it cannot be read. */
export function parseRetryAfter(value: string | null, now: Date): number | null {
  if (value === null) return null
  if (/^\s*\d{1,9}\s*$/.test(value)) return Number(value)
  const at = Date.parse(value)
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 1000))
}
