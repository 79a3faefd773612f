import type { StoryCandidate } from '../store/articles/articles.js'
import { type Changed, findNextStep, type MaterialChange } from './material-change.js'
import { relatePlaces } from './places.js'
import { compareArticles, NO_STEPS_APART, type SignalStrengths } from './signals.js'
import type { Signature } from './signature.js'
import { weighSignals } from './similarity.js'
import type { StoryWeights } from './weights.js'

/** A bill by its number: `LD 1585`, `SB 6280`, `H.R. 7356`. */
const BILL = /\b(?:LD|[HS]\.?\s?[BFJR]\.?|A\.?B\.?|S\.?|A\.?)\s?(\d{2,5})\b/g
/** How much surer than for one event: steps of two matters of one place are alike in words. */
const MARGIN = 1.5
/** A year later it is another matter: as long as an appeal takes (src/store/articles/candidates.ts). */
const LONGEST_DAYS = 240
const DAY_MS = 86_400_000
/** A law that falls is known by its place, whose laws on this subject are few. */
const FALL_MARGIN = 0
/** A pause whose end is told is known by who paused, who seldom does so twice within a season. */
const PAUSE_MARGIN = -0.5
/** What cannot come first (a final vote, an order overturned) needs less where only one story can be what went before. */
const LONE_MARGIN = -3
/** Likewise what mostly comes later (a ruling, a settlement, a fine), but may be the first that the press tells. */
const MOSTLY_LATER_MARGIN = 0

/** How an article goes on from a story that was told before. */
export interface Continuation {
  /** For people: `the next step of the same matter: Passed (was proposed)`. */
  reason: string
  /** Whether it is beyond doubt; if not, it is the next step where no other story could be what went before. */
  sure: boolean
  /** In log odds, for a choice between those that are not sure. */
  score: number
}

/**
 * How an article is the next step of a story that was told before: a material change of the same matter, known by its
 * bill's number, or alike in all but the step. Null when it is not. Pure.
 */
export function findContinuation(
  article: Changed,
  signature: Signature,
  { story, articles }: StoryCandidate,
  told: readonly Signature[],
  data: StoryWeights
): Continuation | null {
  if (relatePlaces(story.jurisdictions, signature.jurisdictions) === 'apart') return null
  const change = findNextStep(story, article, articles)
  const [known, bills] = [billsOf(story), billsOf(article)]
  const bill = [...known].find((number) => bills.has(number))
  if (bill && change === null && article.stage === story.stage)
    return { reason: `the same bill, ${bill}, at the same step`, sure: true, score: Number.POSITIVE_INFINITY }
  if (change === null || daysBetween(story, article) > LONGEST_DAYS) return null
  if (bill)
    return {
      reason: `the next step of the same bill, ${bill}: ${change.what}`,
      sure: true,
      score: Number.POSITIVE_INFINITY
    }
  if (known.size > 0 && bills.size > 0) return null
  const alike = told
    .map((one) => ({ ...compareArticles(signature, one, data), ...STEPS_DIFFER }))
    .filter((one) => one.samePlace || (signature.kind !== 'legislation' && one.sameCompany))
  const score = Math.max(...alike.map((one) => weighSignals(one, data)))
  const reason = `the next step of the same matter: ${change.what}`
  if (score >= data.threshold + marginOf(change)) return { reason, sure: true, score }
  const maybe = score >= data.threshold + loneMarginOf(change)
  return maybe && !alike.every(areOfTwoMatters) ? { reason, sure: false, score } : null
}

/** Steps that something went before, as the press told or not. */
const COMES_LATER = new Set([
  'step:first-vote',
  'step:second-reading',
  'step:lower-house',
  'step:upper-house',
  'step:passed',
  'step:final',
  'step:law',
  'step:undone',
  'step:reduced',
  'step:cancelled',
  'step:final-text',
  'stage:rejected',
  'stage:loosened'
])

/** Steps that something mostly went before. */
const MOSTLY_LATER = new Set([
  'step:ruled',
  'step:settled',
  'step:dismissed',
  'step:appealed',
  'step:upheld',
  'step:decided-on-appeal',
  'step:fined',
  'step:cleared'
])

/** Two say outright that they speak of two matters, whatever the step. */
function areOfTwoMatters({
  otherCompany,
  otherTitleCompany,
  otherActor,
  otherSettings,
  otherTitleSums
}: SignalStrengths) {
  return Boolean(otherCompany || otherTitleCompany || otherActor || otherSettings === 1 || otherTitleSums)
}

/** What tells one event from another tells nothing of the steps of one matter: those are another thing, told later. */
const STEPS_DIFFER = {
  ...NO_STEPS_APART,
  otherKind: 0,
  // Neither near nor far.
  daysClose: 0.5,
  daysApart: 0,
  otherYear: 0
}

function daysBetween(story: StoryCandidate['story'], article: Changed): number {
  return ((article.published ?? article.seenAt).getTime() - story.published.getTime()) / DAY_MS
}

function loneMarginOf({ key }: MaterialChange): number {
  if (COMES_LATER.has(key)) return LONE_MARGIN
  return MOSTLY_LATER.has(key) ? MOSTLY_LATER_MARGIN : Number.POSITIVE_INFINITY
}

function marginOf({ key }: MaterialChange): number {
  if (key.startsWith('pause:')) return PAUSE_MARGIN
  return key === 'stage:loosened' ? FALL_MARGIN : MARGIN
}

function billsOf({ title, summary }: { title: string; summary: string }): Set<string> {
  return new Set([...`${title}\n${summary}`.matchAll(BILL)].map(([bill]) => bill.replace(/[.\s]/g, '')))
}
