import { describe, expect, test } from '@jest/globals'
import { eventMeant, subjectMeant } from '../../src/ledger/record/about.js'
import { loadLedger } from '../../src/ledger/record/load.js'
import { type CompanyAnswer, findCompany, openedWith, positionAsOf } from '../../src/ledger/record/positions.js'
import { answerThere, isLinked, ruleNaming } from '../../src/ledger/record/there.js'
import { TODAY } from './questions.js'

const ledger = loadLedger()

function there(company: string, [code, name]: [string, string], asOf = TODAY, about: string | null = null) {
  const answer = positionAsOf(ledger, company, { asOf, now: TODAY }, about)
  return answerThere(ledger, answer, { code, name }, about)
}

function keys(subjects: CompanyAnswer['subjects']): string[] {
  return subjects.map(({ subject }) => subject)
}

const chicago: [string, string] = ['US-IL/Chicago', 'Chicago']

describe('a company in a place', () => {
  test('what holds for the state comes before what holds for the country, and what holds in general last', () => {
    const answer = there('Clearview AI', chicago)
    expect(keys(answer.subjects)).toEqual(['illinois', 'private-customers', 'government'])
    expect(answer.sentence).toMatch(/^Barred by order since 11 May 2022 for five years/)
    expect(keys(answer.elsewhere)).toEqual(['canada', 'australia', 'france'])
  })

  test('what holds in general is told as such, with the latest of the place', () => {
    const answer = there('Clearview AI', ['SE', 'Sweden'])
    expect(answer.sentence).toMatch(
      /^The latest on record of Clearview AI in Sweden: 10 February 2021, Sweden's .* In general: Sells, on record since/
    )
    expect(answer.certain).toBe(false)
    expect(answer.basis.map(({ id }) => id)).toEqual(['clearview-sweden-police-2021', 'clearview-government-2020'])
    expect(answer.timeline.map(({ id }) => id)).toEqual(['clearview-sweden-police-2021'])
  })

  test('before the order the state is as the rest of the country', () => {
    const { sentence, head } = there('Clearview AI', chicago, '2021-06-01')
    expect(head?.subject).toBe('private-customers')
    expect(sentence).toMatch(/^Exited since May 2020/)
  })

  test('a subject that is told of another place is never told of this one', () => {
    const answer = there('Microsoft', ['DE', 'Germany'], TODAY, 'police')
    expect(answer).toMatchObject({ status: 'not-known', head: null, certain: false })
    expect(answer.sentence).toMatch(
      /^No position of Microsoft for Germany alone is on record\. Elsewhere: Conditional since/
    )
  })

  test('nothing at all', () => {
    expect(there('Rite Aid', ['FR', 'France'])).toMatchObject({
      status: 'not-known',
      sentence: 'No position of Rite Aid for France alone is on record.'
    })
  })
})

describe('what happened to a company', () => {
  test.each([
    ['Meta', 'smart glasses face recognition', 'meta-name-tag-2026', 'smart glasses'],
    ['Clearview AI', 'has the class settlement been approved', 'clearview-class-settlement-2025', 'class settlement'],
    ['Amazon', 'does it sell Rekognition to police departments', null, null],
    ['Clearview AI', 'the settlement', null, null]
  ])('%s: %s', (name, words, id, shared) => {
    const meant = eventMeant(findCompany(ledger, name)!, ledger.events, words)
    expect([meant?.event.id ?? null, meant?.words ?? null]).toEqual([id, shared])
  })

  test('opens the answer, with its doubts, and where the company stands follows', () => {
    const event = ledger.events.find(({ id }) => id === 'meta-name-tag-2026')!
    const answer = openedWith(positionAsOf(ledger, 'Meta', { asOf: TODAY, now: TODAY }), event)
    expect(answer.sentence).toMatch(
      /^13 February 2026: The New York Times reports .* \[outcome not known \(a reported plan/
    )
    expect(answer).toMatchObject({ certain: false, basis: [event] })
    expect(keys(answer.subjects)).toEqual(['checks', 'tagging'])
  })
})

test('a company and a place are linked by positions and events, and by rules that name it', () => {
  expect(isLinked(ledger, 'Clearview AI', 'CA')).toBe(true)
  expect(isLinked(ledger, 'Meta', 'US-TX')).toBe(true)
  // What Amazon said of the whole country is no news of one of its towns.
  expect(isLinked(ledger, 'Amazon', 'US-CA/Oakland')).toBe(false)
  expect(ruleNaming(ledger, 'Clearview AI', 'US-NJ')?.id).toBe('us-nj-clearview-directive-2020')
})

describe('what a question is about', () => {
  test.each([
    ['Microsoft', 'azure face', 'face-api'],
    ['Microsoft', 'Azure OpenAI', 'models'],
    ['Microsoft', 'does it sell to police', 'police'],
    ['Microsoft', 'its investments', 'investments'],
    ['Microsoft', 'its stake in AnyVision', 'investments'],
    ['Microsoft', 'Azure', null],
    ['Clearview AI', 'does Clearview AI sell to private companies', 'private-customers'],
    ['IBM', 'does it sell facial recognition to police', null],
    ['Meta', 'tags in photos', 'tagging']
  ])('%s: %s', (name, words, subject) => {
    expect(subjectMeant(findCompany(ledger, name)!, ledger.positions, words)).toBe(subject)
  })

  test('is told first, also where nothing is known of it yet', () => {
    const answer = positionAsOf(ledger, 'Microsoft', { asOf: '2021-12-31', now: TODAY }, 'face-api')
    expect(answer.status).toBe('not-known')
    expect(answer.sentence).toMatch(
      /^Where Microsoft stood as to the Azure Face service on 31 December 2021 is not known\. The first record .* 21 June 2022/
    )
  })
})
