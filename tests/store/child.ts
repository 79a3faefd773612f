import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Another process at work on a data directory; see writer.mjs. */
export interface Child {
  pid: number
  /** The next line that it writes; rejects when it ends before. */
  nextLine(): Promise<string>
  /** kill -9; all lines written until then stay to be read. */
  kill(): Promise<void>
  lines: string[]
}

export function startChild(what: 'write' | 'ingest' | 'ingest-whole' | 'hold', dataDir: string): Child {
  const script = fileURLToPath(new URL('writer.mjs', import.meta.url))
  const child: ChildProcess = spawn(process.execPath, [script, what, dataDir], { stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  let errors = ''
  child.stderr!.on('data', (text) => {
    errors += text
  })
  const reader = createInterface({ input: child.stdout! })
  reader.on('line', (line) => lines.push(line))
  const exited = once(child, 'close')
  return {
    pid: child.pid!,
    lines,
    async nextLine() {
      const [line] = (await Promise.race([once(reader, 'line'), exited.then(() => fail(errors))])) as [string]
      return line
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    }
  }
}

function fail(errors: string): never {
  throw new Error(`the child process ended: ${errors}`)
}
