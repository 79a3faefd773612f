import { expect, test } from '@jest/globals'
import { Gone, MessageGone, RetryLater, UnknownOutcome } from '../../src/chat/platform.js'
import type { AlertSettings } from '../../src/model/subscription.js'
import { eachDatabase } from '../fakes/databases.js'
import { at, NOON, subscribe } from '../store/samples.js'
import { SETTINGS, startBench, tell, words } from './bench.js'

eachDatabase('a living alert', (database) => {
  const bench = (settings: Partial<AlertSettings> = {}) => startBench(database, settings)

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
      const passed = { title: `${title} and adopts a limit` }
      await tell(store, `Courier ${threads}`, 900, passed, { stage: 'passed', jurisdictions: [`US-${threads}`] })
      await drainAt(901)
      expect(board.posts.slice(1).map(({ thread }) => thread?.messageId)).toEqual(expected)
      expect(words(board.posts.at(-1)?.message)).toContain('https://chat.example/m1')
      await database.sql('delete from delivery; delete from article_key; delete from article; delete from story')
    }
  })

  test('what changed before the alert went out is in the alert', async () => {
    const { store, board, drainAt } = await bench()
    await tell(store, 'Daily Lens', 0)
    await tell(store, 'Bay Courier', 900, { title: 'City council passes limits on face scans' }, { stage: 'passed' })
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
