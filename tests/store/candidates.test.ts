import { expect, test } from '@jest/globals'
import type { ChooseStory } from '../../src/store/articles/articles.js'
import { eachDatabase } from '../fakes/databases.js'
import { addFeed, article, at, live, NOON } from './samples.js'

eachDatabase('candidates', (database) => {
  test('candidates are close in time and share something, the likest first, with their articles; older ones that go from step to step follow', async () => {
    const store = await database.open()
    const feed = await addFeed(store)
    const day = 24 * 60
    const dated = (minutes: number, title: string) => ({ published: at(minutes).toISOString(), title })
    const alike = { companies: ['Amazon'], jurisdictions: ['US-WA/Seattle'] }
    const place = await store.articles.ingest(
      feed,
      article('1', dated(-day, 'One'), { ...alike, companies: ['IBM'] }),
      live
    )
    const both = await store.articles.ingest(feed, article('2', dated(-2 * day, 'Two'), alike), live)
    const word = await store.articles.ingest(
      feed,
      article('3', dated(-3 * day, 'Facewatch moratorium'), { companies: [], jurisdictions: ['FR'] }),
      live
    )
    const longAgo = await store.articles.ingest(feed, article('4', dated(-20 * day, 'Long ago'), alike), live)
    await store.articles.ingest(
      feed,
      article('5', dated(-day, 'Elsewhere'), { companies: ['NEC'], jurisdictions: ['JP'] }),
      live
    )
    await store.articles.ingest(feed, article('6', dated(-day, 'In a third way'), alike), {
      ...live,
      choose: () => ({ storyId: both!.storyId!, reason: 'same' })
    })

    const seen: Parameters<ChooseStory>[1][] = []
    const choose: ChooseStory = (_article, candidates) => {
      seen.push(candidates)
      return null
    }
    await store.articles.ingest(feed, article('7', dated(0, 'Moratorium passed'), alike), { ...live, choose })
    expect(seen[0]!.map(({ story, distant }) => [story.id, distant ?? false])).toEqual([
      [both!.storyId, false],
      [place!.storyId, false],
      [word!.storyId, false],
      [longAgo!.storyId, true]
    ])
    expect(seen[0]![0]!.articles.map((one) => one.title)).toEqual(['In a third way', 'Two'])
    expect(seen[0]![0]!.articles[1]).toEqual({
      title: 'Two',
      summary: 'The council wants cameras to look away.',
      placeImplied: false,
      lang: 'en',
      outlet: 'Daily Lens',
      link: null,
      published: at(-2 * day),
      seenAt: NOON,
      quiet: false
    })
  })

  test('a story whose headline shares no word with the article’s is found by a name that both go on to tell', async () => {
    const store = await database.open()
    const feed = await addFeed(store)
    const untagged = { companies: [], jurisdictions: [] }
    const told = (id: string, title: string, summary: string) => article(id, { title, summary }, untagged)
    const first = told('1', 'Railroad ends trial', 'Passengers in Philadelphia show tickets again.')
    const kept = await store.articles.ingest(feed, first, live)
    await store.articles.ingest(feed, told('2', 'Library opens gates', 'Readers in Lahti need no card.'), live)
    const seen: number[][] = []
    const choose: ChooseStory = (_article, candidates) => {
      seen.push(candidates.map(({ story }) => story.id))
      return null
    }
    await store.articles.ingest(feed, told('3', 'Boarding by face is over', 'It began in Philadelphia.'), {
      ...live,
      choose
    })
    expect(seen).toEqual([[kept!.storyId]])
  })
})
