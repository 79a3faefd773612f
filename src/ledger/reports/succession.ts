import type { Change, RuleAct } from '../change.js'
import { daysBetween, rangeOf } from '../dates.js'
import { sameMatter } from './same-change.js'

/** Within so many days two reports that lead elsewhere are held against each other. */
const NEAR_DAYS = 30
/** Days that two steps must lie apart to follow each other: told both, and where one was only guessed. */
const STEP_DAYS = { told: 1, guessed: 4 }

/** What may follow on an act within weeks; anything may follow later. */
const NEXT: Record<RuleAct, readonly RuleAct[]> = {
  proposed: ['advanced', 'passed', 'signed', 'vetoed', 'rejected', 'in-force'],
  advanced: ['passed', 'signed', 'vetoed', 'rejected', 'in-force'],
  passed: ['signed', 'vetoed', 'in-force', 'enjoined', 'reinstated', 'struck-down', 'delayed'],
  signed: ['in-force', 'enjoined', 'reinstated', 'struck-down', 'delayed'],
  vetoed: ['passed', 'rejected', 'proposed'],
  rejected: ['proposed'],
  'in-force': ['enjoined', 'reinstated', 'struck-down', 'extended', 'repealed', 'expired'],
  enjoined: ['reinstated', 'struck-down', 'repealed', 'in-force'],
  reinstated: ['in-force', 'enjoined', 'struck-down', 'repealed'],
  'struck-down': ['reinstated'],
  repealed: ['proposed'],
  expired: ['proposed', 'reinstated', 'passed'],
  extended: ['in-force', 'signed', 'repealed', 'enjoined'],
  delayed: ['in-force', 'signed', 'repealed', 'enjoined']
}

/** Acts that may be told of one law on one day without one of them being wrong. */
const TOGETHER: readonly string[] = [
  'advanced passed',
  'advanced proposed',
  'in-force passed',
  'in-force signed',
  'extended passed',
  'extended signed',
  'delayed passed',
  'delayed signed',
  'in-force reinstated',
  'passed signed',
  'passed repealed',
  'repealed signed',
  'passed proposed'
]

/**
 * The same subject led elsewhere within a month, and neither is the next step of the other: one of the two is wrong,
 * and a person must say which.
 */
export function contradicts(a: Change, b: Change): boolean {
  if (a.type === 'event' || b.type === 'event' || !sameMatter(a, b)) return false
  const [first, then] = a.date <= b.date ? [a, b] : [b, a]
  const apart = daysBetween(rangeOf(first.date).first, rangeOf(then.date).first)
  if (apart > NEAR_DAYS) return false
  const stepped = apart >= (a.dateTold && b.dateTold ? STEP_DAYS.told : STEP_DAYS.guessed)
  if (first.type === 'rule' && then.type === 'rule') {
    if (first.act === then.act || TOGETHER.includes([first.act, then.act].sort().join(' '))) return false
    return !(stepped && NEXT[first.act].includes(then.act))
  }
  if (first.type !== 'position' || then.type !== 'position') return false
  if (first.state === then.state) return false
  return !stepped
}
