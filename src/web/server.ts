import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { HttpRoute } from '../chat/platform.js'
import { dayOf } from '../ledger/dates.js'
import type { Ledger } from '../ledger/record/model.js'
import { calendarPage, workspaceCalendarPage } from './calendar.js'

export interface WebOptions {
  port: number
  /** Requests that belong to a chat platform (Slack over HTTP). */
  routes: HttpRoute[]
  /** Rejects when the bot cannot do its work now; the reason is for the log, not for the caller. */
  ready: () => Promise<void>
  /** What is on record: its dates ahead are served as a calendar. */
  ledger?: Ledger
  /** The ledger of the workspace whose calendar has that key; null: nobody's. */
  ledgerOf?: (key: string) => Promise<Ledger | null>
  /** Today of the calendars; the clock's own where it is left out. */
  now?: () => Date
}

export interface WebServer {
  port: number
  close(): Promise<void>
}

/** Another program listens on the port. */
export class PortTaken extends Error {
  override name = 'PortTaken'
}

/**
 * `/healthz`: the process answers. `/readyz`: the store does, too. `/deadlines.ics`: dates ahead as a calendar,
 * `/calendars/KEY/deadlines.ics`: a workspace's own. And the platforms' own routes.
 */
export async function startWebServer(options: WebOptions): Promise<WebServer> {
  const pages = getRequestListener(createPages(options).fetch)
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const route = options.routes.find((candidate) => candidate.path === path)
    if (route) route.listener(request, response)
    else void pages(request, response)
  })
  await listen(server, options.port)
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}

function createPages({ ready, ledger, ledgerOf, now = () => new Date() }: WebOptions): Hono {
  const pages = new Hono()
  pages.get('/healthz', (context) => context.text('ok\n'))
  pages.get('/readyz', async (context) => {
    try {
      await ready()
      return context.text('ready\n')
    } catch {
      return context.text('not ready: the store does not answer\n', 503)
    }
  })
  if (ledger) pages.get('/deadlines.ics', (context) => calendarPage(context, ledger, dayOf(now())))
  if (ledgerOf)
    pages.get('/calendars/:key/deadlines.ics', (context) => workspaceCalendarPage(context, ledgerOf, dayOf(now())))
  return pages
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      const reason = taken ? 'another program uses it' : (error.code ?? error.message)
      const message = `The web server cannot listen on port ${port}: ${reason}. Set FACELAW_PORT (or FACELAW_METRICS_PORT) to another one.`
      reject(taken ? new PortTaken(message) : new Error(message))
    })
    server.listen(port, () => resolve())
  })
}
