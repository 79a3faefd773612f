// A process of its own that works on a data directory until it is killed: node writer.mjs <what> <data directory>
import { matches } from '../../dist/src/alerts/match.js'
import { createLogger } from '../../dist/src/log.js'
import { openStore } from '../../dist/src/store/open.js'

const [what, dataDir] = process.argv.slice(2)
const store = await openStore({ dataDir, logger: createLogger('silent') })

if (what === 'write') {
  for (let i = 1; ; i++) {
    await store.settings.set('last', String(i))
    process.stdout.write(`${i}\n`)
  }
}

if (what === 'ingest' || what === 'ingest-whole') {
  const now = new Date()
  const entry = { url: 'http://127.0.0.1/', title: 't', publisher: 'p', kind: 'news', jurisdiction: null, lang: 'en' }
  await store.feeds.syncCatalogue([entry], now)
  const [feed] = await store.feeds.list(null)
  const item = { id: '1', title: 'Half told', link: null, published: null, summary: '' }
  const tags = {
    relevant: true,
    score: 1,
    companies: [],
    jurisdictions: [],
    kind: 'other',
    stage: null,
    lang: 'en',
    evidence: []
  }
  const change = {
    type: 'rule',
    place: 'US-WA/Tacoma',
    act: 'passed',
    instrument: null,
    effect: 'bans',
    actors: [],
    date: '2026-01-01',
    dateTold: true,
    inForce: null,
    ends: null,
    quotes: []
  }
  const article = { identity: { item, keys: ['guid:1'], sameIf: [['guid:1']] }, tags, changes: [change] }
  const choose = () => {
    if (what === 'ingest-whole') return null
    process.stdout.write('inside\n')
    for (;;); // until the kill: article and change are written, the transaction open
  }
  await store.articles.ingest(feed.id, article, { quiet: false, now, choose, matches })
  process.stdout.write('stored\n')
}

if (what === 'hold') process.stdout.write('open\n')
