import type { Day, PartialDate } from './dates.js'
import type { Actor, Effect, RuleStage, State, StatedEnd } from './model.js'

/** What news can say happened to a rule; each stands for a rung of the ladder (RULE_ACT_STAGES). */
export const RULE_ACTS = [
  'proposed',
  'advanced',
  'passed',
  'vetoed',
  'rejected',
  'in-force',
  'enjoined',
  'struck-down',
  'repealed',
  'expired',
  'extended',
  'delayed'
] as const
export type RuleAct = (typeof RULE_ACTS)[number]

/** The rung that an act puts a rule on; null: it moves a date and leaves the rule where it stands. */
export const RULE_ACT_STAGES: Record<RuleAct, RuleStage | null> = {
  proposed: 'proposed',
  advanced: 'proposed',
  passed: 'passed',
  vetoed: 'rejected',
  rejected: 'rejected',
  'in-force': 'in-force',
  enjoined: 'enjoined',
  'struck-down': 'repealed',
  repealed: 'repealed',
  expired: 'expired',
  extended: null,
  delayed: null
}

/** The words that a change rests on: UTF-16 offsets into the article's title or text, `end` exclusive. */
export interface Quote {
  field: 'title' | 'text'
  start: number
  end: number
  /** The words themselves, as they stood there. */
  words: string
  /** What they say: `act`, `subject`, `date`, `start`, `end`. */
  says: 'act' | 'subject' | 'date' | 'start' | 'end'
}

interface ChangeBase {
  /** The day of the change: as told, else the day the article was published. */
  date: Day | PartialDate
  /** False: the article names no day. */
  dateTold: boolean
  quotes: Quote[]
}

/** A company stands elsewhere than before. */
export interface PositionChange extends ChangeBase {
  type: 'position'
  company: string
  state: State
  /** True: what holds goes on, with another end (`extended`). */
  extends: boolean
  audience: string[]
  scope: string[]
  end: StatedEnd | null
}

/** A rule climbed its ladder, came down from it, or had a date moved. */
export interface RuleChange extends ChangeBase {
  type: 'rule'
  place: string
  act: RuleAct
  /** "SB 6280"; null when the article names none. */
  instrument: string | null
  effect: Effect
  actors: Actor[]
  /** First day, when told. */
  inForce: PartialDate | null
  /** Last day, when told; `never` when it was told that there is none. */
  ends: PartialDate | 'never' | null
}

/** A fine or a settlement: it happened, and changes no state by itself. */
export interface EventChange extends ChangeBase {
  type: 'event'
  act: 'fined' | 'settled'
  company: string
  places: string[]
  /** "€20 million", as told; null when no sum is named. */
  amount: string | null
}

/** What an article says has changed. Never a fact by itself. */
export type Change = PositionChange | RuleChange | EventChange

/** What the extraction reads: the very texts that the tagger read, with its tags. */
export interface Reading {
  title: string
  text: string
  tags: { relevant: boolean; companies: string[]; jurisdictions: string[]; lang: string; evidence: ReadEvidence[] }
  /** The day it was published; relative dates are counted from here. */
  published: Day
}

interface ReadEvidence {
  tag: string
  field: 'title' | 'text'
  start: number
  end: number
}
