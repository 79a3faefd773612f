import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { bCubed } from '../../scripts/stories/b-cubed.js'
import { type Labelled, readLabelled } from '../../scripts/stories/labelled.js'
import { disturb } from '../../scripts/stories/noise.js'
import { packageRoot } from '../../src/package-root.js'
import { groupSigned } from '../../src/stories/cluster.js'
import { loadStoryWeights } from '../../src/stories/weights.js'

const labelled = join(packageRoot, '..', 'shared', 'eval', 'dev.jsonl')
const present = existsSync(labelled)
if (!present) console.log(`${labelled} is absent: the figures on it are not checked.`)

function measure(items: Labelled[]) {
  const relevant = items.filter(({ item }) => item.relevant)
  const groups = groupSigned(
    relevant.map(({ signature }) => signature),
    loadStoryWeights()
  )
  const guess: string[] = []
  for (const [number, group] of groups.entries()) for (const at of group) guess[at] = String(number)
  return bCubed(
    relevant.map(({ event }) => event),
    guess
  )
}

/* The weights have seen these items: a guard against breaking something. What to expect of unseen items is printed by
   scripts/learn-stories.ts, by cross-validation. */
const check = present ? test : test.skip

check('B-cubed on the labelled items, with right tags', () => {
  const { precision, f1 } = measure(readLabelled('dev', [labelled]))
  expect(precision).toBeGreaterThan(0.9)
  expect(f1).toBeGreaterThan(0.9)
})

check('B-cubed on the labelled items, with the faults of a tagger', () => {
  const { precision, f1 } = measure(disturb(readLabelled('dev', [labelled]), 11, 0))
  expect(precision).toBeGreaterThan(0.9)
  expect(f1).toBeGreaterThan(0.84)
})
