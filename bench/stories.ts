import type { StoredArticle } from '../src/store/articles/article-write.js'
import { candidatesFor } from '../src/store/articles/candidates.js'
import { type Database, openDatabase } from '../src/store/database.js'
import { CandidateIndex } from '../src/stories/candidates.js'
import type { Signature } from '../src/stories/signature.js'
import { takeApart } from '../src/stories/signature.js'
import { scorePair } from '../src/stories/similarity.js'
import { loadStoryWeights } from '../src/stories/weights.js'
import { type BenchDatabase, silent, withDatabases } from './database.js'
import { median, percentile, timed } from './measure.js'
import type { BenchOptions } from './options.js'
import { type Figure, report } from './report.js'
import { ARTICLES_A_STORY, COMPANIES, fillStories, PLACES } from './stored-stories.js'

/** Articles held when the cost of one more is measured. */
const SIZES = [1_000, 10_000, 100_000, 1_000_000]
/** Articles timed at each size. */
const TIMED = 300
const STORED_TIMED = 100
/** Some fifty stories a day: the smallest store holds the ten days in which one event is told, and nothing else. */
const MINUTES_APART = 30
/** Made up once and filed again and again under new words: making a million texts would take longer than the bench. */
const KINDS_OF_ARTICLE = 2_000

/**
 * What one more article costs (finding candidates, scoring them all, filing it) as the articles in memory grow from a
 * thousand to a million: in memory, and in the store, where the candidates are a question to PostgreSQL.
 */
export async function benchStories({ size }: BenchOptions): Promise<void> {
  report('stories', [...inMemory(), ...(await inStore(size))])
}

function inMemory(): Figure[] {
  const data = loadStoryWeights()
  const made = Array.from({ length: KINDS_OF_ARTICLE }, (_, number) => makeArticle(number))
  const index = new CandidateIndex(data)
  // A warm-up, so that the first size does not pay for the compiling of the code.
  for (let number = 0; number < TIMED * 40; number++) scorePair(made[number % 97]!, made[number % 89]!, data)
  const costs: number[] = []
  const figures: Figure[] = []
  let held = 0
  for (const size of SIZES) {
    for (; held < size - TIMED; held++) index.add(held, varied(made, held))
    let candidates = 0
    const begun = performance.now()
    for (let timed = 0; timed < TIMED; timed++, held++) {
      const article = takeApart(varied(made, held))
      const found = index.find(article)
      for (const id of found) scorePair(article, varied(made, id), data)
      candidates += found.length
      index.add(held, article)
    }
    const cost = ((performance.now() - begun) * 1000) / TIMED
    costs.push(cost)
    figures.push({ name: `memory: one more of ${size} articles`, value: cost, unit: 'µs' })
    figures.push({ name: `memory: candidates of ${size} articles`, value: candidates / TIMED, unit: '' })
  }
  return [...figures, { name: 'memory: growth', value: costs.at(-1)! / costs[0]!, unit: 'times', bar: { most: 2 } }]
}

/**
 * What the store is asked for one more article: the stories that it may belong to, with their articles. The sizes take
 * turns, so that a busy moment of the machine meets them all.
 */
async function inStore(scale: number): Promise<Figure[]> {
  const sizes = SIZES.map((size) => size * scale)
  const figures: Figure[] = []
  await withDatabases(sizes.length, async (databases) => {
    for (const [place, database] of databases.entries())
      await fillStories(database, Math.round(sizes[place]! / ARTICLES_A_STORY), MINUTES_APART)
    const connections = databases.map(({ url }) => openDatabase({ connectionString: url, max: 1 }, silent))
    const rounds = databases.map((): { time: number; server: number }[] => [])
    for (let number = -STORED_TIMED / 5; number < STORED_TIMED; number++)
      for (const [place, database] of databases.entries()) {
        const round = await candidates(database, connections[place]!, Math.abs(number))
        if (number >= 0) rounds[place]!.push(round)
      }
    for (const connection of connections) await connection.close()
    const costs = rounds.map((of) => median(of.map(({ time }) => time)))
    const serverCosts = rounds.map((of) => median(of.map(({ server }) => server)))
    for (const [place, size] of sizes.entries()) {
      const p95 = percentile(
        rounds[place]!.map(({ time }) => time),
        95
      )
      figures.push({ name: `PostgreSQL: candidates of ${size} articles`, value: costs[place]!, unit: 'ms' })
      figures.push({ name: 'PostgreSQL: the same, p95', value: p95, unit: 'ms' })
      figures.push({ name: 'PostgreSQL: the same, its processor', value: serverCosts[place]!, unit: 'ms' })
    }
    figures.push({ name: 'PostgreSQL: growth', value: costs.at(-1)! / costs[0]!, unit: 'times', bar: { most: 2 } })
    const growth = serverCosts.at(-1)! / serverCosts[0]!
    figures.push({ name: 'PostgreSQL: growth of its processor time', value: growth, unit: 'times', bar: { most: 2 } })
  })
  return figures
}

async function candidates(
  database: BenchDatabase,
  { query }: Database,
  number: number
): Promise<{ time: number; server: number }> {
  let time = 0
  const server = await database.serverTime(async () => {
    time = await timed(() => candidatesFor(query, storedArticle(number)))
  })
  return { time, server }
}

/** An article of today, on a company and a place of which the store has many stories. */
function storedArticle(number: number): StoredArticle {
  const now = new Date()
  return {
    feed: { id: 1, publisher: 'The Paper', kind: 'news', inCatalogue: true },
    outlet: 'The Paper',
    official: false,
    title: `facial recognition word${number} word${number * 3} word${number * 7}`,
    link: null,
    summary: '',
    lang: 'en',
    published: now,
    seenAt: now,
    quiet: false,
    relevant: true,
    score: 0.9,
    companies: [COMPANIES[number % COMPANIES.length]!],
    jurisdictions: [PLACES[(number * 3) % PLACES.length]!],
    kind: 'legislation',
    stage: 'passed',
    evidence: []
  }
}

/** The article of this number: one of those made, moved to another company so that a million share no few keys. */
function varied(made: readonly Signature[], number: number): Signature {
  const article = made[number % made.length]!
  const round = Math.floor(number / made.length)
  return round === 0 ? article : { ...article, companies: [`Company ${number % 97} ${round % 50}`] }
}

const MADE_PLACES = ['US-WA/Tacoma', 'US-CA', 'US', 'FR', 'DE', 'GB/London', 'BR-SP', 'EU', 'IN-TG', 'CA-QC']
const DEEDS = ['fines', 'bans', 'sues', 'clears', 'repeals', 'studies', 'votes on', 'pauses']

function makeArticle(number: number): Signature {
  const name = (salt: number) => `Person${((number * 7919 + salt * 104_729) % 5_003).toString(36)}`
  const place = MADE_PLACES[number % MADE_PLACES.length]!
  const deed = DEEDS[number % DEEDS.length]!
  return takeApart({
    title: `${name(1)} ${deed} face recognition ${number % 311}`,
    text: `On Tuesday ${name(2)} and ${name(3)} told the council that the system of ${name(4)} compared ${number * 13} faces. The vote was ${number % 9}-${number % 4}; ${name(5)} asked for a report by June ${(number % 28) + 1}.`,
    companies: [`Company ${number % 97}`],
    jurisdictions: [place],
    placeImplied: false,
    kind: number % 2 === 0 ? 'legislation' : 'enforcement',
    stage: number % 2 === 0 ? 'passed' : null,
    lang: 'en',
    published: Date.UTC(2020, 0, 1) + (number % 2_000) * 86_400_000,
    seenAt: null
  })
}
