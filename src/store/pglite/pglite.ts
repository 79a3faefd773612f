import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { PoolConfig } from 'pg'
import type { Logger } from '../../log.js'
import { compiledModule } from '../../package-root.js'
import { explainDirectory, StoreError } from '../errors.js'
import { type DirectoryLock, type Holder, lockDirectory } from './directory-lock.js'
import { type ShortFolder, shortFolder } from './short-folder.js'
import type { WorkerInput, WorkerWord } from './worker.js'

/** The embedded database as `pg` reaches it. */
export interface EmbeddedDatabase {
  connection: PoolConfig
  /** False: another process serves it, and is at work on it. */
  owned: boolean
  stop(): Promise<void>
}

/** What pg calls a socket in a folder. */
const SOCKET_PREFIX = '.s.PGSQL.'
const LOOPBACK = '127.0.0.1'
/** Wait before a broken engine is started anew. */
const RESTART_MS = 1000
/** A holder that ends while we ask is replaced by us, or by another that is asked in its turn. */
const MOST_TRIES = 5

/**
 * Starts PGlite on the data directory in a worker thread, so that no query holds up this one, or (with `share`) finds
 * the process that has done so. Serves it on a unix socket in the data directory (Windows: a TCP port on loopback,
 * open to every local user).
 *
 * Safe against a killed process, not against loss of power: PGlite never calls fsync.
 */
export async function openEmbedded(dataDir: string, share: boolean, logger: Logger): Promise<EmbeddedDatabase> {
  try {
    for (let tries = 1; ; tries++) {
      const outcome = await lockDirectory(dataDir)
      if ('lock' in outcome) return await serve(dataDir, outcome.lock, logger)
      if (!share) outcome.holder.dismiss()
      const port = share ? await outcome.holder.port : null
      if (port !== null) return await connectTo(dataDir, port)
      if (!share || tries === MOST_TRIES) throw inUse(dataDir, outcome.holder)
    }
  } catch (error) {
    throw explainDirectory(error, dataDir)
  }
}

function inUse(dataDir: string, { pid }: Holder): StoreError {
  const who = pid === null ? 'another process that does not answer' : `the process ${pid}`
  return new StoreError(
    `The data directory ${dataDir} is in use by ${who}: only one Facelaw at a time may run on it, or data would be lost. ` +
      'Stop that one first, give this one another FACELAW_DATA_DIR, or use a PostgreSQL server (DATABASE_URL), which many may share.'
  )
}

async function connectTo(dataDir: string, port: number): Promise<EmbeddedDatabase> {
  const folder = await shortFolder(dataDir)
  return { connection: connectionTo(folder, port), owned: false, stop: folder.dispose }
}

function connectionTo(folder: ShortFolder, port: number): PoolConfig {
  // pg takes a host that begins with a slash for a folder with the socket `.s.PGSQL.<port>`.
  const host = process.platform === 'win32' ? LOOPBACK : folder.path
  return { host, port, user: 'postgres', database: 'postgres', max: 4 }
}

async function serve(dataDir: string, lock: DirectoryLock, logger: Logger): Promise<EmbeddedDatabase> {
  const folder = await shortFolder(dataDir)
  const database = join(dataDir, 'pglite')
  const socket = process.platform === 'win32' ? null : join(folder.path, `${SOCKET_PREFIX}${lock.generation}`)
  let worker: Worker
  let stopping = false

  async function release(): Promise<void> {
    await removeSockets(dataDir)
    await folder.dispose()
    await lock.release()
  }

  async function start(): Promise<number> {
    await removeSockets(dataDir)
    await makeDatabase(database)
    worker = new Worker(compiledModule('src/store/pglite/worker.js'), {
      workerData: { folder: database, socket } satisfies WorkerInput,
      // The rows of a statement and no more; the database itself lies outside of this heap.
      resourceLimits: { maxYoungGenerationSizeMb: 8 }
    })
    return await ready(worker, database)
  }

  async function restart(): Promise<void> {
    while (!stopping) {
      await new Promise((done) => setTimeout(done, RESTART_MS))
      if (stopping) return
      try {
        await start()
        watch()
        logger.warn({ dataDir }, 'the embedded database works again')
        return
      } catch (error) {
        logger.error({ err: error }, 'the embedded database cannot be started; trying again')
      }
    }
  }

  function watch(): void {
    let reason = 'its thread ended'
    worker.on('message', (word: WorkerWord) => {
      if (word.type === 'broken') reason = word.reason
    })
    worker.once('exit', () => {
      if (stopping) return
      logger.error({ reason }, 'the embedded database broke down and is started anew; a full disk is the usual cause')
      void restart()
    })
  }

  try {
    const port = await start()
    watch()
    lock.announce(socket ? lock.generation : port)
    return {
      connection: connectionTo(folder, socket ? lock.generation : port),
      owned: true,
      async stop() {
        stopping = true
        await stopWorker(worker)
        await release()
      }
    }
  } catch (error) {
    await release()
    throw error
  }
}

/** What was only half made, by a process that was killed, is made anew. */
async function makeDatabase(database: string): Promise<void> {
  if (existsSync(database)) return
  const unfinished = `${database}.new`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  const child = fork(compiledModule('src/store/pglite/create.js'), [unfinished], { execArgv: [] })
  let reason = ''
  child.once('message', (said) => {
    reason = String(said)
  })
  const [code, signal] = await once(child, 'exit')
  if (code !== 0)
    throw cannotOpen(database, reason || `the process that makes it ended with ${signal ?? `code ${code}`}`)
  await rename(unfinished, database)
}

/** To be called with the lock held: what lies there is left from an engine that broke or a process that was killed. */
async function removeSockets(dataDir: string): Promise<void> {
  const names = (await readdir(dataDir)).filter((name) => name.startsWith(SOCKET_PREFIX))
  await Promise.all(names.map((name) => rm(join(dataDir, name), { force: true })))
}

function ready(worker: Worker, database: string): Promise<number> {
  return new Promise((done, fail) => {
    const broken = (reason: string) => fail(cannotOpen(database, reason))
    worker.on('message', (word: WorkerWord) => (word.type === 'ready' ? done(word.port) : broken(word.reason)))
    worker.once('error', (error) => broken(error.message))
    worker.once('exit', (code) => broken(`its thread ended with code ${code}`))
  })
}

function cannotOpen(database: string, reason: string): StoreError {
  return new StoreError(
    `The embedded database in ${database} cannot be opened: ${reason}. If the disk is full, free some space. ` +
      'If its files are damaged, restore them from a backup, or move the folder away: Facelaw then begins with an empty one.'
  )
}

async function stopWorker(worker: Worker): Promise<void> {
  if (worker.threadId === -1) return
  const ended = new Promise((done) => worker.once('exit', done))
  worker.postMessage('stop')
  await ended
}
