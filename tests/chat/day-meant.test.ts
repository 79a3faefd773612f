import { describe, expect, test } from '@jest/globals'
import { dayMeant } from '../../src/chat/day-meant.js'

const NOW = new Date('2026-11-23T12:00:00Z')

describe('the day that words speak of', () => {
  test.each([
    ['2021-05-01', '2021-05-01'],
    ['on 1 July 2020', '2020-07-01'],
    ['on July 1st, 2020?', '2020-07-01'],
    ['1 of May 2021', '2021-05-01'],
    ['at 10.06.2020', '2020-06-10'],
    ['in June 2020', '2020-06-30'],
    ['in 2020', '2020-12-31'],
    ['early 2021', '2021-01-01'],
    ['at the beginning of 2021', '2021-01-01'],
    ['at the end of 2021', '2021-12-31'],
    ['before June 2020', '2020-05-31'],
    ['after 18 May 2021', '2021-05-19'],
    ['this year, 2026', '2026-11-23'],
    ['two years ago', '2024-11-23'],
    ['six months ago', '2026-05-23'],
    ['last year', '2025-11-23'],
    ['yesterday', '2026-11-22'],
    ['in March', '2026-03-31'],
    ['in 2027', '2027-12-31']
  ])('%s', (text, day) => {
    expect(dayMeant(`where did Amazon stand ${text}`, NOW)?.day).toBe(day)
  })

  test.each(['may they sell it', 'today and for good', 'section 1798', ''])('none: %s', (text) => {
    expect(dayMeant(text, NOW)?.day ?? '2026-11-23').toBe('2026-11-23')
  })

  test('one that can be read as two days is asked for again', () => {
    expect(() => dayMeant('on 06/10/2020', NOW)).toThrow(/can be read as two days/)
  })
})
