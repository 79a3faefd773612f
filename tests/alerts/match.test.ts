import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { checkFilter, EVERYTHING, type Matchable, matches } from '../../src/alerts/match.js'
import { holds } from '../../src/model/jurisdiction.js'
import type { Filter } from '../../src/model/subscription.js'

const story: Matchable = {
  title: 'San Francisco bans face surveillance by the city',
  summary: 'Supervisors voted eight to one; the café owners’ lobby stayed out of it.',
  companies: ['Amazon', 'Clearview AI'],
  jurisdictions: ['US-CA/San Francisco'],
  kind: 'legislation',
  stage: 'passed',
  lang: 'en'
}

function filter(fields: Partial<Filter>): Filter {
  return { ...EVERYTHING, ...fields }
}

describe('the tree of places', () => {
  test.each([
    ['US-CA', 'US-CA', true],
    ['US-CA', 'US-CA/San Francisco', true],
    ['US-CA', 'US-WA', false],
    ['US', 'US', true],
    ['US', 'US-CA', false],
    ['US/*', 'US', true],
    ['US/*', 'US-CA', true],
    ['US/*', 'US-CA/San Francisco', true],
    ['US/*', 'USA', false],
    ['GB', 'GB/London', true],
    ['GB', 'GB-SCT', false],
    ['GB/*', 'GB-SCT', true],
    ['EU', 'FR', false],
    ['EU/*', 'FR', true],
    ['EU/*', 'DE-BY/Munich', true],
    ['EU/*', 'GB', false],
    ['us-ca', 'US-CA', true],
    ['US-CA/San Francisco', 'US-CA', false]
  ])('%s holds %s: %s', (asked, tagged, expected) => {
    expect(holds(asked, tagged)).toBe(expected)
  })
})

describe('a filter', () => {
  test('that asks for nothing lets everything through', () => {
    expect(matches(EVERYTHING, story)).toBe(true)
    expect(checkFilter(EVERYTHING, story)).toEqual([])
  })

  test('is OR inside a field and AND between fields', () => {
    expect(matches(filter({ companies: ['IBM', 'amazon'] }), story)).toBe(true)
    expect(matches(filter({ companies: ['Amazon'], jurisdictions: ['US-WA'] }), story)).toBe(false)
    expect(matches(filter({ companies: ['Amazon'], jurisdictions: ['US-WA', 'US-CA'] }), story)).toBe(true)
    expect(matches(filter({ kinds: ['litigation'] }), story)).toBe(false)
    expect(matches(filter({ stages: ['passed'], languages: ['en'] }), story)).toBe(true)
    expect(matches(filter({ stages: ['passed'] }), { ...story, stage: null })).toBe(false)
  })

  test('finds whole words and phrases, without regard to case and accents', () => {
    expect(matches(filter({ words: ['FACE Surveillance'] }), story)).toBe(true)
    expect(matches(filter({ words: ['cafe'] }), story)).toBe(true)
    expect(matches(filter({ words: ['surveil'] }), story)).toBe(false)
    expect(matches(filter({ words: ['surveillance face'] }), story)).toBe(false)
  })

  test('keeps out what holds an excluded word', () => {
    expect(matches(filter({ withoutWords: ['lobby'] }), story)).toBe(false)
    expect(matches(filter({ companies: ['Amazon'], withoutWords: ['airport'] }), story)).toBe(true)
  })

  test('tells of each field what met it', () => {
    expect(checkFilter(filter({ jurisdictions: ['US/*'], withoutWords: ['lobby'] }), story)).toEqual([
      { field: 'jurisdiction', wanted: ['US/*'], met: ['US-CA/San Francisco'], passed: true },
      { field: '-words', wanted: ['lobby'], met: ['lobby'], passed: false }
    ])
  })

  test('takes any words without failing, and one more exclusion never lets more through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (title, word) => {
        const one = { ...story, title }
        const without = matches(filter({ withoutWords: [word] }), one)
        expect(without && !matches(EVERYTHING, one)).toBe(false)
      })
    )
  })
})
