import { parseArgs } from 'node:util'
import { benchBurst } from './burst.js'
import { benchCommands } from './commands.js'
import { benchFanOut } from './fan-out.js'
import { benchFeeds } from './feeds.js'
import { benchIngest } from './ingest.js'
import { benchMatch } from './match.js'
import type { BenchOptions } from './options.js'
import { benchSoak } from './soak.js'
import { benchStart } from './start.js'
import { benchStories } from './stories.js'
import { benchTag } from './tag.js'

/** `npm run bench -- NAME`: one measurement each, a table for people on stderr, JSON on stdout. */
const BENCHES: Record<string, (options: BenchOptions) => Promise<void>> = {
  burst: benchBurst,
  commands: benchCommands,
  'fan-out': benchFanOut,
  feeds: benchFeeds,
  ingest: benchIngest,
  match: benchMatch,
  soak: benchSoak,
  start: benchStart,
  stories: benchStories,
  tag: benchTag
}

const USAGE = `usage: npm run bench -- NAME... [--size N]

NAME is one of: ${Object.keys(BENCHES).join(', ')}; none: all of them, one after the other.
--size 0.1 makes a tenth of the channels, feeds, subscriptions and articles.`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { size: { type: 'string', default: '1' } }
})
const size = Number(values.size)
const names = positionals.length > 0 ? positionals : Object.keys(BENCHES)
if (!(size > 0) || names.some((name) => !(name in BENCHES))) {
  console.error(USAGE)
  process.exit(2)
}
for (const name of names) await BENCHES[name]!({ size })
