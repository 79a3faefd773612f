import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { join } from 'node:path'
import { compiledModule } from '../../src/package-root.js'

export interface Outcome {
  code: number | null
  stdout: string
  stderr: string
}

export interface Ways {
  env?: Record<string, string>
  /** Told of everything printed so far, whenever more comes; without it the input is closed at once. */
  drive?: (child: ChildProcessWithoutNullStreams, printed: string) => void
}

/** Runs the built command as a person would, in a folder whose `data` is the embedded database unless `env` says so. */
export function facelawIn(folder: string, args: string[], { env = {}, drive }: Ways = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [compiledModule('src/cli/main.js').pathname, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', FACELAW_DATA_DIR: join(folder, 'data'), ...env }
    })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (chunk) => {
      stdout += chunk
      drive?.(child, stdout + stderr)
    })
    child.stderr.on('data', (chunk) => {
      stderr += chunk
      drive?.(child, stdout + stderr)
    })
    child.on('close', (code) => resolve({ code, stdout, stderr }))
    if (!drive) child.stdin.end()
  })
}
