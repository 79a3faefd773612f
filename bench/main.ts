import { benchFanOut } from './fan-out.js'
import { benchFeeds } from './feeds.js'
import { benchStories } from './stories.js'
import { benchTag } from './tag.js'

/** `npm run bench -- NAME`: one measurement each, a table for people and a line of JSON. */
const BENCHES: Record<string, () => Promise<void>> = {
  'fan-out': benchFanOut,
  feeds: benchFeeds,
  stories: benchStories,
  tag: benchTag
}

const name = process.argv[2] ?? ''
const bench = BENCHES[name]
if (bench === undefined) {
  console.error(`usage: npm run bench -- NAME, where NAME is one of: ${Object.keys(BENCHES).join(', ')}`)
  process.exit(2)
}
await bench()
