import type { Stage } from '../model/tags.js'
import type { FindChange, ToldArticle } from '../store/articles/articles.js'
import {
  awaitsSignature,
  awaitsVote,
  type BillStep,
  findBillStep,
  findTitleStep,
  leadsTo,
  nameBillStep
} from './bill-steps.js'
import { endDate, says } from './change-words.js'
import { findDurations } from './numbers.js'
import { findPhase } from './phases.js'
import { fold } from './words.js'

/** Two reports of one moment word it differently; what happened after it comes at least so much later. */
const LEAST_HOURS = 3
/** A regulator, a court or a company takes no two steps within a day: what sounds like two is one, in two languages. */
const LEAST_HOURS_OF_STEP = 20
/** For so many days a vote is told again in loose words, and in the course of reactions to it. */
const RETOLD_HOURS = 5 * 24

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
 * What an article that joined a story says has changed since the story was told, when none of the articles `told` there
 * has said so before; null for everything that tells the same again. Pure.
 */
export function findMaterialChange(
  before: Before,
  article: Changed,
  told: readonly ToldArticle[] = []
): MaterialChange | null {
  const change = findNextStep(before, article, told)
  return change === null || told.some((one) => hasTold(one, change, before, article, told)) ? null : change
}

/** One that was told before says the same has changed; or within hours, in whatever words, that something has. */
function hasTold(
  one: ToldArticle,
  { key }: MaterialChange,
  before: Before,
  article: Changed,
  told: readonly ToldArticle[]
): boolean {
  if (one.title === article.title) return false
  const hours = hoursBetween(before, article)
  // What came with the first telling told that step, in words that may sound like the next.
  if (hours >= RETOLD_HOURS && hoursBetween(before, one) < RETOLD_HOURS) return false
  const retold = { ...one, official: false, kind: article.kind, stage: article.stage }
  const said = changeAfter(hours, before, retold, told)?.key
  if (said === key) return true
  const isOfLate = said !== undefined && hoursBetween(one, article) < LEAST_HOURS_OF_STEP
  if (isOfLate && hoursBetween(before, retold) >= LEAST_HOURS_OF_STEP) return true
  // In the first days a step may have stood in a text whose headline only asked for it.
  const text = { ...retold, title: '', summary: textOf(one) }
  return hours < RETOLD_HOURS && changeAfter(hours, before, text, told)?.key === key
}

/**
 * The step that an article tells and that may follow what its story told, new or not: a bill took its next step or fell,
 * a rule or an order was taken away, a suit was decided, a fine followed an inquiry, a pause got an end or another one.
 */
export function findNextStep(
  before: Before,
  article: Changed,
  told: readonly ToldArticle[] = []
): MaterialChange | null {
  const hours = hoursBetween(before, article)
  return hours < LEAST_HOURS ? null : changeAfter(hours, before, article, told)
}

function changeAfter(
  hours: number,
  before: Before,
  article: Changed,
  told: readonly ToldArticle[]
): MaterialChange | null {
  const steps =
    hours < LEAST_HOURS_OF_STEP
      ? null
      : (undone(before, article) ?? settledLater(before, article) ?? nextBillStep(hours, before, article, told))
  return (
    struckDown(before, article) ??
    steps ??
    nextStage(before, article) ??
    (hours < LEAST_HOURS_OF_STEP ? null : nextPhase(hours, before, article)) ??
    endOfPause(before, article)
  )
}

function hoursBetween(before: Dated, article: Dated): number {
  return (timeOf(article) - timeOf(before)) / 3_600_000
}

interface Dated {
  published: Date | null
  seenAt?: Date
}

function timeOf({ published, seenAt }: Dated): number {
  return (published ?? seenAt)?.getTime() ?? 0
}

function struckDown(before: Before, article: Changed): MaterialChange | null {
  const passed = before.kind === 'legislation' && before.stage === 'passed'
  if (!passed || !says('struck-down', article.title) || says('struck-down', before.title)) return null
  return { key: 'stage:loosened', what: 'Taken away or struck down (was passed)', stage: 'loosened' }
}

/** What a court, a regulator or a higher court takes away again: an order, a ruling, a fine. */
function undone(before: Before, article: Changed): MaterialChange | null {
  if (before.kind !== 'litigation' && before.kind !== 'enforcement') return null
  const isRuling = article.kind === before.kind || article.kind === 'litigation' || article.stage === 'loosened'
  if (!isRuling) return null
  const tells = (text: string) => says('undone', text) || says('struck-down', text)
  if (!tells(article.title) || tells(textOf(before)) || isOfAppeal(before)) return null
  return {
    key: 'step:undone',
    what: `Overturned (was ${before.kind === 'enforcement' ? 'ordered' : 'ruled'})`,
    stage: null
  }
}

/** What months later settles what stood open: a fine made smaller, a pause that is an end, a draft that holds. */
function settledLater(before: Before, { kind, title }: Changed): MaterialChange | null {
  const told = textOf(before)
  const follows = (heading: 'reduced' | 'cancelled' | 'final') => says(heading, title) && !says(heading, told)
  const isPunished = before.kind === 'enforcement' || before.kind === 'litigation'
  if (isPunished && follows('reduced') && (kind === 'enforcement' || kind === 'litigation'))
    return { key: 'step:reduced', what: 'Reduced (was fined)', stage: null }
  if (says('ahead', title)) return null
  if (says('draft', told) && follows('final'))
    return { key: 'step:final-text', what: 'Final (was a draft)', stage: null }
  if (before.kind === 'legislation' || !says('pause', told) || !follows('cancelled')) return null
  return { key: 'step:cancelled', what: 'Ended for good (was suspended)', stage: null }
}

/** An appeal that was decided is told in many words. */
function isOfAppeal({ kind, title, summary }: Before): boolean {
  return ['appealed', 'decided-on-appeal', 'upheld'].includes(findPhase(kind, title, summary) ?? '')
}

function nextBillStep(
  hours: number,
  before: Before,
  article: Changed,
  told: readonly ToldArticle[]
): MaterialChange | null {
  if (before.kind !== 'legislation' || article.kind !== 'legislation' || says('ahead', article.title)) return null
  if (article.stage === 'loosened' || isFallIn(article.title)) return null
  const was = billStepOf(before, told)
  // Soon after, only a headline is sure enough: a text tells the steps before as well.
  const retold = hours < RETOLD_HOURS
  const now = findTitleStep(article.title) ?? passedIn(article) ?? (retold ? null : findBillStep('', article.summary))
  if (was === null || now === null || !leadsTo(was, now)) return null
  // `introduced` is followed by a stage of the tagger's, and a vote is told again without saying that it was a first one.
  if (now === 'passed' && (was === 'introduced' || (retold && !isFirstVoteIn(before.title)))) return null
  if (now === 'law' && was === 'passed' && !awaitsSignature(textOf(before))) return null
  if (now === 'final' && was === 'passed') return null
  const passes = now !== 'committee' && now !== 'first-vote' && now !== 'second-reading'
  const what = `${capitalised(nameBillStep(now))} (was ${nameBillStep(was)})`
  return { key: `step:${now}`, what, stage: passes ? 'passed' : null }
}

/** At which step of its way a story's bill stands; a vote after which another has to come was a first one. */
function billStepOf(before: Before, told: readonly ToldArticle[]): BillStep | null {
  const step = findBillStep(before.title, before.summary)
  if (step !== null) return step
  if (before.stage === 'proposed') return 'introduced'
  if (before.stage !== 'passed') return null
  const first = told.filter((one) => hoursBetween(before, one) < LEAST_HOURS_OF_STEP)
  const isFirst = awaitsVote(textOf(before)) || first.some((one) => findTitleStep(one.title) === 'first-vote')
  return isFirst ? 'first-vote' : 'passed'
}

function isFirstVoteIn(title: string): boolean {
  return ['committee', 'first-vote', 'second-reading'].includes(findTitleStep(title) ?? '')
}

function isFallIn(title: string): boolean {
  return ['vetoed', 'postponed', 'expires', 'repealed'].includes(findPhase('legislation', title, '') ?? '')
}

function passedIn({ title, stage }: Changed): BillStep | null {
  return stage === 'passed' && findPhase('legislation', title, '') === 'passed' ? 'passed' : null
}

function nextStage(before: Before, article: Changed): MaterialChange | null {
  if (before.kind !== 'legislation' || article.kind !== 'legislation' || says('ahead', article.title)) return null
  const [was, now] = [before.stage, article.stage]
  if (was === null || now === null || !STAGES_AFTER[was].includes(now)) return null
  // "Rejects facial recognition" is the ban told again, "rejects facial recognition bill" is its fall.
  if (now === 'rejected' && says('refused', article.title) && !says('rule', article.title)) return null
  // The tagger reads a stage into whatever tells of a bill: only words of that step make it news.
  const step = findPhase('legislation', article.title, article.summary)
  if (step === null || !STEPS_OF_STAGE[now]?.includes(step)) return null
  return { key: `stage:${now}`, what: `${capitalised(now)} (was ${was})`, stage: now }
}

/** Where a matter stands at least, of which no word is known. */
const LEAST_PHASE: Record<string, string> = { litigation: 'sued', enforcement: 'ordered' }

function nextPhase(hours: number, before: Before, article: Changed): MaterialChange | null {
  const steps = PHASES_AFTER[before.kind]
  if (!steps || article.kind !== before.kind) return null
  const told = findPhase(before.kind, before.title, before.summary)
  const was = told ?? (hours < RETOLD_HOURS ? null : (LEAST_PHASE[before.kind] ?? null))
  // Only a headline is sure enough: a text tells the steps before as well.
  const now = findPhase(before.kind, article.title, '')
  if (was === null || now === null || !steps[was]?.includes(now)) return null
  // Who loses says at once that he will appeal.
  if (now === 'appealed' && says('ahead', article.title)) return null
  const what = capitalised(now.replaceAll('-', ' '))
  return { key: `step:${now}`, what: told === null ? what : `${what} (was ${told})`, stage: null }
}

function endOfPause(before: Before, article: Changed): MaterialChange | null {
  const [told, tells] = [textOf(before), textOf(article)]
  if (!says('pause', told) || !says('pause', tells)) return null
  const [end, known] = [endDate(tells), endDate(told)]
  // Who reckons when a halt of two years ends has no news.
  if (known === null && findDurations(before.title).length > 0) return null
  if (end === null || fold(told).includes(end) || (known !== null && end.includes(known))) return null
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
