import { addDays, compareDates, type Day, dateInWords, daysBetween, type PartialDate, rangeOf } from '../dates.js'
import { STAGE_WORDS } from '../words.js'
import { knownBy } from './knowledge.js'
import { doubtMarks, EFFECT_DAYS, type Mark, nearChange } from './marks.js'
import type { Rule, RuleStage, Step } from './model.js'

/** A step as it stands after all known moves. */
export interface Rung {
  step: Step
  /** Steps that it moved, oldest first: what the date was before. */
  moved: Step[]
}

/** Where a rule stands on its own ladder, without a look at other rules. */
export interface LadderStanding {
  stage: RuleStage
  /** Since when; null where it passed and the day it took effect was not seen. */
  since: PartialDate | null
  rung: Rung
  marks: Mark[]
}

/** The steps that count by a day's knowledge: those known by then and not moved by then, in the order of their dates. */
export function rungsKnownBy(rule: Rule, day: Day): Rung[] {
  const known = knownBy(rule.steps, day)
  const rungs: Rung[] = []
  for (const step of known) {
    if (known.some((other) => moves(other, step))) continue
    rungs.push({ step, moved: movedBy(step, known) })
  }
  return rungs.sort((a, b) => compareDates(a.step.date ?? '9999', b.step.date ?? '9999'))
}

/** Where the ladder stands on a day; null before its first step. */
export function standingOn(rule: Rule, asOf: Day, knowledge: Day): LadderStanding | null {
  const rungs = rungsKnownBy(rule, knowledge)
  const climbed = rungs.filter((rung) => isReached(rung.step, asOf) && isBacked(rung.step, rungs))
  const rung = climbed.at(-1)
  if (!rung?.step.date) return null
  const marks = [...ladderMarks(rungs, rung, asOf), ...effectMarks(rule, rung.step, asOf)]
  if (rung.step.stage === 'passed' && rule.doubts.effect) return { stage: 'in-force', since: null, rung, marks }
  return { stage: rung.step.stage, since: rung.step.date, rung, marks }
}

/** The coming step of a stage after a day, if one is on record. */
function comingRung(rule: Rule, stage: RuleStage, asOf: Day, knowledge: Day): Rung | null {
  return (
    rungsKnownBy(rule, knowledge).find(({ step }) => step.stage === stage && step.date && !isReached(step, asOf)) ??
    null
  )
}

/** A day that a rule was, or is, set to begin or to end. */
export interface SetDay {
  /** As it was set by the day asked about. */
  date: PartialDate
  /** What it had been before, oldest first. */
  before: PartialDate[]
  /** What it was moved to after the day asked about, oldest first; null: to never. */
  later: (PartialDate | null)[]
  /** The steps behind it: their doubts go with it. */
  steps: Step[]
}

/** When a stage was set to come, by the word of the day asked about and not of what moved it afterwards. */
export function setDay(rule: Rule, stage: RuleStage, asOf: Day, knowledge: Day): SetDay | null {
  const then = comingRung(rule, stage, asOf, asOf < knowledge ? asOf : knowledge)
  const now = comingRung(rule, stage, asOf, knowledge)
  const rung = then ?? now
  if (!rung?.step.date) return null
  const final = rungsKnownBy(rule, knowledge).find((other) => other.moved.includes(rung.step))
  const later = final ? [...final.moved.slice(final.moved.indexOf(rung.step) + 1), final.step] : []
  return {
    date: rung.step.date,
    before: rung.moved.flatMap(({ date }) => date ?? []),
    later: later.map(({ date }) => date),
    steps: [rung.step, ...later]
  }
}

function moves(mover: Step, step: Step): boolean {
  return mover !== step && mover.stage === step.stage && mover.moves !== null && mover.moves === step.date
}

function movedBy(step: Step, known: readonly Step[]): Step[] {
  const before = known.find((other) => moves(step, other))
  return before ? [...movedBy(before, known), before] : []
}

function isReached(step: Step, asOf: Day): boolean {
  return step.date !== null && rangeOf(step.date).first <= asOf
}

/** A date that a mere proposal names does not come true by itself: something must have passed by then. */
function isBacked(step: Step, rungs: readonly Rung[]): boolean {
  if (step.stage !== 'in-force' && step.stage !== 'expired') return true
  if (!rungs.some((rung) => rung.step.stage === 'proposed')) return true
  return rungs.some(({ step: other }) => {
    const decided = other.stage === 'passed' || (other.stage === 'in-force' && other !== step)
    return decided && other.date !== null && step.date !== null && compareDates(other.date, step.date) <= 0
  })
}

function ladderMarks(rungs: readonly Rung[], current: Rung, asOf: Day): Mark[] {
  const marks = doubtMarks(current.step.doubts)
  const next = rungs[rungs.indexOf(current) + 1]
  for (const { step } of next ? [current, next] : [current])
    if (step.date)
      marks.push(...nearChange(asOf, step.date, step.doubts, `${STAGE_WORDS[step.stage]} ${dateInWords(step.date)}`))
  for (const rung of rungs) marks.push(...overdueMarks(rung, asOf))
  return marks
}

/** A moved date that has come, where the move itself is in doubt: the rule may have followed the earlier date. */
function overdueMarks(rung: Rung, asOf: Day): Mark[] {
  const chain = [...rung.moved, rung.step]
  const marks: Mark[] = []
  for (const [index, step] of chain.entries()) {
    const before = chain[index - 1]
    if (!before?.date || !isReached(before, asOf) || isReached(step, asOf)) continue
    const set = `${step.stage === 'expired' ? 'end' : 'start'} was set for ${dateInWords(before.date)}`
    for (const mark of doubtMarks(step.doubts)) marks.push({ ...mark, text: `${set}; ${mark.text}` })
  }
  return marks
}

function effectMarks(rule: Rule, step: Step, asOf: Day): Mark[] {
  if (!rule.doubts.effect || !step.date) return []
  const waiting = step.stage === 'passed' && asOf <= addDays(rangeOf(step.date).last, EFFECT_DAYS)
  const marks = doubtMarks({ effect: rule.doubts.effect }).map((mark) => ({ ...mark, bears: waiting }))
  return step.stage === 'in-force' ? marks.map((mark) => ({ ...mark, bears: isYoung(step.date!, asOf) })) : marks
}

function isYoung(date: PartialDate, asOf: Day): boolean {
  return daysBetween(rangeOf(date).last, asOf) <= 0
}
