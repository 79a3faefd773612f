import { KINDS, STAGES } from '../../src/model/tags.js'
import { withParents } from '../../src/stories/places.js'
import { type Labelled, type LabelledItem, sign } from './labelled.js'

/** How often each fault is made: about what the tagger gets wrong on items that it has not seen, and a little more. */
const FAULTS = {
  companyMissing: 0.08,
  placeMissing: 0.09,
  placeAbove: 0.05,
  placeExtra: 0.08,
  kind: 0.18,
  stage: 0.18,
  kindMissing: 0.05
}

/**
 * The items with the faults of a tagger, and without a share of their dates of publication; the same faults for the
 * same items and seed. Items that the tagger tagged have its faults already.
 */
export function disturb(items: readonly Labelled[], seed: number, datesLost: number): Labelled[] {
  const random = makeRandom(seed)
  const places = [...new Set(items.flatMap((entry) => entry.item.jurisdictions))].sort()
  return items.map((entry) => {
    const item = entry.item.tagged ? entry.item : faulty(entry.item, places, random)
    const published = random() < datesLost ? null : item.published
    return { ...entry, signature: sign({ ...item, published }) }
  })
}

/** A season, in weeks, into which `crowd` puts all events. */
const SEASON_WEEKS = 13
const WEEK_MS = 7 * 86_400_000

/**
 * The items with their dates moved, by whole weeks and all those of an event alike, into one season: that two events are
 * told within days of each other must not be what few events have, only because they were written for several years.
 */
export function crowd(items: readonly Labelled[], seed: number): Labelled[] {
  const random = makeRandom(seed)
  const starts = new Map<string, number>()
  for (const { event, item } of items)
    starts.set(event, Math.min(starts.get(event) ?? Number.POSITIVE_INFINITY, Date.parse(item.published!)))
  const season = Math.min(...starts.values())
  const moves = new Map(
    [...starts].map(([event, start]) => {
      const weeks = Math.floor(random() * SEASON_WEEKS) - Math.floor((start - season) / WEEK_MS)
      return [event, weeks * WEEK_MS]
    })
  )
  return items.map((entry) => {
    const published = new Date(Date.parse(entry.item.published!) + moves.get(entry.event)!).toISOString()
    return { ...entry, item: { ...entry.item, published } }
  })
}

function faulty(item: LabelledItem, places: string[], random: () => number): LabelledItem {
  const happens = (chance: number) => random() < chance
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
  const jurisdictions = item.jurisdictions
    .filter(() => !happens(FAULTS.placeMissing))
    .map((code) => (happens(FAULTS.placeAbove) ? (withParents(code)[1] ?? code) : code))
  if (happens(FAULTS.placeExtra)) jurisdictions.push(pick(places))
  const read = item.kind !== null && happens(FAULTS.kind) ? pick(KINDS) : item.kind
  const kind = happens(FAULTS.kindMissing) ? null : read
  const stage = item.stage !== null && happens(FAULTS.stage) ? pick(STAGES) : item.stage
  return {
    ...item,
    companies: item.companies.filter(() => !happens(FAULTS.companyMissing)),
    jurisdictions: [...new Set(jurisdictions)],
    kind,
    stage: kind === 'legislation' ? stage : null
  }
}

/** A small generator of random numbers (mulberry32): the learning must give the same file each time. */
function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
