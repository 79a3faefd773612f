import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startFeedServer } from '../tests/fakes/feed-server.js'
import { Bot } from './bot.js'
import { withPostgres } from './database.js'
import { median } from './measure.js'
import type { BenchOptions } from './options.js'
import { type Figure, report } from './report.js'

const ROUNDS = 5
/** After its start the bot polls and tidies up; then it is idle. */
const SETTLE_MS = 3000

/** From the command to a bot that is at work, and its memory when it has nothing to do. */
export async function benchStart(_options: BenchOptions): Promise<void> {
  const figures: Figure[] = []
  await withPostgres(async ({ url }) => {
    figures.push(...(await measure('PostgreSQL', { DATABASE_URL: url })))
  })
  const dataDir = await mkdtemp(join(tmpdir(), 'facelaw-bench-'))
  const first = await startOnce({ FACELAW_DATA_DIR: dataDir })
  figures.push({ name: 'PGlite: first start ever', value: first.time, unit: 'ms' })
  figures.push(...(await measure('PGlite', { FACELAW_DATA_DIR: dataDir })))
  await rm(dataDir, { recursive: true, force: true })
  report('start', figures)
}

async function measure(name: string, env: Record<string, string>): Promise<Figure[]> {
  const runs: Awaited<ReturnType<typeof startOnce>>[] = []
  for (let round = 0; round < ROUNDS; round++) runs.push(await startOnce(env))
  return [
    { name: `${name}: start to ready`, value: median(runs.map(({ time }) => time)), unit: 'ms' },
    { name: `${name}: idle memory`, value: median(runs.map(({ idle }) => idle)), unit: 'MB' },
    { name: `${name}: memory at most`, value: median(runs.map(({ most }) => most)), unit: 'MB', bar: { most: 400 } }
  ]
}

async function startOnce(env: Record<string, string>): Promise<{ time: number; idle: number; most: number }> {
  const server = await startFeedServer({ '/feed': '<rss version="2.0"><channel><title>Paper</title></channel></rss>' })
  const begun = performance.now()
  const bot = await Bot.start({ ...env, FACELAW_FEEDS: server.url('/feed'), FACELAW_ALLOW_PRIVATE_FEEDS: '1' })
  const time = performance.now() - begun
  await sleep(SETTLE_MS)
  const { now, most } = bot.memory()
  await bot.stop()
  await server.close()
  return { time, idle: now, most }
}
