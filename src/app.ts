import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { commands } from '../commands/index.js'
import { EVERYTHING } from './alerts/match.js'
import { createNames } from './alerts/names.js'
import { Sender } from './alerts/sender.js'
import { connectPlatforms } from './chat/connect.js'
import { createDiscordPlatform } from './chat/discord/platform.js'
import { createHandler } from './chat/handler.js'
import type { ChatPlatform, CommandHandler } from './chat/platform.js'
import { createSlackPlatform } from './chat/slack/platform.js'
import { createTerminalPlatform, TERMINAL, type TerminalSettings } from './chat/terminal/platform.js'
import type { Config } from './config.js'
import { firstSchedule, oweDueDigests } from './digest/digest.js'
import { loadCatalogue } from './feeds/catalogue.js'
import { discoverFeeds } from './feeds/discover.js'
import { createFetcher } from './feeds/fetch.js'
import { createParsePool } from './feeds/parse-pool.js'
import { createPoller, type Poller } from './feeds/poll.js'
import { planNext } from './feeds/schedule.js'
import { PollLoop, type PollReport } from './ingest/poll-loop.js'
import { extractChanges } from './ledger/extract.js'
import { loadLedger } from './ledger/load.js'
import { oweReportedChanges } from './ledger/news.js'
import { isOnRecord } from './ledger/on-record.js'
import { oweDueReminders } from './ledger/reminders.js'
import type { Logger } from './log.js'
import type { FeedEntry } from './model/feed.js'
import { packageRoot } from './package-root.js'
import type { Services } from './services.js'
import { openStore } from './store/open.js'
import type { Store } from './store/store.js'
import { loadTagger } from './tagging/tagger.js'
import { Ticks } from './ticks.js'
import { metricsRoute } from './web/metrics.js'
import { startWebServer, type WebServer } from './web/server.js'

/** Where Slack sends signed requests when nothing else is set. */
const DEFAULT_PORT = 3000
/** How long polls and posts in hand may take when we are asked to stop; the whole stop must fit into 10 s. */
const STOP_PATIENCE_MS = 2500

export const version: string = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')).version

/** All that commands need, and what must be closed in the end. */
export interface Core {
  services: Services
  handler: CommandHandler
  poller: Poller
  /** Set by whoever runs a sender. */
  onWake: (wake: () => void) => void
  close(): Promise<void>
}

export interface CoreOptions {
  config: Config
  logger: Logger
  now?: () => Date
  /** Join the embedded database of a bot that is running, rather than refuse (`ask`, `doctor`, `export`). */
  share?: boolean
}

/** Opens the store and puts the services together; no platform, no polling. */
export async function openCore({ config, logger, now = () => new Date(), share = false }: CoreOptions): Promise<Core> {
  const tagger = await loadTagger()
  const ledger = await loadLedger()
  const store = await openStore({
    ...(config.databaseUrl && { databaseUrl: config.databaseUrl }),
    dataDir: config.dataDir,
    logger,
    share
  })
  const fetcher = createFetcher({ allowPrivate: config.allowPrivateFeeds, contact: config.contact, version })
  const parser = createParsePool()
  const poller = createPoller({ fetcher, parser })
  let wake = () => {}
  const services: Services = {
    store,
    lexicon: tagger.lexicon,
    names: createNames(tagger.lexicon),
    tag: (text) => tagger.tag(text),
    discoverFeeds: (address) => discoverFeeds(address, fetcher, parser),
    ledger,
    commands,
    version,
    startedAt: now(),
    wakeSender: () => wake()
  }
  return {
    services,
    handler: createHandler(services, logger, now),
    poller,
    onWake: (listener) => {
      wake = listener
    },
    close: async () => {
      await poller.close()
      await store.close()
    }
  }
}

export interface AppOptions extends CoreOptions {
  /** The chat when no platform is configured. */
  terminal: TerminalSettings
  /** Stands for the catalogue on disk and for FACELAW_FEEDS (the demo, tests). */
  catalogue?: FeedEntry[]
}

/** The running bot. */
export interface App {
  core: Core
  platforms: ChatPlatform[]
  /** Connects the platforms; polls nothing. Enough before `pollAndDeliver`. */
  connect(): Promise<void>
  /** Polls once every feed (but those whose server asked us to wait), delivers, and tells what came. */
  pollAndDeliver(): Promise<PollReport>
  /** Polls, delivers and answers until `stop`. */
  run(): Promise<void>
  /** Finishes what is in hand, within 10 s. */
  stop(): Promise<void>
}

/**
 * Builds the bot from its settings: store, catalogue, platforms, poller, sender, digests, web server.
 * @throws Error with a sentence on what to mend: no database, a bad token, a broken catalogue.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, logger, now = () => new Date() } = options
  const catalogue = options.catalogue ?? (await loadCatalogue(config.feeds))
  const core = await openCore(options)
  const { services, handler } = core
  const { store } = services
  const owner = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
  const synced = await store.feeds.syncCatalogue(catalogue, now())
  logger.info(synced, `${catalogue.length} feeds in the catalogue`)

  const configured = createPlatforms(config, store, logger)
  const platforms = configured.length > 0 ? configured : [createTerminalPlatform(options.terminal)]
  if (platforms.some(({ name }) => name === 'terminal')) await prepareTerminal(store, now())
  const sender = new Sender({ store, platforms, names: services.names, owner, now, logger })
  core.onWake(() => sender.wake())
  const polls = new PollLoop({
    store,
    poll: (feed) => core.poller.poll(feed),
    plan: (feed, result, newItems, moment) =>
      planNext(feed, result, newItems, moment, { pollSeconds: config.pollSeconds ?? null }),
    tag: services.tag,
    read: (reading) => extractChanges(reading).filter((change) => !isOnRecord(services.ledger, change)),
    arrived: () => sender.wake(),
    now,
    owner,
    logger
  })
  const ticks = new Ticks(logger)
  let web: WebServer | undefined
  let stopping: Promise<void> | undefined

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

  async function stop(): Promise<void> {
    await ticks.stop()
    await Promise.all([polls.stop(STOP_PATIENCE_MS), sender.stop(STOP_PATIENCE_MS)])
    await Promise.allSettled(platforms.map((platform) => platform.stop()))
    await web?.close()
    await core.close()
  }

  return {
    core,
    platforms,
    connect: () => connectPlatforms(platforms, handler, logger, { retry: false }),
    async pollAndDeliver() {
      const report = await polls.round(true)
      await oweDigests()
      await oweLedgerNews()
      await sender.drain()
      return report
    },
    async run() {
      const routes = platforms.flatMap((platform) => platform.routes ?? [])
      const port = config.port ?? (routes.length > 0 ? DEFAULT_PORT : undefined)
      if (port !== undefined) {
        const ready = async () => void (await store.describe())
        const pages = [...routes, metricsRoute(store, now)]
        web = await startWebServer({ port, routes: pages, ready, ledger: services.ledger })
        logger.info({ port: web.port }, 'the web server listens')
      }
      await connectPlatforms(platforms, handler, logger, { retry: true })
      sender.start()
      const often = config.pollSeconds !== undefined && config.pollSeconds < 10
      ticks.every(often ? '* * * * * *' : '*/5 * * * * *', 'polling', () => polls.tick())
      ticks.every('*/20 * * * * *', 'digests', oweDigests)
      ticks.every('*/10 * * * * *', 'the ledger’s news', oweLedgerNews)
      ticks.every('*/5 * * * * *', 'paused channels', retryPaused)
      await polls.tick()
    },
    stop: () => (stopping ??= stop())
  }
}

/** The chat platforms that are set; none: the terminal is the chat. */
export function createPlatforms(config: Config, store: Store, logger: Logger): ChatPlatform[] {
  const platforms: ChatPlatform[] = []
  if (config.slack) platforms.push(createSlackPlatform(config.slack, logger))
  if (config.discord) platforms.push(createDiscordPlatform(config.discord, [...commands], store.settings, logger))
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
