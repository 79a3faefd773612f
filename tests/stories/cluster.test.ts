import { describe, expect, test } from '@jest/globals'
import { joinPairs, type PairScorer, type ScoredPair } from '../../src/stories/cluster.js'

const THRESHOLD = 2
/** Beyond doubt; nearly, when nothing else is as near; and what any two articles of one week score. */
const SURE = 4
const VAGUE = 0.5
const NOISE = -2

/** `[a, b, score]`; what is not listed has nothing in common. */
type Line = [number, number, number]

/** The groups of so many articles, dated within days of each other or not. */
function groups(count: number, lines: Line[], near: boolean, contradicted: [number, number][] = []): number[][] {
  const pairs = lines.map(
    ([a, b, score]): ScoredPair => ({
      a,
      b,
      score,
      near,
      contradicted: contradicted.some(([left, right]) => left === a && right === b)
    })
  )
  pairs.sort((left, right) => right.score - left.score)
  const score: PairScorer = (a, b) =>
    pairs.find((pair) => [pair.a, pair.b].includes(a) && [pair.a, pair.b].includes(b)) ?? {
      score: NOISE,
      near,
      contradicted: false
    }
  return joinPairs(count, pairs, score, THRESHOLD)
}

describe('two that are nearly one event', () => {
  const alone: Line[] = [[0, 1, VAGUE]]

  test('are, when neither goes as well with a third', () => {
    expect(groups(2, alone, false)).toEqual([[0, 1]])
  })

  test('are not when they contradict each other', () => {
    expect(groups(2, alone, false, [[0, 1]])).toEqual([[0], [1]])
  })

  test('are not when one of them goes nearly as well with a third', () => {
    expect(groups(3, [...alone, [0, 2, VAGUE - 1]], false)).toEqual([[0], [1], [2]])
  })

  test('are, when the third has no more in common with it than any two articles have', () => {
    expect(groups(3, [...alone, [0, 2, NOISE]], false)).toEqual([[0, 1], [2]])
  })

  test('may have less in common when they were told within days of each other', () => {
    const less: Line[] = [[0, 1, THRESHOLD - 1.75]]
    expect(groups(2, less, false)).toEqual([[0], [1]])
    expect(groups(2, less, true)).toEqual([[0, 1]])
  })
})

describe('what came within days', () => {
  /** 0 and 1 surely tell one event, 2 goes with them, 3 goes nearly as well with 0, and not with 2. */
  const late: Line[] = [
    [0, 1, SURE],
    [0, 2, 1.5],
    [1, 2, 1.5],
    [0, 3, 0.25]
  ]

  test('joins the event that several tell, whatever rivals that one has', () => {
    expect(groups(4, late, true)).toEqual([[0, 1, 2], [3]])
    expect(groups(4, late, false)).toEqual([[0, 1], [2], [3]])
  })

  test('but not when it has a rival of its own', () => {
    const forbidden: [number, number][] = [
      [0, 3],
      [2, 3]
    ]
    expect(groups(4, [...late, [2, 3, 0.25]], true, forbidden)).toEqual([[0, 1], [2], [3]])
  })

  test('has a rival only in what is clearly as near', () => {
    const third: Line[] = [
      [0, 1, 1.5],
      [0, 2, -0.5]
    ]
    expect(groups(3, third, true)).toEqual([[0, 1], [2]])
    expect(groups(3, third, false)).toEqual([[0], [1], [2]])
  })

  /** All three are as near to each other. */
  const fellows: Line[] = [
    [0, 1, 1.5],
    [1, 2, 1.4],
    [0, 2, 1.4]
  ]

  test('has no rival in a third that could be of the same event', () => {
    expect(groups(3, fellows, true)).toEqual([[0, 1, 2]])
    expect(groups(3, fellows, false)).toEqual([[0], [1], [2]])
  })

  test('but has one in a third that contradicts the other', () => {
    expect(groups(3, fellows, true, [[0, 2]])).toEqual([[0], [1], [2]])
  })
})
