import { parseArgs } from 'node:util'
import type { Safety } from './preload.js'
import { faultsOf } from './verdict.js'
import { type Outcome, World, type WorldOptions } from './world.js'

const USAGE = `usage: npm run chaos -- [--minutes N] [--seed S] [--engine postgresql|pglite|both] [--processes N]
                        [--without nonce|lease|transaction] [--quiet]

Runs real processes of Facelaw against feeds and platforms that fail, kills them, and compares what was owed with what
was received. Exit code 0: nothing lost, nothing twice, in order, in time.

  --minutes N     how long things go wrong (default 1)
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
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      engine: { type: 'string', default: 'both' },
      processes: { type: 'string', default: '3' },
      without: { type: 'string' },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  const minutes = Number(values.minutes)
  const seed = Number(values.seed)
  const processes = Number(values.processes)
  const known = ['postgresql', 'pglite', 'both'].includes(values.engine)
  const wrong = !(minutes > 0) || !Number.isInteger(seed) || !(processes >= 1) || !known
  if (values.help || wrong || (values.without !== undefined && !SAFETIES.includes(values.without))) {
    console.error(USAGE)
    return values.help ? 0 : 2
  }
  console.log(`seed ${seed}, ${minutes} minutes${values.without ? `, without the ${values.without}` : ''}`)
  const log = values.quiet ? () => {} : (line: string) => console.log(line)
  const shared = { without: (values.without as Safety | undefined) ?? null, log }
  const worlds: WorldOptions[] = [
    { engine: 'postgresql', processes, seed, ...shared },
    { engine: 'pglite', processes: 1, seed: seed + 1000, ...shared }
  ]
  const chosen = worlds.filter(({ engine }) => values.engine === 'both' || values.engine === engine)
  const results = await Promise.all(chosen.map((options) => runWorld(options, minutes * 60)))
  return results.every((good) => good) ? 0 : 1
}

async function runWorld(options: WorldOptions, seconds: number): Promise<boolean> {
  const world = await World.open(options)
  try {
    const outcome = await world.run(seconds)
    const faults = [...faultsOf(outcome.verdict), ...outcome.misbehaviour]
    console.log(report(options, outcome))
    for (const fault of faults) console.log(`  ${fault}`)
    if (faults.length > 0)
      for (const worker of world.workers) console.log(`${worker.name} said last:\n${worker.tail()}`)
    return faults.length === 0
  } finally {
    await world.close()
  }
}

function report({ engine, processes }: WorldOptions, outcome: Outcome): string {
  const { verdict, faults, kills, published, memory, settledSeconds, misbehaviour } = outcome
  const { owed, received, lost, twice, outOfOrder, late, stray, storedTwice } = verdict
  return [
    `${engine}, ${processes} ${processes === 1 ? 'process' : 'processes'}: ${faults} faults, ${kills} kills, ${published} articles`,
    `  owed ${owed}, received ${received}; settled ${settledSeconds} s after the last fault; memory ${memory.join(', ')} MiB`,
    `  lost ${lost.length}, twice ${twice.length}, out of order ${outOfOrder.length}, late ${late.length}, stray ${stray.length}, stored twice ${storedTwice.length}, misbehaved ${misbehaviour.length}`
  ].join('\n')
}

process.exit(await main())
