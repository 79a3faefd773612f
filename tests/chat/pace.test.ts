import { expect, test } from '@jest/globals'
import { Pace } from '../../src/chat/pace.js'

/** When each of so many requests passed, in milliseconds. */
async function passed(pace: Pace, count: number): Promise<number[]> {
  const times: number[] = []
  await Promise.all(
    Array.from({ length: count }, async () => {
      await pace.turn()
      times.push(performance.now())
    })
  )
  return times
}

/** The greatest number of requests in any second. */
function mostInASecond(times: number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length))
}

test('never lets more pass in any second, wherever the second begins', async () => {
  const times = await passed(new Pace(40), 100)
  // The clock is read after the turn: two readings may lie a hair nearer than the turns did.
  expect(mostInASecond(times)).toBeLessThanOrEqual(41)
})

test('a thread that was held up catches up with no burst', async () => {
  const pace = new Pace(40)
  const early = passed(pace, 20)
  await early
  const until = performance.now() + 300
  while (performance.now() < until);
  const late = await passed(pace, 30)
  expect(mostInASecond([...(await early), ...late])).toBeLessThanOrEqual(41)
})

test('without a limit nobody waits, and turns keep their order', async () => {
  const order: number[] = []
  const pace = new Pace(Number.POSITIVE_INFINITY)
  await Promise.all([1, 2, 3].map((one) => pace.turn().then(() => order.push(one))))
  expect(order).toEqual([1, 2, 3])
})
