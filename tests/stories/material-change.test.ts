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

  test.each([
    'Well done, Augusta: a state rejects facial recognition at last, an override of the veto in sight',
    'Kein Veto mehr: Maine lehnt Gesichtserkennung ab',
    'Tras el veto, Maine rechaza el reconocimiento facial',
    'Sans veto, le Maine rejette la reconnaissance faciale',
    'Niente veto: il Maine dice no al riconoscimento facciale',
    'Sem veto, o Maine rejeita o reconhecimento facial',
    'Zonder veto: Maine wijst gezichtsherkenning af'
  ])('not a no to the technology itself, which is the ban: %s', (title) => {
    expect(findMaterialChange(told, article({ title, stage: 'rejected' }))).toBeNull()
  })

  test('but a no to the bill', () => {
    const fell = article({ title: 'Assembly rejects facial recognition bill after veto', stage: 'rejected' })
    expect(findMaterialChange(told, fell)).toMatchObject({ key: 'stage:rejected' })
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

  test('not the same end of a pause, told to the day', () => {
    const kind = { kind: 'legislation', stage: 'passed' } as const
    const pause = sampleStory({ ...kind, title: 'Senate votes for a moratorium', summary: 'It lasts until July 2027.' })
    const exact = article({ title: 'The moratorium bill moves on', summary: 'The moratorium lasts until 1 July 2027.' })
    expect(findMaterialChange({ ...pause, published: told.published }, exact)).toBeNull()
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

describe('the steps of a bill', () => {
  const told = (over: Partial<Parameters<typeof findMaterialChange>[0]>) =>
    sampleStory({
      kind: 'legislation',
      stage: 'passed',
      published: new Date('2025-03-03T12:00:00Z'),
      summary: '',
      ...over
    })
  const later = (title: string, over: Partial<Changed> = {}) =>
    article({ title, published: new Date('2025-04-01T12:00:00Z'), seenAt: new Date('2025-04-01T12:00:00Z'), ...over })

  test.each([
    ['Ohio Senate passes limits on face matching', 'Ohio House approves limits on face matching', 'lower-house'],
    ['Le Sénat adopte un texte sur les visages', 'L’Assemblée nationale vote le texte sur les visages', 'lower-house'],
    ['Bundestag beschließt Gesetz zu Gesichtserkennung', 'Bundesrat stimmt Gesichtserkennung zu', 'upper-house'],
    ['El Senado aprueba la ley de rostros', 'El Congreso aprueba la ley de rostros', 'lower-house'],
    ['Il Senato approva la legge sui volti', 'La Camera approva la legge sui volti', 'lower-house'],
    ['Senado aprova projeto sobre rostos', 'Câmara dos Deputados aprova projeto sobre rostos', 'lower-house'],
    ['Tweede Kamer neemt wet over gezichten aan', 'Eerste Kamer stemt in met wet over gezichten', 'upper-house'],
    ['Tampa council gives first approval to face ban', 'Tampa outlaws face matching in final vote', 'final'],
    ['Ohio House approves limits on face matching', 'Governor signs limits on face matching', 'law']
  ])('%s, then %s', (before, now, step) => {
    expect(findMaterialChange(told({ title: before }), later(now))?.key).toBe(`step:${step}`)
  })

  test('a first vote is one after which another has to come, and nothing follows from a vote that was the last', () => {
    const first = told({ title: 'Tampa council votes to bar face matching', summary: 'A final vote comes in April.' })
    const awaited = { ...first, summary: 'The ordinance must come back for a final vote in April.' }
    expect(findMaterialChange(awaited, later('Tampa bars face matching in final vote'))?.key).toBe('step:final')
    const whole = told({ title: 'Tampa council bars face matching' })
    expect(findMaterialChange(whole, later('Tampa council passes its face matching rule'))).toBeNull()
  })

  test('not the vote of the same chamber again, nor what a headline only asks for', () => {
    const passed = told({ title: 'Ohio Senate passes limits on face matching' })
    expect(findMaterialChange(passed, later('Ohio senators back limits on face matching'))).toBeNull()
    const asked = later('Ohio House must reject the Senate’s limits', { stage: 'rejected' })
    expect(findMaterialChange(passed, asked)).toBeNull()
  })

  test('not a second time within hours, in other words', () => {
    const passed = told({ title: 'Ohio Senate passes limits on face matching' })
    const first = {
      ...later('Ohio House approves limits on face matching'),
      lang: 'en',
      quiet: false,
      placeImplied: false
    }
    const again = later('Ohio legislature gives limits final passage')
    expect(findMaterialChange(passed, again)?.key).toBe('step:final')
    expect(findMaterialChange(passed, again, [first])).toBeNull()
  })
})

test('an order that a court takes away again, told once', () => {
  const ordered = sampleStory({
    title: 'Judge orders tram operator to stop face matching',
    summary: 'The operator has ten days.',
    kind: 'litigation',
    stage: null,
    published: new Date('2021-07-01T12:00:00Z')
  })
  const lifted = article({
    title: 'Court lets tram operator resume face matching',
    kind: 'litigation',
    stage: null,
    published: new Date('2021-07-28T12:00:00Z')
  })
  expect(findMaterialChange(ordered, lifted)?.key).toBe('step:undone')
  const known = { ...lifted, title: 'Appeals court quashes order', lang: 'en', quiet: false, placeImplied: false }
  expect(findMaterialChange(ordered, lifted, [known])).toBeNull()
})

describe('what months later settles what stood open', () => {
  const later = { stage: null, published: new Date('2022-02-01T12:00:00Z') }
  const stood = (title: string, kind: Changed['kind']) =>
    sampleStory({ title, summary: '', kind: kind!, stage: null, published: new Date('2021-07-01T12:00:00Z') })

  test.each([
    [
      'step:reduced',
      'enforcement',
      'Gym chain fined 900,000 euros over face gates',
      'Court cuts gym chain’s fine by half'
    ],
    [
      'step:reduced',
      'enforcement',
      'Amende de 900 000 euros pour des portiques',
      'La cour réduit l’amende des portiques'
    ],
    [
      'step:cancelled',
      'company-policy',
      'Town suspends its contract for face cameras',
      'Town rescinds contract for face cameras'
    ],
    [
      'step:cancelled',
      'company-policy',
      'Stadt setzt Gesichtserkennung aus',
      'Stadt beendet Gesichtserkennung endgültig'
    ],
    ['step:final-text', 'guidance', 'Regulator publishes draft code on faces', 'Regulator finalises its code on faces'],
    [
      'step:fined',
      'enforcement',
      'Regulator stops face gates at the port',
      'Regulator fines the port over its face gates'
    ]
  ] as const)('%s of %s: %s', (key, kind, before, now) => {
    expect(findMaterialChange(stood(before, kind), article({ ...later, kind, title: now }))?.key).toBe(key)
  })

  test('not what is only asked for, nor what the story told', () => {
    const paused = stood('Town suspends its contract for face cameras', 'company-policy')
    const asked = article({ ...later, kind: 'company-policy', title: 'Union urges town to rescind the contract' })
    expect(findMaterialChange(paused, asked)).toBeNull()
    const cut = stood('Court reduces fine for face gates', 'enforcement')
    const again = article({ ...later, kind: 'enforcement', title: 'How the court halved the fine for face gates' })
    expect(findMaterialChange(cut, again)).toBeNull()
  })
})
