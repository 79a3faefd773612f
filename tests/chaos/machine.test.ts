import { describe, expect, test } from '@jest/globals'
import { faultsIn, runCourse } from '../../chaos/course.js'
import type { Engine } from '../../chaos/database.js'
import { SUDDEN_KILLS } from '../../chaos/faults/kills.js'
import { FAULTS, MOSTLY_KILLS, planFaults } from '../../chaos/faults/plan.js'
import { Random } from '../../chaos/random.js'
import { World } from '../../chaos/world.js'
import { postgresBinaries } from '../fakes/postgres-server.js'

/** Long enough for some kills; the long form is `npm run chaos`. */
const SECONDS = 10

function firstFaults(seed: number) {
  const plan = planFaults(new Random(seed))
  return Array.from({ length: 200 }, () => {
    const { fault, random, pauseMs } = plan.next().value!
    return { name: fault.name, drawn: random.next(), pauseMs }
  })
}

/** What went wrong in a short run; the seed is printed by the name of the test. */
async function faultsOfShortRun(engine: Engine, processes: number, seed: number): Promise<string[]> {
  const world = await World.open({ engine, processes, seed, without: null, log: () => {} })
  try {
    const outcome = await runCourse(world, { seconds: SECONDS })
    expect(outcome.verdict.owed).toBeGreaterThan(10)
    // Lateness is a matter of the machine's load: `npm run chaos` judges it.
    return faultsIn({ ...outcome, verdict: { ...outcome.verdict, late: [] } })
  } finally {
    await world.close()
  }
}

describe('the fault machine', () => {
  test('does the same to the same seed, and other things to another', () => {
    expect(firstFaults(7)).toEqual(firstFaults(7))
    expect(firstFaults(7)).not.toEqual(firstFaults(8))
  })

  test('leaves out no fault, and opens with those that show a missing safety', () => {
    const names = firstFaults(9).map(({ name }) => name)
    expect(new Set(names).size).toBe(FAULTS.length)
    const sharp = FAULTS.filter((fault) => fault.sharp)
    expect(names.slice(0, sharp.length).sort()).toEqual(sharp.map(({ name }) => name).sort())
  })

  test('where kills are the goal, most faults are quick kills, and none is left out', () => {
    const plan = planFaults(new Random(9), MOSTLY_KILLS)
    const names = Array.from({ length: 300 }, () => plan.next().value!.fault.name)
    const quick = SUDDEN_KILLS.map(({ name }) => name)
    expect(new Set(names).size).toBe(FAULTS.length)
    expect(names.filter((name) => quick.includes(name)).length).toBeGreaterThan(names.length / 2)
  })

  test('several processes, killed at any moment on failing feeds and platforms, lose nothing and tell nothing twice', async () => {
    const worlds = [faultsOfShortRun('pglite', 1, 22)]
    if (await postgresBinaries()) worlds.push(faultsOfShortRun('postgresql', 2, 21))
    expect((await Promise.all(worlds)).flat()).toEqual([])
  })
})
