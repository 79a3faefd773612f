import { expect, test } from '@jest/globals'
import type { PositionChange, RuleChange } from '../../src/ledger/change.js'
import { openAmong } from '../../src/ledger/reports/proposal.js'
import { eachDatabase } from '../fakes/databases.js'
import { addChannel, addFeed, article, at, live, NOON } from './samples.js'

function pause(over: Partial<PositionChange> = {}): PositionChange {
  const quotes = [{ field: 'title' as const, start: 0, end: 4, words: 'City', says: 'act' as const }]
  return {
    type: 'position',
    company: 'Amazon',
    state: 'paused',
    extends: false,
    audience: ['police'],
    scope: [],
    date: '2026-03-01',
    dateTold: true,
    end: null,
    quotes,
    ...over
  }
}

const passed: RuleChange = {
  type: 'rule',
  place: 'US-WA/Seattle',
  act: 'passed',
  instrument: null,
  effect: 'bans',
  actors: ['police'],
  date: '2026-03-01',
  dateTold: true,
  inForce: null,
  ends: null,
  quotes: []
}

eachDatabase('proposals', (database) => {
  async function opened() {
    const store = await database.open()
    const channelId = await addChannel(store)
    const { workspace } = (await store.channels.find(channelId))!
    const feed = await addFeed(store)
    const tell = (guid: string, changes: (PositionChange | RuleChange)[], feedId = feed, quiet = false) =>
      store.articles.ingest(feedId, { ...article(guid), changes }, { ...live, quiet })
    return { store, workspaceId: workspace.id, tell, feed }
  }
  const ruling = (workspaceId: number, id: number) => ({ workspaceId, id, byId: 'u1', byName: 'Ada' })

  test('two articles of one change make one proposal with two sources; another state makes another', async () => {
    const { store, workspaceId, tell } = await opened()
    const second = await addFeed(store, { url: 'http://127.0.0.1/2', publisher: 'Second', kind: 'regulator' })
    await tell('1', [pause()])
    await tell('2', [pause({ date: '2026-03-02', dateTold: false })], second)
    await tell('3', [pause({ state: 'exited' })])
    const all = await store.proposals.about(workspaceId, ['Amazon'])
    expect(all.map(({ change, sources }) => [change.type === 'position' && change.state, sources.length])).toEqual([
      ['exited', 1],
      ['paused', 2]
    ])
    expect(all[1]!.sources.map(({ outlet, official }) => [outlet, official])).toEqual([
      ['Daily Lens', false],
      ['Second', true]
    ])
    expect(all[1]!.trueFrom).toBe('2026-03-01')
  })

  test('a rejected one does not come back from the next article', async () => {
    const { store, workspaceId, tell } = await opened()
    await tell('1', [pause()])
    const [proposal] = await store.proposals.open(workspaceId, 10)
    const word = { ...ruling(workspaceId, proposal!.id), verdict: 'rejected' as const, change: proposal!.change }
    expect(await store.proposals.rule(word, NOON)).toBe(true)
    expect(await store.proposals.rule(word, at(1))).toBe(false)
    await tell('2', [pause({ date: '2026-03-02' })])
    // In other words, and months later as an echo, neither.
    await tell('3', [pause({ state: 'exited', date: '2026-03-03' })])
    await tell('4', [pause({ date: '2026-06-20', dateTold: false })])
    expect(await store.proposals.open(workspaceId, 10)).toEqual([])
    expect(openAmong(await store.proposals.about(workspaceId, ['Amazon']))).toEqual([])
    expect((await store.proposals.find(workspaceId, proposal!.id))!.sources).toHaveLength(3)
    // What happens weeks later is another event.
    await tell('5', [pause({ date: '2026-03-25' })])
    expect(await store.proposals.open(workspaceId, 10)).toHaveLength(1)
  })

  test('a denial is kept with the report that it denies, and dropped where there is none', async () => {
    const { store, workspaceId, tell } = await opened()
    const denial = pause({ state: 'exited', denied: true, date: '2026-03-04', dateTold: false })
    await tell('1', [denial])
    expect(await store.proposals.open(workspaceId, 10)).toEqual([])
    await tell('2', [pause()])
    await tell('3', [denial])
    const [proposal] = await store.proposals.open(workspaceId, 10)
    expect(proposal!.sources.map(({ change }) => change.denied ?? false)).toEqual([false, true])
    expect(await store.proposals.open(workspaceId, 10)).toHaveLength(1)
  })

  test('an article off the topic counts for a bill whose number was reported before, and for nothing else', async () => {
    const { store, workspaceId } = await opened()
    const offTopic = (guid: string, change: RuleChange) =>
      store.articles.ingest(
        1,
        { ...article(guid, {}, { relevant: false }), changes: [{ ...change, offTopic: 'number' as const }] },
        live
      )
    const vetoed: RuleChange = { ...passed, act: 'vetoed', instrument: 'SB 1281', date: '2026-03-02' }
    await offTopic('1', vetoed)
    expect(await store.proposals.open(workspaceId, 10)).toEqual([])
    await store.articles.ingest(1, { ...article('2'), changes: [{ ...passed, instrument: 'Senate Bill 1281' }] }, live)
    await offTopic('3', vetoed)
    await offTopic('4', { ...vetoed, instrument: 'SB 9' })
    const acts = (await store.proposals.open(workspaceId, 10)).map(({ change }) => change.type === 'rule' && change.act)
    expect(acts).toEqual(['vetoed', 'passed'])
  })

  test('a return to what the ledger says is news only after a report of something else', async () => {
    const { store, workspaceId, tell } = await opened()
    await tell('1', [pause({ returns: true })])
    expect(await store.proposals.open(workspaceId, 10)).toEqual([])
    await tell('2', [pause({ state: 'resumed' })])
    await tell('3', [pause({ returns: true, date: '2026-04-20' })])
    expect(await store.proposals.open(workspaceId, 10)).toHaveLength(2)
  })

  test('every confirmation is kept; the last word counts; a rule never speaks after a person', async () => {
    const { store, workspaceId, tell } = await opened()
    await tell('1', [passed])
    const [proposal] = await store.proposals.open(workspaceId, 10)
    const word = { ...ruling(workspaceId, proposal!.id), verdict: 'confirmed' as const, change: proposal!.change }
    const mended = { ...passed, date: '2026-02-27' }
    await store.proposals.rule(word, NOON)
    await store.proposals.rule({ ...word, change: mended }, at(1))
    expect(await store.proposals.rule({ ...word, byId: null, byName: 'rule' }, at(2))).toBe(false)
    const [confirmed] = await store.proposals.confirmed(workspaceId)
    expect(confirmed!.words.map(({ change }) => change.date)).toEqual(['2026-03-01', '2026-02-27'])
    await store.proposals.rule({ ...word, verdict: 'rejected' }, at(3))
    expect(await store.proposals.confirmed(workspaceId)).toEqual([])
    expect(await database.sql('select verdict from proposal_verdict order by id')).toHaveLength(3)
  })

  test('a workspace neither sees another’s feeds nor another’s words', async () => {
    const { store, workspaceId, tell, feed } = await opened()
    const elsewhere = (await store.channels.find(await addChannel(store, 'news', 'elsewhere')))!.workspace
    const entry = {
      url: 'http://127.0.0.1/own',
      title: 'Own',
      publisher: 'Own',
      kind: 'government' as const,
      jurisdiction: null,
      lang: 'en'
    }
    const own = await store.feeds.addToWorkspace(elsewhere.id, entry, 'u2', NOON)
    await tell('1', [pause()], own.feed.id)
    expect(await store.proposals.open(workspaceId, 10)).toEqual([])
    const [seen] = await store.proposals.open(elsewhere.id, 10)
    // Whoever adds a feed can call it official: that counts only in the catalogue.
    expect(seen!.sources[0]!.official).toBe(false)
    await tell('2', [pause()], feed)
    expect((await store.proposals.open(workspaceId, 10))[0]!.sources).toHaveLength(1)
    await store.proposals.rule({ ...ruling(elsewhere.id, seen!.id), verdict: 'rejected', change: pause() }, NOON)
    expect(await store.proposals.open(workspaceId, 10)).toHaveLength(1)
  })

  test('waits to be looked at, unless only first readings told it; an article that comes meanwhile makes it wait again', async () => {
    const { store, tell } = await opened()
    await tell('1', [pause()], undefined, true)
    expect(await store.proposals.waiting(10)).toEqual([])
    await tell('2', [pause()])
    const [first] = await store.proposals.waiting(10)
    await store.articles.ingest(1, { ...article('3'), changes: [pause()] }, { ...live, now: at(1) })
    await store.proposals.looked(first!)
    const again = await store.proposals.waiting(10)
    expect(again).toHaveLength(1)
    await store.proposals.looked(again[0]!)
    expect(await store.proposals.waiting(10)).toEqual([])
  })

  test('who may confirm is the workspace’s to say', async () => {
    const { store, workspaceId } = await opened()
    expect(await store.proposals.confirms(workspaceId)).toBe('people')
    await store.proposals.setConfirms(workspaceId, 'two')
    expect(await store.proposals.confirms(workspaceId)).toBe('two')
    expect(await store.proposals.listeners()).toEqual([{ workspaceId, confirms: 'two', subscriptions: [] }])
  })
})

eachDatabase('reminders', (database) => {
  test('of two processes one gets a due time through, and nothing is owed twice', async () => {
    const [one, two] = [await database.open(), await database.open()]
    const channelId = await addChannel(one)
    const asked = { channelId, jurisdiction: 'US/*', company: null, zone: 'UTC', toldUntil: '2026-03-01', nextAt: NOON }
    const by = { createdBy: 'u1', createdByName: 'Ada' }
    expect(await one.reminders.add({ ...asked, ...by }, NOON)).toBe(true)
    expect(await one.reminders.add({ ...asked, ...by }, NOON)).toBe(false)
    const [due] = await one.reminders.due(NOON, 10)
    const messages = [{ subject: 'reminder:x:30', message: { parts: [] } }]
    const next = { toldUntil: '2026-03-02', nextAt: at(24 * 60) }
    const done = await Promise.all([one, two].map((store) => store.reminders.complete(due!, next, messages, NOON)))
    expect(done.toSorted()).toEqual([false, true])
    expect(await one.reminders.due(at(60), 10)).toEqual([])
    const [later] = await one.reminders.due(at(24 * 60), 10)
    expect(later).toMatchObject({ toldUntil: '2026-03-02', jurisdiction: 'US/*', company: null })
    await one.reminders.complete(later!, { ...next, nextAt: at(48 * 60) }, messages, at(24 * 60))
    expect(await database.sql(`select subject from delivery`)).toEqual([{ subject: 'reminder:x:30' }])
    expect(await one.reminders.end(channelId, 'all', NOON)).toBe(1)
    expect(await one.reminders.list(channelId)).toEqual([])
  })
})
