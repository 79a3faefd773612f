import { THRESHOLDS, type Threshold } from '../../src/stories/weights.js'
import type { BCubed } from './b-cubed.js'
import type { BatchName } from './labelled.js'

/** How well one batch was grouped, by cross-validation. */
export interface Judged extends BCubed {
  batch: BatchName
}

/** What came of one threshold. */
export interface Trial {
  threshold: number
  judged: readonly Judged[]
}

interface Choice {
  /** For which use the threshold is, in words. */
  use: string
  /** The batches that are like what the use meets; those that are missing are left out. */
  judges: readonly BatchName[]
  /** Precision that the mean of them must keep: joining unlike events is the worse fault. */
  precision: number
}

/** The gold items judge nothing: they were labelled file by file and tell many steps of few places; their figures are too dark. */
const CHOICES: Record<Threshold, Choice> = {
  threshold: { use: 'live, an article and a story', judges: ['told', 'live', 'dev'], precision: 0.94 },
  batchThreshold: { use: 'batch, `facelaw tag`', judges: ['told', 'dev'], precision: 0.955 }
}

/** For each use the threshold that groups best among those that keep the precision; the highest where none does. */
export function chooseThresholds(trials: readonly Trial[]): Record<Threshold, number> {
  const chosen = THRESHOLDS.map((name) => [name, choose(trials, CHOICES[name])])
  return Object.fromEntries(chosen) as Record<Threshold, number>
}

/** A line for people: which threshold is which, its value, and how well it groups what is like its use. */
export function describeThreshold(name: Threshold, value: number, trials: readonly Trial[]): string {
  const { use, judges } = CHOICES[name]
  const judged = trials.find(({ threshold }) => threshold === value)?.judged ?? []
  const figures = judged.filter(({ batch }) => judges.includes(batch)).map(showJudged)
  return `${name} ${value.toFixed(2)} (${use}): ${figures.join('   ')}`
}

/** The figures of one batch in a line. */
export function showJudged({ batch, precision, recall, f1 }: Judged): string {
  return `${batch} P ${precision.toFixed(3)} R ${recall.toFixed(3)} F ${f1.toFixed(3)}`
}

function choose(trials: readonly Trial[], { judges, precision }: Choice): number {
  let best = { threshold: Math.max(...trials.map((trial) => trial.threshold)), f1: 0 }
  for (const { threshold, judged } of trials) {
    const judging = judged.filter(({ batch }) => judges.includes(batch))
    if (mean(judging.map((found) => found.precision)) < precision) continue
    const f1 = mean(judging.map((found) => found.f1))
    if (f1 > best.f1) best = { threshold, f1 }
  }
  return best.threshold
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
