import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { packageRoot } from '../package-root.js'
import { findPhase } from './phases.js'
import { wordPattern } from './word-pattern.js'
import { fold } from './words.js'

/** Steps on a bill's way, as far as the press names them; `passed` is a vote that names no more. */
export const BILL_STEPS = [
  'lower-house',
  'upper-house',
  'committee',
  'first-vote',
  'second-reading',
  'final',
  'law'
] as const
/** A step, or what an article says without naming one. */
export type BillStep = (typeof BILL_STEPS)[number] | 'introduced' | 'passed'

/** How far each step is along the way; the two chambers are equally far, whichever comes first. */
const RANKS: Record<BillStep, number> = {
  introduced: 1,
  committee: 2,
  'first-vote': 3,
  'second-reading': 4,
  'lower-house': 5,
  'upper-house': 5,
  passed: 6,
  final: 7,
  law: 8
}

/** How people call a step that a bill has taken. */
const NAMES: Record<BillStep, string> = {
  introduced: 'introduced',
  committee: 'through committee',
  'first-vote': 'passed in a first vote',
  'second-reading': 'passed at second reading',
  'lower-house': 'passed by the lower house',
  'upper-house': 'passed by the upper house',
  passed: 'passed',
  final: 'passed in the final vote',
  law: 'signed into law'
}

/** What counts as the first sentences, in characters. */
const LEAD_LENGTH = 240
/** Words that may stand between "goes to" and where a bill goes. */
const AWAITED_GAP = String.raw`(?:\S+ ){0,4}?`
/** Bodies whose names hold that of a chamber. */
const NO_CHAMBER = /\b(?:white house|camara municipal|camara de vereadores|house of worship|houses of worship)\b/g

const StepFile = z.record(z.enum([...BILL_STEPS, 'backed', 'awaited']), z.array(z.string().min(1)).min(1))

interface StepWords {
  patterns: Record<(typeof BILL_STEPS)[number] | 'backed', RegExp>
  /** What is still to come: `goes to the House`, `must come back for a final vote`. */
  ahead: RegExp
  /** A second or final vote is still to come. */
  voteAhead: RegExp
  /** A signature is still to come. */
  signatureAhead: RegExp
}

let words: StepWords | null = null

/** The step of a bill that a headline tells, or the first sentences where it tells none; null when neither does. */
export function findBillStep(title: string, text: string): BillStep | null {
  return stepIn(plain(title)) ?? stepIn(plain(text.slice(0, LEAD_LENGTH)))
}

/** The step that a headline tells by itself. */
export function findTitleStep(title: string): BillStep | null {
  return stepIn(plain(title))
}

/** Whether a text says that a second or final vote is still to come. */
export function awaitsVote(text: string): boolean {
  return load().voteAhead.test(plain(text))
}

/** Whether a text says that somebody has still to sign the bill. */
export function awaitsSignature(text: string): boolean {
  return load().signatureAhead.test(plain(text))
}

/** Whether a bill that has taken the one step may take the other next, which is then news. */
export function leadsTo(was: BillStep, now: BillStep): boolean {
  const otherChamber = RANKS[was] === RANKS['lower-house'] && RANKS[now] === RANKS['lower-house'] && was !== now
  return otherChamber || RANKS[now] > RANKS[was]
}

/** `passed by the lower house` */
export function nameBillStep(step: BillStep): string {
  return NAMES[step]
}

function stepIn(folded: string): BillStep | null {
  const { patterns, ahead } = load()
  const told = folded.replace(ahead, ' ')
  const step = BILL_STEPS.findLast((one) => patterns[one].test(told)) ?? null
  if (step !== 'lower-house' && step !== 'upper-house') return step
  if (!patterns.backed.test(told) && findPhase('legislation', told, '') !== 'passed') return null
  const [lower, upper] = [told.search(patterns['lower-house']), told.search(patterns['upper-house'])]
  return upper < 0 || (lower >= 0 && lower < upper) ? 'lower-house' : 'upper-house'
}

function plain(text: string): string {
  return fold(text).replaceAll('’', "'").replace(NO_CHAMBER, ' ')
}

function load(): StepWords {
  words ??= readWords(join(packageRoot, 'lexicon', 'bill-steps.yaml'))
  return words
}

function readWords(path: string): StepWords {
  const file = StepFile.safeParse(parse(readFileSync(path, 'utf8')))
  if (!file.success) {
    throw new Error(
      `${path} is not as expected: ${z.prettifyError(file.error)}. Write "step: [words, …]" for ${[...BILL_STEPS, 'backed', 'awaited'].join(', ')}.`
    )
  }
  const { data } = file
  const behind = (entries: string[]) =>
    new RegExp(`${wordPattern(data.awaited).source}\\S* ${AWAITED_GAP}${wordPattern(entries).source}`, 'g')
  const patterns = Object.fromEntries([...BILL_STEPS, 'backed' as const].map((step) => [step, wordPattern(data[step])]))
  return {
    patterns: patterns as StepWords['patterns'],
    ahead: behind(BILL_STEPS.flatMap((step) => data[step])),
    voteAhead: new RegExp(behind([...data['second-reading'], ...data.final]).source),
    signatureAhead: new RegExp(behind([...data.law, 'governor', 'desk', 'president$', 'mayor']).source)
  }
}
