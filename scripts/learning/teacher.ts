import { KINDS, STAGES, type Tags } from '../../src/model/tags.js'
import type { Models } from '../../src/tagging/linear-model.js'
import { relevanceFeatures } from '../../src/tagging/story-features.js'
import { createJudge, type Draft } from '../../src/tagging/tagger.js'
import { featuresOfWords } from '../../src/tagging/word-features.js'
import type { GoldItem } from './items.js'
import { type Example, train } from './logistic.js'

/** An item with what the tagger sees in it: as it is, and with no company known by name. */
export interface Lesson {
  item: GoldItem
  draft: Draft
  /** The same text read by a lexicon without companies: teaches how unlisted ones are spoken of. */
  nameless: Draft
}

/** Shared development items are of the make that the tagger is judged by: they count double (chosen by cross-validation). */
const DEV_WEIGHT = 2
/** Our own items leave the subject unnamed far more often than news do: 25 of 900, none of 160 shared ones. */
const OFF_TOPIC_WEIGHT = 0.3
/** L2 penalties, chosen by cross-validation. */
const PENALTY = { relevance: 3, kind: 1.5, stage: 3, company: 1, place: 4 }
/** "Not" turns a stage into another; of the kind it says nothing but what chance puts beside it (chosen on items not learned from). */
const TURNING = /\bnot\b/
/** Chosen by cross-validation: higher, more is missed of what the gold items tell tersely; lower, more that only mentions faces is taken. */
const RELEVANCE_THRESHOLD = 0.7
/** Chosen by cross-validation: a missed place costs as much as a wrong one. */
const PLACE_THRESHOLD = 0.45
/** A rule is somebody's: where no place is likely enough, the likeliest one above this is taken (chosen by cross-validation). */
const PLACE_FALLBACK = 0.25

/** Learns all five models from the lessons. */
export function teach(lessons: readonly Lesson[]): Models {
  const whole = lessons.filter(({ item }) => item.wrongTag === undefined)
  const judged = whole.filter(({ item }) => !item.borderline)
  const relevant = whole.filter(({ item }) => item.relevant && item.kind !== null)
  const legislation = relevant.filter(({ item }) => item.kind === 'legislation' && item.stage !== null)
  return {
    relevance: {
      ...train(
        judged.map(({ item, draft }) => ({
          features: relevanceFeatures(draft.features),
          label: item.relevant ? 1 : 0,
          weight: weightOf(item) * (item.relevant && draft.features.offTopic ? OFF_TOPIC_WEIGHT : 1)
        })),
        { classes: ['relevant'], penalty: PENALTY.relevance, leastExamples: 3 }
      ),
      threshold: RELEVANCE_THRESHOLD
    },
    kind: train(
      relevant.map(({ item, draft }) => ({
        features: [
          ...[...draft.features.matter].filter((feature) => !TURNING.test(feature)),
          ...featuresOfWords(draft.features.words)
        ],
        label: KINDS.indexOf(item.kind!),
        weight: weightOf(item)
      })),
      { classes: [...KINDS], penalty: PENALTY.kind, leastExamples: 3 }
    ),
    stage: train(
      legislation.map(({ item, draft }) => ({
        features: [...draft.features.matter, ...featuresOfWords(draft.features.words)],
        label: STAGES.indexOf(item.stage!),
        weight: weightOf(item)
      })),
      { classes: [...STAGES], penalty: PENALTY.stage, leastExamples: 3 }
    ),
    company: train(companyExamples(lessons), { classes: ['company'], penalty: PENALTY.company, leastExamples: 3 }),
    place: {
      ...train(placeExamples(lessons), { classes: ['jurisdiction'], penalty: PENALTY.place, leastExamples: 3 }),
      threshold: PLACE_THRESHOLD,
      fallback: PLACE_FALLBACK
    }
  }
}

function weightOf({ borderline, origin }: GoldItem): number {
  return (borderline ? 0.5 : 1) * (origin === 'dev' ? DEV_WEIGHT : 1)
}

function companyExamples(lessons: readonly Lesson[]): Example[] {
  const examples: Example[] = []
  for (const { item, draft, nameless } of lessons) {
    if (item.origin === 'feedback' && !item.wrongTag?.startsWith('company:')) continue
    const truth = new Set(item.companies.map((name) => name.toLowerCase()))
    for (const { tag, features } of draft.companies) {
      if (item.wrongTag && item.wrongTag !== `company:${tag}`) continue
      examples.push({ features: [...features], label: truth.has(tag.toLowerCase()) ? 1 : 0, weight: 1 })
    }
    if (item.wrongTag) continue
    for (const { tag, features } of nameless.companies) {
      if (features.has('listed')) continue
      examples.push({ features: [...features], label: truth.has(tag.toLowerCase()) ? 1 : 0, weight: 1 })
    }
  }
  return examples
}

function placeExamples(lessons: readonly Lesson[]): Example[] {
  const examples: Example[] = []
  for (const { item, draft } of lessons) {
    const wrong = item.wrongTag?.startsWith('jurisdiction:') ? item.wrongTag : null
    if (item.origin === 'feedback' && !wrong) continue
    const truth = new Set(item.jurisdictions.map((code) => code.toLowerCase()))
    for (const { tag, features } of draft.places) {
      if (wrong && wrong !== `jurisdiction:${tag}`) continue
      // Only places of relevant stories are shown in alerts; the others teach a little of what names a place.
      examples.push({
        features: [...features],
        label: truth.has(tag.toLowerCase()) ? 1 : 0,
        weight: item.relevant ? 1 : 0.1
      })
    }
  }
  return examples
}

/** Splits lessons into folds so that no event is told in two of them; another seed splits them in another way. */
export function folds(lessons: readonly Lesson[], count: number, seed = 0): Lesson[][] {
  const groups = new Map<string, Lesson[]>()
  for (const lesson of lessons) {
    const key = lesson.item.cluster ?? lesson.item.id
    groups.set(key, [...(groups.get(key) ?? []), lesson])
  }
  const parts: Lesson[][] = Array.from({ length: count }, () => [])
  for (const [key, group] of [...groups].sort((a, b) => (a[0] < b[0] ? -1 : 1)))
    parts[hash(seed === 0 ? key : `${seed}#${key}`) % count]!.push(...group)
  return parts
}

function hash(text: string): number {
  let value = 2166136261
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619) >>> 0
  return value
}

/** Each lesson tagged by models that have not seen its event. */
export function crossValidate(lessons: readonly Lesson[], count: number, seed = 0): Map<Lesson, Tags> {
  const answers = new Map<Lesson, Tags>()
  const parts = folds(lessons, count, seed)
  for (const part of parts) {
    const judge = createJudge(teach(parts.filter((other) => other !== part).flat()))
    for (const lesson of part) answers.set(lesson, judge(lesson.draft))
  }
  return answers
}
