import type { HttpRoute } from '../chat/platform.js'
import type { Store } from '../store/store.js'
import type { Figures } from './figures.js'

/** `/metrics` for Prometheus. */
export function metricsRoute(figures: Figures, store: Store, now: () => Date): HttpRoute {
  return {
    path: '/metrics',
    listener: (_request, response) => {
      figures.read(store, now()).then(
        (text) => response.writeHead(200, { 'content-type': figures.registry.contentType }).end(text),
        () => response.writeHead(503).end('the store does not answer\n')
      )
    }
  }
}
