import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { groupStories } from '../../src/stories/group.js'
import {
  frenchFine,
  frenchFineInEnglish,
  greekFine,
  item,
  libraryGates,
  libraryGatesInGerman,
  poolGates,
  type Sample,
  tacomaPasses,
  tacomaPassesElsewhere,
  tacomaRepeals
} from './samples.js'

const everything = [tacomaPasses, tacomaPassesElsewhere, tacomaRepeals, frenchFine, frenchFineInEnglish, greekFine]

function together(...samples: Sample[]): boolean {
  return new Set(groupStories(samples.map(item))).size === 1
}

describe('one event', () => {
  test('two reports of one vote that share little wording', () => {
    expect(together(tacomaPasses, tacomaPassesElsewhere)).toBe(true)
  })

  test('two reports of one fine in two languages', () => {
    expect(together(frenchFine, frenchFineInEnglish)).toBe(true)
  })

  test('two vague tellings, unless a third is as near', () => {
    expect(together(libraryGates, libraryGatesInGerman)).toBe(true)
    expect(new Set(groupStories([libraryGates, libraryGatesInGerman, poolGates].map(item))).size).toBe(3)
  })

  test('a vague word on a city within a day of the vote there, but not a month later', () => {
    const vague: Sample = {
      title: 'Tacoma’s chief says his hands are tied',
      text: 'Officers had hoped for the cameras, he said, but would obey.',
      places: ['US-WA/Tacoma'],
      kind: 'other',
      published: '2021-06-10'
    }
    expect(together(tacomaPasses, vague)).toBe(true)
    expect(together(tacomaPasses, { ...vague, published: '2021-07-10' })).toBe(false)
  })

  test('a company’s step told in a language whose country the text does not name', () => {
    const pause: Sample = {
      title: 'Amazon pauses sale of facial recognition to police for a year',
      text: 'Amazon will keep Rekognition from police for one year, it said on Wednesday.',
      companies: ['Amazon'],
      places: ['US'],
      kind: 'company-policy',
      published: '2020-06-10'
    }
    const abroad: Sample = {
      title: 'Amazon pauzeert verkoop van gezichtsherkenning aan politie',
      text: 'Het bedrijf stopt een jaar met de levering van Rekognition.',
      companies: ['Amazon'],
      places: ['NL'],
      kind: 'company-policy',
      lang: 'nl',
      published: '2020-06-11'
    }
    expect(together(pause, { ...abroad, placeImplied: true })).toBe(true)
    expect(together(pause, abroad)).toBe(false)
  })

  test('one vote of one day, though the tagger and the headlines read two steps into it', () => {
    const fails: Sample = {
      title: 'Spokane council votes down facial recognition ban',
      text: 'The Spokane City Council rejected on Thursday a proposal to ban facial recognition by police.',
      places: ['US-WA/Spokane'],
      stage: 'rejected',
      published: '2025-03-06T23:00:00Z'
    }
    const keeps: Sample = {
      title: 'By one vote, Spokane keeps facial recognition',
      text: 'Supporters of the ban left the chamber of the council shouting after the vote.',
      places: ['US-WA/Spokane'],
      stage: 'passed',
      published: '2025-03-07T12:00:00Z'
    }
    expect(together(fails, keeps)).toBe(true)
    expect(together(fails, { ...keeps, published: '2025-03-12T12:00:00Z' })).toBe(false)
  })

  test('a fine on a company that only one of the two tags, though both name it', () => {
    const tagged: Sample = {
      title: 'FTC bars gym chain Fernbank from facial recognition for two years',
      text: 'Fernbank Fitness scanned members at 60 clubs without telling them, the Federal Trade Commission said.',
      companies: ['Fernbank Fitness'],
      places: ['US'],
      kind: 'enforcement',
      published: '2024-03-05'
    }
    const untagged: Sample = {
      title: 'Fernbank takes down its lobby cameras',
      text: 'The order of the commission leaves its clubs no choice, the company wrote to members.',
      places: ['US'],
      kind: 'company-policy',
      published: '2024-03-06'
    }
    expect(together(tagged, untagged)).toBe(true)
    expect(together(tagged, { ...untagged, title: 'Oakhurst takes down its lobby cameras' })).toBe(false)
  })

  test('a city that one of the two only names in its headline', () => {
    const abroad: Sample = {
      title: 'États-Unis : Tacoma bannit la reconnaissance faciale',
      text: 'Aucun service municipal ne pourra plus s’en servir.',
      places: ['US'],
      stage: 'passed',
      lang: 'fr',
      published: '2021-06-11'
    }
    expect(together(tacomaPasses, abroad)).toBe(true)
    expect(together(tacomaPasses, { ...abroad, title: 'États-Unis : Olympia bannit la reconnaissance faciale' })).toBe(
      false
    )
  })

  test('dates are used where known, not relied on', () => {
    const { published: _one, ...undated } = tacomaPasses
    const { published: _two, ...alsoUndated } = tacomaPassesElsewhere
    expect(together(undated, alsoUndated)).toBe(true)
    expect(together(undated, tacomaPassesElsewhere)).toBe(true)
  })

  test('a wire copy under another headline, with tags that the tagger got wrong', () => {
    const copy: Sample = { ...tacomaPasses, title: 'Facing up to surveillance', places: ['US-WA'], kind: 'other' }
    delete copy.stage
    expect(together(tacomaPasses, copy)).toBe(true)
  })

  test('a correction of an article', () => {
    const corrected = `CORRECTION: an earlier version gave the vote as 7-2. ${tacomaPasses.text}`
    expect(together(tacomaPasses, { ...tacomaPasses, text: corrected, published: '2021-06-11' })).toBe(true)
  })
})

describe('unlike events', () => {
  test('two companies that do alike in one week, though the second story names the first', () => {
    const amazon: Sample = {
      title: 'Amazon pauses police use of its facial recognition for a year',
      text: 'Amazon will keep police from Rekognition for one year, to give Congress time for rules on facial recognition.',
      companies: ['Amazon'],
      places: ['US'],
      kind: 'company-policy',
      published: '2020-06-10'
    }
    const microsoft: Sample = {
      title: 'Microsoft will not sell facial recognition to police without a national law',
      text: 'Microsoft follows Amazon, which paused police sales of facial recognition for a year, and IBM, which left.',
      companies: ['Microsoft', 'Amazon', 'IBM'],
      places: ['US'],
      kind: 'company-policy',
      published: '2020-06-11'
    }
    expect(together(amazon, microsoft)).toBe(false)
  })

  test('a vote, and its repeal a year later', () => {
    expect(together(tacomaPasses, tacomaRepeals)).toBe(false)
  })

  test('a vote and its repeal, when neither feed gives a date', () => {
    const { published: _one, ...passes } = tacomaPasses
    const { published: _two, ...repeals } = tacomaRepeals
    expect(together(passes, repeals)).toBe(false)
  })

  test('the same sum as a fine on one company by two countries', () => {
    expect(together(frenchFineInEnglish, greekFine)).toBe(false)
  })

  test('a bill brought in and its passing, weeks apart', () => {
    const proposed: Sample = {
      title: 'Tacoma councilmember introduces bill against face recognition',
      text: 'City departments of Tacoma would lose face recognition under an ordinance that Olgy Diaz introduced this week. A committee hears it in May.',
      places: ['US-WA/Tacoma'],
      stage: 'proposed',
      published: '2021-04-20'
    }
    expect(together(proposed, tacomaPasses)).toBe(false)
  })

  test('two settlements of one company, told apart by the sum in the headline', () => {
    const first: Sample = {
      title: 'Meta settles Illinois face tagging suit for $550 million',
      text: 'Meta will pay users in Illinois who said that its photo tagging broke the state law on biometrics.',
      companies: ['Meta'],
      places: ['US-IL'],
      kind: 'litigation',
      published: '2020-01-30'
    }
    const second = { ...first, title: 'Meta settles Texas-sized face suit for $650 million', published: '2021-02-27' }
    expect(together(first, { ...second, text: 'A judge approved what users in Illinois get for tagged photos.' })).toBe(
      false
    )
  })

  test('a decision, and another that names it as what came before', () => {
    const neighbour: Sample = {
      title: 'Olympia council puts off its vote on face recognition',
      text: 'A day after neighboring Tacoma banned face recognition in city departments by 8-1, the council asked for a report.',
      places: ['US-WA'],
      stage: 'passed',
      published: '2021-06-10'
    }
    expect(together(tacomaPasses, neighbour)).toBe(false)
  })

  test('two cities on one day', () => {
    const other: Sample = {
      title: 'Spokane council bans face recognition by city departments',
      text: 'The Spokane City Council voted 5-2 on Tuesday for an ordinance against face recognition in city departments.',
      places: ['US-WA/Spokane'],
      stage: 'passed',
      published: '2021-06-09'
    }
    expect(together(tacomaPasses, other)).toBe(false)
  })
})

describe('a batch', () => {
  test('gives an id for each item, in order, and nothing for nothing', () => {
    const ids = groupStories(everything.map(item))
    expect(ids).toHaveLength(everything.length)
    expect(ids.every((id) => /^story-[0-9a-f]{12}$/.test(id))).toBe(true)
    expect(groupStories([])).toEqual([])
  })

  test('is grouped alike whatever the order of its items', () => {
    const inOrder = groupStories(everything.map(item))
    const places = everything.map((_, at) => at)
    fc.assert(
      fc.property(fc.shuffledSubarray(places, { minLength: places.length }), (order) => {
        const ids = groupStories(order.map((at) => item(everything[at]!)))
        expect(ids).toEqual(order.map((at) => inOrder[at]))
      })
    )
  })

  test('keeps repeats of one article together, whatever it says', () => {
    const sample = fc.record({
      title: fc.string(),
      text: fc.string(),
      companies: fc.subarray(['Amazon', 'Clearview AI', 'IBM']),
      places: fc.subarray(['US', 'US-WA', 'FR']),
      published: fc.constantFrom('2020-06-08', '2021-06-08', 'soon')
    })
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 8 }), fc.nat(), (samples, nth) => {
        const again = samples[nth % samples.length]!
        const ids = groupStories([...samples, again].map(item))
        expect(ids.at(-1)).toBe(ids[nth % samples.length])
      })
    )
  })
})
