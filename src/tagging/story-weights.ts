import type { Kind, Stage } from '../model/tags.js'
import { type LinearModel, type Models, sigmoid } from './linear-model.js'
import { remembered } from './remembered.js'
import { OFF_TOPIC, type StoryFeatures } from './story-features.js'
import { titleWordFeature, wordFeatures } from './word-features.js'

/** What a feature weighs in every question about a story: for relevance one number, for kind and stage one a class. */
export interface Row {
  relevance: number
  /** For relevance where the story does not speak of faces. */
  offTopic: number
  kind: readonly number[]
  stage: readonly number[]
}

/** The forms in which a concept is weighed. */
const HEADS = ['', 'face+', 'title:']
const NOTHING: readonly number[] = []

/** The models of relevance, kind and stage as one table, so that a feature is looked up once for all three. */
export class StoryWeights {
  private readonly rows = new Map<string, Row>()
  /** What a concept says most strongly, in any of its forms, for each tag of evidence ("relevance", "kind:litigation"). */
  readonly ofConcept = remembered((concept) => this.tagsOf(this.rowsOf(HEADS.map((head) => head + concept))))
  /** What all features of a word weigh together, so that a word is looked up once; null where they weigh nothing. */
  private readonly ofWord = remembered((word) => sumOf(this.rowsOf(wordFeatures(word))))
  private readonly ofTitleWord = remembered((word) => sumOf(this.rowsOf([titleWordFeature(word)])))

  constructor(private readonly models: Pick<Models, 'relevance' | 'kind' | 'stage'>) {
    for (const [feature, [weight]] of models.relevance.weights) {
      if (feature.startsWith(OFF_TOPIC)) this.row(feature.slice(OFF_TOPIC.length)).offTopic = weight!
      else this.row(feature).relevance = weight!
    }
    for (const [feature, weights] of models.kind.weights) this.row(feature).kind = weights
    for (const [feature, weights] of models.stage.weights) this.row(feature).stage = weights
  }

  /** What the story's features weigh, those of the topic apart; features that weigh nothing are left out. */
  weigh({ matter, words }: Pick<StoryFeatures, 'matter' | 'words'>): Row[] {
    const found = this.rowsOf(matter)
    for (const word of words.anywhere) {
      const row = this.ofWord(word)
      if (row) found.push(row)
    }
    for (const word of words.inTitle) {
      const row = this.ofTitleWord(word)
      if (row) found.push(row)
    }
    return found
  }

  /** How likely the story is one on rules for facial recognition, 0 to 1. */
  relevance({ topic, offTopic }: Pick<StoryFeatures, 'topic' | 'offTopic'>, told: readonly Row[]): number {
    let sum = this.models.relevance.bias[0]!
    for (const row of told) sum += offTopic ? row.offTopic : row.relevance
    for (const feature of topic) sum += this.rows.get(feature)?.relevance ?? 0
    return sigmoid(sum)
  }

  /** The likeliest kind of a relevant story. */
  kind(told: readonly Row[]): Kind {
    return likeliest(this.models.kind, told, 'kind') as Kind
  }

  /** The likeliest stage of a story on legislation. */
  stage(told: readonly Row[]): Stage {
    return likeliest(this.models.stage, told, 'stage') as Stage
  }

  private rowsOf(features: Iterable<string>): Row[] {
    const found: Row[] = []
    for (const feature of features) {
      const row = this.rows.get(feature)
      if (row) found.push(row)
    }
    return found
  }

  private tagsOf(forms: readonly Row[]): Map<string, number> {
    const most = new Map<string, number>()
    const raise = (tag: string, weight: number): void => void most.set(tag, Math.max(weight, most.get(tag) ?? 0))
    for (const { relevance, kind, stage } of forms) {
      raise('relevance', relevance)
      for (const [at, weight] of kind.entries()) raise(`kind:${this.models.kind.classes[at]}`, weight)
      for (const [at, weight] of stage.entries()) raise(`stage:${this.models.stage.classes[at]}`, weight)
    }
    return most
  }

  private row(feature: string): Row {
    let row = this.rows.get(feature)
    if (!row) {
      row = { relevance: 0, offTopic: 0, kind: NOTHING, stage: NOTHING }
      this.rows.set(feature, row)
    }
    return row
  }
}

/** Several rows as one. */
function sumOf(rows: readonly Row[]): Row | null {
  if (rows.length < 2) return rows[0] ?? null
  const add = (question: 'kind' | 'stage'): readonly number[] => {
    const weighing = rows.map((row) => row[question]).filter(({ length }) => length > 0)
    return (weighing[0] ?? NOTHING).map((_, at) => weighing.reduce((sum, weights) => sum + weights[at]!, 0))
  }
  return {
    relevance: rows.reduce((sum, { relevance }) => sum + relevance, 0),
    offTopic: rows.reduce((sum, { offTopic }) => sum + offTopic, 0),
    kind: add('kind'),
    stage: add('stage')
  }
}

function likeliest({ classes, bias }: LinearModel, told: readonly Row[], question: 'kind' | 'stage'): string {
  const sums = Float64Array.from(bias)
  for (const row of told) {
    const weights = row[question]
    for (let k = 0; k < weights.length; k++) sums[k]! += weights[k]!
  }
  let best = 0
  for (let k = 1; k < sums.length; k++) if (sums[k]! > sums[best]!) best = k
  return classes[best]!
}
