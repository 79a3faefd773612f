import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { localDay, nextMorning, oweDueReminders, REMIND_DAYS, remindersFor } from '../../src/ledger/ahead/reminders.js'
import { addDays, daysBetween, rangeOf } from '../../src/ledger/dates.js'
import { eachDatabase, quietLogger } from '../fakes/databases.js'
import { addChannel } from '../store/samples.js'
import { ledgerOf, position, rule, step } from './made-ledger.js'

const START = '2026-01-05'
const DAY_MS = 86_400_000

/** Laws that come into force on these days, known long before. */
function lawsOn(days: readonly string[]) {
  const rules = days.map((date, index) =>
    rule({
      id: `law-${index}`,
      steps: [step({ stage: 'passed', date: '2025-01-01' }), step({ stage: 'in-force', date, known: '2025-01-01' })]
    })
  )
  return ledgerOf({ rules })
}

/** What the outbox promises: a subject is told once. */
class Outbox {
  readonly told = new Map<string, string>()
  owe(messages: { subject: string }[], day: string): void {
    for (const { subject } of messages) if (!this.told.has(subject)) this.told.set(subject, day)
  }
}

const zones = fc.constantFrom(
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Pacific/Apia'
)

test('two simulated years with clock changes and restarts: each reminder once, on its day', () => {
  fc.assert(
    fc.property(
      zones,
      fc.array(fc.integer({ min: 2, max: 700 }), { minLength: 1, maxLength: 6 }),
      fc.infiniteStream(fc.integer({ min: 0, max: 9 })),
      (zone, offsets, dice) => {
        const ledger = lawsOn(offsets.map((offset) => addDays(START, offset)))
        const outbox = new Outbox()
        let clock = Date.parse(`${START}T12:00:00Z`)
        const end = clock + 730 * DAY_MS
        let stored = { toldUntil: localDay(new Date(clock), zone), nextAt: nextMorning(zone, new Date(clock)) }
        const first = stored.toldUntil
        while (clock < end) {
          const now = new Date(clock)
          if (stored.nextAt <= now) {
            const today = localDay(now, zone)
            const toldUntil = stored.toldUntil > today ? addDays(today, -1) : stored.toldUntil
            outbox.owe(remindersFor(ledger, { jurisdiction: null, company: null, toldUntil }, today), today)
            const die = dice.next().value
            // A crash before the commit: nothing was written but what the outbox may know; the same tick comes again.
            if (die !== 0) stored = { toldUntil: today, nextAt: nextMorning(zone, now) }
            // Now and then the clock is set back by two hours.
            if (die === 1) clock -= 2 * 3_600_000
          }
          clock += 5 * 3_600_000
        }
        const wanted = new Map<string, string>()
        for (const [index, offset] of offsets.entries())
          for (const days of REMIND_DAYS) {
            const due = addDays(START, offset - days)
            if (due > first && daysBetween(START, due) < 728)
              wanted.set(`reminder:law-${index}/in-force:${addDays(START, offset)}:${days}`, due)
          }
        const told = new Map([...outbox.told].filter(([, day]) => daysBetween(START, day) < 728))
        expect(new Map([...told].sort())).toEqual(new Map([...wanted].sort()))
      }
    ),
    { numRuns: 30 }
  )
})

test('after a sleep only the nearest reminder of a date is owed', () => {
  const ledger = lawsOn(['2026-06-01'])
  const asked = { jurisdiction: null, company: null, toldUntil: '2026-02-01' }
  expect(remindersFor(ledger, asked, '2026-05-27').map(({ subject }) => subject)).toEqual([
    'reminder:law-0/in-force:2026-06-01:7'
  ])
  expect(remindersFor(ledger, asked, '2026-06-02')).toEqual([])
})

test('a date that moved is a date of its own', () => {
  const ledger = ledgerOf({
    positions: [
      position({ id: 'p', since: '2025-06-10', end: { date: '2026-06-10', duration: null, condition: null } })
    ]
  })
  const subjects = remindersFor(
    ledger,
    { jurisdiction: null, company: 'Example Vision', toldUntil: '2026-06-02' },
    '2026-06-03'
  )
  expect(subjects.map(({ subject }) => subject)).toEqual(['reminder:p/end:2026-06-10:7'])
})

test('nine in the morning, whatever the clock does', () => {
  fc.assert(
    fc.property(
      zones,
      fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true }),
      (zone, moment) => {
        const next = nextMorning(zone, moment)
        expect(next.getTime()).toBeGreaterThan(moment.getTime())
        expect(next.getTime() - moment.getTime()).toBeLessThanOrEqual(25 * 3_600_000)
      }
    )
  )
})

eachDatabase('reminders through the store', (database) => {
  test('two processes, a clock that ran ahead for a while: each once', async () => {
    const stores = [await database.open(), await database.open()]
    const channelId = await addChannel(stores[0]!)
    const ledger = lawsOn(['2026-05-01'])
    const noon = Date.parse(`${START}T12:00:00Z`)
    const by = { createdBy: 'u1', createdByName: 'Ada' }
    const asked = {
      channelId,
      jurisdiction: null,
      company: null,
      zone: 'UTC',
      toldUntil: START,
      nextAt: nextMorning('UTC', new Date(noon))
    }
    await stores[0]!.reminders.add({ ...asked, ...by }, new Date(noon))
    const tick = (day: number) =>
      Promise.all(
        stores.map((store) => oweDueReminders({ store, ledger, logger: quietLogger }, new Date(noon + day * DAY_MS)))
      )
    for (let day = 1; day <= 40; day++) await tick(day)
    await tick(400)
    for (let day = 41; day <= 120; day++) await tick(day)
    const rows = await database.sql<{ subject: string }>('select subject from delivery order by id')
    const id = `reminder:law-0/in-force:${rangeOf('2026-05-01').first}`
    expect(rows.map(({ subject }) => subject)).toEqual([90, 30, 7, 1].map((days) => `${id}:${days}`))
  })
})
