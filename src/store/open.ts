import type { Logger } from '../log.js'
import { articleTable } from './articles/articles.js'
import { finishFanOuts } from './articles/fan-out.js'
import { proposalTable } from './articles/proposals.js'
import { storyTable } from './articles/stories.js'
import { auditTable } from './audit.js'
import { buttonTable } from './buttons.js'
import { calendarTable } from './calendars.js'
import { channelTable } from './channels.js'
import { type Database, openDatabase } from './database.js'
import { digestTable } from './digests.js'
import { explainConnection, StoreError } from './errors.js'
import { feedbackTable } from './feedback.js'
import { feedTable } from './feeds.js'
import { migrate, readMigrations, storeVersion } from './migrate.js'
import { deliveryTable } from './outbox/deliveries.js'
import { editTable } from './outbox/edits.js'
import { overviewTable } from './overview.js'
import { ownerTable } from './owners.js'
import { openEmbedded } from './pglite/pglite.js'
import { withPrecedence } from './pglite/precedence.js'
import { pollTable } from './polls.js'
import { addressOf, checkServer, POOL_SIZE } from './postgres.js'
import { processTable } from './processes.js'
import { reminderTable } from './reminders.js'
import { requestTable } from './requests.js'
import { settingTable } from './settings.js'
import { shardTable } from './shards.js'
import type { Store } from './store.js'
import { subscriptionTable } from './subscriptions.js'
import { freeClaims } from './takeover.js'

/** How often the embedded database is tidied; 260,000 rows took 4 s on a busy machine. */
const TIDY_MS = 6 * 60 * 60 * 1000

/** Channels to which PGlite owes a story in one transaction; 2,000 take it a fifth of a second. */
const CHANNELS_AT_ONCE = 2000

export interface StoreOptions {
  /** A PostgreSQL server (13 or newer); without it, PGlite in `dataDir`. */
  databaseUrl?: string | undefined
  /** Where the embedded database lies; made when it is missing. Not touched with `databaseUrl`. */
  dataDir: string
  logger: Logger
  /**
   * PGlite only: when another process has the data directory open, work through that one instead of refusing
   * (`facelaw ask` beside a running bot). PostgreSQL may be shared anyway.
   */
  share?: boolean
}

/**
 * Opens the store and brings it to this program's version. Rejects with a StoreError whose message says what is wrong
 * and how to mend it; no password is in it.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { database, alone, stop } = options.databaseUrl
    ? await openServer(options.databaseUrl, options.logger)
    : await openDirectory(options)
  try {
    await migrate(database, await readMigrations(), options.logger)
    if (alone) {
      await freeClaims(database.query)
      await finishFanOuts(database, CHANNELS_AT_ONCE)
    }
  } catch (error) {
    await stop()
    throw error
  }
  let closing: Promise<void> | undefined
  const close = () => (closing ??= stop())
  if (options.databaseUrl) return storeOn(database, 'postgresql', close)
  const { people, work } = withPrecedence(database)
  return storeOn(work, 'pglite', close, storeOn(people, 'pglite', close))
}

async function openServer(databaseUrl: string, logger: Logger) {
  const address = addressOf(databaseUrl)
  const database = openDatabase({ connectionString: databaseUrl, max: POOL_SIZE }, logger)
  try {
    await checkServer(database.query, address)
    return { database, alone: false, stop: database.close }
  } catch (error) {
    await database.close()
    throw error instanceof StoreError ? error : explainConnection(error, address)
  }
}

async function openDirectory({ dataDir, share = false, logger }: StoreOptions) {
  const embedded = await openEmbedded(dataDir, share, logger)
  const database = openDatabase(embedded.connection, logger)
  const tidying = setInterval(() => void tidy(database, logger), TIDY_MS)
  tidying.unref()
  return {
    database,
    alone: embedded.owned,
    async stop() {
      clearInterval(tidying)
      await database.close()
      await embedded.stop()
    }
  }
}

/** What autovacuum does on a server: PGlite has none, and would grow and plan badly. */
async function tidy(database: Database, logger: Logger): Promise<void> {
  try {
    const tables = await database.query<{ name: string }>(
      `select quote_ident(relname) as name from pg_stat_user_tables`
    )
    // One by one, so that others get their turn between them.
    for (const { name } of tables) await database.query(`vacuum (analyze) ${name}`)
  } catch (error) {
    logger.warn({ err: error }, 'the embedded database could not be tidied; it is tried again later')
  }
}

function storeOn(
  database: Database,
  engine: 'postgresql' | 'pglite',
  close: () => Promise<void>,
  forPeople?: Store
): Store {
  const store: Store = {
    feeds: feedTable(database),
    polls: pollTable(database),
    articles: articleTable(database, engine === 'pglite' ? CHANNELS_AT_ONCE : undefined),
    stories: storyTable(database),
    channels: channelTable(database),
    subscriptions: subscriptionTable(database),
    deliveries: deliveryTable(database),
    edits: editTable(database),
    digests: digestTable(database),
    feedback: feedbackTable(database),
    audit: auditTable(database),
    buttons: buttonTable(database),
    calendars: calendarTable(database),
    proposals: proposalTable(database),
    reminders: reminderTable(database),
    overview: overviewTable(database),
    owners: ownerTable(database),
    processes: processTable(database),
    shards: shardTable(database),
    requests: requestTable(database),
    settings: settingTable(database),
    async describe() {
      const [row] = await database.query<{ version: string }>(`select current_setting('server_version') as version`)
      return { engine, version: row!.version, migration: await storeVersion(database.query) }
    },
    close,
    get forPeople() {
      return forPeople ?? store
    }
  }
  return store
}
