import { codesAbove, isBelow, isInUnion } from '../../model/jurisdiction.js'
import type { Ledger, LedgerRecord, Rule } from './model.js'
import type { CompanyAnswer, SubjectAnswer } from './positions.js'
import { entryInWords, type TimelineEntry } from './timeline.js'

/** A place that a company is asked about. */
export interface There {
  /** ISO 3166, `EU`, or one of these with `/Place`. */
  code: string
  name: string
}

/**
 * What an answer on a company says of one place: positions taken, or imposed, for it or for what it lies in come first,
 * and its history is that of the place. What holds in general is never told as if it were said of the place.
 * @param about the key of the subject asked about; null: any
 */
export function answerThere(
  ledger: Ledger,
  answer: CompanyAnswer,
  there: There,
  about: string | null = null
): CompanyAnswer {
  const scopeOf = ({ position, next }: SubjectAnswer) => (position ?? next)?.scope ?? []
  const known = answer.subjects.filter(
    ({ status, subject }) => status !== 'not-known' && (about === null || subject === about)
  )
  const here = known.filter((subject) => coversPlace(scopeOf(subject), there.code)).sort(byNearness)
  const general = known.filter((subject) => scopeOf(subject).length === 0)
  const timeline = answer.timeline.filter(({ id }) => isAbout(ledger, id, there.code))
  const rest = answer.subjects.filter((subject) => !here.includes(subject) && !general.includes(subject))
  const head = here[0] ?? general[0] ?? null
  const other = about === null || head ? undefined : known[0]
  const latest = here[0] ? undefined : ledger.events.find(({ id }) => id === timeline[0]?.id)
  return {
    ...answer,
    head,
    basis: [latest, (head ?? other)?.position].filter((one) => one !== null && one !== undefined),
    status: head?.status ?? 'not-known',
    subjects: [...here, ...general, ...rest.filter((subject) => mayHold(scopeOf(subject), there.code))],
    elsewhere: rest.filter((subject) => !mayHold(scopeOf(subject), there.code)),
    sentence: here[0]?.sentence ?? indirectSentence(answer.company, there, { general: general[0], other }, timeline[0]),
    // What holds in general may not hold there.
    certain: here[0]?.certain ?? false,
    timeline
  }
}

/** Whether the record links the two: by a position for that place, or by something that happened there. */
export function isLinked(ledger: Ledger, company: string, place: string): boolean {
  return (
    ledger.positions.some((one) => one.company === company && coversPlace(one.scope, place)) ||
    ledger.events.some((one) => one.companies.includes(company) && liesIn(one.places, place))
  )
}

/** A rule of a place that names a company: "police use of Clearview AI". */
export function ruleNaming(ledger: Ledger, company: string, place: string): Rule | undefined {
  return ledger.rules.find((rule) => rule.place === place && `${rule.instrument} ${rule.covers}`.includes(company))
}

function indirectSentence(
  company: string,
  there: There,
  { general, other }: { general: SubjectAnswer | undefined; other: SubjectAnswer | undefined },
  latest: TimelineEntry | undefined
): string {
  const alone = latest
    ? `The latest on record of ${company} in ${there.name}: ${entryInWords(latest)}`
    : `No position of ${company} for ${there.name} alone is on record.`
  if (other) return `${alone} Elsewhere: ${other.sentence}`
  return general ? `${alone} In general: ${general.sentence}` : alone
}

function byNearness(a: SubjectAnswer, b: SubjectAnswer): number {
  return depth(b) - depth(a)
}

function depth({ position }: SubjectAnswer): number {
  return Math.max(...(position?.scope ?? []).map((code) => codesAbove(code).length))
}

/** Whether one of the codes is the place or holds it: `US` holds `US-IL`, `EU` its members. */
function coversPlace(codes: readonly string[], place: string): boolean {
  return codes.some((code) => code === place || isBelow(place, code) || (code === 'EU' && isInUnion(place)))
}

/** Whether one of the codes is the place or lies in it: what happened in a country need not concern each of its towns. */
function liesIn(codes: readonly string[], place: string): boolean {
  return codes.some((code) => coversPlace([place], code))
}

/** Whether what is on record for these places may hold for the one asked about: it is one of them, in one, or above one. */
export function mayHold(codes: readonly string[], place: string): boolean {
  return codes.length === 0 || coversPlace(codes, place) || liesIn(codes, place)
}

function isAbout(ledger: Ledger, id: string, place: string): boolean {
  const records: LedgerRecord[] = [...ledger.positions, ...ledger.events]
  const record = records.find((one) => one.id === id)
  if (record?.type === 'position') return coversPlace(record.scope, place)
  return record?.type === 'event' && liesIn(record.places, place)
}
