import { createHash } from 'node:crypto'
import type { Logger } from '../../log.js'

/** How long Slack may repeat a request: its retries end after about six minutes (Events API: at once, 1 min, 5 min). */
const MEMORY_MILLISECONDS = 15 * 60_000
const MEMORY_SIZE = 10_000

/** Remembers what came in, so that a request that Slack sends again is not run again. */
export class Repeats {
  private readonly seen = new Map<string, number>()

  /** True when any of these keys was seen before; all of them are known from now on. */
  isRepeat(keys: readonly string[], now = Date.now()): boolean {
    this.forget(now)
    const known = keys.some((key) => this.seen.has(key))
    for (const key of keys) this.seen.set(key, now)
    return known
  }

  private forget(now: number): void {
    for (const [key, time] of this.seen) {
      if (this.seen.size < MEMORY_SIZE && now - time < MEMORY_MILLISECONDS) return
      this.seen.delete(key)
    }
  }
}

/** What all processes of one bot were asked. */
export interface SharedRequests {
  /** False when any process had this key before. */
  first(key: string): Promise<boolean>
}

/** The same for several processes: Slack may repeat on another connection what one of them never acknowledged. */
export class SharedRepeats {
  private readonly own = new Repeats()

  constructor(
    private readonly shared: SharedRequests | undefined,
    private readonly logger: Logger
  ) {}

  /** The last key must be the same wherever the request comes in. Never rejects: in doubt the request is run. */
  async isRepeat(keys: readonly string[]): Promise<boolean> {
    if (this.own.isRepeat(keys)) return true
    const key = keys.at(-1)
    if (!this.shared || key === undefined) return false
    try {
      // Hashed: a key holds what lets anybody answer in our name for half an hour.
      return !(await this.shared.first(createHash('sha256').update(key).digest('hex')))
    } catch (error) {
      this.logger.warn({ err: error }, 'cannot tell whether another process had this request; it is run')
      return false
    }
  }
}
