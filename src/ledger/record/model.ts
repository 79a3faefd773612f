import type { Kind } from '../../model/tags.js'
import type { Day, PartialDate } from '../dates.js'

/** Where a company can stand (design section 1). */
export const STATES = [
  'sells',
  'restricted',
  'paused',
  'conditional',
  'exited',
  'bans-use',
  'barred-by-order',
  'resumed'
] as const
export type State = (typeof STATES)[number]

/** The ladder that a rule climbs and comes down from. */
export const RULE_STAGES = ['proposed', 'passed', 'in-force', 'enjoined', 'expired', 'repealed', 'rejected'] as const
export type RuleStage = (typeof RULE_STAGES)[number]

/** What a rule does to the use of facial recognition, in one word. */
export const EFFECTS = ['bans', 'pauses', 'limits', 'requires', 'permits', 'trade-limits'] as const
export type Effect = (typeof EFFECTS)[number]

/** Whom a rule binds. */
export const ACTORS = ['police', 'government', 'private', 'schools', 'border'] as const
export type Actor = (typeof ACTORS)[number]

/** What a date ahead is about. */
export const DATE_KINDS = ['compliance', 'comments-close', 'review', 'report', 'order-ends', 'lock-ends'] as const
export type DateKind = (typeof DATE_KINDS)[number]

/**
 * What of a record is uncertain. `day`, `month`: that part of its date; `fact`: all of it, for want of a source;
 * `end`: when it ends; `outcome`: what came of it; `effect`: the day it took effect; `source`: only weak sources;
 * `sources`: sources disagree, and it is open which is right.
 */
export const DOUBTS = ['day', 'month', 'fact', 'end', 'outcome', 'effect', 'source', 'sources'] as const
export type Doubt = (typeof DOUBTS)[number]
/** What is uncertain, and why, in a few words. */
export type Doubts = Partial<Record<Doubt, string>>

interface RecordBase {
  /** Stable for ever; exports and corrections refer to it. */
  id: string
  /** The first day on which it could be known: announced, published, signed. */
  known: PartialDate
  /** The last day on which somebody held it against its sources. */
  verified: Day
  /** Addresses; empty only with a doubt about the fact itself. */
  sources: string[]
  doubts: Doubts
  /** Sources disagreed, and why one of them is followed. Raises no doubt in answers. */
  settled: string | null
  /** The id of the record that this one puts right. The wrong one stays, as the history of what we believed. */
  corrects: string | null
  /** Dates that hang on this record, besides the ladder's and the stated end. */
  dates: DatedDuty[]
  /** The file it came from, relative to the ledger's folder. */
  file: string
}

/** A dated thing: training due, comments close, a court's supervision ends. */
export interface DatedDuty {
  what: DateKind
  date: PartialDate
  known: PartialDate
  /** In our own words. */
  says: string
  /** Comes back every year on that day. */
  yearly: boolean
  doubts: Doubts
}

/** When a position ends by its own words. */
export interface StatedEnd {
  /** Last day on which it holds; null when no day was named. */
  date: PartialDate | null
  /** As stated: "one year". */
  duration: string | null
  /** As stated: "further notice", "a national law is in force". */
  condition: string | null
}

/** Where a company stands on one subject, from one day on. The next position on the same subject ends it. */
export interface Position extends RecordBase {
  type: 'position'
  company: string
  /** Key of the subject within the company; keys that companies share can be compared. */
  subject: string
  /** The subject in words: "police use of Rekognition". */
  label: string
  state: State
  audience: string[]
  product: string | null
  /** Codes of the places it covers; empty: everywhere, or not stated. */
  scope: string[]
  since: PartialDate
  /** True: it stood so already before `since`; that is only the first day on record. */
  atLatest: boolean
  end: StatedEnd | null
  /** Who imposed it; null: the company's own choice. */
  imposedBy: string | null
  /** One or two sentences of our own. */
  summary: string
}

/** One rung: from `date` on, the rule is at `stage`. */
export interface Step {
  stage: RuleStage
  /** null: never (an end that was taken away). */
  date: PartialDate | null
  known: PartialDate
  /** The date of the earlier step of this stage that this one moves. */
  moves: PartialDate | null
  note: string | null
  doubts: Doubts
}

/** What a place has, or had, or is to have. */
export interface Rule extends RecordBase {
  type: 'rule'
  place: string
  instrument: string
  effect: Effect
  actors: Actor[]
  /** Whom and what it covers, in our own words, to follow the effect's verb or stand alone. */
  covers: string
  penalty: string | null
  steps: Step[]
  /** Ids of rules that it takes the place of while it is in force. */
  supersedes: string[]
  /** Ids of rules that it changes and leaves standing. */
  amends: string[]
}

/** Anything else that happened: a fine, a ruling, a report, a bill that changes no rule. */
export interface LedgerEvent extends RecordBase {
  type: 'event'
  date: PartialDate
  kind: Kind
  /** One sentence of our own. */
  says: string
  outcome: string | null
  places: string[]
  companies: string[]
}

export type LedgerRecord = Position | Rule | LedgerEvent

export interface CompanyEntry {
  name: string
  aliases: string[]
  parent: string | null
  /** Subject key → words, the most telling first. */
  subjects: Record<string, string>
}

export interface PlaceEntry {
  code: string
  name: string
  aliases: string[]
}

/** How, and up to when, the ledger was gathered (ledger/about.yaml). */
export interface About {
  gathered: Day
  /** The newest page that was read is from about here; later events are missing. */
  reachesTo: PartialDate
  method: string
  licence: string
}

/** All that is on record. Plain values; nothing in it changes after loading. */
export interface Ledger {
  about: About
  companies: CompanyEntry[]
  places: PlaceEntry[]
  positions: Position[]
  rules: Rule[]
  events: LedgerEvent[]
}

/** For which day, and by whose knowledge, a question is asked. */
export interface Moment {
  /** The day asked about. */
  asOf: Day
  /** Today. */
  now: Day
  /** Leave out what became known only after this day; by default `now`. */
  knownBy?: Day
}
