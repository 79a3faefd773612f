import { expect, test } from '@jest/globals'
import { LongDocuments } from '../../src/ingest/long-documents.js'

const KB = 1024

/** Lets everything run that waits for nothing more. */
function settled(): Promise<void> {
  return new Promise((done) => setImmediate(done))
}

function enterAll(documents: LongDocuments, kilobytes: number[]) {
  const inside: number[] = []
  const leaves = kilobytes.map((size, index) =>
    documents.enter(size * KB).then((leave) => {
      inside.push(index)
      return leave
    })
  )
  return { inside, leave: async (index: number) => (await leaves[index]!)() }
}

test('a megabyte of long documents is in hand at once, first come first served', async () => {
  const { inside, leave } = enterAll(new LongDocuments(), [400, 400, 400, 100])
  await settled()
  expect(inside).toEqual([0, 1])
  await leave(1)
  await settled()
  expect(inside).toEqual([0, 1, 2, 3])
})

test('one that is longer than all the room goes in alone', async () => {
  const { inside, leave } = enterAll(new LongDocuments(), [100, 10_000, 100])
  await settled()
  expect(inside).toEqual([0])
  await leave(0)
  await settled()
  expect(inside).toEqual([0, 1])
  await leave(1)
  await settled()
  expect(inside).toEqual([0, 1, 2])
})

test('a short one never waits', async () => {
  const { inside } = enterAll(new LongDocuments(), [10_000, 10_000, 60])
  await settled()
  expect(inside.sort()).toEqual([0, 2])
})
