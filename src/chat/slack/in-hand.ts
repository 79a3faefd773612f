import { setTimeout as wait } from 'node:timers/promises'

/** Counts the work that is under way, so that stopping can wait for it. */
export class InHand {
  private readonly work = new Set<Promise<unknown>>()

  /** The same promise, counted until it settles. */
  async add<Value>(promise: Promise<Value>): Promise<Value> {
    this.work.add(promise)
    try {
      return await promise
    } finally {
      this.work.delete(promise)
    }
  }

  /** Resolves when all of it has settled, or after so many milliseconds. */
  async finished(milliseconds: number): Promise<void> {
    const timeout = new AbortController()
    const all = Promise.allSettled([...this.work])
    await Promise.race([all, wait(milliseconds, undefined, { signal: timeout.signal }).catch(() => {})])
    timeout.abort()
  }
}
