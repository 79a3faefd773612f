import type { Stage } from '../model/tags.js'
import type { FindChange } from '../store/articles/articles.js'
import { endDate, says } from './change-words.js'
import { findPhase } from './phases.js'
import { fold } from './words.js'

/** Two reports of one moment word it differently; what happened after it comes at least so much later. */
const LEAST_HOURS = 3
/** A regulator, a court or a company takes no two steps within a day: what sounds like two is one, in two languages. */
const LEAST_HOURS_OF_STEP = 20

/** What changed, and into what, in words for people. */
export interface MaterialChange {
  /** Names the change: each is told once. */
  key: string
  /** `Passed (was proposed)` */
  what: string
  /** The stage that the story has reached, when that is what changed. */
  stage: Stage | null
}

type Before = Parameters<FindChange>[0]
/** An article that may change a story. */
export type Changed = Parameters<FindChange>[1]

/** Steps of a bill that are news to those who know the one before. */
const STAGES_AFTER: Record<Stage, Stage[]> = {
  proposed: ['passed', 'rejected'],
  passed: ['loosened', 'rejected'],
  loosened: [],
  rejected: ['passed']
}

/** The steps of `lexicon/story-phases.yaml` at which a stage is reached. */
const STEPS_OF_STAGE: Partial<Record<Stage, string[]>> = {
  passed: ['passed'],
  rejected: ['vetoed', 'postponed', 'expires'],
  loosened: ['repealed', 'expires']
}

/** Steps of `lexicon/story-phases.yaml` that are news to those who know the one before. */
const PHASES_AFTER: Record<string, Record<string, string[]>> = {
  legislation: { committee: ['passed', 'rejected'], preliminary: ['passed', 'rejected', 'vetoed'] },
  litigation: {
    sued: ['ruled', 'settled', 'upheld', 'dismissed'],
    refiled: ['ruled', 'settled', 'upheld', 'dismissed'],
    ruled: ['settled', 'appealed'],
    appealed: ['upheld', 'settled', 'ruled', 'decided-on-appeal']
  },
  enforcement: {
    investigated: ['ordered', 'fined', 'cleared', 'settled'],
    intended: ['ordered', 'fined', 'cleared', 'settled'],
    ordered: ['fined', 'appealed'],
    fined: ['appealed', 'settled']
  },
  'company-policy': { ended: ['resumed'], paused: ['extended', 'resumed', 'ended'], extended: ['resumed', 'ended'] }
}

/**
 * What an article that joined a story says has changed since the story was told: a bill passed or fell, a rule was
 * taken away, a suit was decided, a fine followed an inquiry, a pause got an end or another one. Null for everything
 * that tells the same again. Pure.
 */
export function findMaterialChange(before: Before, article: Changed): MaterialChange | null {
  const moment = article.published ?? article.seenAt
  const hours = (moment.getTime() - before.published.getTime()) / 3_600_000
  if (hours < LEAST_HOURS) return null
  return (
    struckDown(before, article) ??
    nextStage(before, article) ??
    (hours < LEAST_HOURS_OF_STEP ? null : nextPhase(before, article)) ??
    endOfPause(before, article)
  )
}

function struckDown(before: Before, article: Changed): MaterialChange | null {
  const passed = before.kind === 'legislation' && before.stage === 'passed'
  if (!passed || !says('struck-down', article.title) || says('struck-down', before.title)) return null
  return { key: 'stage:loosened', what: 'Taken away or struck down (was passed)', stage: 'loosened' }
}

function nextStage(before: Before, article: Changed): MaterialChange | null {
  if (before.kind !== 'legislation' || article.kind !== 'legislation') return null
  const [was, now] = [before.stage, article.stage]
  if (was === null || now === null || !STAGES_AFTER[was].includes(now)) return null
  // The tagger reads a stage into whatever tells of a bill: only words of that step make it news.
  const step = findPhase('legislation', article.title, article.summary)
  if (step === null || !STEPS_OF_STAGE[now]?.includes(step)) return null
  return { key: `stage:${now}`, what: `${capitalised(now)} (was ${was})`, stage: now }
}

function nextPhase(before: Before, article: Changed): MaterialChange | null {
  const steps = PHASES_AFTER[before.kind]
  if (!steps || article.kind !== before.kind) return null
  const was = findPhase(before.kind, before.title, before.summary)
  // Only a headline is sure enough: a text tells the steps before as well.
  const now = findPhase(before.kind, article.title, '')
  if (was === null || now === null || !steps[was]?.includes(now)) return null
  return { key: `step:${now}`, what: `${capitalised(now.replaceAll('-', ' '))} (was ${was})`, stage: null }
}

function endOfPause(before: Before, article: Changed): MaterialChange | null {
  const [told, tells] = [textOf(before), textOf(article)]
  if (!says('pause', told) || !says('pause', tells)) return null
  const [end, known] = [endDate(tells), endDate(told)]
  if (end === null || end === known || fold(told).includes(end)) return null
  const what = known === null ? `The pause ends: ${dated(end)}` : `The pause ends ${dated(end)} (was ${dated(known)})`
  return { key: `pause:${end.replace(/\s+/g, '-')}`, what, stage: null }
}

/** The month with its capital again, which folding took. */
function dated(end: string): string {
  return end.replace(/\p{L}{3,}/u, capitalised)
}

function textOf({ title, summary }: { title: string; summary: string }): string {
  return `${title}\n${summary}`
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
