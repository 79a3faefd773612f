import { parseArgs } from 'node:util'
import { type App, createApp } from '../app.js'
import { type Config, loadDotEnv, readConfig } from '../config.js'
import type { PollReport } from '../ingest/poll-loop.js'
import { createLogger } from '../log.js'
import type { CliCommand, CliStreams } from './command.js'

/** Whoever asks us to end gets this long at most; what is cut off then is made sure of at the next start. */
const STOP_DEADLINE_MS = 9000

export const runCommand: CliCommand = {
  name: 'run',
  summary: 'the bot: polls, alerts, answers; --once polls every feed once, delivers and exits',
  usage: `usage: facelaw run [--once]

Runs the bot. With SLACK_… or DISCORD_TOKEN set it works there; with neither, this terminal is the chat: alerts are
printed, commands such as "/facelaw latest" are read from standard input.

  --once   poll every feed once (but those whose server asked us to wait), deliver what is owed, and exit`,
  async run(argv, io) {
    const { values } = parseArgs({ args: argv, options: { once: { type: 'boolean', default: false } } })
    loadDotEnv()
    const config = readConfig(io.env)
    return values.once ? runOnce(config, io) : runBot(config, io)
  }
}

async function runOnce(config: Config, io: CliStreams): Promise<number> {
  const app = await build(config, io)
  try {
    await app.connect()
    const report = await app.pollAndDeliver()
    io.stderr.write(`${summary(report)}\n`)
    for (const { feed, message } of report.failed) io.stderr.write(`  ${feed.entry.title}: ${message}\n`)
  } finally {
    await app.stop()
  }
  return 0
}

async function runBot(config: Config, io: CliStreams): Promise<number> {
  const app = await build(config, io)
  try {
    const stopped = untilStopped()
    await app.run()
    greet(app, config, io)
    const signal = await stopped
    io.stderr.write(`\n${signal}: finishing what is in hand.\n`)
    setTimeout(() => process.exit(0), STOP_DEADLINE_MS).unref()
  } finally {
    await app.stop()
  }
  return 0
}

/** On a terminal, logs would drown the alerts: only warnings are shown unless LOG_LEVEL asks for more. */
function build(config: Config, io: CliStreams): Promise<App> {
  const terminalChat = !config.slack && !config.discord
  const level = terminalChat && !io.env.LOG_LEVEL ? 'error' : config.logLevel
  return createApp({ config, logger: createLogger(level), terminal: { input: io.stdin, output: io.stdout } })
}

function untilStopped(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal))
  })
}

function greet(app: App, config: Config, io: CliStreams): void {
  const names = app.platforms.map(({ name }) => name)
  if (!names.includes('terminal')) {
    io.stderr.write(`Facelaw runs on ${names.join(' and ')}. In a channel: /facelaw subscribe\n`)
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
