import type { Day, PartialDate } from './dates.js'
import type { Actor, Effect, RuleStage, State, StatedEnd } from './record/model.js'

/** What news can say happened to a rule; each stands for a rung of the ladder (RULE_ACT_STAGES). */
export const RULE_ACTS = [
  'proposed',
  'advanced',
  'passed',
  'signed',
  'vetoed',
  'rejected',
  'in-force',
  'enjoined',
  'reinstated',
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
  signed: 'passed',
  vetoed: 'rejected',
  rejected: 'rejected',
  'in-force': 'in-force',
  enjoined: 'enjoined',
  reinstated: 'in-force',
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
  /** The article says that it did not happen: it speaks against a report, and reports nothing itself. */
  denied?: true
  /** The article credits another outlet with it, and so is no source of its own. */
  relayed?: true
  /**
   * The tagger took the article for off the topic: it counts only for a bill whose `number` is known, or, where it names
   * the topic plainly, for a company or place (`subject`) that is.
   */
  offTopic?: 'number' | 'subject'
  /** It leads back to what the ledger says: news only after a report of something else. */
  returns?: true
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

/** What news can say happened to a company that changes no state by itself. */
export const EVENT_ACTS = ['fined', 'annulled', 'settled'] as const
export type EventAct = (typeof EVENT_ACTS)[number]

/** A fine, a fine that a court took away, a settlement. */
export interface EventChange extends ChangeBase {
  type: 'event'
  act: EventAct
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
  tags: {
    relevant: boolean
    score: number
    companies: string[]
    jurisdictions: string[]
    lang: string
    evidence: ReadEvidence[]
  }
  /** The day it was published; relative dates are counted from here. */
  published: Day
}

interface ReadEvidence {
  tag: string
  /** Why the tagger took the words for the tag. */
  reason?: string
  field: 'title' | 'text'
  start: number
  end: number
}
