import { describe, expect, test } from '@jest/globals'
import ICAL from 'ical.js'
import { calendarOf } from '../../src/ledger/ahead/calendar.js'
import { deadlines } from '../../src/ledger/ahead/deadlines.js'
import { loadLedger } from '../../src/ledger/record/load.js'
import { startWebServer } from '../../src/web/server.js'
import { ledgerOf, rule, step } from './made-ledger.js'

const today = '2026-06-01'

/** The events, as a second library reads them. */
function read(document: string): ICAL.Event[] {
  const root = new ICAL.Component(ICAL.parse(document))
  return root.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event))
}

function calendar(...rules: ReturnType<typeof rule>[]): string {
  return calendarOf(deadlines(ledgerOf({ rules }), { from: today, within: 3653 }), 'Dates; ahead, all', today)
}

const passed = step({ stage: 'passed', date: '2026-01-10' })
const law = rule({ id: 'law', steps: [passed, step({ stage: 'in-force', date: '2026-07-01', known: '2026-01-10' })] })

describe('the calendar of dates ahead', () => {
  test('whole days, read back by another library', () => {
    const [event] = read(calendar(law))
    expect(event!.startDate.isDate).toBe(true)
    expect([event!.startDate.toString(), event!.endDate.toString()]).toEqual(['2026-07-01', '2026-07-02'])
    expect(event!.summary).toBe('Washington: law comes into force')
    expect(event!.description).toContain('law comes into force.')
  })

  test('says nothing that is stale tomorrow', () => {
    const made = (day: string) =>
      calendarOf(deadlines(ledgerOf({ rules: [law] }), { from: day, within: 3653 }), 'Dates ahead', day)
    expect(made('2026-06-02')).toBe(made('2026-06-01'))
  })

  test('is published, named, and asked for again twice a day', () => {
    const lines = calendar(law).split('\r\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        'VERSION:2.0',
        'PRODID:-//facelaw//deadlines//EN',
        'CALSCALE:GREGORIAN',
        'METHOD:PUBLISH',
        'X-WR-CALNAME:Dates · ahead · all',
        'REFRESH-INTERVAL;VALUE=DURATION:PT12H',
        'DTSTAMP:20260110T000000Z',
        'DTSTART;VALUE=DATE:20260701',
        'DTEND;VALUE=DATE:20260702',
        'TRANSP:TRANSPARENT'
      ])
    )
  })

  test('its name comes through whole', () => {
    const root = new ICAL.Component(ICAL.parse(calendar(law)))
    expect(root.getFirstPropertyValue('name')).toBe('Dates · ahead · all')
  })

  test('by bytes: every line ends in CRLF, the last one, too; none is folded inside a letter', () => {
    const wide = 'Gesichtserkennungsverbotsdurchführungsverordnung 🏛️ für Köln, Übersicht und Größenordnungen 人脸识别'
    const bytes = Buffer.from(calendar(rule({ ...law, instrument: wide })))
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    expect(text.endsWith('\r\nEND:VCALENDAR\r\n')).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    for (const line of text.split('\r\n')) {
      const raw = Buffer.from(line)
      expect(raw.length).toBeLessThanOrEqual(75)
      expect(line).not.toContain('\uFFFD')
      expect(() => new TextDecoder('utf-8', { fatal: true }).decode(raw)).not.toThrow()
    }
    expect(read(text)[0]!.summary).toContain(wide)
  })

  test('with nothing ahead it holds a time zone: a calendar without any part is refused', () => {
    const empty = calendarOf([], 'Nothing', today)
    const root = new ICAL.Component(ICAL.parse(empty))
    expect(root.getAllSubcomponents().map(({ name }) => name)).toEqual(['vtimezone'])
    expect(empty.endsWith('END:VTIMEZONE\r\nEND:VCALENDAR\r\n')).toBe(true)
  })

  test('keeps its id when the date moves, with a higher sequence; is the same when nothing changed', () => {
    const moved = rule({
      ...law,
      steps: [...law.steps, step({ stage: 'in-force', date: '2027-01-01', known: '2026-05-20', moves: '2026-07-01' })]
    })
    const [before] = read(calendar(law))
    const [after] = read(calendar(moved))
    expect(after!.uid).toBe(before!.uid)
    expect([before!.sequence, after!.sequence]).toEqual([0, 1])
    expect(after!.component.getFirstPropertyValue('last-modified')?.toString()).toContain('2026-05-20')
    expect(calendar(moved)).toBe(calendar(moved))
  })

  test('hostile words stay words', () => {
    const name = 'Act; part, 1\\n\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:forged'
    const events = read(calendar(rule({ ...law, instrument: name })))
    expect(events).toHaveLength(1)
    expect(events[0]!.summary.replace(/\s+/g, ' ')).toBe(`Washington: ${name} comes into force`.replace(/\s+/g, ' '))
  })

  test('the whole ledger: every date ahead, every id once, no line over 75 octets', () => {
    const due = deadlines(loadLedger(), { from: '2026-11-23', within: 3653 })
    const document = calendarOf(due, 'All', '2026-11-23')
    const events = read(document)
    expect(events).toHaveLength(due.length)
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(due.length)
    for (const line of document.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  })
})

test('is served by filter, and refuses what is not on record', async () => {
  const web = await startWebServer({ port: 0, routes: [], ready: async () => {}, ledger: loadLedger() })
  try {
    const at = (query: string) => fetch(`http://127.0.0.1:${web.port}/deadlines.ics${query}`)
    const all = await at('')
    expect(all.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    const [every, union] = [read(await all.text()), read(await (await at('?jurisdiction=EU/*')).text())]
    expect(union.length).toBeGreaterThan(0)
    expect(union.length).toBeLessThan(every.length)
    // Places go by their names.
    expect(union.map(({ summary }) => summary)).toContainEqual(
      expect.stringMatching(/^European Union: AI Act, high-risk/)
    )
    const statuses = await Promise.all(
      ['?jurisdiction=XX', '?company=Nobody', '?company='].map(async (query) => (await at(query)).status)
    )
    expect(statuses).toEqual([404, 404, 400])
  } finally {
    await web.close()
  }
})
