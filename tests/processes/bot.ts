import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { compiledModule, packageRoot } from '../../src/package-root.js'

/** A real process of Facelaw: `facelaw run …`. */
export interface Bot {
  pid: number
  /** All that it wrote. */
  said(): string
  /** kill -9. */
  kill(): Promise<void>
  /** SIGTERM; resolves with its exit code. */
  stop(): Promise<number | null>
}

/** What it says when it does its work. */
const AT_WORK = 'Facelaw runs'

/** Resolves when it is at work; rejects with its last words when it ends before. */
export async function startBot(args: string[], env: Record<string, string>): Promise<Bot> {
  const child: ChildProcess = spawn(process.execPath, [compiledModule('src/cli/main.js').pathname, 'run', ...args], {
    cwd: packageRoot,
    env: { PATH: process.env.PATH, LOG_LEVEL: 'info', ...env },
    stdio: ['pipe', 'pipe', 'pipe']
  })
  let text = ''
  const exited = once(child, 'exit') as Promise<[number | null]>
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8')
      stream.on('data', (chunk: string) => {
        text += chunk
        if (text.includes(AT_WORK)) resolve()
      })
    }
    child.once('exit', (code) => reject(new Error(`facelaw run ${args.join(' ')} ended with code ${code}: ${text}`)))
  })
  return {
    pid: child.pid!,
    said: () => text,
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    async stop() {
      child.kill('SIGTERM')
      return (await exited)[0]
    }
  }
}
