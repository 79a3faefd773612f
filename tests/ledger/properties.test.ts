import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { deadlines } from '../../src/ledger/ahead/deadlines.js'
import { addDays, daysBetween, isPartialDate, rangeOf } from '../../src/ledger/dates.js'
import { exportRows } from '../../src/ledger/export.js'
import { believedBy, knownBy } from '../../src/ledger/record/knowledge.js'
import { loadLedger } from '../../src/ledger/record/load.js'
import { positionAsOf } from '../../src/ledger/record/positions.js'
import { standingsOf } from '../../src/ledger/record/standings.js'

const ledger = loadLedger()
const now = '2026-11-23'
const records = [...ledger.positions, ...ledger.rules, ...ledger.events]

const day = fc.integer({ min: 0, max: 9000 }).map((days) => addDays('2007-01-01', days))
const companyName = fc.constantFrom(...ledger.companies.map((entry) => entry.name))
const placeCode = fc.constantFrom(...ledger.places.map((entry) => entry.code))

test('with later knowledge, records only come and never vanish', () => {
  fc.assert(
    fc.property(day, day, (one, other) => {
      const [early, late] = [one, other].sort() as [string, string]
      const later = new Set(knownBy(records, late))
      return knownBy(records, early).every((record) => later.has(record))
    })
  )
})

test('a record is believed until another corrects it, and stays on record after that', () => {
  fc.assert(
    fc.property(day, (by) => {
      const known = knownBy(records, by)
      const dropped = known.filter((record) => !believedBy(records, by).includes(record))
      return dropped.every((record) => known.some((other) => other.corrects === record.id))
    })
  )
})

test('an export of a later day holds every record of an earlier one', () => {
  fc.assert(
    fc.property(day, day, (one, other) => {
      const [early, late] = [one, other].sort() as [string, string]
      const ids = (asOf: string) => exportRows(ledger, { asOf, now, knownBy: asOf }).map((row) => row.id)
      const later = new Set(ids(late))
      return ids(early).every((id) => later.has(id))
    }),
    { numRuns: 4 }
  )
})

test('what becomes known after the day of knowledge changes no answer', () => {
  fc.assert(
    fc.property(companyName, day, (company, asOf) => {
      const past = { ...ledger, positions: knownBy(ledger.positions, asOf), events: knownBy(ledger.events, asOf) }
      const moment = { asOf, now, knownBy: asOf }
      expect(positionAsOf(ledger, company, moment).subjects).toEqual(positionAsOf(past, company, moment).subjects)
    })
  )
})

test('a state is given only where a record covers the day, and never past its stated end', () => {
  fc.assert(
    fc.property(companyName, day, (company, asOf) => {
      for (const { state, position, status } of positionAsOf(ledger, company, { asOf, now }).subjects) {
        expect(state !== null).toBe(status === 'known')
        if (!position) continue
        expect(rangeOf(position.since).first <= asOf).toBe(true)
        const end = position.end?.date
        if (state && end) expect(asOf <= rangeOf(end).last).toBe(true)
      }
    })
  )
})

test('a rule is in one group, at a stage that one of its steps has reached', () => {
  fc.assert(
    fc.property(placeCode, day, (place, asOf) => {
      const standings = standingsOf(ledger, place, { asOf, now })
      expect(new Set(standings.map((standing) => standing.rule.id)).size).toBe(standings.length)
      for (const { rule } of standings)
        expect(rule.steps.some((step) => step.date !== null && rangeOf(step.date).first <= asOf)).toBe(true)
    })
  )
})

test('deadlines lie in their window, soonest first, each once', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 1000 }), (from, within) => {
      const due = deadlines(ledger, { from, within })
      const last = addDays(from, within)
      for (const { date } of due) expect(rangeOf(date).last >= from && rangeOf(date).first <= last).toBe(true)
      const firsts = due.map((deadline) => rangeOf(deadline.date).first)
      expect(firsts).toEqual([...firsts].sort())
      expect(new Set(due.map((deadline) => deadline.id)).size).toBe(due.length)
    }),
    { numRuns: 30 }
  )
})

test('days are counted by the calendar', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: -5000, max: 5000 }), (start, days) => {
      const end = addDays(start, days)
      expect(isPartialDate(end)).toBe(true)
      expect(daysBetween(start, end)).toBe(days)
    })
  )
})
