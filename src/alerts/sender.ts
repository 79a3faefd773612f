import type { ChatPlatform } from '../chat/platform.js'
import type { Logger } from '../log.js'
import { EDIT_COLLECT_SECONDS } from '../store/outbox/edits.js'
import type { Store } from '../store/store.js'
import { Composer } from './composer.js'
import { Editor } from './editor.js'
import { Lane } from './lane.js'
import type { Names } from './names.js'

export interface SenderOptions {
  store: Store
  platforms: ChatPlatform[]
  names: Names
  owner: string
  now: () => Date
  logger: Logger
}

/** Looks for work of other processes this often. */
const LOOK_SECONDS = 5

/**
 * Brings what is owed to the platforms: claims the heads of channels' lines, posts them, writes the outcomes down.
 * All that must not be forgotten is in the store; this can be killed at any moment.
 */
export class Sender {
  private readonly lanes: Lane[]
  private readonly editor: Editor
  private loop: Promise<void> | null = null
  private editing: Promise<void> | null = null
  private stopping = false
  private woken = false
  private wakeUp: () => void = () => {}

  constructor(private readonly options: SenderOptions) {
    const composer = new Composer(options)
    const changed = () => this.wake()
    this.lanes = options.platforms.map((platform) => new Lane({ ...options, platform, composer, changed }))
    const platforms = new Map(options.platforms.map((platform) => [platform.name, platform]))
    this.editor = new Editor({ ...options, platforms, composer })
  }

  start(): void {
    this.loop ??= this.run()
  }

  /** Something may be owed now. */
  wake(): void {
    this.woken = true
    this.wakeUp()
  }

  /**
   * Claims no more, gives back what was not begun, lets the rest finish, for at most so long. What is cut off is made
   * sure of at the next start.
   */
  async stop(patienceMilliseconds: number): Promise<void> {
    this.stopping = true
    for (const lane of this.lanes) lane.stop()
    this.wake()
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMilliseconds)
    })
    await Promise.race([this.loop, patience])
    clearTimeout(timer)
    for (const lane of this.lanes) lane.end()
  }

  /**
   * Sends all that is owed and returns when nothing is left (`run --once`). Waits out short rate limits; what must wait
   * longer than `patienceSeconds` stays owed for the next run.
   */
  async drain(patienceSeconds = 30): Promise<void> {
    // All feeds were polled: nothing more comes that an edit should be gathered with.
    const gathered = new Date(this.options.now().getTime() + EDIT_COLLECT_SECONDS * 1000)
    for (;;) {
      await this.fill()
      if (this.busy()) {
        await this.pause(LOOK_SECONDS * 1000)
        continue
      }
      if ((await this.editor.editDue(gathered)) > 0) continue
      const next = await this.nextAt()
      if (!next || next.getTime() - this.options.now().getTime() > patienceSeconds * 1000) return
      await this.pause(this.until(next))
    }
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      let wait = LOOK_SECONDS * 1000
      try {
        const full = await this.fill()
        this.editing ??= this.edit()
        // A full lane says by itself when it has room.
        if (!full) wait = await this.millisecondsToNext()
      } catch (error) {
        this.options.logger.error({ err: error }, 'the outbox cannot be read; trying again shortly')
      }
      if (!this.stopping) await this.pause(wait)
    }
    while (this.busy()) await this.pause(LOOK_SECONDS * 1000)
    await this.editing
  }

  private busy(): boolean {
    return this.lanes.some(({ inHand }) => inHand > 0)
  }

  /** False: a lane has room, and nothing is ready for it. */
  private async fill(): Promise<boolean> {
    const filled = await Promise.all(this.lanes.map((lane) => lane.fill()))
    return filled.every((full) => full)
  }

  /** Beside the sends, which never wait for it. */
  private async edit(): Promise<void> {
    try {
      if ((await this.editor.editDue(this.options.now())) > 0) this.wake()
    } catch (error) {
      this.options.logger.error({ err: error }, 'the edits that are owed cannot be read; trying again shortly')
    } finally {
      this.editing = null
    }
  }

  /** Returns after so many milliseconds, or as soon as something changed. */
  private async pause(milliseconds: number): Promise<void> {
    if (this.woken) return this.sleepAgain()
    let timer: NodeJS.Timeout | undefined
    const woken = new Promise<void>((resolve) => {
      this.wakeUp = resolve
      timer = setTimeout(resolve, milliseconds)
    })
    await woken
    clearTimeout(timer)
    this.sleepAgain()
  }

  private sleepAgain(): void {
    this.woken = false
    this.wakeUp = () => {}
  }

  private async millisecondsToNext(): Promise<number> {
    const moments = [await this.nextAt(), await this.editor.nextAt()].filter((moment) => moment !== null)
    const next = moments.sort((a, b) => a.getTime() - b.getTime())[0]
    return next ? Math.min(LOOK_SECONDS * 1000, this.until(next)) : LOOK_SECONDS * 1000
  }

  private nextAt(): Promise<Date | null> {
    const { store, platforms, now } = this.options
    return store.deliveries.nextAt(
      platforms.map(({ name }) => name),
      now()
    )
  }

  private until(moment: Date): number {
    return Math.max(50, moment.getTime() - this.options.now().getTime())
  }
}
