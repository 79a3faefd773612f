import { setMaxListeners } from 'node:events'
import { WebClient, type WebClientOptions } from '@slack/web-api'
import { ConnectionCut, NotSent } from './errors.js'
import type { BoltLogger } from './log.js'
import type { SlackSettings } from './settings.js'

/** After this many milliseconds without an answer a request counts as cut; less than the sender's REQUEST_SECONDS. */
const REQUEST_MILLISECONDS = 10_000

/** Errors that come up before the first byte of a request is on its way (Node and undici names). */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID'
])

type Fetch = NonNullable<WebClientOptions['fetch']>

/**
 * Options for every client: one try a call, and a refusal at once when a rate limit is reached. The outbox repeats, a
 * channel at a time; the library's own waiting would hold up all channels (WebClient pauses its whole queue).
 */
export function clientOptions(settings: SlackSettings, logger: BoltLogger, stop: AbortSignal): WebClientOptions {
  return {
    ...(settings.apiUrl && { slackApiUrl: settings.apiUrl }),
    logger,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    fetch: limitedFetch(stop, settings.requestMilliseconds)
  }
}

/** The client that posts. Builds no connection until the first call. */
export function createWebClient(settings: SlackSettings, logger: BoltLogger, stop: AbortSignal): WebClient {
  return new WebClient(settings.botToken, clientOptions(settings, logger, stop))
}

/**
 * fetch with one time limit for request and answer together, an end when `stop` is aborted, and errors that say whether
 * the request can have arrived.
 */
function limitedFetch(stop: AbortSignal, milliseconds = REQUEST_MILLISECONDS): Fetch {
  // One listener a request that is under way; Node warns from the eleventh on.
  setMaxListeners(0, stop)
  return async (url, init) => {
    if (stop.aborted) throw new NotSent('stopping')
    const controller = new AbortController()
    const abort = () => controller.abort()
    const timer = setTimeout(abort, milliseconds)
    stop.addEventListener('abort', abort)
    try {
      const response = await fetch(url, { ...(init as RequestInit), signal: controller.signal })
      const body = await response.arrayBuffer()
      return new Response(body.byteLength > 0 ? body : null, response)
    } catch (error) {
      throw sendError(error)
    } finally {
      clearTimeout(timer)
      stop.removeEventListener('abort', abort)
    }
  }
}

function sendError(error: unknown): NotSent | ConnectionCut {
  const cause = (error as { cause?: { code?: string; syscall?: string } }).cause
  const code = cause?.code ?? (error as Error).name
  const early = BEFORE_SENDING.has(code) || cause?.syscall === 'connect' || cause?.syscall === 'getaddrinfo'
  return early ? new NotSent(code) : new ConnectionCut(code)
}
