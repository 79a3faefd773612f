import { describe, expect, test } from '@jest/globals'
import type { Engine } from '../../chaos/database.js'
import { planFaults } from '../../chaos/faults.js'
import { Random } from '../../chaos/random.js'
import { faultsOf } from '../../chaos/verdict.js'
import { World } from '../../chaos/world.js'
import { postgresBinaries } from '../fakes/postgres-server.js'

/** Long enough for some kills; the long form is `npm run chaos`. */
const SECONDS = 10
const PATIENCE_MS = 300_000

function firstFaults(seed: number) {
  const plan = planFaults(new Random(seed))
  return Array.from({ length: 200 }, () => {
    const { fault, random, pauseMs } = plan.next().value!
    return [fault.name, random.next(), pauseMs]
  })
}

/** What went wrong in a short run; the seed is printed by the name of the test. */
async function faultsOfShortRun(engine: Engine, processes: number, seed: number): Promise<string[]> {
  const world = await World.open({ engine, processes, seed, without: null, log: () => {} })
  try {
    const outcome = await world.run(SECONDS)
    expect(outcome.verdict.owed).toBeGreaterThan(10)
    // Lateness is a matter of the machine's load: `npm run chaos` judges it.
    return [...faultsOf({ ...outcome.verdict, late: [] }), ...outcome.misbehaviour]
  } finally {
    await world.close()
  }
}

describe('the fault machine', () => {
  test('does the same to the same seed, and other things to another', () => {
    expect(firstFaults(7)).toEqual(firstFaults(7))
    expect(firstFaults(7)).not.toEqual(firstFaults(8))
  })

  test(
    'several processes, killed at any moment on failing feeds and platforms, lose nothing and tell nothing twice',
    async () => {
      const worlds = [faultsOfShortRun('pglite', 1, 22)]
      if (await postgresBinaries()) worlds.push(faultsOfShortRun('postgresql', 2, 21))
      expect((await Promise.all(worlds)).flat()).toEqual([])
    },
    PATIENCE_MS
  )
})
