import { describe, expect, test } from '@jest/globals'
import { age, alertMessage, sourceLine, whyItMatters } from '../../src/alerts/alert-message.js'
import { cutAtWord, firstSentence } from '../../src/alerts/sentences.js'
import { sampleNames, sampleStory } from '../fakes/samples.js'

const now = new Date('2020-06-12T00:40:00Z')

describe('an alert', () => {
  test('shows headline as link, why it matters, one sentence, outlet and age, tags, and its two buttons', () => {
    const message = alertMessage(sampleStory(), sampleNames, now)
    expect(message.title).toEqual({
      text: 'Microsoft will not sell face matching to police',
      link: 'https://civic-wire.example/microsoft'
    })
    expect(message.parts).toEqual([
      { type: 'text', text: [{ text: 'Company policy: Microsoft → United States', style: 'bold' }] },
      { type: 'text', text: 'Microsoft said on Thursday that it will wait for a national law.' },
      { type: 'context', text: 'The Civic Wire · 4 hours ago (11 June 2020)' },
      { type: 'context', text: 'Tags: Microsoft; US; company-policy' }
    ])
    expect(message.buttons?.map((button) => button.label)).toEqual(['Why?', 'Not relevant'])
  })

  test('does not say the headline twice', () => {
    const story = sampleStory({ summary: 'Microsoft will not sell face matching to police' })
    expect(alertMessage(story, sampleNames, now).parts).toHaveLength(3)
  })

  test('names the stage of legislation and only some of many companies', () => {
    const story = sampleStory({
      kind: 'legislation',
      stage: 'rejected',
      companies: ['A', 'B', 'C', 'D', 'E'],
      jurisdictions: ['US-CA']
    })
    expect(whyItMatters(story, sampleNames)).toBe('Legislation rejected: A, B, C and 2 more → California')
  })

  test('counts the other outlets that told it', () => {
    const story = sampleStory({ outlets: ['The Civic Wire', 'Capitol Dispatch', 'Bay City Courier'] })
    expect(sourceLine(story, now)).toBe('The Civic Wire and 2 more · 4 hours ago (11 June 2020)')
  })
})

describe('ages and sentences', () => {
  test.each([
    ['2020-06-12T00:39:30Z', 'just now (12 June 2020)'],
    ['2020-06-11T23:40:00Z', '1 hour ago (11 June 2020)'],
    ['2020-06-09T00:00:00Z', '3 days ago (9 June 2020)'],
    ['2021-06-09T00:00:00Z', '9 June 2021']
  ])('%s is told as %s', (then, expected) => {
    expect(age(new Date(then), now)).toBe(expected)
  })

  test('the first sentence takes a dateline with it', () => {
    expect(firstSentence('BOSTON. The council voted on Wednesday to end it. More follows.')).toBe(
      'BOSTON. The council voted on Wednesday to end it.'
    )
  })

  test('what is cut is cut at a word and says so', () => {
    expect(cutAtWord('one two three', 9)).toBe('one two…')
    expect(cutAtWord('short', 9)).toBe('short')
    expect(cutAtWord('unbreakablelongword', 9)).toBe('unbreaka…')
  })
})
