import { createHash, randomBytes } from 'node:crypto'
import { link, mkdir, readdir, unlink } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { join, resolve } from 'node:path'
import { codeOf } from '../errors.js'
import { shortFolder } from './short-folder.js'

/**
 * The lock of a data directory: a listening unix socket, so that the system itself frees it when its process dies.
 *
 * Sockets of dead processes stay behind as files, and "it is dead, so I remove it and take its place" is a race: the
 * file that is removed may be the next owner's. So every owner's socket has a number of its own, `lock.1`, `lock.2`, …;
 * it is linked into place when it already listens, and the newest is never removed. An owner is whoever holds the
 * newest; it makes sure of that after linking. Two can therefore never both be sure.
 *
 * Windows has named pipes, which the system removes with their process; they need none of this. (Not tried there.)
 * Network file systems do not tell other machines that a socket is alive: one data directory belongs to one machine.
 */
export interface DirectoryLock {
  /** A number that no earlier owner had. */
  generation: number
  /** Tells those who ask where the database can be reached. */
  announce(port: number): void
  release(): Promise<void>
}

/** The live process that has the lock. */
export interface Holder {
  /** null: it is alive and says nothing (stopped, or very busy). */
  pid: number | null
  /** Where its database can be reached; null when it ended, or did not become ready in time. */
  port: Promise<number | null>
  /** Waits for the port no longer. */
  dismiss(): void
}

const SOCKET = /^lock\.(\d+)$/
/** Longest time that a live holder may take to say who it is. */
const ANSWER_MS = 2000
/** Longest time that its database may take to start; a new one takes 3 s, on a busy machine several times that. */
const START_MS = 60_000

/** Takes the lock, or tells who has it. Makes the directory. Rejects with the file system's own errors. */
export async function lockDirectory(dataDir: string): Promise<{ lock: DirectoryLock } | { holder: Holder }> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  if (process.platform === 'win32') return await lockByPipe(dataDir)
  const folder = await shortFolder(dataDir)
  try {
    for (;;) {
      const newest = await newestGeneration(dataDir)
      const holder = newest > 0 ? await ask(join(folder.path, `lock.${newest}`)) : null
      if (holder) return { holder }
      const server = await claim(dataDir, folder.path, newest + 1)
      if (server) return { lock: { generation: newest + 1, ...server } }
    }
  } finally {
    await folder.dispose()
  }
}

async function newestGeneration(dataDir: string): Promise<number> {
  return Math.max(0, ...(await generations(dataDir)))
}

async function generations(dataDir: string): Promise<number[]> {
  const names = await readdir(dataDir)
  return names.flatMap((name) => SOCKET.exec(name)?.[1] ?? []).map(Number)
}

/** Null when another process was faster. */
async function claim(dataDir: string, shortPath: string, generation: number) {
  const temporary = `claim.${process.pid}.${randomBytes(3).toString('hex')}`
  const server = await listen(join(shortPath, temporary))
  const file = join(dataDir, `lock.${generation}`)
  try {
    await link(join(dataDir, temporary), file)
  } catch (error) {
    await server.release()
    if (codeOf(error) === 'EEXIST') return null
    throw error
  } finally {
    await unlink(join(dataDir, temporary)).catch(() => {})
  }
  const all = await generations(dataDir)
  if (Math.max(...all) > generation) {
    await unlink(file).catch(() => {})
    await server.release()
    return null
  }
  const older = all.filter((one) => one < generation)
  await Promise.all(older.map((one) => unlink(join(dataDir, `lock.${one}`)).catch(() => {})))
  return server
}

/** Listens; answers everyone with a line of process id, and one of port once it is known. */
async function listen(path: string): Promise<Omit<DirectoryLock, 'generation'>> {
  const asking = new Set<Socket>()
  let port: number | undefined
  const server: Server = createServer((socket) => {
    asking.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => asking.delete(socket))
    socket.write(`${process.pid}\n`)
    if (port !== undefined) socket.end(`${port}\n`)
  })
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(path, done)
  })
  server.unref()
  return {
    announce(known) {
      port = known
      for (const socket of asking) socket.end(`${known}\n`)
    },
    async release() {
      for (const socket of asking) socket.destroy()
      await new Promise<void>((done) => server.close(() => done()))
    }
  }
}

/** Who listens at a socket; null when nobody does. */
function ask(path: string): Promise<Holder | null> {
  return new Promise((found, fail) => {
    const socket = connect(path)
    let text = ''
    let ready: (port: number | null) => void
    const port = new Promise<number | null>((done) => {
      ready = done
    })
    const dismiss = () => socket.destroy()
    const alive = (pid: number | null) => found({ pid, port, dismiss })
    const answer = setTimeout(() => alive(null), ANSWER_MS)
    const start = setTimeout(dismiss, START_MS)
    answer.unref()
    start.unref()
    socket.setEncoding('utf8')
    socket.on('data', (data: string) => {
      text += data
      const [pid, ...more] = text.split('\n')
      if (more.length > 0) alive(Number(pid))
    })
    socket.on('error', (error) => {
      if (['ECONNREFUSED', 'ENOENT'].includes(codeOf(error))) found(null)
      // Its queue of connections is full: alive.
      else if (codeOf(error) === 'EAGAIN') alive(null)
      else fail(error)
    })
    socket.on('close', () => {
      clearTimeout(answer)
      clearTimeout(start)
      const line = text.split('\n')[1]
      ready(line ? Number(line) : null)
      alive(null)
    })
  })
}

async function lockByPipe(dataDir: string): Promise<{ lock: DirectoryLock } | { holder: Holder }> {
  const name = createHash('sha256').update(resolve(dataDir).toLowerCase()).digest('hex').slice(0, 32)
  const path = `\\\\.\\pipe\\facelaw-${name}`
  for (;;) {
    const holder = await ask(path)
    if (holder) return { holder }
    try {
      return { lock: { generation: 0, ...(await listen(path)) } }
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE') throw error
    }
  }
}
