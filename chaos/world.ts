import { setTimeout as wait } from 'node:timers/promises'
import { type FeedServer, startFeedServer } from '../tests/fakes/feed-server.js'
import { Chat } from './channels.js'
import { type ChaosDatabase, type Engine, openDatabase } from './database.js'
import { Newsroom } from './newsroom.js'
import { People } from './people.js'
import type { Safety } from './preload.js'
import { Random } from './random.js'
import { clock } from './verdict.js'
import { Worker } from './worker.js'

export interface WorldOptions {
  engine: Engine
  /** Processes of Facelaw; PGlite takes one. */
  processes: number
  seed: number
  /** A safety that is taken away, to see whether the machine notices. */
  without: Safety | null
  log: (line: string) => void
}

const FEEDS = ['wire', 'courier', 'gazette', 'register']
/** A start takes seconds, on a busy machine many. */
const START_MS = 30_000
const LOOK_MS = 300

/** Everything that a run needs: database, feeds, platforms, processes. */
export class World {
  private readonly undos = new Map<NodeJS.Timeout, () => void>()
  private readonly began = Date.now()

  private constructor(
    readonly options: WorldOptions,
    readonly database: ChaosDatabase,
    private readonly servers: FeedServer[],
    readonly newsroom: Newsroom,
    readonly chat: Chat,
    readonly people: People,
    readonly workers: Worker[]
  ) {}

  /** Starts all of it; when it resolves, every feed has had its first poll and every channel its subscription. */
  static async open(options: WorldOptions): Promise<World> {
    const random = new Random(options.seed)
    const database = await openDatabase(options.engine)
    const servers = await Promise.all(FEEDS.map(() => startFeedServer()))
    const newsroom = new Newsroom(servers, FEEDS, random.fork())
    const chat = await Chat.open(options.without)
    const env = () => ({
      ...database.env,
      ...chat.env(),
      FACELAW_FEEDS: newsroom.feeds.map((feed) => feed.url).join(','),
      FACELAW_ALLOW_PRIVATE_FEEDS: '1',
      FACELAW_POLL_SECONDS: '1',
      LOG_LEVEL: 'warn',
      ...(options.without && { FACELAW_CHAOS_WITHOUT: options.without })
    })
    const workers = Array.from({ length: options.processes }, (_, index) => new Worker(`process ${index + 1}`, env))
    const people = new People(chat, random.fork())
    const world = new World(options, database, servers, newsroom, chat, people, workers)
    workers[0]!.start()
    if (!(await world.until(async () => workers[0]!.ready)))
      throw new Error(`Facelaw did not come up; it said last:\n${workers[0]!.tail()}`)
    await chat.subscribe()
    const sql = 'select count(*)::int as left from feed where first_polled_at is null'
    await world.until(async () => (await database.query<{ left: number }>(sql))[0]!.left === 0)
    for (const worker of workers.slice(1)) worker.start()
    return world
  }

  /** Every process is at work, and both platforms have a line to one. */
  get wellUp(): boolean {
    return this.people.heard && this.workers.every((worker) => worker.ready)
  }

  /** Processes killed so far. */
  get kills(): number {
    return this.workers.reduce((sum, worker) => sum + worker.kills, 0)
  }

  /** Resolves when every process is at work, or none more comes up in time. */
  async allReady(): Promise<void> {
    await this.until(async () => this.workers.every((worker) => worker.ready), START_MS)
  }

  /** One that is at work: the one drawn, or the next one that is; waits for it. Null: none came up in time. */
  async readyWorker(random: Random): Promise<Worker | null> {
    const first = random.between(0, this.workers.length - 1)
    const ring = [...this.workers.slice(first), ...this.workers.slice(0, first)]
    let found: Worker | undefined
    await this.until(async () => {
      found = ring.find((worker) => worker.ready)
      return found !== undefined
    }, START_MS)
    return found ?? null
  }

  /** Ends something after a while, or when the faults end. */
  later(milliseconds: number, undo: () => void): void {
    const timer = setTimeout(() => {
      this.undos.delete(timer)
      undo()
    }, milliseconds)
    this.undos.set(timer, undo)
  }

  /** After a while somebody starts all processes again, with the settings of then. */
  restartLater(milliseconds: number): string {
    this.later(milliseconds, () => {
      for (const worker of this.workers) worker.restart()
    })
    return `after ${milliseconds} ms`
  }

  /** Called whenever something happens on a platform; returns what ends it. */
  onMessage(listener: () => void): () => void {
    this.chat.slack.workspace.on('change', listener)
    this.chat.discord.state.on('change', listener)
    return () => {
      this.chat.slack.workspace.off('change', listener)
      this.chat.discord.state.off('change', listener)
    }
  }

  /** Ends whatever lasts. */
  mend(): void {
    for (const [timer, undo] of this.undos) {
      clearTimeout(timer)
      undo()
    }
    this.undos.clear()
    this.database.proxy?.mend()
    this.answerWell()
  }

  /** An article, and nothing that keeps it on its way: a trap that waits for one must not wait in vain. */
  bringNews(): void {
    this.answerWell()
    this.newsroom.publish()
  }

  /** Feeds and platforms answer the next requests as they should. */
  private answerWell(): void {
    for (const feed of this.newsroom.feeds) feed.mend()
    this.chat.slack.mend()
    this.chat.discord.rest.mend()
  }

  /** Asks all processes to end while the feeds hang. What went wrong with that, and what else was done wrong. */
  async end(): Promise<string[]> {
    for (const feed of this.newsroom.feeds) feed.hang()
    await Promise.all(
      this.servers.map((server, index) => server.waitFor(this.newsroom.feeds[index]!.path, server.requests.length + 1))
    )
    const stops = await Promise.all(this.workers.map((worker) => worker.stop()))
    return [
      ...this.workers.flatMap((worker) => worker.deaths),
      ...stops.filter((one) => one !== null),
      ...this.chat.slack.violations.map((one) => `Slack: ${one}`),
      ...this.chat.discord.violations.map((one) => `Discord: ${one}`)
    ]
  }

  /** Throws all away. */
  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop()))
    await Promise.all([this.chat.close(), ...this.servers.map((server) => server.close())])
    await this.database.close()
  }

  /** Looks again and again; a look that fails (the database is down just then) counts as not yet. False: in vain. */
  async until(look: () => Promise<boolean>, patienceMs = 120_000): Promise<boolean> {
    const end = Date.now() + patienceMs
    do {
      if (await look().catch(() => false)) return true
      await wait(LOOK_MS)
    } while (Date.now() < end)
    return false
  }

  log(line: string): void {
    const seconds = ((Date.now() - this.began) / 1000).toFixed(1).padStart(7)
    this.options.log(`${clock(Date.now())} ${seconds} s  ${this.options.engine}  ${line}`)
  }
}
