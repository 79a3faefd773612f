import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { compiledModule, packageRoot } from '../src/package-root.js'
import type { KillOrder } from './preload.js'

/** Pause before a process that ended is started again, as a service manager would. */
const RESTART_MS = 300
const LOG_LENGTH = 20_000
/** What a process says when it polls, sends and answers. */
const READY = 'Facelaw runs on'
/** A process that is asked to end must have done so by then. */
const STOP_MS = 10_000

/** One Facelaw process, started again whenever it ends. */
export class Worker {
  kills = 0
  /** It is at work: who is always killed while starting proves nothing. */
  ready = false
  /** Ends that nobody ordered, with the last words. */
  readonly deaths: string[] = []
  private child: ChildProcess | null = null
  private log = ''
  private ordered = false
  private stopping = false
  private paused = false
  private restarting: NodeJS.Timeout | undefined

  /** `env` is asked at each start. */
  constructor(
    readonly name: string,
    private readonly env: () => Record<string, string>
  ) {
    process.once('exit', () => this.child?.kill('SIGKILL'))
  }

  start(): void {
    const child = spawn(
      process.execPath,
      ['--import', compiledModule('chaos/preload.js').href, compiledModule('src/cli/main.js').pathname, 'run'],
      {
        cwd: packageRoot,
        env: { PATH: process.env.PATH, FACELAW_CHAOS_PRELOAD: '1', ...this.env() },
        stdio: ['pipe', 'pipe', 'pipe', 'ipc']
      }
    )
    this.child = child
    this.ordered = false
    this.paused = false
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8')
      stream.on('data', (text: string) => {
        this.log = (this.log + text).slice(-LOG_LENGTH)
        this.ready ||= this.child === child && text.includes(READY)
      })
    }
    // The order to die may reach a process that is dead already.
    child.on('error', () => {})
    child.once('exit', (code, signal) => this.ended(code, signal))
  }

  /** False: it was not at work, and is left alone. */
  kill(): boolean {
    if (!this.child?.pid || !this.ready) return false
    this.ordered = true
    this.ready = false
    return this.child.kill('SIGKILL')
  }

  /** Ends at a chosen point of its work, if it comes to it. */
  killAt(order: KillOrder): boolean {
    if (!this.child?.connected || !this.ready) return false
    this.ordered = true
    return this.child.send(order, () => {})
  }

  /** Stops it in its tracks, as a machine that sleeps. */
  pause(): boolean {
    if (!this.child?.pid || !this.ready) return false
    this.paused = this.child.kill('SIGSTOP')
    return this.paused
  }

  /** Lets it go on, as if no time had passed. */
  wake(): void {
    if (this.paused) this.child?.kill('SIGCONT')
    this.paused = false
  }

  /** Asks it to end; it is started again, with the settings of that moment. */
  restart(): void {
    this.wake()
    if (!this.child?.pid) return
    this.ordered = true
    this.child.kill('SIGTERM')
  }

  /** SIGTERM, for good. What went wrong with it; null: it ended by itself, with code 0 and in time. */
  async stop(): Promise<string | null> {
    this.stopping = true
    clearTimeout(this.restarting)
    const child = this.child
    if (!child) return null
    const began = Date.now()
    const exit = once(child, 'exit')
    this.wake()
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
    const [code, signal] = await exit
    clearTimeout(timer)
    if (code === 0) return null
    const seconds = ((Date.now() - began) / 1000).toFixed(1)
    return `${this.name}: asked to end, it ended with ${signal ?? `code ${code}`} after ${seconds} s\n${this.tail()}`
  }

  /** Resolves when it is at work, or after so many milliseconds. */
  async untilReady(patienceMs: number): Promise<void> {
    const end = Date.now() + patienceMs
    while (!this.ready && Date.now() < end) await wait(100)
  }

  /** Resident memory in MiB; null when it is not running. */
  async memory(): Promise<number | null> {
    if (!this.child?.pid) return null
    const status = await readFile(`/proc/${this.child.pid}/status`, 'utf8').catch(() => '')
    const found = /VmRSS:\s+(\d+)/.exec(status)
    return found ? Math.round(Number(found[1]) / 1024) : null
  }

  tail(): string {
    return this.log.slice(-1500)
  }

  private ended(code: number | null, signal: NodeJS.Signals | null): void {
    this.child = null
    this.ready = false
    if (signal === 'SIGKILL') this.kills++
    // A start that fails says why and ends with 1: the database may be down just then. It is started again.
    const failedStart = code === 1 && this.log.includes('facelaw run: ')
    if (!this.ordered && !this.stopping && !failedStart)
      this.deaths.push(`${this.name} ended with ${signal ?? `code ${code}`}: ${this.tail()}`)
    if (this.stopping) return
    this.restarting = setTimeout(() => this.start(), RESTART_MS)
  }
}
