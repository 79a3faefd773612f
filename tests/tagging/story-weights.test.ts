import { describe, expect, test } from '@jest/globals'
import { emptyModel } from '../../src/tagging/linear-model.js'
import { relevanceFeatures } from '../../src/tagging/story-features.js'
import { StoryWeights } from '../../src/tagging/story-weights.js'

const weights = new StoryWeights({
  relevance: {
    ...emptyModel(['relevant']),
    bias: [-1],
    weights: new Map([
      ['ban', [3]],
      ['no-topic ban', [-2]],
      ['w:coun', [0.5]],
      ['w:council', [0.25]],
      ['tw:counci', [2]],
      ['topic:plain', [1]]
    ])
  },
  kind: {
    ...emptyModel(['legislation', 'litigation']),
    weights: new Map([
      ['ban', [1, 0]],
      ['title:ban', [2, -1]],
      ['lawsuit', [0, 2]],
      ['w:coun', [1, 0]],
      ['w:council', [0.5, -1]]
    ])
  },
  stage: { ...emptyModel(['proposed', 'passed']), weights: new Map([['ban', [0, 1]]]) }
})

/** What a story tells that has no words but these. */
function told(matter: string[], anywhere: string[] = [], inTitle: string[] = []) {
  return { matter: new Set(matter), words: { anywhere: new Set(anywhere), inTitle: new Set(inTitle) } }
}

describe('the weights of a story', () => {
  test('count a feature for relevance by whether the topic stands beside it', () => {
    const sum = weights.weigh(told(['ban', 'unheard of']))
    expect(weights.relevance({ topic: ['topic:plain'], offTopic: false }, sum)).toBeCloseTo(1 / (1 + Math.exp(-3)))
    expect(weights.relevance({ topic: [], offTopic: true }, sum)).toBeCloseTo(1 / (1 + Math.exp(3)))
  })

  test('give the likeliest kind and stage', () => {
    expect(weights.kind(weights.weigh(told(['ban'])))).toBe('legislation')
    expect(weights.kind(weights.weigh(told(['ban', 'lawsuit'])))).toBe('litigation')
    expect(weights.stage(weights.weigh(told(['ban'])))).toBe('passed')
  })

  test('count the stems of a word together, once a word, and a word of the title again', () => {
    const sum = weights.weigh(told([], ['council', 'counsel', 'of'], ['council']))
    const [relevance, offTopic, ...classes] = sum
    expect(relevance).toBe(0.75 + 0.5 + 2)
    expect(offTopic).toBe(0)
    expect(classes).toEqual([2.5, -1, 0, 0])
  })

  test('tell the most that a concept says in any of its forms', () => {
    const said = weights.ofConcept('ban')
    expect(said.get('relevance')).toBe(3)
    expect(said.get('kind:legislation')).toBe(2)
    expect(said.get('kind:litigation')).toBe(0)
    expect(said.get('stage:passed')).toBe(1)
  })

  test('are learned under the names that they are looked up by', () => {
    expect(
      relevanceFeatures({ ...told(['ban'], ['councils'], ['no']), topic: ['topic:none'], offTopic: true })
    ).toEqual([
      'no-topic ban',
      'no-topic w:coun',
      'no-topic w:counci',
      'no-topic w:councils',
      'no-topic tw:no',
      'topic:none'
    ])
    expect(relevanceFeatures({ ...told(['ban']), topic: ['topic:plain'], offTopic: false })).toEqual([
      'ban',
      'topic:plain'
    ])
  })
})
