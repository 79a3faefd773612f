import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import pg from 'pg'
import { textMessage } from '../../src/chat/message.js'
import { openStore } from '../../src/store/open.js'
import type { Store } from '../../src/store/store.js'
import { onPostgres, quietLogger } from '../fakes/databases.js'
import { outcomes } from '../fakes/outcomes.js'
import { runSql } from '../fakes/postgres-server.js'

/** Takes the locks that an outbox at work needs, and changes what it works on. */
const ADDITIVE = `
  alter table channel add column test_mood text not null default 'calm';
  create table test_note (delivery_id bigint references delivery (id), words text not null);
  alter table delivery add column test_weight integer not null default 1;
  update delivery set test_weight = 2;
  insert into test_note select id, 'seen' from delivery;
  create index test_weights on delivery (test_weight)`
const FAILING = `${ADDITIVE}; insert into test_note values (0, null)`

/** A program at work on the outbox, for as long as nobody stops it. */
class Traffic {
  rounds = 0
  private stopping = false
  private readonly working: Promise<void>

  constructor(
    private readonly store: Store,
    private readonly name: string
  ) {
    this.working = this.work()
  }

  /** Rejects with what went wrong meanwhile. */
  async stop(): Promise<void> {
    this.stopping = true
    await this.working
  }

  private async work(): Promise<void> {
    const { channels, deliveries } = this.store
    const place = { workspace: { id: 'T1', name: 'Team' }, channel: { id: this.name, name: this.name } }
    const { channel } = await channels.ensure({ platform: 'slack', ...place }, new Date())
    for (; !this.stopping; this.rounds++) {
      const now = new Date()
      const subject = `notice:${this.rounds}`
      await deliveries.owe({ channelId: channel.id, subject, kind: 'notice', message: textMessage('Hello.') }, now)
      await sendSome(this.store, this.name)
    }
  }
}

/** Returns how many it sent, of whichever channel. */
async function sendSome({ deliveries }: Store, owner: string): Promise<number> {
  const now = new Date()
  const ref = { workspaceId: 'T1', channelId: 'C1', messageId: '1' }
  const claimed = await deliveries.claim({ platforms: ['slack'], owner, limit: 5, leaseSeconds: 25, now })
  for (const { delivery } of claimed) await outcomes(deliveries).done(delivery.id, owner, ref, now)
  return claimed.length
}

interface End {
  /** Statements that it began to send. */
  statements: number
  code: number | null
  errors: string
}

/** A newer version starts; killed when it is about to send its statement of that number. */
async function startNewer(url: string, sql: string, killAt = Number.POSITIVE_INFINITY): Promise<End> {
  const script = fileURLToPath(new URL('migrator.mjs', import.meta.url))
  const child: ChildProcess = spawn(process.execPath, [script, url, sql], { stdio: ['ignore', 'pipe', 'pipe'] })
  let statements = 0
  let errors = ''
  createInterface({ input: child.stdout! }).on('line', () => {
    statements++
    if (statements === killAt) child.kill('SIGKILL')
  })
  child.stderr!.on('data', (text) => {
    errors += text
  })
  const [code] = await once(child, 'close')
  return { statements, code, errors }
}

async function ask<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows as Row[]
  } finally {
    await client.end()
  }
}

/** All that a migration could change: columns, indexes, and which migrations were applied. */
async function shapeOf(url: string): Promise<unknown> {
  const columns = `select table_name, column_name, data_type, column_default from information_schema.columns
    where table_schema = 'public' order by 1, 2`
  const indexes = `select indexdef from pg_indexes where schemaname = 'public' order by 1`
  return [await ask(url, columns), await ask(url, indexes), await ask(url, 'select number from migration order by 1')]
}

async function expectEachSentOnce(url: string, store: Store): Promise<void> {
  while ((await sendSome(store, 'last')) > 0);
  const found = await ask(url, `select state, attempts, count(*)::int from delivery group by 1, 2`)
  expect(found).toEqual([{ state: 'sent', attempts: 1, count: expect.any(Number) }])
}

onPostgres('a store at work', (database) => {
  async function emptyDatabase(name: string): Promise<{ url: string; open(): Promise<Store> }> {
    const { databaseUrl } = database.location()
    await runSql(databaseUrl!, `create database ${name}`)
    const url = databaseUrl!.replace(/[^/]*$/, name)
    return { url, open: () => openStore({ databaseUrl: url, dataDir: '/nowhere', logger: quietLogger }) }
  }

  test('is migrated by a newer version, killed at each of its statements, and goes on beside it', async () => {
    const { url, open } = await emptyDatabase('beside')
    const older = await open()
    const traffic = new Traffic(older, 'older')
    let kills = 0
    for (let ended = false; !ended; kills++) {
      const { code } = await startNewer(url, ADDITIVE, kills + 1)
      ended = code === 0
    }
    // Connecting, looking what there is, and the migration itself have at least so many.
    expect(kills).toBeGreaterThan(5)
    const newer = await open()
    const beside = new Traffic(newer, 'newer')
    const rounds = traffic.rounds
    while (traffic.rounds < rounds + 20 || beside.rounds < 20) await new Promise((resolve) => setImmediate(resolve))
    await Promise.all([traffic.stop(), beside.stop()])
    expect(await ask(url, 'select max(number) - count(*) as gaps from migration')).toEqual([{ gaps: '0' }])
    expect(await ask(url, `select count(*)::int as known from test_note having count(*) > 0`)).toHaveLength(1)
    await expectEachSentOnce(url, older)
    await Promise.all([older.close(), newer.close()])
  })

  test('is as it was after a migration that fails, however often, while the older version works on', async () => {
    const { url, open } = await emptyDatabase('failing')
    const older = await open()
    const before = await shapeOf(url)
    const traffic = new Traffic(older, 'older')
    for (let tries = 0; tries < 3; tries++) {
      const { code, errors } = await startNewer(url, FAILING)
      expect(code).toBe(1)
      expect(errors).toMatch(/of-a-newer-version\) failed: .*null value.*The store is as it was before/s)
      expect(await shapeOf(url)).toEqual(before)
    }
    const rounds = traffic.rounds
    while (traffic.rounds < rounds + 20) await new Promise((resolve) => setImmediate(resolve))
    await traffic.stop()
    await expectEachSentOnce(url, older)
    await older.close()
  })
})
