import { describe, expect, test } from '@jest/globals'
import { loadLexicon } from '../../src/tagging/index.js'
import { inflect } from '../../src/tagging/names.js'

const lexicon = loadLexicon()

describe('companies', () => {
  test('has more than three hundred', () => {
    expect(lexicon.companies.length).toBeGreaterThan(300)
  })

  test('finds one by alias and product, whatever the case', () => {
    expect(lexicon.company('facebook')?.name).toBe('Meta')
    expect(lexicon.company('REKOGNITION')?.name).toBe('Amazon')
    expect(lexicon.company('Telefonica')?.name).toBe('Telefónica')
    expect(lexicon.company('No Such Firm')).toBeNull()
  })

  test('suggests the nearest names', () => {
    expect(lexicon.suggestCompanies('amzon', 3)[0]).toBe('Amazon')
    expect(lexicon.suggestCompanies('clearv', 3)[0]).toBe('Clearview AI')
    expect(lexicon.suggestCompanies('zzzzzzzzzz', 3)).toEqual([])
  })
})

describe('jurisdictions', () => {
  test.each([
    ['US-WA', 'US-WA'],
    ['us-ca/san francisco', 'US-CA/San Francisco'],
    ['Washington', 'US-WA'],
    ['Illinois', 'US-IL'],
    ['San Francisco', 'US-CA/San Francisco'],
    ['Portland, Maine', 'US-ME/Portland'],
    ['UK', 'GB'],
    ['EU', 'EU'],
    ['Deutschland', 'DE'],
    ['Bavière', 'DE-BY'],
    ['England', 'GB-ENG'],
    ['gb-eng', 'GB-ENG'],
    ['New York (state)', 'US-NY'],
    ['Georgia (state)', 'US-GA'],
    ['Northampton', 'US-MA/Northampton'],
    ['Portland ME', 'US-ME/Portland'],
    ['portland me', 'US-ME/Portland'],
    ['Portland, Ore.', 'US-OR/Portland'],
    ['portland, or', 'US-OR/Portland'],
    ['Columbus, IN', 'US-IN/Columbus'],
    ['Cambridge, England', 'GB/Cambridge'],
    ['Cambridge UK', 'GB/Cambridge'],
    ['Newport, Rhode Island', 'US-RI/Newport'],
    ['Santa Cruz', 'US-CA/Santa Cruz']
  ])('%s is %s', (typed, code) => {
    expect(lexicon.jurisdiction(typed)?.code).toBe(code)
  })

  test('says null to what it does not know, and suggests for typing errors', () => {
    expect(lexicon.jurisdiction('Nowhereland')).toBeNull()
    expect(lexicon.suggestJurisdictions('Ilinois', 1)).toEqual([{ code: 'US-IL', name: 'Illinois', parent: 'US' }])
    expect(lexicon.suggestJurisdictions('san fran', 1)[0]?.code).toBe('US-CA/San Francisco')
  })

  test.each(['columbus in', 'springfield or', 'Cambridge, Wales'])('%s is no city and what holds it', (typed) => {
    expect(lexicon.jurisdiction(typed)).toBeNull()
  })

  test.each([
    ['VA', 'US-VA'],
    ['ny', 'US-NY'],
    ['calif.', 'US-CA'],
    ['Mass.', 'US-MA']
  ])('%s in a sentence is %s', (word, code) => {
    expect(lexicon.shortForm(word)?.code).toBe(code)
  })

  test.each(['in', 'or', 'me', 'la', 'va', 'Il', 'mass', 'UK', 'zz'])('%s in a sentence is a word', (word) => {
    expect(lexicon.shortForm(word)).toBeNull()
  })

  test('tells the places of one name, the weightiest first', () => {
    const codesOf = (name: string) => lexicon.namesakes(name).map(({ code }) => code)
    expect(codesOf('georgia').slice(0, 2)).toEqual(['GE', 'US-GA'])
    expect(codesOf('VA')).toEqual(['VA', 'US-VA'])
    expect(codesOf('Newport').slice(0, 2)).toEqual(['GB-WLS/Newport', 'GB/Newport'])
    expect(codesOf('Nowhereland')).toEqual([])
  })

  test('suggests every place of a name, the one known for rules first', () => {
    const codes = lexicon.suggestJurisdictions('Northampton', 3).map(({ code }) => code)
    expect(codes).toEqual(['US-MA/Northampton', 'GB/Northampton', 'US-PA/Northampton'])
  })

  test('names a city with what holds it', () => {
    expect(lexicon.jurisdictionName('US-CA/San Francisco')).toBe('San Francisco, California')
    expect(lexicon.jurisdictionName('US')).toBe('United States')
    expect(lexicon.jurisdictionName('RU')).toBe('Russia')
    expect(lexicon.jurisdictionName('KR')).toBe('South Korea')
    expect(lexicon.jurisdictionName('XX-9')).toBe('XX-9')
  })

  test('every parent is a place itself', () => {
    for (const { code, parent } of lexicon.places.values()) {
      if (parent !== null && !lexicon.places.has(parent))
        throw new Error(`${code} hangs below ${parent}, which is no place`)
    }
  })
})

test('demonyms take the endings of their language', () => {
  expect(inflect('suédois', [['ois', ['ois', 'oise']]])).toEqual(['suédois', 'suédoise'])
  expect(inflect('dutch', [['an', ['ans']]])).toEqual(['dutch'])
})
