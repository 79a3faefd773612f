import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type App, createApp } from '../app.js'
import type { Message } from '../chat/message.js'
import { TERMINAL_ORIGIN } from '../chat/terminal/platform.js'
import { renderTerminal } from '../chat/terminal/render.js'
import { readConfig } from '../config.js'
import { ARCHIVE_START, archiveMoments, loadArchive } from '../demo/archive.js'
import { serveArchive } from '../demo/server.js'
import { createLogger } from '../log.js'
import type { CliCommand, CliStreams } from './command.js'

/** Asked at the end, so that the demo shows answers as well as alerts. */
const QUESTIONS = ['company Amazon', 'jurisdiction US-WA', 'latest kind:enforcement', 'why 1']
/** After this day the June weeks are over: their digest is shown. */
const JUNE_DIGEST = new Date('2020-06-15T09:00:00Z')
/** Between two days on a terminal, so that a person can follow. */
const STEP_MS = 700

export const demoCommand: CliCommand = {
  name: 'demo',
  summary: 'the same on a bundled archive: the June 2020 weeks and what followed',
  usage: `usage: facelaw demo [--fast]

Serves a bundled, self-written archive over loopback as real feeds and replays it with its own clock and a database
that is thrown away: no account, no network. On a terminal you can ask it questions afterwards.

  --fast   no pauses between the days`,
  async run(argv, io) {
    const { values } = parseArgs({ args: argv, options: { fast: { type: 'boolean', default: false } } })
    const archive = loadArchive()
    let clock = ARCHIVE_START
    const server = await serveArchive(archive, () => clock)
    const dataDir = await mkdtemp(join(tmpdir(), 'facelaw-demo-'))
    try {
      const app = await createApp({
        config: {
          ...readConfig({ FACELAW_DATA_DIR: dataDir, FACELAW_ALLOW_PRIVATE_FEEDS: '1' }),
          // The replay's clock jumps: every feed is due whenever it is asked.
          pollSeconds: 1
        },
        catalogue: server.entries,
        logger: createLogger(io.env.LOG_LEVEL ?? 'error'),
        now: () => clock,
        terminal: { input: io.stdin, output: io.stdout }
      })
      try {
        await replay(app, io, archiveMoments(archive), (moment) => (clock = moment), values.fast ? 0 : STEP_MS)
      } finally {
        await app.stop()
      }
      return 0
    } finally {
      await server.close()
      await rm(dataDir, { recursive: true, force: true })
    }
  }
}

async function replay(
  app: App,
  io: CliStreams,
  moments: Date[],
  setClock: (moment: Date) => void,
  stepMs: number
): Promise<void> {
  await app.connect()
  // The replay's clock leaps over months: weekly digests of nothing would drown the alerts. One is shown below.
  await command(app, 'digest off')
  const first = await app.pollAndDeliver()
  io.stderr.write(`${first.polled} feeds read for the first time (${day(ARCHIVE_START)}): stored, nothing posted.\n\n`)
  let june = false
  for (const moment of moments) {
    if (!june && moment > JUNE_DIGEST) {
      june = true
      setClock(JUNE_DIGEST)
      await ask(app, io, 'digest')
    }
    // A feed is asked a minute after it published.
    setClock(new Date(moment.getTime() + 60_000))
    await app.pollAndDeliver()
    if (io.stdout.isTTY) await pause(stepMs)
  }
  for (const question of QUESTIONS) await ask(app, io, question)
  io.stderr.write('That was the archive. ')
  if (!io.stdin.isTTY) return void io.stderr.write('Run it on a terminal to ask questions of your own.\n')
  io.stderr.write('Ask something, such as /facelaw jurisdiction California; Ctrl+C ends.\n')
  await new Promise((resolve) => process.once('SIGINT', resolve))
}

async function command(app: App, text: string): Promise<Message> {
  return (await app.core.handler.command({ ...TERMINAL_ORIGIN, text })).message
}

async function ask(app: App, io: CliStreams, question: string): Promise<void> {
  const message = await command(app, question)
  const width = Math.min(io.stdout.columns ?? 100, 100)
  const answer = renderTerminal(message, { colour: io.stdout.isTTY === true, width, buttonNumber: null })
  io.stdout.write(`> /facelaw ${question}\n${answer}\n\n`)
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10)
}
