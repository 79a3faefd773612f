import { setTimeout as sleep } from 'node:timers/promises'

/** Requests are spaced a little wider than the limit asks for, so that what one of them lost on its way can be made good. */
const SHARE = 0.98
/** What a held up thread lost is caught up with, but no more than this at once, in milliseconds. */
const CATCH_UP_MS = 100
/** A request is believed to have lain on its way for at most so many milliseconds: one that hangs must not hold up all. */
const MOST_LATE_MS = 250
/** The platform's clock counts whole milliseconds, ours does not. */
const SECOND_MS = 1001
/** How fast a fastest way is forgotten that is never seen again: a route through the network may change for good. */
const FORGET = 1.002

/** A request that passed; times in milliseconds. */
interface Passed {
  begun: number
  /** Until its answer, or its failure; null: there is none yet. */
  took: number | null
}

/**
 * Lets requests to a platform pass evenly, and never more than `limit` in any second, whichever second the platform
 * counts in. A burst at the start of each second would come twice as thick where two seconds meet.
 *
 * The platform counts a request when it arrives, and one that lay on its way for a while is counted in the second of
 * those behind it. When exactly is not known; that it was before the answer is. So a request that was answered late
 * counts as late as its answer, less what the fastest of late needed, and the one that takes its place waits for that.
 */
export class Pace {
  private line: Promise<void> = Promise.resolve()
  private slot = 0
  /** The last requests, oldest first; as many as may pass in a second. */
  private readonly passed: Passed[] = []
  private fastest = Number.POSITIVE_INFINITY

  /** @param limit requests that the platform takes in any second; Infinity: all */
  constructor(public limit: number) {}

  /** Begins the request when its turn has come, in the order of the calls, and gives its outcome. */
  async pass<Result>(request: () => Promise<Result>): Promise<Result> {
    if (this.limit === Number.POSITIVE_INFINITY) return request()
    const turn = this.line.then(() => this.turn())
    this.line = turn.then(() => {})
    const passed = await turn
    try {
      return await request()
    } finally {
      this.answered(passed)
    }
  }

  private async turn(): Promise<Passed> {
    const most = Math.max(1, Math.floor(this.limit))
    const before = this.passed.at(-most)
    for (let wait = this.slot - performance.now(); wait > 0; wait = this.slot - performance.now()) await sleep(wait)
    for (let wait = this.secondLeft(before); wait > 0; wait = this.secondLeft(before)) await sleep(wait)
    const begun = performance.now()
    this.slot = Math.max(this.slot, begun - CATCH_UP_MS) + 1000 / (this.limit * SHARE)
    const passed = { begun, took: null }
    this.passed.push(passed)
    if (this.passed.length > most) this.passed.shift()
    return passed
  }

  /** Milliseconds until the platform counts this request no more. */
  private secondLeft(passed: Passed | undefined): number {
    if (!passed) return 0
    const age = performance.now() - passed.begun
    const late = passed.took === null ? age : passed.took - this.fastest
    return SECOND_MS + Math.min(late, MOST_LATE_MS) - age
  }

  private answered(passed: Passed): void {
    passed.took = performance.now() - passed.begun
    this.fastest = Math.min(passed.took, this.fastest * FORGET)
  }
}
