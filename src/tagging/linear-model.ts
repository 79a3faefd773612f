import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../package-root.js'

/** Learned weights: one row of feature weights a class. A model with one class answers yes or no against its threshold. */
export interface LinearModel {
  classes: string[]
  /** Yes-or-no models: the least probability that counts as yes. */
  threshold: number
  /** Least probability of the likeliest candidate where none reaches the threshold but one is due; 1 where none ever is. */
  fallback: number
  bias: number[]
  /** Feature → one weight a class; a feature that is not here weighs nothing. */
  weights: ReadonlyMap<string, number[]>
}

export interface Models {
  relevance: LinearModel
  kind: LinearModel
  stage: LinearModel
  company: LinearModel
  place: LinearModel
}

export const MODEL_NAMES = ['relevance', 'kind', 'stage', 'company', 'place'] as const

/** A model that knows nothing yet: every answer is even. */
export function emptyModel(classes: string[]): LinearModel {
  return { classes, threshold: 0.5, fallback: 1, bias: classes.map(() => 0), weights: new Map() }
}

/** Reads lexicon/weights/; throws with what to do when a file is missing. */
export function loadModels(): Models {
  const read = (name: string): LinearModel => {
    const file = join(packageRoot, 'lexicon', 'weights', `${name}.json`)
    try {
      const data = JSON.parse(readFileSync(file, 'utf8')) as Omit<LinearModel, 'weights'> & {
        weights: Record<string, number[]>
      }
      return { ...data, weights: new Map(Object.entries(data.weights)) }
    } catch (error) {
      throw new Error(
        `${file} cannot be read, so the tagger has no weights: run "npm run learn". (${(error as Error).message})`
      )
    }
  }
  return {
    relevance: read('relevance'),
    kind: read('kind'),
    stage: read('stage'),
    company: read('company'),
    place: read('place')
  }
}

/** Probability of yes by a model with one class. */
export function probability(model: LinearModel, features: Iterable<string>): number {
  let sum = model.bias[0]!
  for (const feature of features) sum += model.weights.get(feature)?.[0] ?? 0
  return sigmoid(sum)
}

/** From a sum of weights to a probability. */
export function sigmoid(sum: number): number {
  return 1 / (1 + Math.exp(-sum))
}
