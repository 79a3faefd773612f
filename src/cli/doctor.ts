import { createPlatforms } from '../app.js'
import { aloneOnAll } from '../chat/discord/leases.js'
import { type Config, loadDotEnv, readConfig } from '../config.js'
import { type Core, openCore } from '../core.js'
import { loadCatalogue } from '../feeds/catalogue.js'
import { createLogger, type Logger } from '../log.js'
import { type FeedEntry, neverPolled } from '../model/feed.js'
import type { CliCommand, CliStreams } from './command.js'

/** Feeds tried at once. */
const AT_ONCE = 8

export const doctorCommand: CliCommand = {
  name: 'doctor',
  summary: 'checks settings, database, tokens and feeds, and says how to mend each fault',
  usage: `usage: facelaw doctor

Checks the settings, opens the database, connects to the chat platforms that are set, and reads every feed once. It
posts nothing and stores no article. Exit code 1 when something needs mending.`,
  async run(_argv, io) {
    const report = createReport(io)
    loadDotEnv()
    const config = report.attempt('settings', () => readConfig(io.env))
    if (!config) return 1
    const logger = createLogger('silent')
    const catalogue = await report.attemptLater(
      'catalogue',
      () => loadCatalogue(config.feeds),
      (entries) => `${entries.length} feeds`
    )
    const core = await report.attemptLater(
      'database',
      () => openCore({ config, logger, share: true }),
      () => ''
    )
    if (!core) return 1
    try {
      const { engine, version, migration } = await core.services.store.describe()
      report.good('database', `${engine} ${version}, migration ${migration}`)
      await checkPlatforms(config, core, logger, report)
      if (catalogue) await checkFeeds(catalogue, core, report)
    } finally {
      await core.close()
    }
    return report.faults === 0 ? 0 : 1
  }
}

type Report = ReturnType<typeof createReport>

function createReport(io: CliStreams) {
  let faults = 0
  const good = (what: string, detail = '') => io.stdout.write(`ok    ${what}${detail ? `: ${detail}` : ''}\n`)
  const bad = (what: string, error: unknown) => {
    faults++
    const text = error instanceof Error ? error.message : String(error)
    io.stdout.write(`MEND  ${what}: ${text.replaceAll('\n', '\n      ')}\n`)
  }
  return {
    get faults() {
      return faults
    },
    good,
    bad,
    attempt<Value>(what: string, work: () => Value): Value | null {
      try {
        const value = work()
        good(what)
        return value
      } catch (error) {
        bad(what, error)
        return null
      }
    },
    /** `describe` returns '' where the caller reports the success itself. */
    async attemptLater<Value>(
      what: string,
      work: () => Promise<Value>,
      describe: (value: Value) => string
    ): Promise<Value | null> {
      try {
        const value = await work()
        const detail = describe(value)
        if (detail) good(what, detail)
        return value
      } catch (error) {
        bad(what, error)
        return null
      }
    }
  }
}

async function checkPlatforms(config: Config, core: Core, logger: Logger, report: Report): Promise<void> {
  // One shard shows whether the rest would work; a bot that runs beside keeps its own.
  const sharding = { leases: aloneOnAll(), shards: { count: 'auto' as const, only: [0] } }
  const platforms = await createPlatforms(config, core.services.store, logger, sharding)
  if (platforms.length === 0) report.good('platforms', 'none is set: the terminal is the chat')
  for (const platform of platforms) {
    await report.attemptLater(
      platform.name,
      () => platform.start(core.handler),
      () => 'connected'
    )
    await platform.stop().catch(() => {})
  }
}

async function checkFeeds(catalogue: FeedEntry[], core: Core, report: Report): Promise<void> {
  const waiting = [...catalogue]
  async function work(): Promise<void> {
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
      const result = await core.poller.poll(neverPolled(entry))
      if (result.outcome === 'failed') report.bad(entry.title, `${result.message} (${entry.url})`)
      else if (result.outcome === 'items') report.good(entry.title, `${result.feed.items.length} items`)
      else report.good(entry.title)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}
