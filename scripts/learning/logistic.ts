import type { LinearModel } from '../../src/tagging/linear-model.js'
import { minimise } from './lbfgs.js'

/** One labelled thing: its features, the number of its class (yes-or-no models: 1 is yes), and how much it counts. */
export interface Example {
  features: readonly string[]
  label: number
  weight: number
}

export interface TrainingSettings {
  classes: string[]
  /** Strength of the L2 penalty; greater holds the weights nearer to nothing. */
  penalty: number
  /** How many times the penalty holds for one feature; 1 where it is not told. */
  penaltyOf?: (feature: string) => number
  /** Features seen in fewer examples are left out. */
  leastExamples: number
}

/** Rounds of the search; it mostly ends sooner. */
const ROUNDS = 150

/**
 * L2-regularised logistic regression (softmax for several classes), by L-BFGS from zero: no chance in it, the same examples in the same
 * order give the same weights.
 */
export function train(
  examples: readonly Example[],
  { classes, penalty, penaltyOf = () => 1, leastExamples }: TrainingSettings
): LinearModel {
  const counts = new Map<string, number>()
  for (const { features } of examples)
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1)
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
  const penalties = Float64Array.from([...names.map((name) => penalty * penaltyOf(name)), 0])
  const weights = minimise((names.length + 1) * outputs, ROUNDS, (point, gradient) => {
    let loss = penaltyAt(point, gradient, penalties, outputs)
    for (const [at, { label, weight }] of examples.entries())
      loss += weight * lossAt(rows[at]!, label, weight, point, gradient, outputs)
    return loss
  })
  return toModel(names, weights, classes, outputs)
}

/** Half the weighted squares; sets the gradient to its slope. */
function penaltyAt(point: Float64Array, gradient: Float64Array, penalties: Float64Array, outputs: number): number {
  let loss = 0
  for (let i = 0; i < point.length; i++) {
    const held = penalties[Math.floor(i / outputs)]! * point[i]!
    gradient[i] = held
    loss += (held * point[i]!) / 2
  }
  return loss
}

/** The negative log-likelihood of one example; adds its slope to the gradient. Weights of a feature stand side by side, one a class. */
function lossAt(
  row: Int32Array,
  label: number,
  weight: number,
  point: Float64Array,
  gradient: Float64Array,
  outputs: number
): number {
  const sums = new Float64Array(outputs)
  for (const at of row) for (let k = 0; k < outputs; k++) sums[k]! += point[at * outputs + k]!
  let loss: number
  if (outputs === 1) {
    const signed = label === 1 ? sums[0]! : -sums[0]!
    loss = signed > 0 ? Math.log1p(Math.exp(-signed)) : -signed + Math.log1p(Math.exp(signed))
    sums[0] = 1 / (1 + Math.exp(-sums[0]!)) - label
  } else {
    const most = Math.max(...sums)
    const own = sums[label]! - most
    let norm = 0
    for (let k = 0; k < outputs; k++) norm += sums[k] = Math.exp(sums[k]! - most)
    for (let k = 0; k < outputs; k++) sums[k] = sums[k]! / norm - (k === label ? 1 : 0)
    loss = Math.log(norm) - own
  }
  for (const at of row) for (let k = 0; k < outputs; k++) gradient[at * outputs + k]! += weight * sums[k]!
  return loss
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
