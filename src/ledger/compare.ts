import type { PartialDate } from './dates.js'
import { dateInWords } from './dates.js'
import { findPlace } from './places.js'
import { ACTORS, type Actor, type Ledger, type LedgerRecord, type Moment } from './record/model.js'
import { type CompanyAnswer, findCompany, positionAsOf, type SubjectAnswer } from './record/positions.js'
import { type JurisdictionAnswer, rulesAsOf } from './record/rules.js'
import type { RuleStanding } from './record/standings.js'
import { STATE_WORDS } from './words.js'

/** One aspect of two, side by side. */
export interface Point {
  aspect: string
  /** In a few words; "not known" where nothing is on record. */
  a: string
  b: string
  certain: boolean
  /** The records that either side rests on. */
  records: [LedgerRecord[], LedgerRecord[]]
}

/** Two companies, or two places, side by side: where they differ, then where they do not. */
export interface Comparison {
  kind: 'companies' | 'places'
  a: string
  b: string
  moment: Moment
  differences: Point[]
  /** Where both are known and alike, whatever they call it. */
  alike: Point[]
  /** One sentence on the whole. */
  sentence: string
  answers: [CompanyAnswer, CompanyAnswer] | [JurisdictionAnswer, JurisdictionAnswer]
}

/** The two cannot be put side by side: one is a company, the other a place. The message is for people. */
export class NotComparable extends Error {
  override name = 'NotComparable'
}

/**
 * Differences between two companies or two places on a day.
 * @param nameOf names a place that is not on record
 * @throws NotComparable for a company and a place
 */
export function compare(
  ledger: Ledger,
  a: string,
  b: string,
  moment: Moment,
  nameOf?: (code: string) => string
): Comparison {
  const kinds = [a, b].map((name) => kindOf(ledger, name))
  if (kinds.includes('company') && kinds.includes('place'))
    throw new NotComparable(
      `${a} and ${b} cannot be compared: one is a company, the other a place. Name two companies, or two places by code (US-WA, GB).`
    )
  return kinds.includes('place') ? comparePlaces(ledger, a, b, moment, nameOf) : compareCompanies(ledger, a, b, moment)
}

const CODE = /^[A-Z]{2}(-[A-Z0-9]{1,3})?(\/.+)?$/

function kindOf(ledger: Ledger, name: string): 'company' | 'place' | 'unknown' {
  if (findCompany(ledger, name)) return 'company'
  return findPlace(ledger, name) || CODE.test(name) ? 'place' : 'unknown'
}

/** Subject keys that several companies share, in words that fit them all. */
const SHARED_SUBJECTS: Record<string, string> = {
  police: 'police',
  government: 'police and government',
  general: 'general-purpose offer',
  consumer: 'consumers',
  'own-use': 'own use',
  'us-goods': 'buying US goods'
}

function compareCompanies(ledger: Ledger, a: string, b: string, moment: Moment): Comparison {
  const left = positionAsOf(ledger, a, moment)
  const right = positionAsOf(ledger, b, moment)
  const keys = new Set([...left.subjects, ...right.subjects].map((answer) => answer.subject))
  const differences: Point[] = []
  const alike: Point[] = []
  for (const key of keys) {
    const sides = [left, right].map(({ subjects }) => subjects.find((answer) => answer.subject === key))
    const [one, other] = sides
    const positions = sides.map((side) => (side?.position ? [side.position] : []))
    if (positions.flat().length === 0) continue
    const aspect = SHARED_SUBJECTS[key] ?? one?.label ?? other?.label ?? key
    const [a, b] = [positionInShort(one), positionInShort(other)]
    const certain = sides.every((side) => !side?.position || side.certain)
    const point = { aspect, a, b, certain, records: [positions[0]!, positions[1]!] } satisfies Point
    if (a === b && one?.status === 'known') alike.push(point)
    else differences.push(point)
  }
  const names = { a: left.company, b: right.company }
  // What only one of them took a position on is told beside, and is no difference.
  const oneSided = differences.filter(({ records }) => records.some((side) => side.length === 0)).length
  const sentence = summary(names, moment, { differing: differences.length - oneSided, oneSided, alike })
  return { kind: 'companies', ...names, moment, differences, alike, sentence, answers: [left, right] }
}

function positionInShort(answer: SubjectAnswer | undefined): string {
  if (!answer?.position) return 'not known'
  if (answer.status === 'lapsed' || !answer.state) return 'not known (lapsed on paper)'
  const end = answer.position.end
  const until = end?.condition ? `, until ${end.condition}` : endDate(end?.date)
  return `${STATE_WORDS[answer.state].toLowerCase()} since ${dateInWords(answer.since!)}${until}`
}

function endDate(date: PartialDate | null | undefined): string {
  return date ? `, stated end ${dateInWords(date)}` : ''
}

const ACTOR_WORDS: Record<Actor, string> = {
  police: 'police',
  government: 'government',
  private: 'companies and private bodies',
  schools: 'schools',
  border: 'border'
}

function comparePlaces(
  ledger: Ledger,
  a: string,
  b: string,
  moment: Moment,
  nameOf?: (code: string) => string
): Comparison {
  const left = rulesAsOf(ledger, a, moment, nameOf)
  const right = rulesAsOf(ledger, b, moment, nameOf)
  const differences: Point[] = []
  const alike: Point[] = []
  for (const actor of ACTORS) {
    const [one, other] = [rulesFor(left, actor), rulesFor(right, actor)]
    if (one.length === 0 && other.length === 0) continue
    const aspect = ACTOR_WORDS[actor]
    const certain = [...one, ...other].every((standing) => standing.certain)
    const records: Point['records'] = [one.map(({ rule }) => rule), other.map(({ rule }) => rule)]
    const point = { aspect, a: inShort(left, one, actor), b: inShort(right, other, actor), certain, records }
    if (effectsOf(one) === effectsOf(other)) alike.push(point)
    else differences.push(point)
  }
  const names = { a: left.name, b: right.name }
  const sentence = summary(names, moment, { differing: differences.length, oneSided: 0, alike })
  return { kind: 'places', ...names, moment, differences, alike, sentence, answers: [left, right] }
}

function rulesFor(answer: JurisdictionAnswer, actor: Actor): RuleStanding[] {
  return [...answer.inForce, ...answer.onTheWay].filter((standing) => standing.rule.actors.includes(actor))
}

/** What makes two places alike for an actor: the same effects at the same stage, whatever the instruments are called. */
function effectsOf(standings: RuleStanding[]): string {
  return [...new Set(standings.map((standing) => `${standing.group} ${standing.rule.effect}`))].sort().join(', ')
}

function inShort(answer: JurisdictionAnswer, standings: RuleStanding[], actor: Actor): string {
  if (standings.length > 0) return standings.map(({ inShort: told }) => told).join('; ')
  const gone = answer.gone.filter((standing) => standing.rule.actors.includes(actor))
  if (gone.length === 0) return 'no rule on record'
  return `no rule in force or on its way is on record; gone: ${gone.map(({ inShort: told }) => told).join('; ')}`
}

function summary(
  { a, b }: { a: string; b: string },
  { asOf, now }: Moment,
  { differing, oneSided, alike }: { differing: number; oneSided: number; alike: Point[] }
): string {
  if (differing + oneSided + alike.length === 0)
    return `Nothing is on record${asOf === now ? '' : ` for ${dateInWords(asOf)}`} to compare ${a} with ${b}.`
  const points = differing === 0 ? 'nothing that is on record of both' : counted(differing)
  const more = oneSided > 0 ? `; on ${counted(oneSided)} only one of them is on record` : ''
  const same = alike.length > 0 ? ` Alike: ${alike.map(({ aspect }) => aspect).join(', ')}.` : ''
  return `${a} and ${b} differ on ${points}${more}.${same}`
}

function counted(points: number): string {
  return points === 1 ? 'one point' : `${points} points`
}
