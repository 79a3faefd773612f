import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { matches } from '../../src/alerts/match.js'
import { KINDS, STAGES } from '../../src/model/tags.js'
import type { Store } from '../../src/store/store.js'
import { eachDatabase } from '../fakes/databases.js'
import { addFeed, article, at, EVERYTHING, live, NOON } from './samples.js'

const PAGE = { limit: 100, offset: 0 }
const COMPANIES = ['Amazon', 'Clearview AI', 'NEC', 'Société Visage']
const PLACES = ['US', 'US-WA', 'US-WA/Seattle', 'US-CA/San Francisco', 'EU', 'FR', 'DE-BE', 'GB', 'GB/London', 'IN']
const ASKED = [...PLACES, 'US/*', 'US-WA/*', 'EU/*', 'GB/*', 'us-ca', 'DE/*', 'FR/*']
const WORDS = ['face scans', 'Été', 'café', 'ban', 'police cameras', 'amazon', '3d', 'scan', '…', "l'école", 'new york']
const TITLES = [
  'Face-scans at the café',
  'ÉTÉ: a ban in New York',
  "L'ecole dit non; 3D face scans",
  'Police, cameras & Amazon',
  'Bans'
]

const some = <T>(values: readonly T[], maxLength = 2) => fc.uniqueArray(fc.constantFrom(...values), { maxLength })
const filters = fc.record({
  companies: some([...COMPANIES, 'amazon', 'Nobody']),
  jurisdictions: some(ASKED),
  kinds: some(KINDS, 1),
  stages: some(STAGES, 1),
  languages: some(['en', 'FR', 'und'], 1),
  words: some(WORDS),
  withoutWords: some(WORDS, 1)
})
const tagged = fc.record({
  title: fc.constantFrom(...TITLES),
  summary: fc.constantFrom('', 'Nobody asked.', ...TITLES),
  companies: some(COMPANIES),
  jurisdictions: some(PLACES, 3),
  kind: fc.constantFrom(...KINDS),
  stage: fc.option(fc.constantFrom(...STAGES)),
  lang: fc.constantFrom('en', 'fr')
})

async function addStories(
  store: Store,
  count: number,
  tell: (i: number) => Parameters<typeof article>
): Promise<number[]> {
  const feed = await addFeed(store)
  const ids: number[] = []
  for (let i = 0; i < count; i++) ids.push((await store.articles.ingest(feed, article(...tell(i)), live))!.storyId!)
  return ids
}

eachDatabase('stories', (database) => {
  test('a filter finds by SQL exactly the stories that pass it by match.ts', async () => {
    const store = await database.open()
    const samples = fc.sample(tagged, { numRuns: 60, seed: 7 })
    await addStories(store, samples.length, (i) => {
      const { title, summary, ...tags } = samples[i]!
      return [String(i), { title, summary }, tags]
    })
    const { stories } = await store.stories.query(PAGE)
    expect(stories).toHaveLength(60)
    let found = 0
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const expected = stories.filter((story) => matches(filter, story)).map((story) => story.id)
        const actual = await store.stories.query({ ...PAGE, filter })
        expect(actual.stories.map((story) => story.id)).toEqual(expected)
        expect(actual.total).toBe(expected.length)
        found += expected.length
      }),
      { numRuns: 150, seed: 11 }
    )
    expect(found).toBeGreaterThan(100)
  })

  test('every subscription that match.ts lets a story through to is owed it, whatever SQL leaves out before', async () => {
    const store = await database.open()
    const asked = fc.sample(filters, { numRuns: 120, seed: 3 })
    for (const [i, filter] of asked.entries()) {
      const { channel } = await store.channels.ensure(
        { platform: 'discord', workspace: { id: 'g', name: 'g' }, channel: { id: String(i), name: String(i) } },
        NOON
      )
      await store.subscriptions.add(
        { channelId: channel.id, filter, mode: 'alerts', createdBy: 'u', createdByName: 'u' },
        NOON
      )
    }
    const samples = fc.sample(tagged, { numRuns: 25, seed: 5 })
    const feed = await addFeed(store)
    let owed = 0
    for (const [i, { title, summary, ...tags }] of samples.entries()) {
      const stored = await store.articles.ingest(feed, article(String(i), { title, summary }, tags), live)
      const story = await store.stories.find(stored!.storyId!)
      expect(stored!.owed).toBe(asked.filter((filter) => matches(filter, story!)).length)
      owed += stored!.owed
    }
    expect(owed).toBeGreaterThan(50)
  })

  test('pages through newest first, with the whole count', async () => {
    const store = await database.open()
    const ids = await addStories(store, 5, (i) => [String(i), { published: at(-i).toISOString() }])
    expect((await store.stories.query({ limit: 2, offset: 2 })).stories.map((story) => story.id)).toEqual([
      ids[2],
      ids[3]
    ])
    expect(await store.stories.query({ limit: 2, offset: 10 })).toEqual({ stories: [], total: 5 })
  })

  test('windows: first seen in [since, until), published since', async () => {
    const store = await database.open()
    const feed = await addFeed(store)
    for (const minutes of [0, 10, 20])
      await store.articles.ingest(feed, article(`${minutes}`, { published: at(-minutes).toISOString() }), {
        ...live,
        now: at(minutes)
      })
    expect((await store.stories.query({ ...PAGE, since: at(10), until: at(20) })).total).toBe(1)
    expect((await store.stories.query({ ...PAGE, since: at(0), until: at(20) })).total).toBe(2)
    expect((await store.stories.query({ ...PAGE, publishedSince: at(-10) })).total).toBe(2)
  })

  test('searches by words, phrases and exclusions, whatever accents and endings; best first', async () => {
    const store = await database.open()
    const texts = [
      ['A moratorium on face scans', 'Nothing more.'],
      ['Cameras', 'A moratorium is discussed, say the councillors.'],
      ['Reconnaissance faciale à l’école', 'Été 2026'],
      ['Police banned cameras', '']
    ] as const
    const ids = await addStories(store, 4, (i) => [
      String(i),
      { title: texts[i]![0], summary: texts[i]![1] },
      { companies: i === 3 ? ['Clearview AI'] : [], jurisdictions: [] }
    ])
    const search = async (words: string) =>
      (await store.stories.query({ ...PAGE, search: words })).stories.map((s) => ids.indexOf(s.id))
    expect(await search('moratorium')).toEqual([0, 1])
    expect(await search('moratorium -scans')).toEqual([1])
    expect(await search('"face scans"')).toEqual([0])
    expect(await search('"scans face"')).toEqual([])
    expect(await search('face-scans')).toEqual([0])
    expect(await search('ecole ete')).toEqual([2])
    expect(await search('ban camera')).toEqual([3])
    expect(await search('clearview')).toEqual([3])
    expect((await search('ecole or clearview')).sort()).toEqual([2, 3])
    expect(await search('& | ! :* \' "')).toEqual([])
  })

  test('an unknown story is null', async () => {
    expect(await (await database.open()).stories.find(99)).toBeNull()
  })

  test('an empty filter is no filter', async () => {
    const store = await database.open()
    await addStories(store, 2, (i) => [String(i)])
    expect((await store.stories.query({ ...PAGE, filter: EVERYTHING })).total).toBe(2)
  })
})
