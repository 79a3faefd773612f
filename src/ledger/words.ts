import { dateInWords, type PartialDate, precision } from './dates.js'
import type { Mark } from './record/marks.js'
import type { Effect, Position, Rule, RuleStage, State } from './record/model.js'

/** The states as people read them, at the head of a sentence. */
export const STATE_WORDS: Record<State, string> = {
  sells: 'Sells',
  restricted: 'Restricted',
  paused: 'Paused',
  conditional: 'Conditional',
  exited: 'Exited',
  'bans-use': 'Bans the use',
  'barred-by-order': 'Barred by order',
  resumed: 'Resumed'
}

/** What a state that has lapsed was, inside a sentence. */
export const STATE_NOUNS: Record<State, string> = {
  sells: 'offer',
  restricted: 'restriction',
  paused: 'pause',
  conditional: 'condition',
  exited: 'exit',
  'bans-use': 'ban',
  'barred-by-order': 'order',
  resumed: 'return'
}

export const EFFECT_WORDS: Record<Effect, string> = {
  bans: 'Bans',
  pauses: 'Pauses',
  limits: 'Limits',
  requires: 'Requires',
  permits: 'Permits',
  'trade-limits': 'Limits'
}

/** What a rule is, for a list inside a sentence. */
export const EFFECT_NOUNS: Record<Effect, string> = {
  bans: 'ban',
  pauses: 'pause',
  limits: 'limits',
  requires: 'duties',
  permits: 'permission',
  'trade-limits': 'trade limits'
}

export const STAGE_WORDS: Record<RuleStage, string> = {
  proposed: 'proposed',
  passed: 'passed',
  'in-force': 'in force',
  enjoined: 'enjoined',
  expired: 'expired',
  repealed: 'repealed',
  rejected: 'rejected'
}

/** "on 10 June 2020", "in June 2020". */
export function onDate(date: PartialDate): string {
  return `${precision(date) === 'day' ? 'on' : 'in'} ${dateInWords(date)}`
}

/**
 * A position in one plain sentence: "Paused since 10 June 2020 for one year (stated end: 10 June 2021): police use of
 * Rekognition, by its own choice."
 * @param run positions of the same state before it, without a gap, oldest first: they say since when it has stood so
 */
export function positionSentence(position: Position, run: readonly Position[] = [position]): string {
  const first = run[0] ?? position
  const since = `${position.state === 'resumed' ? ' on' : ' since'} ${dateInWords(first.since)}`
  const start = first.atLatest ? `, on record${since}` : since
  const renewed = first === position ? '' : `, renewed ${onDate(position.since)}`
  return `${STATE_WORDS[position.state]}${start}${renewed}${endWords(position)}: ${position.label}${choiceWords(position)}.`
}

function endWords(position: Position): string {
  if (!position.end) return ['paused', 'barred-by-order'].includes(position.state) ? ', no end stated' : ''
  const { date, duration, condition } = position.end
  const length = duration ? ` for ${duration}` : ''
  const until = condition ? `, until ${condition}` : ''
  const end = date ? ` (stated end: ${dateInWords(date)})` : ''
  return `${length}${until}${end}`
}

function choiceWords(position: Position): string {
  if (position.imposedBy) return `, imposed by ${position.imposedBy}`
  return ['sells', 'resumed'].includes(position.state) ? '' : ', by its own choice'
}

/** What happens to a position whose stated end has passed without news. */
export function lapsedSentence(position: Position, end: PartialDate): string {
  const noun = STATE_NOUNS[position.state]
  return `Not known: the ${noun} of ${dateInWords(position.since)} lapsed on paper after ${dateInWords(end)} and no later news is on record: ${position.label}.`
}

/** "Bans use by city departments." from a rule. */
export function ruleContent(rule: Rule): string {
  return `${EFFECT_WORDS[rule.effect]} ${rule.covers}`
}

/** The marks of an answer as one stretch in brackets, or ''. How far the sources reach is told once, not in each line. */
export function marksInWords(marks: readonly Mark[]): string {
  const told = marks.filter((mark) => mark.kind !== 'reach')
  if (told.length === 0) return ''
  return ` [${told.map((mark) => mark.text).join('; ')}]`
}
