import type { StoryCandidate } from '../store/articles/articles.js'
import { type Changed, findMaterialChange, type MaterialChange } from './material-change.js'
import { relatePlaces } from './places.js'
import { compareArticles, NO_STEPS_APART } from './signals.js'
import type { Signature } from './signature.js'
import { weighSignals } from './similarity.js'
import type { StoryWeights } from './weights.js'

/** A bill by its number: `LD 1585`, `SB 6280`, `H.R. 7356`. */
const BILL = /\b(?:LD|[HS]\.?\s?[BFJR]\.?|A\.?B\.?|S\.?|A\.?)\s?(\d{2,5})\b/g
/** How much surer than for one event: steps of two matters of one place are alike in words. */
const MARGIN = 1.5
/** A year later it is another matter: as long as a session of a parliament or a stay of a court (src/store/articles/candidates.ts). */
const LONGEST_DAYS = 120
const DAY_MS = 86_400_000
/** A law that falls is known by its place, whose laws on this subject are few. */
const FALL_MARGIN = 0
/** A pause whose end is told is known by who paused, who seldom does so twice within a season. */
const PAUSE_MARGIN = -0.5

/**
 * Why an article is the next step of a story that was told before: a material change of the same matter, known by its
 * bill's number, or alike in all but the step. Null when it is not. Pure.
 */
export function continues(
  article: Changed,
  signature: Signature,
  { story }: StoryCandidate,
  told: readonly Signature[],
  data: StoryWeights
): string | null {
  if (relatePlaces(story.jurisdictions, signature.jurisdictions) === 'apart') return null
  const change = findMaterialChange(story, article)
  const bills = billsOf(article)
  const bill = [...billsOf(story)].find((number) => bills.has(number))
  if (bill && change === null && article.stage === story.stage) return `the same bill, ${bill}, at the same step`
  if (change === null || daysBetween(story, article) > LONGEST_DAYS) return null
  if (bill) return `the next step of the same bill, ${bill}: ${change.what}`
  const scores = told.map((one) => {
    const alike = { ...compareArticles(signature, one, data), ...STEPS_DIFFER }
    const anchored = alike.samePlace || (signature.kind !== 'legislation' && alike.sameCompany)
    return anchored ? weighSignals(alike, data) : Number.NEGATIVE_INFINITY
  })
  return Math.max(...scores) >= data.threshold + marginOf(change)
    ? `the next step of the same matter: ${change.what}`
    : null
}

/** What tells one event from another tells nothing of the steps of one matter: those are another thing, told later. */
const STEPS_DIFFER = {
  ...NO_STEPS_APART,
  otherKind: 0,
  daysApart: 0,
  otherYear: 0
}

function daysBetween(story: StoryCandidate['story'], article: Changed): number {
  return ((article.published ?? article.seenAt).getTime() - story.published.getTime()) / DAY_MS
}

function marginOf({ key }: MaterialChange): number {
  if (key.startsWith('pause:')) return PAUSE_MARGIN
  return key === 'stage:loosened' ? FALL_MARGIN : MARGIN
}

function billsOf({ title, summary }: { title: string; summary: string }): Set<string> {
  return new Set([...`${title}\n${summary}`.matchAll(BILL)].map(([bill]) => bill.replace(/[.\s]/g, '')))
}
