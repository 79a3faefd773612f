import { expect, test } from '@jest/globals'
import { RUSH_STORIES } from '../../src/alerts/calm.js'
import { renderMessage } from '../../src/chat/discord/render.js'
import { UnknownOutcome } from '../../src/chat/platform.js'
import type { AlertSettings } from '../../src/model/subscription.js'
import type { Store } from '../../src/store/store.js'
import { eachDatabase } from '../fakes/databases.js'
import { alertFor } from '../fakes/outcomes.js'
import { addFeed, article, at, live } from '../store/samples.js'
import { startBench, tell, words } from './bench.js'

eachDatabase('a calm channel', (database) => {
  const bench = (settings: Partial<AlertSettings> = {}) => startBench(database, settings)

  test('quiet hours hold alerts in order, let urgent ones pass where that is wanted, and end', async () => {
    const { store, board, drainAt } = await bench({ quiet: { from: 11, until: 14, zone: 'UTC' }, urgent: true })
    await tell(store, 'Daily Lens', 0, { title: 'First' }, { jurisdictions: ['FR'], companies: [] })
    await drainAt(1)
    await tell(store, 'Daily Lens', 2, { title: 'New law takes effect' }, { jurisdictions: ['DE'], companies: ['IBM'] })
    await tell(store, 'Daily Lens', 4, { title: 'Third' }, { jurisdictions: ['IT'], companies: [] })
    await drainAt(5)
    await drainAt(119)
    const shown = () => board.posts.map(({ message }) => message.title?.text)
    expect(shown()).toEqual(['New law takes effect'])
    await drainAt(121)
    expect(shown()).toEqual(['New law takes effect', 'First', 'Third'])
  })

  test('a cap an hour folds the rest into one message', async () => {
    const { store, channelId, board, drainAt } = await bench({ cap: 2 })
    const places = ['FR', 'DE', 'IT', 'ES', 'PT', 'NL']
    const feed = await addFeed(store)
    for (const [index, place] of places.entries()) {
      const one = article(place, { title: `Story ${place}` }, { jurisdictions: [place], companies: [] })
      await store.articles.ingest(feed, one, { ...live, now: at(index) })
      await drainAt(index)
    }
    expect(board.posts).toHaveLength(2)
    await drainAt(59)
    expect(board.posts).toHaveLength(2)
    await drainAt(70)
    expect(board.posts).toHaveLength(3)
    expect(board.posts[2]?.message.title?.text).toBe('And 4 more stories')
    await drainAt(200)
    expect(board.posts).toHaveLength(3)
    const states = (await Promise.all([4, 5].map((id) => alertFor(store.deliveries, channelId, id)))).map(
      (one) => one?.state
    )
    expect(states).toEqual(['folded', 'folded'])
    expect(await store.deliveries.counts(at(200))).toMatchObject({ owed: 0 })
  })

  /** So many stories of places of their own, one a second from that minute on. */
  async function rush(store: Store, count: number, minutes: number) {
    const feed = await addFeed(store)
    for (let index = 0; index < count; index++) {
      const place = `X${minutes}-${index}`
      const one = article(
        place,
        { title: `Story ${place}`, link: longLink(place) },
        { jurisdictions: [place], companies: [] }
      )
      await store.articles.ingest(feed, one, { ...live, now: at(minutes + index / 60) })
    }
  }

  function longLink(place: string) {
    return `https://wire.example/${place}/${'long-words-of-a-headline-'.repeat(8)}`
  }

  test('without a cap nothing waits; in a rush what stands in line comes in lists, each story once', async () => {
    const { store, channelId, board, drainAt } = await bench({ cap: null })
    await rush(store, RUSH_STORIES, 0)
    await drainAt(2)
    expect(board.posts).toHaveLength(RUSH_STORIES)
    await rush(store, 30, 10)
    await drainAt(11)
    const lists = board.posts.slice(RUSH_STORIES)
    expect(lists.map(({ message }) => message.title?.text)).toEqual([
      'And 12 more stories',
      'And 12 more stories',
      'And 6 more stories'
    ])
    const told = lists.flatMap(({ message }) => words(message).match(/Story X10-\d+/g) ?? [])
    expect(told).toEqual(Array.from({ length: 30 }, (_, index) => `Story X10-${index}`))
    expect(await store.deliveries.counts(at(11))).toMatchObject({ owed: 0 })
    // Whole on the narrower platform, too.
    for (const { message } of lists)
      expect(renderMessage(message).embeds.flatMap(({ description }) => description?.match(/Story/g)).length).toBe(
        words(message).match(/Story/g)?.length
      )
    // One alone is an alert as ever, and an hour later all are.
    await rush(store, 1, 20)
    await drainAt(21)
    expect(board.posts.at(-1)?.message.title?.text).toBe('Story X20-0')
    await rush(store, 5, 90)
    await drainAt(91)
    expect(board.posts.slice(-5).map(({ message }) => message.title?.text)).not.toContain('And 5 more stories')
    expect((await alertFor(store.deliveries, channelId, 65))?.state).toBe('folded')
  })

  test('a list that may have arrived is told again as it was, and a change of a folded story is told', async () => {
    const { store, board, drainAt } = await bench({ cap: null })
    await rush(store, RUSH_STORIES, 0)
    await drainAt(2)
    await rush(store, 3, 10)
    board.postRefusals.push(new UnknownOutcome('cut off'))
    await drainAt(11)
    await rush(store, 1, 12)
    await drainAt(13)
    const [again, after] = board.posts.slice(RUSH_STORIES).map(({ message }) => words(message))
    expect(again).toContain('And 3 more stories')
    expect(again).not.toContain('Story X12-0')
    expect(after).toContain('Story X12-0')
    const passes = { title: 'Story X10-2 passes', published: at(900).toISOString() }
    await tell(store, 'Bay Courier', 900, passes, { stage: 'passed', jurisdictions: ['X10-2'], companies: [] })
    await drainAt(901)
    expect(board.posts.at(-1)).toMatchObject({ thread: { messageId: `m${RUSH_STORIES + 1}` } })
    expect(words(board.posts.at(-1)?.message)).toContain('Passed (was proposed)')
  })

  test('in quiet hours what passes them takes nothing along, and nothing that is silenced comes in a list', async () => {
    const quiet = { from: 11, until: 14, zone: 'UTC' }
    const { store, channelId, board, drainAt } = await bench({ cap: 1, quiet, urgent: true })
    const feed = await addFeed(store)
    const titles = ['New law takes effect', 'Second', 'Deadline for comments', 'Fourth', 'Fifth']
    for (const [index, title] of titles.entries()) {
      const one = article(title, { title }, { jurisdictions: [`Q${index}`], companies: [] })
      await store.articles.ingest(feed, one, { ...live, now: at(index) })
    }
    await drainAt(10)
    const shown = () => board.posts.map(({ message }) => message.title?.text)
    expect(shown()).toEqual(['New law takes effect', 'Deadline for comments'])
    for (const actorId of ['ada', 'ben', 'cleo'])
      await store.feedback.add({ storyId: 4, channelId, actorId, actorName: actorId, verdict: 'not-relevant' }, at(11))
    await drainAt(121)
    await drainAt(200)
    expect(shown().slice(2)).toEqual(['Second', 'Fifth'])
  })
})
