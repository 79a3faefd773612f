import { benchFeeds } from './feeds.js'
import { benchStories } from './stories.js'
import { benchTag } from './tag.js'

/** `npm run bench -- NAME`: one measurement each, printed for people. */
const BENCHES: Record<string, () => Promise<void>> = { feeds: benchFeeds, stories: benchStories, tag: benchTag }

const name = process.argv[2] ?? ''
const bench = BENCHES[name]
if (bench === undefined) {
  console.error(`usage: npm run bench -- NAME, where NAME is one of: ${Object.keys(BENCHES).join(', ')}`)
  process.exit(2)
}
await bench()
