import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { compiledModule, packageRoot } from '../src/package-root.js'

/** What `facelaw run` says when it is at work. */
const READY = 'Facelaw runs'
/** A bot on a busy machine may start slowly. */
const START_MS = 120_000

/** The bot as people run it, in a process of its own. */
export class Bot {
  private log = ''

  private constructor(private readonly child: ChildProcess) {}

  /** Resolves when it is at work. */
  static async start(env: Record<string, string>): Promise<Bot> {
    const child = spawn(process.execPath, [compiledModule('src/cli/main.js').pathname, 'run'], {
      cwd: packageRoot,
      env: { PATH: process.env.PATH, LOG_LEVEL: 'error', ...env },
      stdio: ['pipe', 'pipe', 'pipe']
    })
    const bot = new Bot(child)
    await new Promise<void>((done, fail) => {
      const late = setTimeout(() => fail(new Error(`the bot did not start: ${bot.log}`)), START_MS)
      child.once('exit', (code) => fail(new Error(`the bot ended with code ${code}: ${bot.log}`)))
      for (const stream of [child.stdout!, child.stderr!]) {
        stream.setEncoding('utf8')
        stream.on('data', (text: string) => {
          bot.log = (bot.log + text).slice(-4000)
          if (!bot.log.includes(READY)) return
          clearTimeout(late)
          done()
        })
      }
    })
    return bot
  }

  /** Memory in MB as Linux counts it (proc(5)): now, and the most so far. */
  memory(): { now: number; most: number } {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8')
    const field = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024
    return { now: field('VmRSS'), most: field('VmHWM') }
  }

  /** MB of heap after a collection of garbage; only of a bot that was started with soak-preload.js. */
  async heap(): Promise<number> {
    const written = new Promise<number>((done) => {
      const read = (text: string) => {
        const bytes = /heap (\d+)\n/.exec(text)?.[1]
        if (bytes === undefined) return
        this.child.stderr!.off('data', read)
        done(Number(bytes) / 2 ** 20)
      }
      this.child.stderr!.on('data', read)
    })
    this.child.kill('SIGUSR2')
    return await written
  }

  async stop(): Promise<void> {
    this.child.removeAllListeners('exit')
    const ended = new Promise((done) => this.child.once('exit', done))
    this.child.kill('SIGTERM')
    await ended
  }
}
