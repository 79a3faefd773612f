import type { Kind, Stage } from '../model/tags.js'
import { type LinearModel, type Models, sigmoid } from './linear-model.js'
import { remembered } from './remembered.js'
import { OFF_TOPIC, type StoryFeatures } from './story-features.js'
import { titleWordFeature, wordFeatures } from './word-features.js'

/**
 * What a feature, or a whole story, weighs in every question at once: relevance, relevance where the story does not speak of faces, then
 * each kind, then each stage.
 */
type Row = number[]

const RELEVANCE = 0
const RELEVANCE_OFF_TOPIC = 1
const KINDS = 2

/** The forms in which a concept is weighed. */
const HEADS = ['', 'face+', 'title:']

/** The models of relevance, kind and stage as one table, so that a feature is looked up once for all three. */
export class StoryWeights {
  private readonly rows = new Map<string, Row>()
  /** Where the stages begin in a row. */
  private readonly stages: number
  private readonly width: number
  /** What a concept says most strongly, in any of its forms, for each tag of evidence ("relevance", "kind:litigation"). */
  readonly ofConcept = remembered((concept) => this.tagsOf(this.rowsOf(HEADS.map((head) => head + concept))))
  /** What all features of a word weigh together, so that a word is looked up once; null where they weigh nothing. */
  private readonly ofWord = remembered((word) => this.sumOf(this.rowsOf(wordFeatures(word))))
  private readonly ofTitleWord = remembered((word) => this.sumOf(this.rowsOf([titleWordFeature(word)])))

  constructor(private readonly models: Pick<Models, 'relevance' | 'kind' | 'stage'>) {
    this.stages = KINDS + models.kind.classes.length
    this.width = this.stages + models.stage.classes.length
    for (const [feature, [weight]] of models.relevance.weights) {
      if (feature.startsWith(OFF_TOPIC)) this.row(feature.slice(OFF_TOPIC.length))[RELEVANCE_OFF_TOPIC] = weight!
      else this.row(feature)[RELEVANCE] = weight!
    }
    this.enter(models.kind, KINDS)
    this.enter(models.stage, this.stages)
  }

  /** What the story's features weigh together, those of the topic apart. */
  weigh({ matter, words }: Pick<StoryFeatures, 'matter' | 'words'>): Row {
    const sum = this.nothing()
    for (const feature of matter) add(sum, this.rows.get(feature))
    for (const word of words.anywhere) add(sum, this.ofWord(word))
    for (const word of words.inTitle) add(sum, this.ofTitleWord(word))
    return sum
  }

  /** How likely the story is one on rules for facial recognition, 0 to 1. */
  relevance({ topic, offTopic }: Pick<StoryFeatures, 'topic' | 'offTopic'>, told: Row): number {
    let sum = this.models.relevance.bias[0]! + told[offTopic ? RELEVANCE_OFF_TOPIC : RELEVANCE]!
    for (const feature of topic) sum += this.rows.get(feature)?.[RELEVANCE] ?? 0
    return sigmoid(sum)
  }

  /** The likeliest kind of a relevant story. */
  kind(told: Row): Kind {
    return likeliest(this.models.kind, told, KINDS) as Kind
  }

  /** The likeliest stage of a story on legislation. */
  stage(told: Row): Stage {
    return likeliest(this.models.stage, told, this.stages) as Stage
  }

  private rowsOf(features: readonly string[]): Row[] {
    return features.flatMap((feature) => {
      const row = this.rows.get(feature)
      return row ? [row] : []
    })
  }

  private sumOf(rows: readonly Row[]): Row | null {
    if (rows.length < 2) return rows[0] ?? null
    const sum = this.nothing()
    for (const row of rows) add(sum, row)
    return sum
  }

  private tagsOf(forms: readonly Row[]): Map<string, number> {
    const { kind, stage } = this.models
    const tags = [
      'relevance',
      null,
      ...kind.classes.map((one) => `kind:${one}`),
      ...stage.classes.map((one) => `stage:${one}`)
    ]
    const most = new Map<string, number>()
    for (const row of forms)
      for (const [at, tag] of tags.entries()) if (tag !== null) most.set(tag, Math.max(row[at]!, most.get(tag) ?? 0))
    return most
  }

  private enter({ weights }: LinearModel, from: number): void {
    for (const [feature, own] of weights) {
      const row = this.row(feature)
      for (const [at, weight] of own.entries()) row[from + at] = weight
    }
  }

  private row(feature: string): Row {
    let row = this.rows.get(feature)
    if (!row) {
      row = this.nothing()
      this.rows.set(feature, row)
    }
    return row
  }

  private nothing(): Row {
    return new Array<number>(this.width).fill(0)
  }
}

function add(sum: Row, row: Row | null | undefined): void {
  if (row) for (let at = 0; at < row.length; at++) sum[at]! += row[at]!
}

function likeliest({ classes, bias }: LinearModel, told: Row, from: number): string {
  let best = 0
  let most = Number.NEGATIVE_INFINITY
  for (let at = 0; at < classes.length; at++) {
    const sum = bias[at]! + told[from + at]!
    if (sum > most) {
      most = sum
      best = at
    }
  }
  return classes[best]!
}
