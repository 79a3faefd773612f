import type { Logger } from '../log.js'
import { PortTaken, startWebServer, type WebOptions, type WebServer } from './server.js'

export interface ServingOptions {
  /** One server each. */
  servers: WebOptions[]
  /** Whether another Facelaw of this machine may be the one that has the port. */
  hasNeighbour: () => boolean
  logger: Logger
}

/**
 * The web servers of a process. Where another Facelaw of this machine has the port, this one goes on without, and takes
 * the port over when it is free.
 */
export class Serving {
  private readonly running = new Map<WebOptions, WebServer>()
  private told = false

  constructor(private readonly options: ServingOptions) {}

  /**
   * Starts the servers that do not run; to be called again and again.
   * @throws Error when a port cannot be had, and no other Facelaw has it.
   */
  async start(): Promise<void> {
    for (const server of this.options.servers) if (!this.running.has(server)) await this.tryOne(server)
  }

  async close(): Promise<void> {
    await Promise.all([...this.running.values()].map((server) => server.close()))
  }

  private async tryOne(options: WebOptions): Promise<void> {
    const { hasNeighbour, logger } = this.options
    try {
      const server = await startWebServer(options)
      this.running.set(options, server)
      logger.info({ port: server.port }, 'the web server listens')
    } catch (error) {
      if (!(error instanceof PortTaken) || !hasNeighbour()) throw error
      if (!this.told)
        logger.info(
          { port: options.port },
          'another Facelaw of this machine serves this port; taken over when it is free'
        )
      this.told = true
    }
  }
}
