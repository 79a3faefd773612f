import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { openStore } from '../../src/store/open.js'
import type { Store } from '../../src/store/store.js'
import { quietLogger } from '../fakes/databases.js'
import { copyEmptyPglite } from '../fakes/pglite-template.js'
import { type Child, startChild } from './child.js'
import { addChannel, addFeed, article, live, NOON } from './samples.js'

let dataDir: string
const stores: Store[] = []
const children: Child[] = []

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'facelaw-'))
  await copyEmptyPglite(dataDir)
})
afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.kill()))
  // Those who share before those who serve them.
  for (const store of stores.splice(0).reverse()) await store.close()
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

async function open(options: { share?: boolean; dataDir?: string } = {}): Promise<Store> {
  const store = await openStore({ dataDir, logger: quietLogger, ...options })
  stores.push(store)
  return store
}

function start(what: Parameters<typeof startChild>[0]): Child {
  const child = startChild(what, dataDir)
  children.push(child)
  return child
}

/** A connection past the store. */
async function connect(folder: string): Promise<pg.Client> {
  const name = (await readdir(folder)).find((file) => file.startsWith('.s.PGSQL.'))!
  const port = Number(name.split('.').at(-1))
  const client = new pg.Client({ host: folder, port, user: 'postgres', database: 'postgres' })
  client.on('error', () => {})
  await client.connect()
  return client
}

test('a second process is refused and told by whom, and may share when it asks to', async () => {
  const child = start('hold')
  expect(await child.nextLine()).toBe('open')
  await expect(open()).rejects.toThrow(`in use by the process ${child.pid}`)
  const store = await open({ share: true })
  await store.settings.set('shared', 'yes')
  expect(await store.settings.get('shared')).toBe('yes')
})

test('a killed process loses nothing that it was told is stored, and its place is taken at once', async () => {
  for (let round = 0; round < 3; round++) {
    const child = start('write')
    while (child.lines.length < 20 + 15 * round) await child.nextLine()
    await child.kill()
    const store = await open()
    expect(Number(await store.settings.get('last'))).toBeGreaterThanOrEqual(Number(child.lines.at(-1)))
    await store.close()
  }
})

test('a process killed amid an ingest leaves nothing of it: no article, no story, no reported change', async () => {
  const child = start('ingest')
  expect(await child.nextLine()).toBe('inside')
  await child.kill()
  const store = await open()
  const [feed] = await store.feeds.list(null)
  const identity = { item: {} as never, keys: ['guid:1'], sameIf: [['guid:1']] }
  expect(await store.articles.filterNew(feed!.id, [identity])).toHaveLength(1)
  expect((await store.stories.query({ limit: 1, offset: 0 })).total).toBe(0)
  expect(await store.proposals.waiting(10)).toEqual([])
  await store.close()

  // The article comes again with the next poll, and brings its change once.
  const again = start('ingest-whole')
  expect(await again.nextLine()).toBe('stored')
  await again.kill()
  const after = await open()
  expect(await after.articles.filterNew(feed!.id, [identity])).toEqual([])
  expect(await after.proposals.waiting(10)).toHaveLength(1)
})

test('what a killed process had still to owe to channels is owed at the next start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'facelaw-'))
  await copyEmptyPglite(folder)
  const before = await open({ dataDir: folder })
  const feed = await addFeed(before)
  const stored = await before.articles.ingest(feed, article('1'), live)
  const channels = [await addChannel(before, 'one'), await addChannel(before, 'two'), await addChannel(before, 'three')]
  const client = await connect(folder)
  await client.query('insert into fan_out (story_id, channel_ids, done, created_at) values ($1, $2, 1, $3)', [
    stored!.storyId,
    channels,
    NOON
  ])
  await client.end()
  await before.close()
  const after = await open({ dataDir: folder })
  const told = await Promise.all(channels.map((channel) => after.deliveries.ofStory(channel, stored!.storyId!)))
  expect(told.map((deliveries) => deliveries.map(({ state }) => state))).toEqual([[], ['owed'], ['owed']])
  await after.close()
  await rm(folder, { recursive: true, force: true })
})

test('one who shares and is cut off amid a transaction leaves nothing, and the rest goes on', async () => {
  const store = await open()
  const client = await connect(dataDir)
  await client.query('begin')
  await client.query(`insert into setting values ('half', 'done')`)
  const waiting = store.settings.get('half')
  ;(client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
  expect(await waiting).toBeNull()
})

test('statements longer than a packet never get each other’s parameters or rows', async () => {
  const [owner, sharer] = [await open(), await open({ share: true })]
  const big = 'y'.repeat(700_000)
  const work = async (store: Store, name: string) => {
    for (let i = 0; i < 5; i++) {
      await store.settings.set(name, `${name} ${i} ${big}`)
      expect((await store.settings.get(name))!.slice(0, 10)).toBe(`${name} ${i} ${big}`.slice(0, 10))
      expect(await store.stories.find(1000 + i)).toBeNull()
    }
  }
  const names = Array.from({ length: 8 }, (_, i) => `n${i}`)
  await Promise.all(names.map((name, i) => work(i % 2 ? owner : sharer, name)))
})

test('a path too long for sockets works, also shared', async () => {
  const deep = join(dataDir, 'x'.repeat(80), 'y'.repeat(80))
  await copyEmptyPglite(deep)
  const store = await open({ dataDir: deep })
  await store.settings.set('a', 'b')
  const beside = await open({ dataDir: deep, share: true })
  expect(await beside.settings.get('a')).toBe('b')
})

test('with nobody there, one who would share opens the database itself', async () => {
  const store = await open({ share: true })
  await store.settings.set('a', 'b')
  await store.close()
  expect(await (await open()).settings.get('a')).toBe('b')
})

test('an engine that panics (here: its log cannot be written) is started anew with all that it had', async () => {
  const store = await open()
  await store.settings.set('a', 'kept')
  const log = join(dataDir, 'pglite', 'pg_wal')
  await rename(log, `${log}-away`)
  const fill = async () => {
    for (let i = 0; i < 1000; i++) await store.settings.set('filler', randomBytes(1_000_000).toString('hex'))
  }
  await expect(fill()).rejects.toThrow()
  await rename(`${log}-away`, log)
  let kept: string | null = null
  while (kept === null) kept = await store.settings.get('a').catch(() => null)
  expect(kept).toBe('kept')
  await store.settings.set('a', 'again')
})

test('damaged files are an error that says what to do, and leave no lock', async () => {
  const file = join(dataDir, 'pglite', 'PG_VERSION')
  const right = await readFile(file)
  await writeFile(file, '9.6\n')
  await expect(open()).rejects.toThrow(/cannot be opened: .*restore them from a backup/s)
  await writeFile(file, right)
  await open()
})

test('a data directory below a file is an error that says what to do', async () => {
  await writeFile(join(dataDir, 'file'), '')
  await expect(open({ dataDir: join(dataDir, 'file', 'x') })).rejects.toThrow(
    /is a file, or lies below one.*FACELAW_DATA_DIR/
  )
})
