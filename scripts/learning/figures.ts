import type { Tags } from '../../src/model/tags.js'
import type { Lesson } from './teacher.js'

interface Tally {
  hit: number
  extra: number
  missed: number
}

/** Precision, recall and F1 of relevance, companies and places; shares right of whole place sets, kinds and stages. */
export interface Figures {
  relevance: { precision: number; recall: number; f1: number }
  companies: { precision: number; recall: number; f1: number }
  jurisdictions: { precision: number; recall: number; f1: number; exact: number }
  kind: number
  stage: number
  otherLanguages: { precision: number; recall: number; f1: number }
}

/** Counts answers against labels the way the shared scorer does. */
export function figures(lessons: readonly Lesson[], answers: Map<Lesson, Tags>): Figures {
  const relevance = tally()
  const foreign = tally()
  const companies = tally()
  const jurisdictions = tally()
  const share = { exact: 0, judged: 0, kind: 0, stage: 0, staged: 0 }
  for (const lesson of lessons) {
    const { item } = lesson
    const answer = answers.get(lesson)!
    if (!item.borderline) {
      for (const one of item.lang === 'en' ? [relevance] : [relevance, foreign])
        count(one, item.relevant ? ['yes'] : [], answer.relevant ? ['yes'] : [])
    }
    count(companies, item.companies, answer.companies)
    if (!item.relevant || item.borderline) continue
    share.judged++
    if (count(jurisdictions, item.jurisdictions, answer.jurisdictions)) share.exact++
    if (item.kind === answer.kind) share.kind++
    if (item.kind === 'legislation') {
      share.staged++
      if (item.stage === answer.stage) share.stage++
    }
  }
  return {
    relevance: prf(relevance),
    companies: prf(companies),
    jurisdictions: { ...prf(jurisdictions), exact: round(share.exact / share.judged) },
    kind: round(share.kind / share.judged),
    stage: round(share.stage / share.staged),
    otherLanguages: prf(foreign)
  }
}

/** Mean and standard deviation of every figure over several runs. */
export function meanAndSpread(runs: readonly Figures[]): { mean: Figures; spread: Figures } {
  const over = (measure: (values: number[]) => number): Figures => merge(runs, measure)
  return {
    mean: over(meanOf),
    spread: over((values) => Math.sqrt(meanOf(values.map((value) => (value - meanOf(values)) ** 2))))
  }
}

function meanOf(values: readonly number[]): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

/** The same object with every number measured over all runs. */
function merge<T extends object>(runs: readonly T[], measure: (values: number[]) => number): T {
  const entries = Object.keys(runs[0]!).map((key) => {
    const values = runs.map((run) => run[key as keyof T])
    return [
      key,
      typeof values[0] === 'number' ? round(measure(values as number[])) : merge(values as object[], measure)
    ]
  })
  return Object.fromEntries(entries) as T
}

function tally(): Tally {
  return { hit: 0, extra: 0, missed: 0 }
}

/** True when both sets are the same. */
function count(sum: Tally, want: readonly string[], got: readonly string[]): boolean {
  const wanted = new Set(want.map((value) => value.toLowerCase()))
  const given = new Set(got.map((value) => value.toLowerCase()))
  let same = true
  for (const value of given) {
    if (wanted.has(value)) sum.hit++
    else {
      sum.extra++
      same = false
    }
  }
  for (const value of wanted) {
    if (given.has(value)) continue
    sum.missed++
    same = false
  }
  return same
}

function prf({ hit, extra, missed }: Tally): { precision: number; recall: number; f1: number } {
  const precision = hit + extra === 0 ? 1 : hit / (hit + extra)
  const recall = hit + missed === 0 ? 1 : hit / (hit + missed)
  return {
    precision: round(precision),
    recall: round(recall),
    f1: round(precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall))
  }
}

function round(x: number): number {
  return Math.round(x * 1000) / 1000
}
