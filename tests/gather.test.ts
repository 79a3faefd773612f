import { expect, test } from '@jest/globals'
import { Gatherer } from '../src/gather.js'

/** Writes that end when they are told to. */
function heldWrites() {
  const groups: number[][] = []
  const ends: { done: () => void; fail: (error: Error) => void }[] = []
  const write = (items: number[]) => {
    groups.push(items)
    return new Promise<number[]>((done, fail) => {
      ends.push({ done: () => done(items), fail })
    })
  }
  return { groups, ends, write }
}

test('the first goes at once and alone; what comes meanwhile goes together, no more at once than allowed', async () => {
  const { groups, ends, write } = heldWrites()
  const gatherer = new Gatherer({ write, mostAtOnce: 3 })
  const written = [1, 2, 3, 4, 5].map((item) => gatherer.add(item))
  expect(groups).toEqual([[1]])
  ends[0]!.done()
  await written[0]
  expect(groups).toEqual([[1], [2, 3, 4]])
  ends[1]!.done()
  await Promise.all(written.slice(1, 4))
  expect(groups).toEqual([[1], [2, 3, 4], [5]])
  ends[2]!.done()
  await written[4]
})

test('a group that fails fails for all in it, and for nobody else', async () => {
  const { ends, write } = heldWrites()
  const gatherer = new Gatherer({ write, mostAtOnce: 10 })
  const [one, two, three] = [gatherer.add(1), gatherer.add(2), gatherer.add(3)]
  ends[0]!.done()
  await one
  const failures = Promise.allSettled([two, three])
  ends[1]!.fail(new Error('store away'))
  expect((await failures).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const four = gatherer.add(4)
  ends[2]!.done()
  expect(await four).toBe(4)
})

test('where a failure may lie in one item, each is written alone, and only that one fails', async () => {
  const groups: number[][] = []
  const gatherer = new Gatherer<number, number>({
    async write(items) {
      groups.push(items)
      if (items.includes(3)) throw new Error('3 is refused')
      return items.map((item) => item * 10)
    },
    mostAtOnce: 10,
    mayLieInOne: (error) => (error as Error).message.includes('refused')
  })
  const written = await Promise.allSettled([1, 2, 3, 4].map((item) => gatherer.add(item)))
  expect(groups).toEqual([[1], [2, 3, 4], [2], [3], [4]])
  expect(written.map((one) => (one.status === 'fulfilled' ? one.value : 'failed'))).toEqual([10, 20, 'failed', 40])
})
