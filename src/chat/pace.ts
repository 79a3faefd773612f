import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Lets requests to a platform pass evenly: one every `1 / perSecond` seconds, and never more than `perSecond` in any
 * second, whichever second the platform counts in. A burst at the start of each second would come twice as thick where
 * two seconds meet.
 */
export class Pace {
  private line: Promise<void> = Promise.resolve()
  private slot = 0
  /** When the last requests passed, oldest first; as many as may pass in a second. */
  private readonly passed: number[] = []

  constructor(public perSecond: number) {}

  /** Resolves when the caller's request may begin; in the order of the calls. */
  turn(): Promise<void> {
    this.line = this.line.then(() => this.pass())
    return this.line
  }

  private async pass(): Promise<void> {
    if (this.perSecond === Number.POSITIVE_INFINITY) return
    const most = Math.max(1, Math.floor(this.perSecond))
    await until(Math.max(this.slot, (this.passed.at(-most) ?? Number.NEGATIVE_INFINITY) + 1000))
    const now = performance.now()
    const interval = 1000 / this.perSecond
    // What a timer lost, but no more, is caught up with.
    this.slot = Math.max(this.slot, now - interval) + interval
    this.passed.push(now)
    if (this.passed.length > most) this.passed.shift()
  }
}

async function until(moment: number): Promise<void> {
  for (let wait = moment - performance.now(); wait > 0; wait = moment - performance.now()) await sleep(wait)
}
