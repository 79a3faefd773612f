import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../package-root.js'
import { stem } from './words.js'

/** What speaks for (or against) two articles telling one event; each 0 to about 1, weighed by `lexicon/weights/stories.json`. */
export const SIGNALS = [
  'sameCompany',
  'rareCompany',
  'otherCompany',
  'otherTitleCompany',
  'otherActor',
  'samePlace',
  'rarePlace',
  'relatedPlace',
  'otherPlace',
  'strangers',
  'companyAndPlace',
  'placeAndDay',
  'relatedAndDay',
  'companyAndDay',
  'nameAndDay',
  'noPlace',
  'placeOpen',
  'sameKind',
  'placeAndKind',
  'companyAndKind',
  'noKind',
  'otherKind',
  'otherVoice',
  'otherStage',
  'samePhase',
  'otherPhase',
  'otherTitlePhase',
  'acts',
  'otherActs',
  'otherTitleActs',
  'settings',
  'otherSettings',
  'actors',
  'otherActors',
  'words',
  'sharedWords',
  'wordsAbroad',
  'titleWords',
  'names',
  'rareName',
  'otherTitleNames',
  'fullNames',
  'numbers',
  'otherNumbers',
  'otherTitleSums',
  'sameDay',
  'meetsDay',
  'sameMonth',
  'sameWeekday',
  'otherYear',
  'daysClose',
  'daysApart',
  'undated',
  'otherLanguage'
] as const
export type Signal = (typeof SIGNALS)[number]

/** The learned data; written by `scripts/learn-stories.ts`, meant to be read and reviewed by people. */
export interface StoryWeights {
  /** Added first: what two articles with nothing in common score. */
  start: number
  weights: Record<Signal, number>
  /**
   * Live: an article at or above this score joins a story that stands. In log odds. High, as all that follows is filed by
   * it and what was joined is not parted again: better told twice than two events as one.
   */
  threshold: number
  /**
   * Likewise for a batch (`facelaw tag`), in the place of `threshold`. Lower: a batch is seen whole before anything is
   * joined, so that the best pairs go first and rivals are known, and undated items have fewer signals to reach it by.
   */
  batchThreshold: number
  /** Events in the learning data, and how many of them name each company, place and word stem. */
  events: number
  /** Of those, how many are told in each language: a word of a language that few write in is not rare for that. */
  languages: Record<string, number>
  companies: Record<string, number>
  places: Record<string, number>
  stems: Record<string, number>
  /** Steps (`act fined`), settings (`at school`), figures (`figure for 1y`), names (`name arvind krishna`) and days (`on 07-01`), likewise. */
  details: Record<string, number>
}

/** The fields that hold a threshold, each chosen by itself. */
export const THRESHOLDS = ['threshold', 'batchThreshold'] as const satisfies readonly (keyof StoryWeights)[]
export type Threshold = (typeof THRESHOLDS)[number]

/** Signals that can only speak against; all others can only speak for. The learning script holds weights to it. */
export const AGAINST: readonly Signal[] = [
  'otherCompany',
  'otherTitleCompany',
  'otherActor',
  'otherPlace',
  'strangers',
  'otherKind',
  'otherVoice',
  'otherStage',
  'otherPhase',
  'otherTitlePhase',
  'otherActs',
  'otherTitleActs',
  'otherSettings',
  'otherActors',
  'otherNumbers',
  'otherTitleNames',
  'otherTitleSums',
  'otherYear',
  'daysApart'
]

let loaded: StoryWeights | null = null

/** The bundled weights, read once. Throws when the file is missing, is not JSON or lacks a number: the installation is broken. */
export function loadStoryWeights(): StoryWeights {
  loaded ??= readStoryWeights(join(packageRoot, 'lexicon', 'weights', 'stories.json'))
  return loaded
}

/** The weights in a file; throws like {@link loadStoryWeights}. */
export function readStoryWeights(path: string): StoryWeights {
  try {
    const data = JSON.parse(readFileSync(path, 'utf8')) as StoryWeights
    const missing = SIGNALS.filter((signal) => typeof data.weights[signal] !== 'number')
    if (missing.length > 0) throw new Error(`it has no weight for ${missing.join(', ')}`)
    const unset = THRESHOLDS.filter((name) => typeof data[name] !== 'number')
    if (unset.length > 0) throw new Error(`it has no ${unset.join(' and no ')}`)
    return data
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(
      `Cannot read ${path} (${why}): stories cannot be told apart without it. Install again, or run "node dist/scripts/learn-stories.js".`
    )
  }
}

/** Events below which a company, place or word counts as fully rare: what is learned from one event must not be its proof. */
const RARE_EVENTS = 3

/**
 * How much it tells that two articles share something that `count` of the learned events have: 1 for what is in none
 * or few of them, 0 for what is in all.
 */
export function rarity(count: number | undefined, events: number): number {
  const ceiling = Math.log((events + RARE_EVENTS) / RARE_EVENTS)
  const value = Math.log((events + RARE_EVENTS) / Math.max(RARE_EVENTS, count ?? 0))
  return Math.max(0, Math.min(1, value / ceiling))
}

/** The rarity of a word among `events` (those of a language, or all); every form of it has the same. */
export function wordRarity(word: string, data: Pick<StoryWeights, 'stems'>, events: number): number {
  return rarity(data.stems[stem(word) ?? word], events)
}
