import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { commands } from '../commands/index.js'
import { EVERYTHING } from './alerts/match.js'
import { tellOwners } from './alerts/owners.js'
import { Sender } from './alerts/sender.js'
import { connectPlatforms } from './chat/connect.js'
import type { ShardLeases } from './chat/discord/leases.js'
import type { ShardSetting } from './chat/discord/shard-setting.js'
import { storedLeases } from './chat/discord/stored-leases.js'
import type { ChatPlatform, StartOptions } from './chat/platform.js'
import { createTerminalPlatform, TERMINAL, type TerminalSettings } from './chat/terminal/platform.js'
import type { Config } from './config.js'
import { type Core, type CoreOptions, openCore } from './core.js'
import { firstSchedule, oweDueDigests } from './digest/digest.js'
import { loadCatalogue } from './feeds/catalogue.js'
import { planNext } from './feeds/schedule.js'
import { PollLoop, type PollReport } from './ingest/poll-loop.js'
import { oweDueReminders } from './ledger/ahead/reminders.js'
import { readNews } from './ledger/reading/read-news.js'
import { oweReportedChanges } from './ledger/reports/news.js'
import { ledgerOfCalendar } from './ledger/reports/workspace-ledger.js'
import type { Logger } from './log.js'
import type { FeedEntry } from './model/feed.js'
import { Presence } from './presence.js'
import { ALL_ROLES, type Role } from './roles.js'
import type { Store } from './store/store.js'
import { Ticks } from './ticks.js'
import { version } from './version.js'
import { countedPlatform, countedPoll, timedHandler } from './web/counted.js'
import { Figures } from './web/figures.js'
import { metricsRoute } from './web/metrics.js'
import type { WebOptions } from './web/server.js'
import { Serving } from './web/serving.js'

/** Where Slack sends signed requests when nothing else is set. */
const DEFAULT_PORT = 3000
/** How long polls and posts in hand may take when we are asked to stop; the whole stop must fit into 10 s. */
const STOP_PATIENCE_MS = 2500

export interface AppOptions extends CoreOptions {
  /** The chat when no platform is configured. */
  terminal: TerminalSettings
  /** Stands for the catalogue on disk and for FACELAW_FEEDS (the demo, tests). */
  catalogue?: FeedEntry[]
  /** What this process does; everything when left out. */
  roles?: ReadonlySet<Role>
  /** How Discord's gateway is split; as Discord advises when left out. */
  shards?: ShardSetting | undefined
}

/** The running bot. */
export interface App {
  core: Core
  platforms: ChatPlatform[]
  /** Connects the platforms; polls nothing. Enough before `pollAndDeliver`, which needs to `receive` nothing. */
  connect(options?: StartOptions): Promise<void>
  /** Polls once every feed (but those whose server asked us to wait), delivers, and tells what came. */
  pollAndDeliver(): Promise<PollReport>
  /** Does the work of its roles until `stop`. */
  run(): Promise<void>
  /** Finishes what is in hand, within 10 s. */
  stop(): Promise<void>
}

/**
 * Builds the bot from its settings: store, catalogue, platforms, poller, sender, digests, web server.
 * @throws Error with a sentence on what to mend: no database, a bad token, a broken catalogue.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, logger, now = () => new Date(), roles = ALL_ROLES } = options
  const core = await openCore(options)
  const { services } = core
  const { store } = services
  const owner = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
  if (roles.has('poller')) await syncCatalogue()

  const figures = new Figures()
  const names = commands.map(({ name }) => name)
  const handler = timedHandler(core.handler, names, figures)
  const platforms = await openPlatforms()
  const presence = new Presence({ store, id: owner, roles, version, platforms })
  const counted = platforms.map((platform) => countedPlatform(platform, figures))
  const sender = new Sender({ store, platforms: counted, names: services.names, owner, now, logger })
  if (roles.has('sender')) core.onWake(() => sender.wake())
  const polls = new PollLoop({
    store,
    poll: countedPoll((feed, room) => core.poller.poll(feed, room), figures),
    plan: (feed, result, newItems, moment) =>
      planNext(feed, result, newItems, moment, { pollSeconds: config.pollSeconds ?? null }),
    mayConcern: core.mayConcern,
    tag: services.tag,
    read: (reading) => readNews(services.ledger, reading),
    arrived: services.wakeSender,
    now,
    owner,
    logger
  })
  const serving = new Serving({ servers: webServers(), hasNeighbour: () => presence.hasNeighbour('web'), logger })
  const ticks = new Ticks(logger)
  let stopping: Promise<void> | undefined

  async function syncCatalogue(): Promise<void> {
    const catalogue = options.catalogue ?? (await loadCatalogue(config.feeds))
    const synced = await store.feeds.syncCatalogue(catalogue, now())
    logger.info(synced, `${catalogue.length} feeds in the catalogue`)
  }

  /** Those that this process needs: who neither sends nor is connected needs them for what comes over HTTP alone. */
  async function openPlatforms(): Promise<ChatPlatform[]> {
    const sharding = { leases: storedLeases(store.shards, owner), shards: options.shards }
    const configured = await createPlatforms(config, store, logger, sharding)
    if (configured.length === 0 && roles.has('gateway')) {
      await prepareTerminal(store, now())
      return [createTerminalPlatform(options.terminal)]
    }
    if (roles.has('gateway') || roles.has('sender')) return configured
    return configured.filter(({ routes }) => roles.has('web') && routes && routes.length > 0)
  }

  function webServers(): WebOptions[] {
    const ready = async () => void (await store.describe())
    const metrics = metricsRoute(figures, store, now)
    const routes = platforms.flatMap((platform) => platform.routes ?? [])
    const port = config.port ?? (routes.length > 0 ? DEFAULT_PORT : undefined)
    const servers: WebOptions[] = []
    if (roles.has('web') && port !== undefined)
      servers.push({
        port,
        routes: [...routes, metrics],
        ready,
        ledger: services.ledger,
        ledgerOf: (key) => ledgerOfCalendar(store.forPeople, services.ledger, key),
        now
      })
    if (config.metricsPort !== undefined) servers.push({ port: config.metricsPort, routes: [metrics], ready })
    return servers
  }

  async function oweDigests(): Promise<void> {
    const deps = { store, names: services.names, ledger: services.ledger, logger }
    if ((await oweDueDigests(deps, now())) > 0) sender.wake()
  }

  async function retryPaused(): Promise<void> {
    if ((await store.channels.retryPaused(now())) > 0) sender.wake()
  }

  /** Reported changes, and reminders of dates ahead. */
  async function oweLedgerNews(): Promise<void> {
    const deps = { store, ledger: services.ledger, logger }
    const owed = (await oweReportedChanges(deps, now())) + (await oweDueReminders(deps, now()))
    if (owed > 0) sender.wake()
  }

  function startSending(): void {
    sender.start()
    ticks.every('*/20 * * * * *', 'digests', oweDigests)
    ticks.every('*/10 * * * * *', 'the ledger’s news', oweLedgerNews)
    ticks.every('*/5 * * * * *', 'paused channels', retryPaused)
    ticks.every('*/30 * * * * *', 'owners of paused channels', () => tellOwners({ store, platforms, logger }, now()))
  }

  async function startPolling(): Promise<void> {
    const often = config.pollSeconds !== undefined && config.pollSeconds < 10
    ticks.every(often ? '* * * * * *' : '*/5 * * * * *', 'polling', () => polls.tick())
    await polls.tick()
  }

  async function connect(retry: boolean, receive = roles.has('gateway')): Promise<void> {
    await presence.beat()
    await connectPlatforms(platforms, handler, logger, { retry, receive })
  }

  async function stop(): Promise<void> {
    await ticks.stop()
    await Promise.all([polls.stop(STOP_PATIENCE_MS), sender.stop(STOP_PATIENCE_MS)])
    await Promise.allSettled(platforms.map((platform) => platform.stop()))
    await serving.close()
    // A store that is gone keeps nobody from stopping: others notice that we are gone.
    await presence.leave().catch(() => {})
    await core.close()
  }

  return {
    core: { ...core, handler },
    platforms,
    connect: ({ receive } = {}) => connect(false, receive),
    async pollAndDeliver() {
      const report = await polls.round(true)
      await oweDigests()
      await oweLedgerNews()
      await sender.drain()
      return report
    },
    async run() {
      await presence.beat()
      ticks.every('*/5 * * * * *', 'the sign of life', () => presence.beat())
      await serving.start()
      ticks.every('*/5 * * * * *', 'the web server', () => serving.start())
      await connect(true)
      // With the connections, for `status`.
      await presence.beat()
      if (roles.has('sender')) startSending()
      if (roles.has('poller')) await startPolling()
    },
    stop: () => (stopping ??= stop())
  }
}

/** How a process shares Discord's gateway with others. */
export interface Sharding {
  leases: ShardLeases
  shards?: ShardSetting | undefined
}

/**
 * The chat platforms that are set; none: the terminal is the chat. Without `sharding` this process is the only one.
 * What is not set is not even loaded: discord.js alone takes 20 MB.
 */
export async function createPlatforms(
  config: Config,
  store: Store,
  logger: Logger,
  sharding?: Sharding
): Promise<ChatPlatform[]> {
  const platforms: ChatPlatform[] = []
  if (config.slack) {
    const { createSlackPlatform } = await import('./chat/slack/platform.js')
    const asked = { first: (key: string) => store.forPeople.requests.first(`slack ${key}`, new Date()) }
    platforms.push(createSlackPlatform(config.slack, logger, asked))
  }
  if (config.discord) {
    const { createDiscordPlatform } = await import('./chat/discord/platform.js')
    const settings = { ...config.discord, ...(sharding?.shards && { shards: sharding.shards }) }
    platforms.push(createDiscordPlatform(settings, [...commands], store.settings, logger, sharding?.leases))
  }
  return platforms
}

/** The terminal follows everything from its first day, so that alerts come without a word. */
async function prepareTerminal(store: Store, now: Date): Promise<void> {
  const { channel, workspace, created } = await store.channels.ensure(TERMINAL, now)
  if (!created) return
  await store.subscriptions.add(
    { channelId: channel.id, filter: EVERYTHING, mode: 'both', createdBy: 'facelaw', createdByName: 'Facelaw' },
    now
  )
  await store.digests.set(firstSchedule(channel.id, workspace.zone, now))
}
