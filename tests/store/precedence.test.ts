import { expect, test } from '@jest/globals'
import type { Database } from '../../src/store/database.js'
import { withPrecedence } from '../../src/store/pglite/precedence.js'

/** A database that writes down what it is asked, and answers when it is told to. */
function slowDatabase() {
  const asked: string[] = []
  const answers: (() => void)[] = []
  const answer = (what: string) => {
    asked.push(what)
    return new Promise<never[]>((done) => answers.push(() => done([])))
  }
  const database: Database = {
    query: async <Row>(sql: string) => (await answer(sql)) as Row[],
    transaction: async (work) => await work(async <Row>(sql: string) => (await answer(sql)) as Row[]),
    close: async () => {}
  }
  return { database, asked, answerNext: () => answers.shift()!() }
}

/** Waits until so much was asked. */
async function until(asked: readonly string[], count: number): Promise<void> {
  while (asked.length < count) await new Promise((done) => setImmediate(done))
}

test('work is asked one by one, in order', async () => {
  const { database, asked, answerNext } = slowDatabase()
  const { work } = withPrecedence(database)
  const all = Promise.all(['one', 'two', 'three'].map((sql) => work.query(sql)))
  for (const count of [1, 2, 3]) {
    await until(asked, count)
    expect(asked).toHaveLength(count)
    answerNext()
  }
  await all
  expect(asked).toEqual(['one', 'two', 'three'])
})

test('a person is asked at once, and goes before all work that has not begun, with every statement of the command', async () => {
  const { database, asked, answerNext } = slowDatabase()
  const { people, work } = withPrecedence(database)
  const poll = work.transaction(async (query) => {
    await query('poll')
  })
  const alerts = [work.query('alert 1'), work.query('alert 2')]
  async function command(): Promise<void> {
    await people.query('who asks')
    await people.query('what is asked')
  }
  await until(asked, 1)
  const answered = command()
  await until(asked, 2)
  answerNext()
  await poll
  answerNext()
  await until(asked, 3)
  answerNext()
  await answered
  expect(asked).toEqual(['poll', 'who asks', 'what is asked'])
  await until(asked, 4)
  answerNext()
  await until(asked, 5)
  answerNext()
  await Promise.all(alerts)
  expect(asked.slice(3)).toEqual(['alert 1', 'alert 2'])
})

test('people who never stop asking do not stop the work', async () => {
  const { database, asked, answerNext } = slowDatabase()
  const { people, work } = withPrecedence(database)
  const endless = people.query('endless')
  const alert = work.query('alert')
  await until(asked, 2)
  expect(asked).toEqual(['endless', 'alert'])
  answerNext()
  answerNext()
  await Promise.all([endless, alert])
})

test('what fails leaves the way free', async () => {
  const { database } = slowDatabase()
  const broken = { ...database, query: () => Promise.reject(new Error('lost')) }
  const { people, work } = withPrecedence(broken)
  await expect(people.query('a')).rejects.toThrow('lost')
  await expect(work.query('b')).rejects.toThrow('lost')
  expect(await work.transaction(async () => 'done')).toBe('done')
})
