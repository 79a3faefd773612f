import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { packageRoot } from '../src/package-root.js'
import { joinPairs, makeScorer, type PairScorer, type ScoredPair, scoreCandidates } from '../src/stories/cluster.js'
import { SIGNALS, type Signal, type StoryWeights } from '../src/stories/weights.js'
import { type BCubed, bCubed } from './stories/b-cubed.js'
import { countRarity, fit, makeExamples } from './stories/fit.js'
import { type Labelled, readLabelled } from './stories/labelled.js'
import { disturb } from './stories/noise.js'

const USAGE = `usage: learn-stories [more-labelled.jsonl …] [--dry]
Learns lexicon/weights/stories.json from lexicon/gold/*.jsonl and the files given: how rare each word, company and place
is, and what each signal weighs. Prints how well it groups, measured by cross-validation. --dry writes nothing.`
const FOLDS = 5
/** Seeds of the faults: those judged are not those learned from. */
const FAULTS_LEARNED = 1
const FAULTS_JUDGED = 2
/** Precision that the threshold must keep in every file, by cross-validation: joining unlike events is the worse fault. */
const PRECISION_KEPT = 0.945
const LOWEST_THRESHOLD = 2.5
const HIGHEST_THRESHOLD = 5

function learn(argv: string[]): void {
  if (argv.includes('--help')) {
    console.log(USAGE)
    return
  }
  const gold = join(packageRoot, 'lexicon', 'gold')
  const bundled = existsSync(gold)
    ? readdirSync(gold)
        .filter((name) => name.endsWith('.jsonl'))
        .sort()
    : []
  const files = [...bundled.map((name) => join(gold, name)), ...argv.filter((argument) => !argument.startsWith('--'))]
  const items = readLabelled(files)
  const folds = validate(items)
  const threshold = chooseThreshold(items, folds)
  const data = { learnedFrom: files.map((file) => basename(file)), ...learnFrom(items), threshold }
  report(items, folds, data)
  if (argv.includes('--dry')) return
  const path = join(packageRoot, 'lexicon', 'weights', 'stories.json')
  writeFileSync(path, `${JSON.stringify(rounded(data), null, 2)}\n`)
}

/** Learns from right tags and from faulty ones alike, so that no single tag decides. */
function learnFrom(items: readonly Labelled[]): StoryWeights {
  const counted = countRarity(items)
  const examples = [...makeExamples(items, counted), ...makeExamples(disturb(items, FAULTS_LEARNED), counted)]
  return fit(examples, counted)
}

/** The articles of one file with all their pairs scored: groups come out of it at any threshold. */
interface Batch {
  file: string
  /** Places in the list of all items. */
  members: number[]
  score: PairScorer
  pairs: ScoredPair[]
}

interface Fold {
  held: boolean[]
  batches: Batch[]
  /** The same with the faults of a tagger in the tags. */
  faulty: Batch[]
}

/** Learns five times, each without a fifth of the events, so that every item is judged by weights that never saw it. */
function validate(items: readonly Labelled[]): Fold[] {
  const events = [...new Set(items.map((item) => item.event))].sort()
  return Array.from({ length: FOLDS }, (_, fold) => {
    const held = items.map((item) => events.indexOf(item.event) % FOLDS === fold)
    const rest = items.filter((_, at) => !held[at])
    const data = learnFrom(rest)
    return { held, batches: makeBatches(items, data), faulty: makeBatches(disturb(items, FAULTS_JUDGED), data) }
  })
}

function makeBatches(items: readonly Labelled[], data: StoryWeights): Batch[] {
  return [...new Set(items.map((item) => item.file))].map((file) => {
    const members = [...items.keys()].filter((at) => items[at]!.file === file)
    const articles = members.map((at) => items[at]!.signature)
    const score = makeScorer(articles, data)
    return { file, members, score, pairs: scoreCandidates(articles, data, score) }
  })
}

/** The threshold that groups best with faulty tags among those that keep the precision in every file. */
function chooseThreshold(items: readonly Labelled[], folds: readonly Fold[]): number {
  const files = [...new Set(items.filter(({ item }) => item.relevant).map(({ file }) => file))]
  let best = { threshold: HIGHEST_THRESHOLD, f1: 0 }
  for (let threshold = LOWEST_THRESHOLD; threshold <= HIGHEST_THRESHOLD; threshold += 0.25) {
    const found = validated(items, folds, threshold)
    const faulty = validated(items, folds, threshold, 'faulty')
    const worst = Math.min(...files.map((file) => validated(items, ofFile(items, folds, file), threshold).precision))
    console.log(
      `threshold ${threshold.toFixed(2)}  ${show(found)} (worst file ${worst.toFixed(3)}); faulty tags ${show(faulty)}`
    )
    if (worst >= PRECISION_KEPT && faulty.f1 > best.f1) best = { threshold, f1: faulty.f1 }
  }
  return best.threshold
}

/** The folds, judging the items of one file only. */
function ofFile(items: readonly Labelled[], folds: readonly Fold[], file: string): Fold[] {
  return folds.map((fold) => ({ ...fold, held: fold.held.map((held, at) => held && items[at]!.file === file) }))
}

/** The mean over the folds, each item judged in the fold that held it out, among all items of its file. */
function validated(
  items: readonly Labelled[],
  folds: readonly Fold[],
  threshold: number,
  which: 'batches' | 'faulty' = 'batches'
): BCubed {
  let precision = 0
  let recall = 0
  let judgedCount = 0
  for (const fold of folds) {
    const { held } = fold
    const guess = group(fold[which], threshold)
    const judged = items.map((item, at) => held[at]! && item.item.relevant)
    const relevant = items.map((item) => item.item.relevant)
    const keep = <T>(values: readonly T[]) => values.filter((_, at) => relevant[at])
    const figures = bCubed(keep(items.map((item) => item.event)), keep(guess), keep(judged))
    const count = judged.filter(Boolean).length
    if (count === 0) continue
    precision += figures.precision * count
    recall += figures.recall * count
    judgedCount += count
  }
  precision /= judgedCount
  recall /= judgedCount
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) }
}

function group(batches: readonly Batch[], threshold: number): string[] {
  const guess: string[] = []
  for (const { file, members, score, pairs } of batches) {
    const groups = joinPairs(members.length, pairs, score, threshold)
    for (const [number, places] of groups.entries())
      for (const place of places) guess[members[place]!] = `${file} ${number}`
  }
  return guess
}

function report(items: readonly Labelled[], folds: readonly Fold[], data: StoryWeights): void {
  for (const file of new Set(items.map((item) => item.file))) {
    if (!items.some((entry) => entry.file === file && entry.item.relevant)) continue
    const foldsOfFile = ofFile(items, folds, file)
    console.log(`${file}: cross-validated ${show(validated(items, foldsOfFile, data.threshold))}`)
    console.log(`  with faulty tags    ${show(validated(items, foldsOfFile, data.threshold, 'faulty'))}`)
  }
  for (const signal of SIGNALS) console.log(`${signal.padEnd(18)} ${data.weights[signal].toFixed(2)}`)
  console.log(`start ${data.start.toFixed(2)}, threshold ${data.threshold}, ${data.events} events`)
  const guess = group(makeBatches(items, data), data.threshold)
  const at = [...items.keys()].filter((index) => items[index]!.item.relevant)
  console.log(
    `seen: ${show(
      bCubed(
        at.map((index) => items[index]!.event),
        at.map((index) => guess[index]!)
      )
    )}`
  )
}

function show({ precision, recall, f1 }: BCubed): string {
  return `precision ${precision.toFixed(3)} recall ${recall.toFixed(3)} F1 ${f1.toFixed(3)}`
}

function rounded<T extends StoryWeights>(data: T): T {
  const round = (value: number) => Math.round(value * 1000) / 1000
  const weights = Object.fromEntries(SIGNALS.map((signal) => [signal, round(data.weights[signal])]))
  return { ...data, start: round(data.start), weights: weights as Record<Signal, number> }
}

learn(process.argv.slice(2))
