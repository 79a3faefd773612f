import { setFlagsFromString } from 'node:v8'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { reasonOf } from './errors.js'
import { withWholeBatches } from './session.js'

/** What pglite.ts hands over. */
export interface WorkerInput {
  /** The folder of the database's files. */
  folder: string
  /** A unix socket to serve, or null: a free TCP port on loopback (Windows). */
  socket: string | null
}

/** What the worker says. */
export type WorkerWord =
  | { type: 'ready'; port: number }
  | { type: 'failed'; reason: string }
  | { type: 'broken'; reason: string }

/** Connections at once: this process and those that share its database. */
const MOST_CONNECTIONS = 64

const { folder, socket } = workerData as WorkerInput
const said: string[] = []

try {
  await serve()
} catch (error) {
  // PGlite's own error is often "exit 1"; what PostgreSQL wrote before tells more.
  leave('failed', [...said.slice(-3), reasonOf(error)].join('; '))
}

async function serve(): Promise<void> {
  // V8 compiles the engine's hot functions once more, better, in four threads: the largest take 30 MB each meanwhile, and
  // what they took stays with the threads' allocators. So one at a time, and only what is hot for long (V8's own budget is
  // a hundredth of this): 50 MB less, at no more processor time for 50,000 rows.
  setFlagsFromString('--wasm-num-compilation-tasks=1')
  setFlagsFromString('--wasm-tiering-budget=180000000')
  const db = await PGlite.create({
    dataDir: folder,
    // 16 MB instead of 128: a third less memory, and enough for one bot.
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
    onStderr: listen
  })
  const whole = withWholeBatches(db, (error) => leave('broken', reasonOf(error)))
  const where = socket ? { path: socket } : { host: '127.0.0.1', port: 0 }
  const server = new PGLiteSocketServer({ db: whole, maxConnections: MOST_CONNECTIONS, ...where })
  await server.start()
  parentPort!.once('message', async () => {
    await server.stop()
    await db.close()
    process.exit(0)
  })
  say({ type: 'ready', port: socket ? 0 : Number(server.getServerConn().split(':').at(-1)) })
}

/**
 * PostgreSQL ends itself at a PANIC (no room for the log, say), and mends its files when it starts again. PGlite goes on
 * with a state that can no longer be trusted, so we end it.
 */
function listen(line: string): boolean {
  if (/ PANIC: /.test(line)) leave('broken', line)
  if (/ (FATAL|ERROR): /.test(line)) said.push(line.trim())
  return false
}

function leave(type: 'failed' | 'broken', reason: string): never {
  say({ type, reason })
  process.exit(1)
}

function say(word: WorkerWord): void {
  parentPort!.postMessage(word)
}
