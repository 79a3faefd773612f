import type { LinearModel } from '../../src/tagging/linear-model.js'
import { minimise } from './lbfgs.js'

/** One labelled thing: its features (one that comes twice counts twice), its class (yes-or-no models: 1 is yes), how much it counts. */
export interface Example {
  features: readonly string[]
  label: number
  weight: number
}

export interface TrainingSettings {
  classes: string[]
  /** Strength of the L2 penalty; greater holds the weights nearer to nothing. */
  penalty: number
  /** Features seen in fewer examples are left out. */
  leastExamples: number
}

/** Rounds of the search; it mostly ends sooner. */
const ROUNDS = 60

/**
 * L2-regularised logistic regression (softmax for several classes), by L-BFGS from zero: no chance in it, the same examples in the same
 * order give the same weights.
 */
export function train(
  examples: readonly Example[],
  { classes, penalty, leastExamples }: TrainingSettings
): LinearModel {
  const counts = new Map<string, number>()
  for (const { features } of examples)
    for (const feature of new Set(features)) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  const names = [...counts]
    .filter(([, count]) => count >= leastExamples && count < examples.length)
    .map(([name]) => name)
    .sort()
  const index = new Map(names.map((name, at) => [name, at]))
  // The bias stands behind the features: every row has it, and no penalty holds it.
  const rows = examples.map(({ features }) =>
    Int32Array.from([...features.map((feature) => index.get(feature)).filter((at) => at !== undefined), names.length])
  )
  const outputs = classes.length === 1 ? 1 : classes.length
  const sums = new Float64Array(outputs)
  const held = names.length * outputs
  const weights = minimise((names.length + 1) * outputs, ROUNDS, (point, gradient) => {
    let loss = penaltyAt(point, gradient, penalty, held)
    for (let at = 0; at < examples.length; at++) {
      const { label, weight } = examples[at]!
      const row = rows[at]!
      sumsOf(row, point, sums)
      loss += weight * lossOf(sums, label)
      for (let i = 0; i < row.length; i++)
        for (let k = 0, to = row[i]! * outputs; k < outputs; k++, to++) gradient[to]! += weight * sums[k]!
    }
    return loss
  })
  return toModel(names, weights, classes, outputs)
}

/** Half the penalty times the squares of the first `held` weights; sets the gradient to its slope. */
function penaltyAt(point: Float64Array, gradient: Float64Array, penalty: number, held: number): number {
  let squares = 0
  gradient.fill(0, held)
  for (let i = 0; i < held; i++) {
    gradient[i] = penalty * point[i]!
    squares += point[i]! ** 2
  }
  return (penalty * squares) / 2
}

/** Adds up the weights of an example's features, which stand side by side, one a class. */
function sumsOf(row: Int32Array, point: Float64Array, sums: Float64Array): void {
  sums.fill(0)
  for (let i = 0; i < row.length; i++)
    for (let k = 0, at = row[i]! * sums.length; k < sums.length; k++, at++) sums[k]! += point[at]!
}

/** The negative log-likelihood of an example with these sums, which become its slope. */
function lossOf(sums: Float64Array, label: number): number {
  if (sums.length === 1) {
    const signed = label === 1 ? sums[0]! : -sums[0]!
    sums[0] = 1 / (1 + Math.exp(-sums[0]!)) - label
    return signed > 0 ? Math.log1p(Math.exp(-signed)) : -signed + Math.log1p(Math.exp(signed))
  }
  const most = Math.max(...sums)
  const own = sums[label]! - most
  let norm = 0
  for (let k = 0; k < sums.length; k++) norm += sums[k] = Math.exp(sums[k]! - most)
  for (let k = 0; k < sums.length; k++) sums[k] = sums[k]! / norm - (k === label ? 1 : 0)
  return Math.log(norm) - own
}

function toModel(names: string[], weights: Float64Array, classes: string[], outputs: number): LinearModel {
  const round = (x: number): number => Math.round(x * 1000) / 1000
  const rowOf = (at: number): number[] => [...weights.subarray(at * outputs, (at + 1) * outputs)].map(round)
  const table = new Map<string, number[]>()
  for (const [at, name] of names.entries()) {
    const row = rowOf(at)
    if (row.some((weight) => weight !== 0)) table.set(name, row)
  }
  return { classes, threshold: 0.5, fallback: 1, bias: rowOf(names.length), weights: table }
}
