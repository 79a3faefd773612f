import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { faultsIn, type Goal, type Outcome, runCourse } from './course.js'
import type { Safety } from './preload.js'
import { World, type WorldOptions } from './world.js'

const USAGE = `usage: npm run chaos -- [--minutes N | --kills N] [--seed S] [--engine postgresql|pglite|both] [--processes N]
                        [--without nonce|lease|transaction] [--quiet]

Runs real processes of Facelaw against feeds and platforms that fail, kills them, and compares what was owed with what
was received. Exit code 0: nothing lost, nothing twice, in order, in time, every question answered once.

  --minutes N     how long things go wrong (default 1)
  --kills N       things go wrong, faster, until so many processes were killed
  --seed S        the same seed, the same faults in the same order (default: a new one, printed)
  --engine E      both (default): several processes on a PostgreSQL, and one on PGlite, side by side
  --processes N   processes on the PostgreSQL (default 3)
  --without X     takes a safety away: then the machine must find faults
  --quiet         prints no faults as they come`

const SAFETIES: readonly string[] = ['nonce', 'lease', 'transaction']

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '1' },
      kills: { type: 'string' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      engine: { type: 'string', default: 'both' },
      processes: { type: 'string', default: '3' },
      without: { type: 'string' },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  const minutes = Number(values.minutes)
  const kills = Number(values.kills ?? 1)
  const seed = Number(values.seed)
  const processes = Number(values.processes)
  const known = ['postgresql', 'pglite', 'both'].includes(values.engine)
  const wrong = !(minutes > 0) || !(kills >= 1) || !Number.isInteger(seed) || !(processes >= 1) || !known
  if (values.help || wrong || (values.without !== undefined && !SAFETIES.includes(values.without))) {
    console.error(USAGE)
    return values.help ? 0 : 2
  }
  const goal: Goal = values.kills === undefined ? { seconds: minutes * 60 } : { kills }
  const howLong = values.kills === undefined ? `${minutes} minutes` : `${kills} kills`
  console.log(`seed ${seed}, ${howLong}${values.without ? `, without the ${values.without}` : ''}`)
  const log = values.quiet ? () => {} : (line: string) => console.log(line)
  const shared = { without: (values.without as Safety | undefined) ?? null, log }
  const worlds: WorldOptions[] = [
    { engine: 'postgresql', processes, seed, ...shared },
    { engine: 'pglite', processes: 1, seed: seed + 1000, ...shared }
  ]
  const chosen = worlds.filter(({ engine }) => values.engine === 'both' || values.engine === engine)
  const results = await Promise.all(chosen.map((options) => runWorld(options, goal)))
  return results.every((good) => good) ? 0 : 1
}

async function runWorld(options: WorldOptions, goal: Goal): Promise<boolean> {
  const world = await World.open(options)
  try {
    const outcome = await runCourse(world, goal)
    const faults = faultsIn(outcome)
    console.log(report(options, outcome))
    for (const fault of faults) console.log(`  ${fault}`)
    if (faults.length > 0) printLastWords(world)
    return faults.length === 0
  } catch (error) {
    printLastWords(world)
    throw error
  } finally {
    await world.close()
  }
}

function printLastWords({ workers }: World): void {
  for (const worker of workers) console.log(`${worker.name} said last:\n${worker.tail()}`)
}

function report({ engine, processes }: WorldOptions, outcome: Outcome): string {
  const { verdict, asked, unanswered, answeredTwice, misbehaviour } = outcome
  const { owed, received, lost, twice, outOfOrder, late, stray, storedTwice } = verdict
  const delays = outcome.besideTheSick
  const seconds = (index: number) => (delays.at(index) ?? Number.NaN).toFixed(1)
  return [
    `${engine}, ${processes} ${processes === 1 ? 'process' : 'processes'}: ${outcome.faults} faults, ${outcome.kills} kills, ${outcome.published} articles, ${asked} questions`,
    `  owed ${owed}, received ${received}; settled ${outcome.settledSeconds} s after the last fault; beside the sick, told after ${seconds(delays.length >> 1)} s (median), ${seconds(-1)} s (longest)`,
    `  memory ${outcome.memory.join(', ')} MiB; load of the machine ${loadavg()[0]!.toFixed(1)}`,
    `  lost ${lost.length}, twice ${twice.length}, out of order ${outOfOrder.length}, late ${late.length}, stray ${stray.length}, stored twice ${storedTwice.length}, not answered ${unanswered.length}, answered twice ${answeredTwice.length}, misbehaved ${misbehaviour.length}`
  ].join('\n')
}

// Whoever ends the machine early is left with no process of it: what it started is ended on exit.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
process.exit(await main())
