import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { messageOf } from './errors.js'
import { withWholeBatches } from './pglite-session.js'

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
  say({ type: 'failed', reason: [...said.slice(-3), messageOf(error)].join('; ') })
  process.exit(1)
}

async function serve(): Promise<void> {
  const db = await PGlite.create({
    dataDir: folder,
    // 32 MB instead of 128: a third less memory, and enough for one bot.
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=32MB'],
    onStderr: remember
  })
  const whole = withWholeBatches(db, (error) => {
    say({ type: 'broken', reason: messageOf(error) })
    process.exit(1)
  })
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

function remember(line: string): boolean {
  if (/(FATAL|PANIC|ERROR):/.test(line)) said.push(line.trim())
  return false
}

function say(word: WorkerWord): void {
  parentPort!.postMessage(word)
}
