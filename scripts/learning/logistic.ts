import type { LinearModel } from '../../src/tagging/linear-model.js'

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
  /** Features seen in fewer examples are left out. */
  leastExamples: number
}

const ROUNDS = 250
const STEP = 0.4

/**
 * L2-regularised logistic regression (softmax for several classes), full-batch AdaGrad from zero: no chance in it, the same examples in
 * the same order give the same weights.
 */
export function train(
  examples: readonly Example[],
  { classes, penalty, leastExamples }: TrainingSettings
): LinearModel {
  const counts = new Map<string, number>()
  for (const { features } of examples)
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  const names = [...counts]
    .filter(([, count]) => count >= leastExamples && count < examples.length)
    .map(([name]) => name)
    .sort()
  const index = new Map(names.map((name, at) => [name, at]))
  const rows = examples.map(({ features }) =>
    features.map((feature) => index.get(feature)).filter((at) => at !== undefined)
  )
  const outputs = classes.length === 1 ? 1 : classes.length
  const size = names.length + 1
  const weights = new Float64Array(size * outputs)
  const history = new Float64Array(size * outputs).fill(1e-6)
  const gradient = new Float64Array(size * outputs)
  const total = examples.reduce((sum, { weight }) => sum + weight, 0)
  for (let round = 0; round < ROUNDS; round++) {
    gradient.fill(0)
    for (const [row, { label, weight }] of examples.entries()) {
      const errors = errorsOf(rows[row]!, weights, outputs, size, label)
      for (let k = 0; k < outputs; k++) {
        const share = (errors[k]! * weight) / total
        if (share === 0) continue
        const base = k * size
        for (const at of rows[row]!) gradient[base + at]! += share
        gradient[base + size - 1]! += share
      }
    }
    for (let i = 0; i < weights.length; i++) {
      const bias = i % size === size - 1
      const slope = gradient[i]! + (bias ? 0 : (penalty * weights[i]!) / total)
      history[i]! += slope * slope
      weights[i]! -= (STEP * slope) / Math.sqrt(history[i]!)
    }
  }
  return toModel(names, weights, classes, outputs, size)
}

/** Probability less truth, one a class. */
function errorsOf(
  row: readonly number[],
  weights: Float64Array,
  outputs: number,
  size: number,
  label: number
): Float64Array {
  const sums = new Float64Array(outputs)
  for (let k = 0; k < outputs; k++) {
    let sum = weights[k * size + size - 1]!
    for (const at of row) sum += weights[k * size + at]!
    sums[k] = sum
  }
  if (outputs === 1) {
    sums[0] = 1 / (1 + Math.exp(-sums[0]!)) - label
    return sums
  }
  const most = Math.max(...sums)
  let norm = 0
  for (let k = 0; k < outputs; k++) norm += sums[k] = Math.exp(sums[k]! - most)
  for (let k = 0; k < outputs; k++) sums[k] = sums[k]! / norm - (k === label ? 1 : 0)
  return sums
}

function toModel(
  names: string[],
  weights: Float64Array,
  classes: string[],
  outputs: number,
  size: number
): LinearModel {
  const round = (x: number): number => Math.round(x * 1000) / 1000
  const table = new Map<string, number[]>()
  const bias: number[] = []
  for (let k = 0; k < outputs; k++) bias.push(round(weights[k * size + size - 1]!))
  for (const [at, name] of names.entries()) {
    const row = Array.from({ length: outputs }, (_, k) => round(weights[k * size + at]!))
    if (row.some((weight) => weight !== 0)) table.set(name, row)
  }
  return { classes, threshold: 0.5, fallback: 1, bias, weights: table }
}
