import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { findDates } from '../../src/stories/dates.js'
import { findNumbers } from '../../src/stories/numbers.js'
import { findPhase } from '../../src/stories/phases.js'
import { relatePlaces, withParents } from '../../src/stories/places.js'
import { compareArticles } from '../../src/stories/signals.js'
import { scorePair } from '../../src/stories/similarity.js'
import { findActors, findActs, findSettings } from '../../src/stories/topics.js'
import { loadStoryWeights, rarity } from '../../src/stories/weights.js'
import {
  frenchFine,
  frenchFineInEnglish,
  greekFine,
  type Sample,
  signed,
  tacomaPasses,
  tacomaPassesElsewhere,
  tacomaRepeals
} from './samples.js'

describe('dates in a text', () => {
  test.each([
    ['on October 20, 2022', '2022-10-20'],
    ['le 20 octobre 2022', '2022-10-20'],
    ['am 20. Oktober 2022', '2022-10-20'],
    ['el 20 de octubre de 2022', '2022-10-20'],
    ['il 20 ottobre 2022', '2022-10-20'],
    ['em 20 de outubro de 2022', '2022-10-20'],
    ['op 20 oktober 2022', '2022-10-20'],
    ['since 2022-10-20', '2022-10-20'],
    ['seit 20.10.2022', '2022-10-20'],
    ['VIENNA, Oct 28 – ', '--10-28'],
    ['from 1er août on', '--08-01']
  ])('%s', (text, day) => {
    expect(findDates(text).days).toEqual([day])
  })

  test('a modal verb is no month, a sum no year', () => {
    expect(findDates('It may cost $2021 or 2,022 dollars').days).toEqual([])
    expect(findDates('It may cost $2021 or 2,022 dollars').years).toEqual([])
  })

  test('weekdays meet across languages', () => {
    for (const word of ['Tuesday', 'mardi', 'Dienstag', 'martes', 'martedì', 'terça-feira', 'dinsdag'])
      expect(findDates(`${word} night`).weekdays).toEqual([2])
  })
})

describe('names of two words', () => {
  const names = (title: string, text: string, over = {}) => [...signed({ title, text, ...over }).fullNames]

  test('are found where a sentence begins, too', () => {
    expect(names('A mayor speaks', 'Kristjan Sepp said it. His deputy, Mari Kask, did not.')).toEqual([
      'kristjan sepp',
      'mari kask'
    ])
  })

  test('but for those of companies and cities, and in headlines where every word has a capital', () => {
    const tagged = { companies: ['Clearview AI'], places: ['US-NM/Santa Fe'] }
    expect(names('Clearview Leaves Santa Fe Today', 'It left Santa Fe, said Clearview Media.', tagged)).toEqual([])
  })
})

describe('figures in a text', () => {
  test.each([
    ['a fine of €30.5 million', '30500000'],
    ['eine Buße von 30,5 Millionen Euro', '30500000'],
    ['20 M€ d’amende', '20000000'],
    ['£7.5m', '7500000'],
    ['R$ 100 mil', '100000'],
    ['a vote of 8-1', '8-1'],
    ['adopted 499 to 28', '499-28'],
    ['by eight votes to one', '8-1'],
    ['par huit voix contre une, soit 8 contre 1', '8-1'],
    ['für zwölf Monate', 'for 1y'],
    ['a one-year pause', 'for 1y'],
    ['SB 6280', 'bill 6280'],
    ['5,80,000 cameras', '580000'],
    ['bills 23-0377 and', '23-0377']
  ])('%s', (text, figure) => {
    expect(findNumbers(text)).toContain(figure)
  })

  test('years and small numbers tell nothing', () => {
    expect(findNumbers('In 2021, 3 of 12 cities')).toEqual([])
  })

  test('no text makes it throw', () => {
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(findNumbers(text)) && findDates(text).days.length >= 0))
  })
})

test('the steps of a bill, a suit and an inquiry', () => {
  expect(findPhase('legislation', 'Council bans face recognition', '')).toBe('passed')
  expect(findPhase('legislation', 'Council repeals ban on face recognition', '')).toBe('repealed')
  expect(findPhase('legislation', 'Preliminary approval for ban', '')).toBe('preliminary')
  expect(findPhase('litigation', 'Court dismisses lawsuit over cameras', '')).toBe('dismissed')
  expect(findPhase('enforcement', 'Regulator signals £17m fine', '')).toBe('intended')
  expect(findPhase('enforcement', 'Clearview AI again', 'Die Behörde verhängt ein Bußgeld.')).toBe('fined')
  expect(findPhase(null, 'Council bans face recognition', '')).toBeNull()
})

test('steps, settings and sorts of actors meet across languages', () => {
  expect(findActs('amende a clearview')).toContain('fined')
  expect(findActs('bussgeld fur clearview')).toContain('fined')
  expect(findSettings('cameras in a school')).toContain('school')
  expect(findSettings('gezichten op een luchthaven')).toContain('airport')
  for (const text of ['the city council voted', 'der stadtrat beschloss', 'el concejo voto', 'de gemeenteraad stemde'])
    expect([...findActors(text)]).toEqual(['council'])
})

test('places know what holds them', () => {
  expect(withParents('US-CA/Oakland')).toEqual(['US-CA/Oakland', 'US-CA', 'US'])
  expect(withParents('RU/Moscow')).toEqual(['RU/Moscow', 'RU'])
  expect(relatePlaces(['US-CA/Oakland'], ['US-CA'])).toBe('related')
  expect(relatePlaces(['US-CA/Oakland', 'US'], ['US'])).toBe('same')
  expect(relatePlaces(['US-CA/Oakland'], ['US-CA/Berkeley'])).toBe('apart')
  expect(relatePlaces([], ['US'])).toBe('unknown')
  expect(relatePlaces(['US-NM/Santa Fe'], ['AR/Santa Fe'])).toBe('unknown')
  expect(relatePlaces(['US-ME/Portland'], ['US-OR/Portland'])).toBe('apart')
})

describe('the score', () => {
  const data = loadStoryWeights()

  test('is the same from both sides', () => {
    const all = [tacomaPasses, tacomaPassesElsewhere, tacomaRepeals, frenchFine, greekFine].map(signed)
    for (const a of all)
      for (const b of all) {
        expect(scorePair(a, b, data).score).toBeCloseTo(scorePair(b, a, data).score, 9)
        expect(scorePair(a, b, data).reason()).not.toBe('')
      }
  })

  test('speaks of days, figures and names in its reason', () => {
    const reason = scorePair(signed(tacomaPasses), signed(tacomaPassesElsewhere), data).reason()
    expect(reason).toContain('same place and kind')
    expect(reason).toContain('(8-1)')
    expect(reason).toContain('olgy')
    expect(reason).toContain('1 day apart')
  })

  test('writes sums and spans of time as people do', () => {
    const text = 'The regulator fined it €30.5 million and gave it two months.'
    const again = { ...frenchFineInEnglish, text: 'It must pay 30.5 million euros within two months.' }
    expect(scorePair(signed({ ...frenchFine, text }), signed(again), data).reason()).toContain(
      '(2 months, 20,000,000, 30,500,000)'
    )
  })

  test('holds rare what few events have', () => {
    expect(rarity(undefined, 300)).toBe(1)
    expect(rarity(3, 300)).toBe(1)
    expect(rarity(30, 300)).toBeGreaterThan(rarity(100, 300))
    expect(rarity(400, 300)).toBe(0)
  })
})

describe('names', () => {
  const data = loadStoryWeights()
  const compare = (a: Sample, b: Sample) => compareArticles(signed(a), signed(b), data)
  const brentwick = { title: 'Watchdog scolds Brentwick over face scans', text: 'The canteen must take cards again.' }
  const exmouth = { title: 'Regulator warns Exmouth over lunch by face', text: 'Pupils could not refuse.' }

  test('speak against one event where each headline has one that the other article lacks', () => {
    expect(compare(brentwick, exmouth).otherTitleNames).toBeGreaterThan(0.5)
    const both = { ...exmouth, text: 'Brentwick High School is not alone.' }
    expect(compare(brentwick, both).otherTitleNames).toBe(0)
    expect(compare(brentwick, { ...exmouth, lang: 'de' }).otherTitleNames).toBe(0)
  })

  test('are the same where one begins a sentence with what the other writes with a capital elsewhere', () => {
    const first = { title: 'Brentwick told to stop face scans', text: 'Cards are back.' }
    expect(compare(brentwick, first).rareName).toBeGreaterThan(0.5)
    const small = { title: 'A town is told to stop face scans', text: 'The brentwick of old is back.' }
    expect(compare(brentwick, small).rareName).toBe(0)
  })

  test('are the same at the beginning of two sentences, if in two languages', () => {
    const first = { title: 'Brentwick told to stop face scans', text: 'Cards are back.' }
    const again = { title: 'Brentwick: le visage ne suffit plus', text: 'La carte revient.', lang: 'fr' }
    expect(compare(first, again).rareName).toBeGreaterThan(0.5)
    expect(compare(first, { ...again, lang: 'en' }).rareName).toBe(0)
  })
})
