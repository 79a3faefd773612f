import { readConfig } from '../src/config.js'
import { openCore } from '../src/core.js'
import { silent, withPostgres } from './database.js'
import { median, percentile, timed } from './measure.js'
import type { BenchOptions } from './options.js'
import { type Figure, report } from './report.js'
import { ARTICLES_A_STORY, COMPANIES, fillStories, PLACES, VOCABULARY } from './stored-stories.js'

const ARTICLES = 1_000_000
const REQUESTS = 200

/** Time on the server of the three commonest questions, with a million articles in the store. */
export async function benchCommands({ size }: BenchOptions): Promise<void> {
  await withPostgres(async (database) => {
    await fillStories(database, Math.round((ARTICLES * size) / ARTICLES_A_STORY))
    const core = await openCore({ config: readConfig({ DATABASE_URL: database.url }), logger: silent })
    const ask = async (text: string) => {
      const { message } = await core.handler.command({ ...ORIGIN, text })
      if (message.tone === 'bad' || message.parts.length === 0) throw new Error(`"${text}" was not answered`)
    }
    const figures: Figure[] = []
    for (const [name, line] of Object.entries(LINES)) {
      for (let warm = 0; warm < 20; warm++) await ask(line(warm))
      const times: number[] = []
      const serverTimes: number[] = []
      for (let number = 0; number < REQUESTS; number++)
        serverTimes.push(await database.serverTime(async () => times.push(await timed(() => ask(line(number))))))
      figures.push({ name: `${name}: median`, value: median(times), unit: 'ms' })
      figures.push({ name: `${name}: p95`, value: percentile(times, 95), unit: 'ms' })
      figures.push({ name: `${name}: p99`, value: percentile(times, 99), unit: 'ms', bar: { most: 100 } })
      figures.push({ name: `${name}: PostgreSQL's processor, median`, value: median(serverTimes), unit: 'ms' })
      figures.push({ name: `${name}: PostgreSQL's processor, p99`, value: percentile(serverTimes, 99), unit: 'ms' })
    }
    report('commands', figures)
    await core.close()
  })
}

/** What is asked, the hard things too: words that every story has, and words that few have. */
const LINES: Record<string, (number: number) => string> = {
  latest: (number) =>
    [
      'latest',
      `latest jurisdiction:${PLACES[number % 10]}`,
      'latest kind:legislation stage:passed',
      'latest since:30d'
    ][number % 4]!,
  search: (number) =>
    ['search facial recognition', `search word${(number * 37) % VOCABULARY}`, `search recognition word${number % 90}`][
      number % 3
    ]!,
  company: (number) => `company "${COMPANIES[number % COMPANIES.length]}"`
}

const ORIGIN = {
  platform: 'terminal' as const,
  actor: { id: 'U1', name: 'Ada' },
  workspace: { id: 'bench', name: 'Bench' },
  channel: { id: 'bench', name: 'bench' },
  isManager: async () => true
}
