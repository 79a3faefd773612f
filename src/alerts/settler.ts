import type { Settlement } from '../store/line.js'
import type { Store } from '../store/store.js'

export interface SettlerOptions {
  store: Store
  owner: string
  now: () => Date
}

interface Waiting {
  settlement: Settlement
  done: () => void
  failed: (error: unknown) => void
}

/** Outcomes a transaction. */
const MOST_AT_ONCE = 200

/**
 * Writes down what became of deliveries. While one transaction is under way, the outcomes that come are gathered for
 * the next: few come alone when many are sent, and none waits when few are.
 */
export class Settler {
  private readonly waiting: Waiting[] = []
  private writing = false

  constructor(private readonly options: SettlerOptions) {}

  /** Resolves when the outcome is written; rejects when it could not be: then the lease runs out. */
  settle(settlement: Settlement): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ settlement, done, failed })
      if (!this.writing) void this.write()
    })
  }

  private async write(): Promise<void> {
    this.writing = true
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, MOST_AT_ONCE)
      const { store, owner, now } = this.options
      try {
        const settlements = batch.map(({ settlement }) => settlement)
        await store.deliveries.settle(settlements, owner, now())
        for (const { done } of batch) done()
      } catch (error) {
        for (const { failed } of batch) failed(error)
      }
    }
    this.writing = false
  }
}
