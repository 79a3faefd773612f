import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { HttpRoute } from '../chat/platform.js'
import type { Store } from '../store/store.js'

/**
 * `/metrics` for Prometheus: the process's own figures, and those of the whole installation, read from the store when
 * they are asked for, so that every process of it tells the same.
 */
export function metricsRoute(store: Store, now: () => Date): HttpRoute {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] })
  const owed = gauge('facelaw_deliveries_owed', 'Messages that are owed to channels and not sent yet')
  const oldest = gauge('facelaw_oldest_owed_seconds', 'Age of the oldest message owed to a channel that is not paused')
  const failed = gauge('facelaw_deliveries_failed', 'Messages that a platform refused for good')
  const feeds = new Gauge({
    name: 'facelaw_feeds',
    help: 'Feeds by state: active are all that are polled; failing, silent and never are among them',
    labelNames: ['state'],
    registers: [registry]
  })

  async function read(): Promise<string> {
    const [deliveries, counts] = await Promise.all([store.deliveries.counts(now()), store.feeds.counts()])
    owed.set(deliveries.owed)
    failed.set(deliveries.failed)
    oldest.set(deliveries.oldestOwedAt ? (now().getTime() - deliveries.oldestOwedAt.getTime()) / 1000 : 0)
    for (const [state, count] of Object.entries(counts)) feeds.set({ state }, count)
    return await registry.metrics()
  }

  return {
    path: '/metrics',
    listener: (_request, response) => {
      read().then(
        (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
        () => response.writeHead(503).end('the store does not answer\n')
      )
    }
  }
}
