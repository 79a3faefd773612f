import type { Logger } from './log.js'

/** A claim lives this long without its process: what a killed one had in hand is taken over within 30 s. */
export const LEASE_SECONDS = 25
/**
 * What one request to a platform may take, with a margin. Who has less of a lease left begins none; what a dead process
 * or a cut line left behind may still arrive until then, so that looking for it earlier proves nothing.
 */
export const REQUEST_SECONDS = 12
/** Five times a lease, so that a slow database costs no claim. */
const RENEW_SECONDS = 5

/** Renews claims for as long as there is work in hand. */
export class Renewal {
  private timer: NodeJS.Timeout | undefined

  /** `renew` is told nothing and must itself look what is in hand; its failures are logged, the next round tries again. */
  constructor(
    private readonly renew: () => Promise<void>,
    private readonly logger: Logger
  ) {}

  /** Work begins. Called again it changes nothing. */
  start(): void {
    this.timer ??= setInterval(() => void this.round(), RENEW_SECONDS * 1000).unref()
  }

  /** Nothing is in hand any more. */
  stop(): void {
    clearInterval(this.timer)
    this.timer = undefined
  }

  private async round(): Promise<void> {
    try {
      await this.renew()
    } catch (error) {
      this.logger.warn({ err: error }, 'claims could not be renewed; another process may take up the work in hand')
    }
  }
}
