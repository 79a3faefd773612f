import { codesAbove, isInUnion } from '../model/jurisdiction.js'
import { sameName } from './record/knowledge.js'
import type { Ledger, PlaceEntry } from './record/model.js'

/** The codes above a place, nearest first: `US-CA/San Francisco` → `US-CA`, `US`; `FR` → `EU`. */
export function placesAbove(code: string): string[] {
  return isInUnion(code) ? [...codesAbove(code), 'EU'] : codesAbove(code)
}

/** The place of that code or listed alias; upper and lower case, accents and a closing `/*` do not count. */
export function findPlace(ledger: Ledger, code: string): PlaceEntry | undefined {
  const wanted = code.endsWith('/*') ? code.slice(0, -2) : code
  return ledger.places.find((entry) => [entry.code, ...entry.aliases].some((known) => sameName(known, wanted)))
}

/** The name of a place for people; its code where no file names it. */
export function placeName(ledger: Ledger, code: string): string {
  return ledger.places.find((entry) => entry.code === code)?.name ?? code
}

/** Whether anything is on record of this very place: a rule, something that happened, a position taken for it. */
export function isOnRecord(code: string, ledger: Ledger): boolean {
  return (
    ledger.rules.some(({ place }) => place === code) ||
    ledger.events.some(({ places }) => places.includes(code)) ||
    ledger.positions.some(({ scope }) => scope.includes(code))
  )
}
