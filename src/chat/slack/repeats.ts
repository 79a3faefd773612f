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
