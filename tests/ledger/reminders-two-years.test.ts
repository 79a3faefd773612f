import { expect, test } from '@jest/globals'
import { localDay, nextMorning, oweDueReminders, REMIND_DAYS } from '../../src/ledger/ahead/reminders.js'
import { addDays } from '../../src/ledger/dates.js'
import type { Store } from '../../src/store/store.js'
import { eachDatabase, quietLogger } from '../fakes/databases.js'
import { addChannel } from '../store/samples.js'
import { ledgerOf, rule, step } from './made-ledger.js'

const HOUR_MS = 3_600_000
const START = Date.parse('2026-01-05T03:00:00Z')
const END = START + 730 * 24 * HOUR_MS
/** The clock is looked at this often: several times a day, at other hours each day. */
const TICK_MS = 7 * HOUR_MS
/** Clocks change by an hour, by half an hour, and not at all. */
const ZONES = ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kolkata']
/** Days in both years; some of their mornings lie on a day on which clocks change, two on one day. */
const DATES = ['2026-03-30', '2026-04-06', '2026-06-06', '2026-11-02', '2027-01-01', '2027-03-15', '2027-11-08']
const LAWS = [...DATES, '2027-11-08']

const ledger = ledgerOf({
  rules: LAWS.map((date, index) =>
    rule({
      id: `law-${index}`,
      steps: [step({ stage: 'passed', date: '2025-01-01' }), step({ stage: 'in-force', date, known: '2025-01-01' })]
    })
  )
})

type Death = 'before' | 'after' | null

/** The store of a process that dies before, or right after, what it wrote of a reminder was committed. */
function dying(store: Store, when: () => Death): Store {
  const complete: Store['reminders']['complete'] = async (...args) => {
    const death = when()
    if (death === 'before') throw new Error('killed before the commit')
    const done = await store.reminders.complete(...args)
    if (death === 'after') throw new Error('killed after the commit')
    return done
  }
  return { ...store, reminders: { ...store.reminders, complete } }
}

/** The subjects of a zone's channel, and on which day of that zone each is to be told. */
function wanted(zone: string): [string, string][] {
  const first = localDay(new Date(START), zone)
  const last = localDay(new Date(END - 24 * HOUR_MS), zone)
  const all = LAWS.flatMap((date, index) =>
    REMIND_DAYS.map((days): [string, string] => [
      `reminder:law-${index}/in-force:${date}:${days}`,
      addDays(date, -days)
    ])
  )
  return all.filter(([, day]) => day > first && day <= last).sort()
}

eachDatabase('two simulated years of reminders', (database) => {
  test('with clock changes, deaths around the commit and restarts: each once, on its day', async () => {
    let store = await database.open()
    const channels = new Map<number, string>()
    for (const zone of ZONES) {
      const channelId = await addChannel(store, zone)
      const times = { zone, toldUntil: localDay(new Date(START), zone), nextAt: nextMorning(zone, new Date(START)) }
      const asked = { channelId, jurisdiction: null, company: null, createdBy: 'u1', createdByName: 'Ada' }
      await store.reminders.add({ ...asked, ...times }, new Date(START))
      channels.set(channelId, zone)
    }
    let [attempts, deaths, restarts] = [0, 0, 0]
    // Every third attempt dies, so that the next tick of the same day makes it good.
    const when = (): Death => {
      attempts += 1
      if (attempts % 3 !== 0) return null
      deaths += 1
      return deaths % 2 === 0 ? 'before' : 'after'
    }
    for (let at = START, ticks = 1; at < END; at += TICK_MS, ticks++) {
      if (ticks % 200 === 0) {
        store = await database.open()
        restarts += 1
      }
      await oweDueReminders({ store: dying(store, when), ledger, logger: quietLogger }, new Date(at))
    }
    const rows = await database.sql<{ channel_id: string; subject: string; created_at: Date }>(
      'select channel_id, subject, created_at from delivery'
    )
    expect({ deaths: deaths > 100, restarts: restarts > 10 }).toEqual({ deaths: true, restarts: true })
    for (const [channelId, zone] of channels) {
      const own = rows.filter((row) => Number(row.channel_id) === channelId)
      const told = own.map((row): [string, string] => [row.subject, localDay(new Date(row.created_at), zone)])
      expect([zone, told.sort()]).toEqual([zone, wanted(zone)])
    }
  })
})
