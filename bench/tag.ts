import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TaggableText } from '../src/model/tags.js'
import { packageRoot } from '../src/package-root.js'
import { type Lexicon, loadLexicon } from '../src/tagging/lexicon.js'
import { loadModels } from '../src/tagging/linear-model.js'
import { createTagger } from '../src/tagging/tagger.js'
import { report } from './report.js'

/** Rounds over all items; the first ones only warm the machine up. */
const ROUNDS = 8
const WARM_UP = 3
/** Items and names for the loop of regular expressions: compiled, all names together do not fit into the engine's memory. */
const SLOW_ITEMS = 200
const SLOW_NAMES = 3000
const WORD = /[\p{L}\p{N}]+/gu

/** Items a second of processor time, the same by one regular expression a name, and the growth with a lexicon ten times as large. */
export async function benchTag(): Promise<void> {
  const items = goldItems()
  const before = process.cpuUsage()
  const lexicon = loadLexicon()
  const models = loadModels()
  const loading = seconds(before)
  const own = itemsASecond(createTagger(lexicon, models).tag, items)
  const names = namesOf(lexicon)
  const few = names.slice(0, SLOW_NAMES)
  const slow = regularExpressions(few, items.slice(0, SLOW_ITEMS))
  const large = createTagger(loadLexicon({ extraNames: inventNames(names.length * 9, items) }), models)
  const grown = itemsASecond(large.tag, items)

  const article = {
    title: items[0]!.title,
    text: items
      .map(({ text }) => text)
      .join(' ')
      .slice(0, 100_000)
  }
  const tagger = createTagger(lexicon, models)
  for (let i = 0; i < 5; i++) tagger.tag(article)
  const start = process.cpuUsage()
  tagger.tag(article)
  const long = seconds(start)
  report('tag', [
    { name: 'loading, processor time', value: loading * 1000, unit: 'ms' },
    { name: `gold items (${items.length}) on one core`, value: own, unit: '/s', bar: { least: 5000 } },
    { name: `a regular expression a name (${few.length} of ${names.length} names)`, value: slow, unit: '/s' },
    { name: 'faster than regular expressions', value: own / slow, unit: 'times' },
    { name: 'time with a lexicon ten times as large', value: own / grown, unit: 'times', bar: { most: 1.5 } },
    { name: `article of ${article.text.length} characters`, value: long * 1000, unit: 'ms', bar: { most: 100 } }
  ])
}

function goldItems(): TaggableText[] {
  const folder = join(packageRoot, 'lexicon', 'gold')
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'))
  return files.flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as TaggableText)
  )
}

function itemsASecond(tag: (item: TaggableText) => unknown, items: TaggableText[]): number {
  let best = 0
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage()
    for (const item of items) tag(item)
    if (round >= WARM_UP) best = Math.max(best, items.length / seconds(start))
  }
  return best
}

/** Seconds of processor time since `start`: what other programs take meanwhile does not count. */
function seconds(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e6
}

function namesOf({ companies, places }: Lexicon): string[] {
  const names = companies.flatMap(({ name, aliases, products }) => [name, ...aliases, ...products])
  return [...new Set([...names, ...[...places.values()].map(({ name }) => name)])]
}

function regularExpressions(names: string[], items: TaggableText[]): number {
  const patterns = names.map(
    (name) => new RegExp(`(?<![\\p{L}\\p{N}])${name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'iu')
  )
  let found = 0
  const start = process.cpuUsage()
  for (const { title, text } of items) for (const pattern of patterns) if (pattern.test(`${title}\n${text}`)) found++
  if (found === 0) throw new Error('the regular expressions found nothing: the comparison is void')
  return items.length / seconds(start)
}

/** Names made of words of the items themselves, so that the larger lexicon is met by the texts as a real one would be. */
function inventNames(count: number, items: TaggableText[]): string[] {
  const words = [...new Set(items.flatMap(({ text }) => text.match(WORD) ?? []))]
  return Array.from(
    { length: count },
    (_, i) => `${words[i % words.length]} ${words[(i * 7 + 3) % words.length]} ${i.toString(36)}`
  )
}
