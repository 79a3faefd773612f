import { HTTPReceiver } from '@slack/bolt'
import type { HttpRoute } from '../platform.js'
import type { BoltLogger } from './log.js'
import { EVENTS_PATH } from './settings.js'

/**
 * Bolt's receiver behind a route of our own web server: it checks the signature (HMAC-SHA256 over the raw body, at most
 * five minutes old) and never listens by itself. `ready` false: Slack is asked to come back later.
 */
export function httpRoute(
  signingSecret: string,
  logger: BoltLogger,
  ready: () => boolean
): { route: HttpRoute; receiver: HTTPReceiver } {
  const receiver = new HTTPReceiver({ signingSecret, endpoints: [EVENTS_PATH], logger })
  const route: HttpRoute = {
    path: EVENTS_PATH,
    listener(request, response) {
      if (!ready()) {
        response.writeHead(503, { 'retry-after': '10' }).end()
        return
      }
      if (request.method !== 'POST') {
        response.writeHead(405, { allow: 'POST' }).end()
        return
      }
      if (new URL(request.url ?? '/', 'http://localhost').pathname !== EVENTS_PATH) {
        response.writeHead(404).end()
        return
      }
      receiver.requestListener(request, response)
    }
  }
  return { route, receiver }
}
