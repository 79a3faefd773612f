import { describe, expect, test } from '@jest/globals'
import { dayMeant } from '../../src/chat/day-meant.js'

const NOW = new Date('2026-11-23T12:00:00Z')

describe('the day that words speak of', () => {
  test.each([
    ['2021-05-01', '2021-05-01'],
    ['on 1 July 2020', '2020-07-01'],
    ['on July 1st, 2020?', '2020-07-01'],
    ['1 of May 2021', '2021-05-01'],
    ['June the 10th 2020', '2020-06-10'],
    ['on the 10th of June, 2020', '2020-06-10'],
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
    ['in 2027', '2027-12-31'],
    ['in 2020-06', '2020-06-30'],
    ['on the first of June 2020', '2020-06-01'],
    ['on New Year’s Day 2021', '2021-01-01'],
    ['in mid-2020', '2020-07-01'],
    ['in the summer of 2020', '2020-08-31'],
    ['in Q3 2020', '2020-09-30'],
    ['in the first half of 2021', '2021-06-30'],
    ['under HB 2031 on 1 May 2022', '2022-05-01'],
    ['on 25/12/2020', '2020-12-25'],
    ['in mid-June 2021', '2021-06-15'],
    ['in Febuary 2021', '2021-02-28'],
    ['in septemeber 2021', '2021-09-30'],
    ['in agust of 2020', '2020-08-31']
  ])('%s', (text, day) => {
    expect(dayMeant(`where did Amazon stand ${text}`, NOW)?.day).toBe(day)
  })

  test.each([
    ['en juin 2025', '2025-06-30'],
    ['le 1er juin 2025', '2025-06-01'],
    ['le premier août 2024', '2024-08-01'],
    ['en aout 2024', '2024-08-31'],
    ['avant le 1er juillet 2021', '2021-06-30'],
    ['début 2021', '2021-01-01'],
    ['il y a deux ans', '2024-11-23'],
    ['am 1. Juni 2025', '2025-06-01'],
    ['im Juni 2025', '2025-06-30'],
    ['im Maerz 2022', '2022-03-31'],
    ['Ende 2021', '2021-12-31'],
    ['Ende Mai 2021', '2021-05-31'],
    ['Anfang Mai 2021', '2021-05-01'],
    ['vor zwei Jahren', '2024-11-23'],
    ['el 1 de junio de 2025', '2025-06-01'],
    ['en junio de 2025', '2025-06-30'],
    ['antes de mayo de 2021', '2021-04-30'],
    ['el año pasado', '2025-11-23'],
    ['a giugno 2024', '2024-06-30'],
    ['il 1° gennaio 2022', '2022-01-01'],
    ['due anni fa', '2024-11-23'],
    ['em junho de 2021', '2021-06-30'],
    ['em 7 de maio de 2021', '2021-05-07'],
    ['no verão de 2021', '2021-08-31'],
    ['in juni 2025', '2025-06-30'],
    ['op 3 september 2024', '2024-09-03'],
    ['twee jaar geleden', '2024-11-23']
  ])('in another language: %s', (text, day) => {
    expect(dayMeant(`où en est Amazon ${text} ?`, NOW)?.day).toBe(day)
  })

  test.each(['depuis 2018', 'seit Mai 2021', 'desde 2020'])('today: what came %s', (text) => {
    expect(dayMeant(`was gilt ${text}`, NOW)?.day).toBe('2026-11-23')
  })

  test.each(['in winter 2021', 'im Juny 2025', 'in the third quartal 2021', 'on the 3rd, 2021', 'im 2. Halbjahr 2021'])(
    'is never taken for the end of the year: %s',
    (text) => {
      expect(() => dayMeant(`where did Amazon stand ${text}`, NOW)).toThrow(/not read as|one day/)
    }
  )

  test.each(['may they sell it', 'under HB 2031', 'today and for good', 'section 1798', ''])('none: %s', (text) => {
    expect(dayMeant(text, NOW)?.day ?? '2026-11-23').toBe('2026-11-23')
  })

  test.each(['since 2018', 'from May 2021'])('today: what came %s', (text) => {
    expect(dayMeant(`what changed ${text}`, NOW)?.day).toBe('2026-11-23')
  })

  test('two days are asked for one at a time', () => {
    expect(() => dayMeant('between 2016 and 2019', NOW)).toThrow(/two days/)
  })

  test('a day that is not understood whole is asked for again', () => {
    expect(() => dayMeant('in June of that year 2020', NOW)).toThrow(/were not read as one day/)
  })

  test('one that can be read as two days is asked for again', () => {
    expect(() => dayMeant('on 06/10/2020', NOW)).toThrow(/can be read as two days/)
  })
})
