import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import type { SocketModeReceiver } from '@slack/bolt'
import type { Logger } from '../../log.js'
import { type ConnectionState, RetryLater } from '../platform.js'
import { contractError, startError } from './errors.js'

/** From asking for an address to Slack's `hello`, in milliseconds. */
const CONNECT_MILLISECONDS = 30_000
/** A connection that lived shorter than this counts as a failure, so that we do not come back in a tight circle. */
const STEADY_MILLISECONDS = 10_000
/** Longest wait between two tries; apps.connections.open allows at least one a minute (tier 1) and bursts. */
const LONGEST_WAIT_SECONDS = 60
/** What the other side gets to answer our closing, before we hang up. */
const CLOSE_MILLISECONDS = 2000

/**
 * Keeps one Socket Mode connection open. The library could reconnect by itself, but it waits five seconds first (commands
 * typed then are lost), and a token that is refused later ends the process by an unhandled rejection.
 */
export class Socket {
  private readonly client: SocketModeReceiver['client']
  private kept: Promise<void> = Promise.resolve()
  /** Between asking for an address and `hello`. */
  private opening = false
  private connectedAt = 0
  private state: 'unused' | 'up' | 'down' = 'unused'
  private failures = 0

  /** `stopping` must also end the receiver's own calls. */
  constructor(
    receiver: SocketModeReceiver,
    private readonly stopping: AbortController,
    private readonly logger: Logger
  ) {
    this.client = receiver.client
  }

  /** Resolves when Slack has said hello; rejects with a sentence that says what to mend. */
  async start(): Promise<void> {
    try {
      await this.open()
    } catch (error) {
      await this.hangUp()
      throw startError(error, 'SLACK_APP_TOKEN')
    }
    this.kept = this.keepOpen()
  }

  connection(): ConnectionState {
    if (this.state === 'unused') return { well: true, words: 'sends only' }
    return this.state === 'up'
      ? { well: true, words: 'receives commands' }
      : { well: false, words: 'has no connection for commands, and tries again' }
  }

  /** Resolves within seconds, whether or not the other side still answers. */
  async stop(): Promise<void> {
    this.stopping.abort()
    if (this.state === 'unused') return
    await this.hangUp()
    const timeout = new AbortController()
    const late = wait(CLOSE_MILLISECONDS, undefined, { signal: timeout.signal }).catch(() => {})
    await Promise.race([this.kept, late])
    timeout.abort()
    if (this.opening) await this.hangUp()
  }

  private async open(): Promise<void> {
    const timeout = new AbortController()
    const late = wait(CONNECT_MILLISECONDS, undefined, { signal: timeout.signal }).then(() => {
      throw new Error(`Slack did not say hello within ${CONNECT_MILLISECONDS / 1000} s`)
    })
    late.catch(() => {})
    this.opening = true
    this.state = 'down'
    try {
      await Promise.race([this.client.start(), late])
      this.connectedAt = performance.now()
      this.state = 'up'
    } catch (error) {
      throw error ?? new Error('Slack closed the connection before it said hello')
    } finally {
      this.opening = false
      timeout.abort()
    }
    if (!this.stopping.signal.aborted) return
    await this.hangUp()
    throw new Error('stopped while connecting')
  }

  private async keepOpen(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await new Promise<void>((resolve) => this.client.once('disconnected', () => resolve()))
      this.state = 'down'
      const steady = performance.now() - this.connectedAt > STEADY_MILLISECONDS
      this.failures = steady ? 0 : this.failures + 1
      await this.reopen()
    }
  }

  /** At once the first time: Slack renews connections as a matter of course. Then slower and slower. */
  private async reopen(): Promise<void> {
    let seconds = this.failures < 2 ? 0 : this.backOff()
    while (!this.stopping.signal.aborted) {
      await this.pause(seconds)
      if (this.stopping.signal.aborted) return
      try {
        await this.open()
        this.logger.info('connected to Slack again')
        return
      } catch (error) {
        if (this.stopping.signal.aborted) return
        this.failures += 1
        const reason = contractError(error, 'connecting again')
        seconds = Math.max(this.backOff(), reason instanceof RetryLater ? reason.afterSeconds : 0)
        const message = startError(error, 'SLACK_APP_TOKEN').message
        this.logger.error({ reason: message, seconds: Math.round(seconds) }, 'no connection to Slack; trying again')
        await this.hangUp()
      }
    }
  }

  private backOff(): number {
    const ceiling = Math.min(2 ** (this.failures - 2), LONGEST_WAIT_SECONDS)
    return ceiling * (0.5 + Math.random() / 2)
  }

  private async pause(seconds: number): Promise<void> {
    if (seconds > 0) await wait(seconds * 1000, undefined, { signal: this.stopping.signal }).catch(() => {})
  }

  /**
   * A polite close. When it is not answered in time, or there is no connection yet to close, a second call makes the
   * library drop the line; without it the library would hold the process for 30 s.
   */
  private async hangUp(): Promise<void> {
    const timeout = new AbortController()
    const closed = this.client.disconnect().then(() => timeout.abort())
    if (!this.opening) await wait(CLOSE_MILLISECONDS, undefined, { signal: timeout.signal }).catch(() => {})
    if (!timeout.signal.aborted) await Promise.race([this.client.disconnect(), closed])
  }
}
