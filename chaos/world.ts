import { setTimeout as wait } from 'node:timers/promises'
import { type FeedServer, startFeedServer } from '../tests/fakes/feed-server.js'
import { Chat } from './channels.js'
import { type ChaosDatabase, type Engine, openDatabase, readStored } from './database.js'
import { planFaults } from './faults.js'
import { Newsroom } from './newsroom.js'
import type { Safety } from './preload.js'
import { Random } from './random.js'
import { judge, type Verdict } from './verdict.js'
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

/** What came of a run. */
export interface Outcome {
  verdict: Verdict
  faults: number
  kills: number
  published: number
  /** Processes that died though nobody killed them, or did not end when asked, and requests that broke a rule. */
  misbehaviour: string[]
  /** Resident memory of the processes at the end, in MiB. */
  memory: number[]
  /** From the last fault to the last message, in seconds. */
  settledSeconds: number
}

const FEEDS = ['wire', 'courier', 'gazette', 'register']
/** Between two articles, on average. */
const PUBLISH_MS = 700
/** How long the machine waits for what is owed before it calls it lost. */
const PATIENCE_MS = 150_000

/** Everything that a run needs: database, feeds, platforms, processes. */
export class World {
  private readonly undos = new Map<NodeJS.Timeout, () => void>()
  private readonly began = Date.now()
  private faults = 0

  private constructor(
    private readonly options: WorldOptions,
    private readonly database: ChaosDatabase,
    private readonly servers: FeedServer[],
    readonly newsroom: Newsroom,
    readonly chat: Chat,
    readonly workers: Worker[]
  ) {}

  /** Starts all of it; when it resolves, every feed has had its first poll and every channel its subscription. */
  static async open(options: WorldOptions): Promise<World> {
    const random = new Random(options.seed)
    const database = await openDatabase(options.engine)
    const servers = await Promise.all(FEEDS.map(() => startFeedServer()))
    const newsroom = new Newsroom(servers, FEEDS, random.fork())
    const chat = await Chat.open(options.without)
    const env = {
      ...database.env,
      ...chat.env(),
      FACELAW_FEEDS: newsroom.feeds.map((feed) => feed.url).join(','),
      FACELAW_ALLOW_PRIVATE_FEEDS: '1',
      FACELAW_POLL_SECONDS: '1',
      LOG_LEVEL: 'warn',
      ...(options.without && { FACELAW_CHAOS_WITHOUT: options.without })
    }
    const workers = Array.from({ length: options.processes }, (_, index) => new Worker(`process ${index + 1}`, env))
    const world = new World(options, database, servers, newsroom, chat, workers)
    workers[0]!.start()
    await chat.subscribe()
    await world.until(async () => {
      const [row] = await database.query<{ left: number }>(
        'select count(*)::int as left from feed where first_polled_at is null'
      )
      return row!.left === 0
    })
    for (const worker of workers.slice(1)) worker.start()
    return world
  }

  /** kill -9 of the database and a new start; null where there is none of its own. */
  get restartDatabase(): (() => Promise<void>) | null {
    return this.database.restart
  }

  /** Ends something after a while, or when the faults end. */
  later(milliseconds: number, undo: () => void): void {
    const timer = setTimeout(() => {
      this.undos.delete(timer)
      undo()
    }, milliseconds)
    this.undos.set(timer, undo)
  }

  /** Messages on both platforms so far. */
  messages(): number {
    return this.chat.slack.workspace.messages.length + this.chat.discord.state.messages.length
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

  /** Publishes and breaks things for so long, then lets all be well and waits for what is owed. */
  async run(seconds: number): Promise<Outcome> {
    const end = Date.now() + seconds * 1000
    const random = new Random(this.options.seed + 1)
    const publishing = this.publishUntil(end)
    for (const { fault, random: own, pauseMs } of planFaults(random)) {
      if (Date.now() >= end) break
      this.faults++
      this.log(`${fault.name}: ${await fault.begin(this, own)}`)
      await wait(pauseMs)
    }
    await publishing
    this.calm()
    const calmAt = Date.now()
    this.log('no more faults; the last process killed is to be stood in for')
    const verdict = await this.settle(calmAt)
    const settledSeconds = Math.round((Date.now() - calmAt) / 1000)
    const memory = (await Promise.all(this.workers.map((worker) => worker.memory()))).filter((one) => one !== null)
    return {
      verdict,
      faults: this.faults,
      published: this.newsroom.published(),
      misbehaviour: await this.end(),
      kills: this.workers.reduce((sum, worker) => sum + worker.kills, 0),
      memory,
      settledSeconds
    }
  }

  /** Throws all away. */
  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop()))
    await Promise.all([this.chat.close(), ...this.servers.map((server) => server.close())])
    await this.database.close()
  }

  private async publishUntil(end: number): Promise<void> {
    const random = new Random(this.options.seed + 2)
    while (Date.now() < end) {
      this.newsroom.publish()
      await wait(random.between(PUBLISH_MS / 2, PUBLISH_MS * 1.5))
    }
  }

  /** Ends what lasts, and kills one process a last time: what it had in hand, another must take over. */
  private calm(): void {
    for (const [timer, undo] of this.undos) {
      clearTimeout(timer)
      undo()
    }
    this.undos.clear()
    for (const feed of this.newsroom.feeds) feed.mend()
    this.chat.slack.mend()
    this.chat.discord.rest.mend()
    this.workers[0]!.kill()
  }

  /** Waits until nothing is missing and nothing is left in the outbox, or patience ends. */
  private async settle(calmAt: number): Promise<Verdict> {
    let verdict: Verdict | undefined
    const done = async () => {
      const stored = await readStored(this.database)
      verdict = judge(this.newsroom.feeds, this.chat.channels, stored, calmAt)
      return verdict.lost.length === 0 && stored.deliveries.every(({ state }) => state !== 'owed')
    }
    await this.until(done, PATIENCE_MS)
    if (!verdict) throw new Error('the database could not be read at the end of the run')
    return verdict
  }

  /** Asks all processes to end while the feeds hang. */
  private async end(): Promise<string[]> {
    for (const feed of this.newsroom.feeds) feed.spoil(Array.from({ length: 4 }, () => ({ stall: 'headers' as const })))
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

  /** Looks again and again; a look that fails (the database is down just then) counts as not yet. */
  private async until(look: () => Promise<boolean>, patienceMs = 120_000): Promise<void> {
    const end = Date.now() + patienceMs
    while (Date.now() < end) {
      if (await look().catch(() => false)) return
      await wait(500)
    }
  }

  private log(line: string): void {
    this.options.log(`${((Date.now() - this.began) / 1000).toFixed(1).padStart(7)} s  ${this.options.engine}  ${line}`)
  }
}
