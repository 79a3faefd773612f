import cron, { type ScheduledTask } from 'node-cron'
import type { Logger } from './log.js'

/**
 * Work that is looked at again and again. node-cron only ticks: what is due is a stored time that a statement claims,
 * so that two processes never do it twice and a sleep does not skip it.
 */
export class Ticks {
  private readonly tasks: ScheduledTask[] = []

  constructor(private readonly logger: Logger) {}

  /** `pattern` has seconds first. The same work never runs twice at once; its failure is logged, not thrown. */
  every(pattern: string, name: string, work: () => Promise<void>): void {
    const tick = async () => {
      try {
        await work()
      } catch (error) {
        this.logger.error({ err: error }, `${name} failed; it is tried again at the next tick`)
      }
    }
    this.tasks.push(cron.schedule(pattern, tick, { name, noOverlap: true }))
  }

  async stop(): Promise<void> {
    for (const task of this.tasks) await task.destroy()
  }
}
