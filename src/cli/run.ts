import { parseArgs } from 'node:util'
import { type App, createApp } from '../app.js'
import { readShards, type ShardSetting } from '../chat/discord/shard-setting.js'
import { type Config, loadDotEnv, readConfig } from '../config.js'
import { keepHeapSmall } from '../heap.js'
import type { PollReport } from '../ingest/poll-loop.js'
import { createLogger } from '../log.js'
import { doesAll, type Role, readRoles } from '../roles.js'
import { type CliCommand, type CliStreams, CliUsageError } from './command.js'

/** Whoever asks us to end gets this long at most; what is cut off then is made sure of at the next start. */
const STOP_DEADLINE_MS = 9000

export const runCommand: CliCommand = {
  name: 'run',
  summary: 'the bot: polls, alerts, answers; --once polls every feed once, delivers and exits',
  usage: `usage: facelaw run [--once] [--role ROLES] [--shards SHARDS]

Runs the bot. With SLACK_… or DISCORD_TOKEN set it works there; with neither, this terminal is the chat: alerts are
printed, commands such as "/facelaw latest" are read from standard input.

  --once             poll every feed once (but those whose server asked us to wait), deliver what is owed, and exit
  --role ROLES       what this process does, on a PostgreSQL that several processes share (several: commas, or --role again):
                     all      everything (the default)
                     gateway  is connected to Slack (Socket Mode) and Discord, and answers commands
                     poller   reads feeds
                     sender   sends alerts, edits, digests and reminders
                     web      serves HTTP: Slack over HTTP, health, metrics, calendar
  --shards SHARDS    how Discord's gateway is split: auto (the default: as Discord advises), a number such as 8, or some
                     of them for this process, such as 0-3/8. The processes share the shards out among themselves`,
  async run(argv, io) {
    const { values } = parseArgs({
      args: argv,
      options: {
        once: { type: 'boolean', default: false },
        role: { type: 'string', multiple: true, default: [] },
        shards: { type: 'string' }
      }
    })
    const roles = asUsage(() => readRoles(values.role))
    const shards = values.shards === undefined ? undefined : asUsage(() => readShards(values.shards!))
    loadDotEnv()
    const config = readConfig(io.env)
    checkTogether({ config, roles, shards, once: values.once })
    const app = await build({ config, roles, shards }, io)
    return values.once ? runOnce(app, io) : runBot(app, { config, roles }, io)
  }
}

interface Asked {
  config: Config
  roles: ReadonlySet<Role>
  shards?: ShardSetting | undefined
}

function asUsage<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    throw new CliUsageError((error as Error).message)
  }
}

/** Roles and settings that make no sense together. */
function checkTogether({ config, roles, shards, once }: Asked & { once: boolean }): void {
  const some = !doesAll(roles)
  if (once && some) throw new CliUsageError('--once does everything by itself; leave --role out')
  if (some && !config.databaseUrl) {
    throw new CliUsageError(
      `--role ${[...roles].join(',')} needs a PostgreSQL server that several processes share: set DATABASE_URL. On the embedded database one process does everything; leave --role out`
    )
  }
  const chats = config.slack || config.discord
  const needsChat = (['gateway', 'sender'] as const).find((role) => roles.has(role))
  if (some && needsChat && !chats) {
    throw new CliUsageError(
      `--role ${needsChat} needs a chat platform: set SLACK_BOT_TOKEN or DISCORD_TOKEN (.env.example)`
    )
  }
  if (shards && !(config.discord && roles.has('gateway'))) {
    throw new CliUsageError('--shards splits Discord’s gateway: it needs DISCORD_TOKEN and the role gateway')
  }
}

async function runOnce(app: App, io: CliStreams): Promise<number> {
  try {
    // Commands are for the bot that stays.
    await app.connect({ receive: false })
    const report = await app.pollAndDeliver()
    io.stderr.write(`${summary(report)}\n`)
    for (const { feed, message } of report.failed) io.stderr.write(`  ${feed.entry.title}: ${message}\n`)
  } finally {
    await app.stop()
  }
  return 0
}

async function runBot(app: App, asked: Asked, io: CliStreams): Promise<number> {
  try {
    const stopped = untilStopped()
    await app.run()
    keepHeapSmall()
    greet(app, asked, io)
    const signal = await stopped
    io.stderr.write(`\n${signal}: finishing what is in hand.\n`)
    setTimeout(() => process.exit(0), STOP_DEADLINE_MS).unref()
  } finally {
    await app.stop()
  }
  return 0
}

/** On a terminal, logs would drown the alerts: only warnings are shown unless LOG_LEVEL asks for more. */
function build({ config, roles, shards }: Asked, io: CliStreams): Promise<App> {
  const terminalChat = doesAll(roles) && !config.slack && !config.discord
  const level = terminalChat && !io.env.LOG_LEVEL ? 'error' : config.logLevel
  const terminal = { input: io.stdin, output: io.stdout }
  return createApp({ config, roles, shards, logger: createLogger(level), terminal })
}

function untilStopped(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal))
  })
}

function greet(app: App, { config, roles }: Asked, io: CliStreams): void {
  const names = app.platforms.map(({ name }) => name)
  if (!names.includes('terminal')) {
    const where = names.length > 0 ? ` on ${names.join(' and ')}` : ''
    const told = doesAll(roles) ? 'In a channel: /facelaw subscribe' : `Its part: ${[...roles].join(', ')}.`
    io.stderr.write(`Facelaw runs${where}. ${told}\n`)
    return
  }
  io.stderr.write(
    [
      `Facelaw runs in this terminal, with ${config.databaseUrl ? 'PostgreSQL' : `the embedded database in ${config.dataDir}`}.`,
      'The first reading of each feed is stored and posts nothing; what comes after is printed here.',
      'Try: /facelaw help · /facelaw company Amazon · /facelaw latest     Stop with Ctrl+C.',
      ''
    ].join('\n')
  )
}

function summary(report: PollReport): string {
  const first = report.first > 0 ? ` ${report.first} of them for the first time, which posts nothing.` : ''
  return `${report.polled} feeds polled, ${report.failed.length} failed.${first} ${report.fresh} new articles, ${report.stories} on the subject, ${report.owed} alerts owed.`
}
