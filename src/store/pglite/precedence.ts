import PQueue from 'p-queue'
import type { Database } from '../database.js'

/** After a person's statement the next one of the same command is awaited for so long. */
const LINGER_MS = 25
/** So long work waits for people at most, each time: whoever asks without end must not stop the news. */
const PATIENCE_MS = 500

/** Two ways to one database. */
export interface Precedence {
  /** For those who wait for an answer. */
  people: Database
  /** For what can wait: polls, alerts, renewals. */
  work: Database
}

/**
 * The embedded database does one thing at a time, in the order in which it was asked. Work goes there one by one, and
 * only when no person's command is under way: so a question waits for one transaction at most, not for all that a burst
 * has brought.
 */
export function withPrecedence(database: Database): Precedence {
  const turns = new PQueue({ concurrency: 1 })
  const quiet = new Quiet()
  const later = <Result>(work: () => Promise<Result>): Promise<Result> =>
    turns.add(async () => {
      await quiet.come(PATIENCE_MS)
      return await work()
    })
  const first = <Result>(work: () => Promise<Result>) => quiet.disturb(work)
  return {
    people: {
      query: (sql, params) => first(() => database.query(sql, params)),
      transaction: (work) => first(() => database.transaction(work)),
      close: database.close
    },
    work: {
      query: (sql, params) => later(() => database.query(sql, params)),
      transaction: (work) => later(() => database.transaction(work)),
      close: database.close
    }
  }
}

/** Knows whether people are asking. */
class Quiet {
  private asking = 0
  private lingering: NodeJS.Timeout | undefined
  private readonly waiting = new Set<() => void>()

  async disturb<Result>(work: () => Promise<Result>): Promise<Result> {
    this.asking++
    clearTimeout(this.lingering)
    try {
      return await work()
    } finally {
      this.asking--
      if (this.asking === 0) this.lingering = setTimeout(() => this.settle(), LINGER_MS)
    }
  }

  /** Resolves when nobody is asking, or after so many milliseconds. */
  async come(patience: number): Promise<void> {
    if (this.asking === 0 && this.lingering === undefined) return
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((done) => {
      this.waiting.add(done)
      timer = setTimeout(() => {
        this.waiting.delete(done)
        done()
      }, patience)
    })
    clearTimeout(timer)
  }

  private settle(): void {
    this.lingering = undefined
    for (const done of this.waiting) done()
    this.waiting.clear()
  }
}
