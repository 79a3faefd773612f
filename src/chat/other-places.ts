import type { NameLexicon } from '../alerts/names.js'
import { isOnRecord } from '../ledger/places.js'
import type { Ledger } from '../ledger/record/load.js'
import { quoteIfNeeded } from './command-text.js'
import type { Part, Run } from './message.js'

/** Other places that a note names. */
const SHOWN = 2
/** Of a city that has a record, only cities of at least half its size are known as well as it is. */
const LIKE_SIZE = 1 / 2
/** Where nothing is on record, a much smaller one may be meant. */
const WORTH_ASKING = 1 / 20
/** Beside a state or country of its name only the largest cities come to mind, inhabitants. */
const METROPOLIS = 1_000_000
/** Smaller towns are no well-known places, inhabitants. */
const TOWN = 20_000

/** A place by the name under which somebody asked for it. */
export interface AskedPlace {
  typed: string
  code: string
  /** Option to go on with, with a blank before it, or ''. */
  asOf?: string
}

/** "Not the one you mean? Georgia, United States: …": which other well-known places have the name; none: []. */
export function otherPlacesPart(
  { typed, code, asOf = '' }: AskedPlace,
  { ledger, lexicon }: { ledger: Ledger; lexicon: NameLexicon }
): Part[] {
  const runs: Run[] = ['Not the place you mean? ']
  for (const [index, other] of othersOf(typed, code, ledger, lexicon).entries()) {
    const country = other.level === 'state' ? `, ${lexicon.jurisdictionName(other.code.slice(0, 2))}` : ''
    const command = `/facelaw jurisdiction ${quoteIfNeeded(other.code)}${asOf}`
    runs.push(`${index > 0 ? '; ' : ''}${other.name}${country}: `, { text: command, style: 'code' })
  }
  return runs.length > 1 ? [{ type: 'context', text: runs }] : []
}

type Namesake = ReturnType<NameLexicon['namesakes']>[number]

function othersOf(typed: string, code: string, ledger: Ledger, lexicon: NameLexicon): Namesake[] {
  const all = lexicon.namesakes(typed)
  const own = all.find((place) => place.code === code)
  if (!own) return []
  const others = all.filter((other) => other !== own && isLikely(other, own, ledger))
  const rank = (other: Namesake) => (isOnRecord(other.code, ledger) ? 0 : 1)
  return others.toSorted((a, b) => rank(a) - rank(b)).slice(0, SHOWN)
}

/** Whether somebody who typed the name may as well have meant the other place. */
function isLikely(other: Namesake, own: Namesake, ledger: Ledger): boolean {
  if (isOnRecord(other.code, ledger)) return true
  // The city of Luxembourg adds nothing to the country.
  if (other.code.startsWith(own.code)) return false
  const isKnown = isOnRecord(own.code, ledger)
  const isCity = own.level === 'city' || own.level === 'county'
  if (other.population === 0 || other.level === 'state') return !isKnown || !isCity
  if (!isCity) return other.population >= METROPOLIS
  return other.population >= Math.max(TOWN, own.population * (isKnown ? LIKE_SIZE : WORTH_ASKING))
}
