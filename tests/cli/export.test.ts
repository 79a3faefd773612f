import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import ICAL from 'ical.js'
import type { ExportRow, LedgerExport } from '../../src/ledger/export.js'
import { CommandBench, person } from '../commands/harness.js'
import { facelawIn, type Outcome } from './facelaw.js'

const DAY_MS = 86_400_000
const now = new Date()
const effect = new Date(now.getTime() + 60 * DAY_MS)
/** A made ban that comes into force in sixty days. */
const BAN = {
  title: 'Tacoma council passes ban on facial recognition',
  link: 'https://example.org/tacoma',
  published: now.toISOString(),
  summary: `The Tacoma City Council voted 7-2 today to ban the use of facial recognition by city departments. The ordinance takes effect on ${inWords(effect)}.`
}

function inWords(day: Date): string {
  return day.toLocaleDateString('en-US', { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' })
}

function isoDay(day: Date): string {
  return day.toISOString().slice(0, 10)
}

let bench: CommandBench
beforeAll(async () => {
  bench = await CommandBench.open(now)
  await bench.news(BAN)
  // Two guilds that know the story; one of them confirms it.
  await bench.say('status', person({ workspace: { id: 'g2', name: 'Other' }, channel: { id: 'c2', name: 'x' } }))
  const answer = await bench.say('jurisdiction Tacoma')
  await bench.press(answer, 'Confirm 1', person({ manager: true }))
})
afterAll(() => bench.close())

/** Runs beside the bot that has the store open. */
function facelaw(...args: string[]): Promise<Outcome> {
  return facelawIn(bench.folder, args, { env: { FACELAW_DATA_DIR: bench.folder } })
}

async function ledgerAsCsv(...args: string[]): Promise<ExportRow[]> {
  const { code, stdout } = await facelaw('export', 'ledger', '--format', 'csv', ...args)
  expect(code).toBe(0)
  return parse(stdout, { columns: true }) as ExportRow[]
}

describe('export', () => {
  test('ledger --workspace holds what that workspace confirmed, with its source, and nobody else’s does', async () => {
    const [own, other, shipped] = [
      await ledgerAsCsv('--workspace', 'discord:g1'),
      await ledgerAsCsv('--workspace', 'discord:g2'),
      await ledgerAsCsv()
    ]
    expect(other).toEqual(shipped)
    const ids = new Set(shipped.map(({ id }) => id))
    const more = own.filter(({ id }) => !ids.has(id))
    expect(more).toEqual([
      expect.objectContaining({
        type: 'rule',
        place: 'US-WA/Tacoma',
        state: 'bans',
        standing: 'passed',
        date: isoDay(now),
        sources: 'https://example.org/tacoma',
        as_of: isoDay(now),
        licence: shipped[0]?.licence
      })
    ])
    expect(own.filter(({ id }) => ids.has(id))).toEqual(shipped)
  })

  test('ledger --workspace --as-of leaves out what was not known on the day, as CSV and as JSON', async () => {
    const before = isoDay(new Date(now.getTime() - 7 * DAY_MS))
    const args = ['--workspace', 'discord:g1', '--as-of', before]
    const rows = await ledgerAsCsv(...args)
    expect(rows.some(({ place }) => place === 'US-WA/Tacoma')).toBe(false)
    const { stdout } = await facelaw('export', 'ledger', '--format', 'json', ...args)
    const document = JSON.parse(stdout) as LedgerExport
    expect(document).toMatchObject({ asOf: before, rows, licence: rows[0]?.licence })
    expect(document.note).toMatch(/stored copies of public pages/)
  })

  test('deadlines --workspace is a calendar with the day that the workspace confirmed', async () => {
    const days = async (...args: string[]) => {
      const { stdout } = await facelaw('export', 'deadlines', ...args)
      const events = new ICAL.Component(ICAL.parse(stdout)).getAllSubcomponents('vevent')
      return events.map((event) => new ICAL.Event(event)).map(({ startDate, summary }) => `${startDate} ${summary}`)
    }
    const own = await days('--workspace', 'discord:g1')
    const shipped = await days()
    expect(own.filter((line) => !shipped.includes(line))).toEqual([
      expect.stringMatching(new RegExp(`^${isoDay(effect)} .*comes into force$`))
    ])
  })

  test.each<[string[], RegExp]>([
    [['ledger', '--workspace', 'slack:T404'], /no workspace “slack:T404” is known.*export subscriptions/],
    [['stories', '--workspace', 'discord:g1'], /--workspace belongs to ledger, deadlines, watch/]
  ])('wrong use says what to do: %j', async (args, message) => {
    expect(await facelaw('export', ...args)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(message)
    })
  })
})
