import { commands } from '../commands/index.js'
import { createNames } from './alerts/names.js'
import { createHandler } from './chat/handler.js'
import type { CommandHandler } from './chat/platform.js'
import type { Config } from './config.js'
import { discoverFeeds } from './feeds/discover.js'
import { createFetcher } from './feeds/fetch.js'
import { createParsePool } from './feeds/parse-pool.js'
import { createPoller, type Poller } from './feeds/poll.js'
import { loadLedger } from './ledger/record/load.js'
import type { Logger } from './log.js'
import type { Services } from './services.js'
import { openStore } from './store/open.js'
import type { FirstLook } from './tagging/first-look.js'
import { loadTagger } from './tagging/tagger.js'
import { version } from './version.js'

/** All that commands need, and what must be closed in the end. */
export interface Core {
  services: Services
  handler: CommandHandler
  poller: Poller
  mayConcern: FirstLook
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
    publicUrl: config.publicUrl,
    startedAt: now(),
    wakeSender: () => wake()
  }
  return {
    services,
    handler: createHandler({ ...services, store: store.forPeople }, logger, now),
    poller,
    mayConcern: tagger.mayConcern,
    onWake: (listener) => {
      wake = listener
    },
    close: async () => {
      await poller.close()
      await store.close()
    }
  }
}
