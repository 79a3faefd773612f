import { createServer } from 'node:net'
import { expect, test } from '@jest/globals'
import { explainConnection, explainDirectory } from '../../src/store/errors.js'
import { openStore } from '../../src/store/open.js'
import { eachDatabase, onPostgres, quietLogger } from '../fakes/databases.js'
import { runSql } from '../fakes/postgres-server.js'

const SECRET = 'hunter2'
const open = (databaseUrl: string) => openStore({ databaseUrl, dataDir: '/nowhere', logger: quietLogger })

async function messageFrom(databaseUrl: string): Promise<string> {
  const error = await open(databaseUrl).then(
    () => null,
    (reason: Error) => reason
  )
  expect(error).toMatchObject({ name: 'StoreError' })
  expect(JSON.stringify([error, error!.message, error!.stack])).not.toContain(SECRET)
  return error!.message
}

test('nothing listens at DATABASE_URL', async () => {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  await new Promise((done) => server.close(done))
  const message = await messageFrom(`postgresql://me:${SECRET}@127.0.0.1:${port}/laws`)
  expect(message).toContain(`PostgreSQL at 127.0.0.1:${port}, database "laws": nothing listens there`)
})

test('something else listens at DATABASE_URL', async () => {
  const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n', () => socket.destroy()))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  expect(await messageFrom(`postgresql://me:${SECRET}@127.0.0.1:${port}/laws`)).toContain(
    'Cannot use PostgreSQL at 127.0.0.1'
  )
  await new Promise((done) => server.close(done))
})

test('DATABASE_URL is no address', async () => {
  expect(await messageFrom(`postgresql://me:${SECRET}@local host:x/y`)).toMatch(/DATABASE_URL/)
})

test.each([
  ['ENOTFOUND', 'cannot be resolved'],
  ['ETIMEDOUT', 'does not answer'],
  ['28P01', 'refuses user "me"'],
  ['53300', 'takes no more connections'],
  ['57P03', 'starting or stopping'],
  ['42501', 'may not create tables']
])('%s is told in words', (code, words) => {
  const address = { host: 'h', port: 1, database: 'd', user: 'me' }
  expect(explainConnection(Object.assign(new Error('x'), { code }), address).message).toContain(words)
})

test.each([
  ['EACCES', 'cannot be written'],
  ['EROFS', 'read-only file system'],
  ['ENOSPC', 'full disk'],
  ['EOPNOTSUPP', 'without unix sockets'],
  ['EMFILE', 'cannot be used']
])('a data directory with %s is told in words', (code, words) => {
  const { message } = explainDirectory(Object.assign(new Error('x'), { code }), '/data')
  expect(message).toContain(words)
  expect(message).toContain('/data')
})

onPostgres('DATABASE_URL', (database) => {
  test('there is no such database', async () => {
    const url = database.location().databaseUrl!.replace(/postgres$/, 'missing')
    expect(await messageFrom(url)).toContain('there is no such database. Create it (createdb missing)')
  })

  test('a database that cannot hold every language is refused', async () => {
    const url = database.location().databaseUrl!
    await runSql(url, `create database narrow encoding 'LATIN1' locale 'C' template template0`)
    expect(await messageFrom(url.replace(/postgres$/, 'narrow'))).toContain('encoding UTF8')
  })

  test('a server that restarts costs the statements of that moment, not the process', async () => {
    const store = await database.open()
    await store.settings.set('a', 'b')
    await database.sql(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'facelaw'`)
    let value: string | null = null
    while (value === null) value = await store.settings.get('a').catch(() => null)
    expect(value).toBe('b')
  })
})

eachDatabase('transactions', (database) => {
  test('many at once on a small pool all end', async () => {
    const store = await database.open()
    const ref = (i: number) => ({
      platform: 'discord' as const,
      workspace: { id: 'g', name: 'g' },
      channel: { id: `${i}`, name: `${i}` }
    })
    const places = await Promise.all(Array.from({ length: 40 }, (_, i) => store.channels.ensure(ref(i), new Date())))
    expect(new Set(places.map(({ channel }) => channel.id)).size).toBe(40)
    expect(new Set(places.map(({ workspace }) => workspace.id)).size).toBe(1)
  })
})
