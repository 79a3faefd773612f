import { expect, test } from '@jest/globals'
import { eachDatabase } from '../fakes/databases.js'
import { addChannel, addFeed, article, at, live, NOON } from './samples.js'

const DAY = 24 * 60

eachDatabase('records', (database) => {
  test('feedback is kept with the words that were seen, once a person and verdict', async () => {
    const store = await database.open()
    const channelId = await addChannel(store)
    const stored = await store.articles.ingest(await addFeed(store), article('1'), live)
    const said = { storyId: stored!.storyId!, channelId, actorId: 'u1', actorName: 'Ada', verdict: 'not-relevant' }
    await store.feedback.add(said, NOON)
    await store.feedback.add(said, at(1))
    await store.feedback.add({ ...said, verdict: 'wrong-tag', detail: 'company:Amazon' }, at(2))
    const seen = {
      storyId: stored!.storyId!,
      title: 'City council votes on face scans',
      text: 'The council wants cameras to look away.',
      lang: 'en',
      actorId: 'u1'
    }
    expect(await store.feedback.list(null)).toEqual([
      { ...seen, verdict: 'not-relevant', detail: null, at: NOON },
      { ...seen, verdict: 'wrong-tag', detail: 'company:Amazon', at: at(2) }
    ])
    expect(await store.feedback.list(at(1))).toHaveLength(1)
  })

  test('the audit lists the newest first, of one workspace', async () => {
    const store = await database.open()
    const channelId = await addChannel(store)
    const { workspace } = (await store.channels.find(channelId))!
    const elsewhere = (await store.channels.find(await addChannel(store, 'news', 'elsewhere')))!.workspace
    const did = {
      workspaceId: workspace.id,
      channelId,
      actorId: 'u1',
      actorName: 'Ada',
      action: 'subscribe',
      detail: 'company:Amazon'
    }
    await store.audit.add(did, NOON)
    await store.audit.add({ ...did, action: 'unsubscribe', channelId: null }, at(1))
    await store.audit.add({ ...did, workspaceId: elsewhere.id }, at(2))
    expect(await store.audit.list(workspace.id, 10)).toEqual([
      { actorName: 'Ada', action: 'unsubscribe', detail: 'company:Amazon', at: at(1) },
      { actorName: 'Ada', action: 'subscribe', detail: 'company:Amazon', at: NOON }
    ])
    expect(await store.audit.list(workspace.id, 1)).toHaveLength(1)
  })

  test('a button’s payload has one short key, and is read for 90 days after it was last kept', async () => {
    const { buttons } = await database.open()
    const payload = `subscribe:${'company:Amazon '.repeat(100)}`
    const key = await buttons.keep(payload, NOON)
    expect(key).toMatch(/^[\w-]{16}$/)
    expect(await buttons.keep(payload, at(DAY))).toBe(key)
    const other = await buttons.keep('other', at(DAY))
    expect(other).not.toBe(key)
    expect(await buttons.read(key, at(91 * DAY))).toBe(payload)
    expect(await buttons.read(key, at(92 * DAY))).toBeNull()
    expect(await buttons.read('unknown', NOON)).toBeNull()
    await buttons.keep('third', at(92 * DAY))
    expect(await database.sql('select payload from button')).toEqual([{ payload: 'third' }])
  })
})
