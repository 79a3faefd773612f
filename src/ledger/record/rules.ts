import { holds } from '../../model/jurisdiction.js'
import { compareDates, dateInWords } from '../dates.js'
import { findPlace, placeName, placesAbove } from '../places.js'
import { onDate } from '../words.js'
import { isCertain, type Mark, momentMarks } from './marks.js'
import type { Ledger, Moment, Rule } from './model.js'
import { positionAsOf, type SubjectAnswer } from './positions.js'
import { firstDate, type RuleGroup, type RuleStanding, standingsOf } from './standings.js'
import { eventsOfPlace, latestSentence, type TimelineEntry } from './timeline.js'

/** How many rules the headline names of each group. */
const LISTED: Record<RuleGroup, number> = { 'in-force': 4, 'on-the-way': 4, gone: 2 }

/** A place below the one asked about, in short. */
export interface PlaceSummary {
  code: string
  name: string
  inForce: number
  onTheWay: number
  gone: number
  /** Rulings, fines, reports. */
  events: number
  /** The rules in force, newest first. */
  rules: RuleStanding[]
}

/** What the rules of a place were on the day asked about. */
export interface JurisdictionAnswer {
  /** The ledger's code, or the code as asked when it is not on record. */
  place: string
  name: string
  moment: Moment
  /** `not-known`: no rule is on record for that day. That never means that there was none. */
  status: 'known' | 'not-known'
  inForce: RuleStanding[]
  onTheWay: RuleStanding[]
  gone: RuleStanding[]
  sentence: string
  marks: Mark[]
  certain: boolean
  /** Positions that companies have taken, or been put in, for this very place. */
  companies: { company: string; answer: SubjectAnswer }[]
  /** Rulings, fines, reports, newest first. */
  events: TimelineEntry[]
  /** The tree below it. */
  below: PlaceSummary[]
  /** Rules in force in the places above it, nearest first. */
  above: { code: string; name: string; inForce: RuleStanding[] }[]
  /** When not known: sentences on what is known nearby. */
  nearby: string[]
}

/**
 * The rules of a place. Never throws: a code that is not on record gives an answer of status `not-known`.
 * @param code ISO 3166, `EU`, or one of these with `/Place`
 * @param nameOf names a place that is not on record
 */
export function rulesAsOf(
  ledger: Ledger,
  code: string,
  moment: Moment,
  nameOf: (code: string) => string = String
): JurisdictionAnswer {
  const entry = findPlace(ledger, code)
  const place = entry?.code ?? code.replace(/\/\*$/, '')
  const name = entry?.name ?? nameOf(place)
  const standings = standingsOf(ledger, place, moment)
  const events = eventsOfPlace(ledger, place, moment)
  const above = placesAbove(place).map((upper) => ({
    code: upper,
    name: placeName(ledger, upper),
    inForce: standingsOf(ledger, upper, moment).filter((standing) => standing.group === 'in-force')
  }))
  const below = summariesBelow(ledger, place, moment)
  const inForce = standings.filter((standing) => standing.group === 'in-force')
  const onTheWay = standings.filter((standing) => standing.group === 'on-the-way')
  const gone = standings.filter((standing) => standing.group === 'gone')
  const nearby = standings.length > 0 ? [] : nearbyOf(ledger, place, moment, { events, above, below })
  const marks = momentMarks(ledger, moment)
  return {
    place,
    name,
    moment,
    status: standings.length > 0 ? 'known' : 'not-known',
    inForce,
    onTheWay,
    gone,
    sentence: headline(name, moment, { 'in-force': inForce, 'on-the-way': onTheWay, gone }, nearby),
    marks,
    certain: standings.length > 0 && isCertain(marks) && standings.every((standing) => standing.certain),
    companies: companiesIn(ledger, place, moment),
    events,
    below,
    above,
    nearby
  }
}

function headline(
  name: string,
  { asOf, now }: Moment,
  standings: Record<RuleGroup, RuleStanding[]>,
  nearby: string[]
): string {
  const day = asOf === now ? '' : ` for ${dateInWords(asOf)}`
  if (Object.values(standings).every((group) => group.length === 0))
    return [
      `No rule of ${name} is on record${day}; that does not mean that there ${asOf < now ? 'was' : 'is'} none.`,
      ...nearby.slice(0, 1)
    ].join(' ')
  const inForce = standings['in-force'].length === 0 ? 'nothing in force' : `in force: ${listed(standings, 'in-force')}`
  const onTheWay = standings['on-the-way'].length === 0 ? '' : ` On the way: ${listed(standings, 'on-the-way')}.`
  const gone = standings.gone.length === 0 ? '' : ` Gone: ${listed(standings, 'gone')}.`
  return `On record for ${name}: ${inForce}.${onTheWay}${gone}`
}

function listed(groups: Record<RuleGroup, RuleStanding[]>, group: RuleGroup): string {
  const standings = groups[group]
  // Whoever reads no further must see the doubt, too.
  const told = standings
    .slice(0, LISTED[group])
    .map(({ inShort, certain }) => `${inShort}${certain ? '' : ' [uncertain, see below]'}`)
  const rest = standings.length - told.length
  return rest > 0 ? `${told.join(', ')} and ${rest} more` : told.join(', ')
}

function companiesIn(ledger: Ledger, place: string, moment: Moment): JurisdictionAnswer['companies'] {
  const companies = new Set<string>()
  for (const position of ledger.positions) if (position.scope.includes(place)) companies.add(position.company)
  return [...companies].flatMap((company) => {
    const { subjects } = positionAsOf(ledger, company, moment)
    const here = subjects.filter((answer) => answer.position?.scope.includes(place))
    return here.map((answer) => ({ company, answer }))
  })
}

function nearbyOf(
  ledger: Ledger,
  place: string,
  moment: Moment,
  { events, above, below }: Pick<JurisdictionAnswer, 'events' | 'above' | 'below'>
): string[] {
  const nearby: string[] = []
  const latest = events[0]
  if (latest) nearby.push(latestSentence(latest, moment))
  const first = [...ledger.rules].filter((rule) => rule.place === place).sort(byFirstDate)[0]
  if (first) nearby.push(`The first rule on record is ${first.instrument}, ${onDate(firstDate(first))}.`)
  for (const upper of above) for (const standing of upper.inForce) nearby.push(`${upper.name}: ${standing.sentence}`)
  for (const lower of below.filter((summary) => summary.inForce > 0))
    nearby.push(`${lower.name} has ${lower.rules.map(({ rule }) => rule.instrument).join(', ')}.`)
  if (nearby.length > 0) return nearby
  // Where there is nothing else, what happened in the country may be what was asked: a ruling on Moscow's metro.
  return above.flatMap(({ code, name }) => {
    const [last] = eventsOfPlace(ledger, code, moment)
    return last ? [`${name}: ${latestSentence(last, moment)}`] : []
  })
}

function summariesBelow(ledger: Ledger, place: string, moment: Moment): PlaceSummary[] {
  const summaries: PlaceSummary[] = []
  for (const { code, name } of ledger.places) {
    if (code === place || !holds(`${place}/*`, code)) continue
    const standings = standingsOf(ledger, code, moment)
    const events = eventsOfPlace(ledger, code, moment).length
    if (standings.length + events === 0) continue
    const inForce = standings.filter((standing) => standing.group === 'in-force')
    const onTheWay = standings.filter((standing) => standing.group === 'on-the-way').length
    summaries.push({
      code,
      name,
      inForce: inForce.length,
      onTheWay,
      gone: standings.length - inForce.length - onTheWay,
      events,
      rules: inForce
    })
  }
  return summaries.sort((a, b) => a.code.localeCompare(b.code, 'en'))
}

function byFirstDate(a: Rule, b: Rule): number {
  return compareDates(firstDate(a), firstDate(b))
}
