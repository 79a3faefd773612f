import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describeSchedule, nextDigestAt } from '../../src/digest/schedule.js'

const berlin = { weekday: 1, hour: 9, zone: 'Europe/Berlin' }

describe('the next digest', () => {
  test.each([
    ['in the same week', berlin, '2020-06-14T12:00:00Z', '2020-06-15T07:00:00.000Z'],
    ['later on the same day', berlin, '2020-06-15T06:59:59Z', '2020-06-15T07:00:00.000Z'],
    ['a week on, once its moment is there', berlin, '2020-06-15T07:00:00Z', '2020-06-22T07:00:00.000Z'],
    ['at nine by the clock after it went forward', berlin, '2020-03-23T09:00:00Z', '2020-03-30T07:00:00.000Z'],
    ['at nine by the clock after it went back', berlin, '2020-10-20T09:00:00Z', '2020-10-26T08:00:00.000Z'],
    [
      'at the next hour when a clock change skips its own',
      { weekday: 7, hour: 2, zone: 'Europe/Berlin' },
      '2020-03-28T12:00:00Z',
      '2020-03-29T01:00:00.000Z'
    ],
    [
      'in a zone ahead of UTC',
      { weekday: 1, hour: 0, zone: 'Pacific/Auckland' },
      '2020-06-13T00:00:00Z',
      '2020-06-14T12:00:00.000Z'
    ]
  ])('%s', (_name, schedule, after, expected) => {
    expect(nextDigestAt(schedule, new Date(after)).toISOString()).toBe(expected)
  })

  test('is always later, within eight days, on the right weekday, and each follows the one before by about a week', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia']
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2015-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 23 }),
        fc.constantFrom(...zones),
        (after, weekday, hour, zone) => {
          const first = nextDigestAt({ weekday, hour, zone }, after)
          const second = nextDigestAt({ weekday, hour, zone }, first)
          expect(first.getTime()).toBeGreaterThan(after.getTime())
          expect(first.getTime() - after.getTime()).toBeLessThanOrEqual(8 * 86_400_000)
          expect(DateTime.fromJSDate(first, { zone }).weekday).toBe(weekday)
          const days = (second.getTime() - first.getTime()) / 86_400_000
          expect(days).toBeGreaterThan(6.9)
          expect(days).toBeLessThan(7.1)
        }
      )
    )
  })
})

test('words', () => {
  expect(describeSchedule(berlin)).toBe('Monday 09:00, Europe/Berlin')
})
