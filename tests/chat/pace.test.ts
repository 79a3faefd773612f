import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { Pace } from '../../src/chat/pace.js'

/** When a server that each request needs so many milliseconds to reach counted so many of them. */
async function counted(pace: Pace, count: number, way: (number: number) => number): Promise<number[]> {
  const times: number[] = []
  await Promise.all(
    Array.from({ length: count }, (_, number) =>
      pace.pass(async () => {
        if (way(number) > 0) await sleep(way(number))
        times.push(performance.now())
      })
    )
  )
  return times.sort((a, b) => a - b)
}

/** The greatest number of requests in any second. */
function mostInASecond(times: number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length))
}

test('never lets more pass in any second, wherever the second begins', async () => {
  const times = await counted(new Pace(40), 100, () => 0)
  expect(mostInASecond(times)).toBeLessThanOrEqual(40)
})

test('requests that lay on their way do not come upon those behind them', async () => {
  // A fifth of a second in which all stand still, twice: they arrive together, in the second of the next ones.
  const stands = (number: number) => number % 45 > 30
  const times = await counted(new Pace(40), 120, (number) => (stands(number) ? 15 * (45 - (number % 45)) : 0))
  expect(mostInASecond(times)).toBeLessThanOrEqual(40)
})

test('a thread that was held up catches up with no burst', async () => {
  const pace = new Pace(40)
  const early = await counted(pace, 20, () => 0)
  const until = performance.now() + 300
  while (performance.now() < until);
  const late = await counted(pace, 30, () => 0)
  expect(mostInASecond([...early, ...late])).toBeLessThanOrEqual(40)
})

test('a request that is never answered, or fails, holds up none', async () => {
  const pace = new Pace(5)
  void pace.pass(() => new Promise(() => {}))
  await expect(pace.pass(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
  expect(await counted(pace, 10, () => 0)).toHaveLength(10)
})

test('without a limit nobody waits, and turns keep their order', async () => {
  const order: number[] = []
  const pace = new Pace(Number.POSITIVE_INFINITY)
  await Promise.all([1, 2, 3].map((one) => pace.pass(async () => order.push(one))))
  expect(order).toEqual([1, 2, 3])
})
