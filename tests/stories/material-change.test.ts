import { describe, expect, test } from '@jest/globals'
import { type Changed, findMaterialChange } from '../../src/stories/material-change.js'
import { sampleStory } from '../fakes/samples.js'

const told = sampleStory({
  title: 'Maine passes a strict facial recognition law',
  summary: 'The legislature passed it on Wednesday.',
  kind: 'legislation',
  stage: 'passed',
  published: new Date('2021-06-30T12:00:00Z')
})

function article(over: Partial<Changed>): Changed {
  return {
    title: 'Maine law on facial recognition',
    summary: '',
    link: null,
    outlet: 'The Civic Wire',
    official: false,
    published: new Date('2021-07-02T12:00:00Z'),
    seenAt: new Date('2021-07-02T12:00:00Z'),
    kind: 'legislation',
    stage: 'passed',
    ...over
  }
}

describe('a material change', () => {
  test('a bill that passes after it was proposed', () => {
    expect(
      findMaterialChange(
        { ...told, stage: 'proposed' },
        article({ title: 'Maine adopts its law on facial recognition' })
      )
    ).toMatchObject({ key: 'stage:passed' })
  })

  test('not a stage that the tagger alone reads, without a word of that step', () => {
    const vague = article({ title: 'What Maine’s bill would mean for schools', summary: 'Cameras may have to go.' })
    expect(findMaterialChange({ ...told, stage: 'proposed' }, vague)).toBeNull()
    const hopeful = article({ title: 'By one vote, Maine keeps facial recognition', stage: 'rejected' })
    expect(findMaterialChange(told, hopeful)).toBeNull()
  })

  test('a law that falls again', () => {
    const struck = article({ title: 'Court strikes down Maine law on facial recognition', stage: 'rejected' })
    expect(findMaterialChange(told, struck)).toMatchObject({ stage: 'loosened' })
    const vetoed = article({ title: 'Governor vetoes the facial recognition law', stage: 'rejected' })
    expect(findMaterialChange(told, vetoed)).toMatchObject({ key: 'stage:rejected' })
  })

  test('not the same passage told again, though its words sound like a fall', () => {
    const again = article({ title: 'Maine passes facial recognition law without a vote against it', stage: 'rejected' })
    expect(findMaterialChange(told, again)).toBeNull()
    expect(findMaterialChange(told, article({}))).toBeNull()
  })

  test('not what another outlet tells in the same hours', () => {
    const soon = article({ stage: 'rejected', published: new Date('2021-06-30T13:00:00Z') })
    expect(findMaterialChange(told, soon)).toBeNull()
  })

  test('a final vote after a first one, though both passed', () => {
    const first = { ...told, title: 'Maine House gives first approval to facial recognition limits', summary: '' }
    expect(findMaterialChange(first, article({ title: 'Maine passes facial recognition limits' }))).toMatchObject({
      key: 'step:passed'
    })
  })

  test('not an order that another language words as a fine on the same day, but a fine weeks later', () => {
    const ordered = sampleStory({
      title: 'La CNIL met en demeure un exploitant de piscines',
      summary: '',
      kind: 'enforcement',
      stage: null,
      published: new Date('2021-07-02T06:00:00Z')
    })
    const fined = article({ title: 'French regulator fines pool operator', kind: 'enforcement', stage: null })
    expect(findMaterialChange(ordered, fined)).toBeNull()
    const later = { ...fined, published: new Date('2021-08-02T12:00:00Z') }
    expect(findMaterialChange(ordered, later)).toMatchObject({ key: 'step:fined' })
  })

  test('a decision on an appeal, after the appeal and not after the same decision told before', () => {
    const suit = { kind: 'litigation', stage: null } as const
    const won = article({ ...suit, title: 'Regulator wins appeal in face database case' })
    const appealed = sampleStory({ ...told, ...suit, title: 'Regulator appeals ruling on face database', summary: '' })
    expect(findMaterialChange(appealed, won)?.what).toBe('Decided on appeal (was appealed)')
    const ruled = sampleStory({ ...told, ...suit, title: 'Tribunal rules for regulator on face database', summary: '' })
    expect(findMaterialChange(ruled, won)).toBeNull()
  })

  test('a pause that gets another end', () => {
    const pause = sampleStory({
      title: 'Amazon pauses police use of Rekognition',
      summary: 'The pause lasts until June 2021.'
    })
    const longer = article({
      title: 'Amazon names another date for police and Rekognition',
      summary: 'The pause on police use now lasts until June 2022.',
      kind: 'company-policy',
      stage: null
    })
    expect(findMaterialChange(pause, longer)?.what).toBe('The pause ends June 2022 (was June 2021)')
  })
})
