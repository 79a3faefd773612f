import { expect, test } from '@jest/globals'
import { RUSH_STORIES } from '../../src/alerts/calm.js'
import { findChange } from '../../src/alerts/material-change.js'
import { Sender } from '../../src/alerts/sender.js'
import { renderMessage } from '../../src/chat/discord/render.js'
import type { Message } from '../../src/chat/message.js'
import {
  type ChatPlatform,
  Gone,
  MessageGone,
  type MessageRef,
  type PostOptions,
  RetryLater,
  UnknownOutcome
} from '../../src/chat/platform.js'
import type { AlertSettings } from '../../src/model/subscription.js'
import type { Store } from '../../src/store/store.js'
import { eachDatabase, quietLogger } from '../fakes/databases.js'
import { sampleNames } from '../fakes/samples.js'
import { addChannel, addFeed, article, at, entry, firstCandidate, live, NOON, subscribe } from '../store/samples.js'

/** A platform that keeps what it shows, and refuses edits as told. */
class Board implements ChatPlatform {
  readonly name = 'discord'
  readonly posts: { channel: string; message: Message; thread?: MessageRef }[] = []
  readonly edits: { ref: MessageRef; message: Message }[] = []
  readonly refusals: Error[] = []
  readonly postRefusals: Error[] = []
  async start() {}
  async stop() {}
  permalink(ref: MessageRef) {
    return `https://chat.example/${ref.messageId}`
  }
  async post(
    channel: { workspaceId: string; channelId: string },
    message: Message,
    _id: string,
    options?: PostOptions
  ) {
    const refusal = this.postRefusals.shift()
    if (refusal) throw refusal
    this.posts.push({ channel: channel.channelId, message, ...(options?.thread && { thread: options.thread }) })
    return { ...channel, messageId: `m${this.posts.length}` }
  }
  async edit(ref: MessageRef, message: Message) {
    const refusal = this.refusals.shift()
    if (refusal) throw refusal
    this.edits.push({ ref, message })
  }
}

function words(message: Message | undefined): string {
  return JSON.stringify(message)
}

const SETTINGS: AlertSettings = {
  threads: 'on',
  style: 'compact',
  singleSource: 'label',
  quiet: null,
  urgent: false,
  cap: 0
}

eachDatabase('a living alert', (database) => {
  async function bench(settings: Partial<AlertSettings> = {}) {
    const store = await database.open()
    const channelId = await addChannel(store)
    await subscribe(store, channelId)
    await store.channels.setAlertSettings(channelId, { ...SETTINGS, ...settings }, NOON)
    const board = new Board()
    const clock = { now: NOON }
    const sender = new Sender({
      store,
      platforms: [board],
      names: sampleNames,
      owner: 'test',
      now: () => clock.now,
      logger: quietLogger
    })
    async function drainAt(minutes: number) {
      clock.now = at(minutes)
      await sender.drain(0)
    }
    return { store, channelId, board, drainAt }
  }

  async function tell(
    store: Store,
    outlet: string,
    minutes: number,
    changes: Parameters<typeof article>[1] = {},
    tagged: Parameters<typeof article>[2] = {},
    kind: 'news' | 'regulator' = 'news'
  ) {
    const url = `http://127.0.0.1/${outlet.replaceAll(' ', '-')}`
    const feed = await addFeed(store, entry({ url, title: outlet, publisher: outlet, kind }))
    const one = article(`${outlet} ${minutes}`, { published: at(minutes).toISOString(), ...changes }, tagged)
    return store.articles.ingest(feed, one, { ...live, now: at(minutes), choose: firstCandidate, change: findChange })
  }

  test('grows by edits, at most one in ten minutes, and never posts again', async () => {
    const { store, board, drainAt } = await bench()
    await tell(store, 'Daily Lens', 0)
    await drainAt(0)
    expect(words(board.posts[0]?.message)).toContain('One source so far.')
    for (const [index, outlet] of ['Bay Courier', 'Civic Wire', 'Harbour Post'].entries()) {
      await tell(store, outlet, 1 + index)
      await drainAt(1 + index)
    }
    expect(board.edits).toHaveLength(1)
    expect(words(board.edits[0]?.message)).toContain('Daily Lens, Bay Courier · ')
    expect(words(board.edits[0]?.message)).not.toContain('One source so far.')
    await drainAt(10)
    expect(board.edits).toHaveLength(1)
    await drainAt(12)
    await drainAt(60)
    expect(board.edits).toHaveLength(2)
    expect(words(board.edits[1]?.message)).toContain('Daily Lens, Bay Courier, Civic Wire and 1 more')
    expect(board.posts).toHaveLength(1)
  })

  test('shows a public body first and marked', async () => {
    const { store, board, drainAt } = await bench()
    await tell(store, 'Daily Lens', 0)
    await drainAt(0)
    await tell(store, 'Privacy Authority', 5, {}, {}, 'regulator')
    await drainAt(20)
    expect(words(board.edits[0]?.message)).toContain('Privacy Authority (official), Daily Lens')
  })

  test('makes no edit that would change nothing', async () => {
    const { store, board, drainAt } = await bench()
    await tell(store, 'Daily Lens', 0)
    await drainAt(0)
    await tell(store, 'Daily Lens', 1)
    await drainAt(30)
    expect(board.edits).toEqual([])
    expect(await store.edits.nextAt(['discord'], at(30))).toBeNull()
  })

  test('waits when told to, repeats what may have been made, and gives up a message that is gone, not its channel', async () => {
    const { store, channelId, board, drainAt } = await bench()
    await tell(store, 'Daily Lens', 0)
    await drainAt(0)
    await tell(store, 'Bay Courier', 1)
    board.refusals.push(new RetryLater('slow down', 120), new UnknownOutcome('cut off'))
    await drainAt(2)
    await drainAt(3)
    expect(board.edits).toHaveLength(0)
    await drainAt(5)
    await drainAt(6)
    expect(board.edits).toHaveLength(1)
    board.refusals.push(new MessageGone('deleted'))
    await tell(store, 'Civic Wire', 20)
    await drainAt(30)
    await tell(store, 'Harbour Post', 40)
    await drainAt(60)
    expect(board.edits).toHaveLength(1)
    const [delivery] = await store.deliveries.ofStory(channelId, 1)
    expect(delivery).toMatchObject({ edits: 1, editsEnded: 'deleted' })
    expect((await store.channels.find(channelId))?.channel.pausedReason).toBeNull()
  })

  test('an archived channel is paused by an edit, and gets it when it is back', async () => {
    const { store, channelId, board, drainAt } = await bench()
    await tell(store, 'Daily Lens', 0)
    await drainAt(0)
    await tell(store, 'Bay Courier', 1)
    board.refusals.push(new Gone('archived'))
    await drainAt(5)
    expect((await store.channels.find(channelId))?.channel.pausedReason).toBe('archived')
    await store.channels.resume('discord', { workspaceId: 'guild', channelId: 'news' })
    await drainAt(10)
    expect(board.edits).toHaveLength(1)
  })

  test('a bill that passes is told once, in the thread', async () => {
    const { store, board, drainAt } = await bench()
    await tell(store, 'Daily Lens', 0)
    await drainAt(0)
    const passes = { title: 'City council passes limits on face scans' }
    await tell(store, 'Bay Courier', 2000, passes, { stage: 'passed' })
    await drainAt(2001)
    await tell(store, 'Civic Wire', 2010, passes, { stage: 'passed' })
    await drainAt(2100)
    expect(board.posts).toHaveLength(2)
    expect(board.posts[1]).toMatchObject({ thread: { messageId: 'm1' } })
    expect(words(board.posts[1]?.message)).toContain('Passed (was proposed)')
    expect(words(board.edits.at(-1)?.message)).toContain('Legislation passed')
  })

  test('a channel without threads gets an alert that links the first; one with both gets both', async () => {
    for (const [threads, expected] of [
      ['off', [undefined]],
      ['both', ['m1', undefined]]
    ] as const) {
      const { store, channelId, board, drainAt } = await bench({ threads })
      await store.channels.setAlertSettings(channelId, { ...SETTINGS, threads }, NOON)
      const title = `${threads} council weighs face scans`
      await tell(store, `Lens ${threads}`, 0, { title }, { jurisdictions: [`US-${threads}`] })
      await drainAt(0)
      await tell(store, `Courier ${threads}`, 900, { title }, { stage: 'passed', jurisdictions: [`US-${threads}`] })
      await drainAt(901)
      expect(board.posts.slice(1).map(({ thread }) => thread?.messageId)).toEqual(expected)
      expect(words(board.posts.at(-1)?.message)).toContain('https://chat.example/m1')
      await database.sql('delete from delivery; delete from article_key; delete from article; delete from story')
    }
  })

  test('what changed before the alert went out is in the alert', async () => {
    const { store, board, drainAt } = await bench()
    await tell(store, 'Daily Lens', 0)
    await tell(store, 'Bay Courier', 900, {}, { stage: 'passed' })
    await drainAt(901)
    await drainAt(1000)
    expect(board.posts).toHaveLength(1)
    expect(words(board.posts[0]?.message)).toContain('Legislation passed')
  })

  test('waits for a second source where the channel wants it, and not for ever', async () => {
    const { store, board, drainAt } = await bench({ singleSource: 'wait' })
    await tell(store, 'Daily Lens', 0)
    await drainAt(1)
    expect(board.posts).toHaveLength(0)
    await tell(store, 'Bay Courier', 10, { title: 'Seattle votes on cameras that know faces' })
    await drainAt(10)
    expect(board.posts).toHaveLength(1)
    expect(words(board.posts[0]?.message)).not.toContain('One source so far.')
    await tell(store, 'Daily Lens', 30, { title: 'Another matter' }, { companies: ['IBM'], jurisdictions: ['FR'] })
    await drainAt(80)
    expect(board.posts).toHaveLength(1)
    await drainAt(91)
    expect(board.posts).toHaveLength(2)
    expect(words(board.posts[1]?.message)).toContain('One source so far.')
  })

  test('what a later article makes match is told once, with why now', async () => {
    const { store, channelId, board, drainAt } = await bench()
    await store.subscriptions.remove(channelId, 1, 'u1', at(-50))
    await subscribe(store, channelId, { companies: ['IBM'] })
    await tell(store, 'Daily Lens', 0)
    await drainAt(0)
    expect(board.posts).toHaveLength(0)
    await tell(store, 'Bay Courier', 5, {}, { companies: ['Amazon', 'IBM'] })
    await drainAt(5)
    await tell(store, 'Civic Wire', 6, {}, { companies: ['IBM'] })
    await drainAt(30)
    expect(board.posts).toHaveLength(1)
    expect(words(board.posts[0]?.message)).toContain('Told now because Bay Courier added IBM to the story.')
  })

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
    const states = (await Promise.all([4, 5].map((id) => store.deliveries.forStory(channelId, id)))).map(
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
    expect((await store.deliveries.forStory(channelId, 65))?.state).toBe('folded')
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

  test('three different people end the updates of a story in their workspace', async () => {
    const { store, channelId, board, drainAt } = await bench()
    await tell(store, 'Daily Lens', 0)
    await drainAt(0)
    const say = (actorId: string) =>
      store.feedback.add({ storyId: 1, channelId, actorId, actorName: actorId, verdict: 'not-relevant' }, at(1))
    expect(await say('ada')).toEqual({ people: 1, silenced: false })
    expect(await say('ada')).toEqual({ people: 1, silenced: false })
    await say('ben')
    expect(await say('cleo')).toEqual({ people: 3, silenced: true })
    await tell(store, 'Bay Courier', 900, {}, { stage: 'passed' })
    await drainAt(1000)
    expect(board.edits).toEqual([])
    expect(board.posts).toHaveLength(1)
  })
})
