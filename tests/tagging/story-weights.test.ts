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
      ['topic:plain', [1]]
    ])
  },
  kind: {
    ...emptyModel(['legislation', 'litigation']),
    weights: new Map([
      ['ban', [1, 0]],
      ['title:ban', [2, -1]],
      ['lawsuit', [0, 2]]
    ])
  },
  stage: { ...emptyModel(['proposed', 'passed']), weights: new Map([['ban', [0, 1]]]) }
})

describe('the weights of a story', () => {
  test('count a feature for relevance by whether the topic stands beside it', () => {
    const matter = new Set(['ban', 'unheard of'])
    const rows = weights.weigh(matter)
    expect(rows).toHaveLength(1)
    expect(weights.relevance({ matter, topic: ['topic:plain'], offTopic: false }, rows)).toBeCloseTo(
      1 / (1 + Math.exp(-3))
    )
    expect(weights.relevance({ matter, topic: [], offTopic: true }, rows)).toBeCloseTo(1 / (1 + Math.exp(3)))
  })

  test('give the likeliest kind and stage', () => {
    expect(weights.kind(weights.weigh(['ban']))).toBe('legislation')
    expect(weights.kind(weights.weigh(['ban', 'lawsuit']))).toBe('litigation')
    expect(weights.stage(weights.weigh(['ban']))).toBe('passed')
  })

  test('tell the most that a concept says in any of its forms', () => {
    const said = weights.ofConcept('ban')
    expect(said.get('relevance')).toBe(3)
    expect(said.get('kind:legislation')).toBe(2)
    expect(said.get('kind:litigation')).toBe(0)
    expect(said.get('stage:passed')).toBe(1)
  })

  test('are learned under the names that they are looked up by', () => {
    expect(relevanceFeatures({ matter: new Set(['ban']), topic: ['topic:none'], offTopic: true })).toEqual([
      'no-topic ban',
      'topic:none'
    ])
    expect(relevanceFeatures({ matter: new Set(['ban']), topic: ['topic:plain'], offTopic: false })).toEqual([
      'ban',
      'topic:plain'
    ])
  })
})
