import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { chooseThresholds, type Judged, type Trial } from '../../scripts/stories/thresholds.js'
import { groupStories } from '../../src/stories/group.js'
import { scorePair } from '../../src/stories/similarity.js'
import { loadStoryWeights, readStoryWeights } from '../../src/stories/weights.js'
import { frenchFine, frenchFineInEnglish, greekFine, item, signed } from './samples.js'

/** Beyond what any two articles score, copies apart. */
const OUT_OF_REACH = 1_000

describe('a batch and the live flow', () => {
  const weights = loadStoryWeights()
  const groups = (changed: Partial<typeof weights>) =>
    new Set(groupStories([frenchFine, frenchFineInEnglish].map(item), { ...weights, ...changed })).size

  test('a batch is grouped by its own threshold, whatever the live one', () => {
    expect(groups({ threshold: OUT_OF_REACH })).toBe(1)
    expect(groups({ batchThreshold: OUT_OF_REACH })).toBe(2)
  })

  test('live, two that are held apart stay below the live threshold, whatever the one for batches', () => {
    const most = (changed: Partial<typeof weights>) =>
      scorePair(signed(frenchFine), signed(greekFine), { ...weights, start: OUT_OF_REACH, ...changed }).score
    expect(most({ threshold: 2 })).toBe(1)
    expect(most({ threshold: 2, batchThreshold: OUT_OF_REACH })).toBe(1)
  })

  test('a batch joins at less: it is seen whole', () => {
    expect(weights.batchThreshold).toBeLessThanOrEqual(weights.threshold)
  })
})

describe('the choice of thresholds', () => {
  const judged = (batch: Judged['batch'], precision: number, f1: number): Judged => ({
    batch,
    precision,
    recall: f1,
    f1
  })

  test('followed events speak for the live one only', () => {
    const trials: Trial[] = [
      { threshold: 1, judged: [judged('told', 0.95, 0.8), judged('live', 0.7, 0.8), judged('dev', 0.98, 0.9)] },
      { threshold: 2, judged: [judged('told', 0.96, 0.7), judged('live', 0.95, 0.9), judged('dev', 0.98, 0.8)] }
    ]
    expect(chooseThresholds(trials)).toEqual({ threshold: 2, batchThreshold: 1 })
  })

  test('the one for batches keeps a higher precision, as the mean of the batches that are there', () => {
    const trials: Trial[] = [
      { threshold: 1, judged: [judged('told', 0.93, 0.9), judged('dev', 0.97, 0.9)] },
      { threshold: 2, judged: [judged('told', 0.96, 0.8), judged('dev', 0.97, 0.8)] },
      { threshold: 3, judged: [judged('told', 0.97, 0.7), judged('dev', 0.98, 0.7)] }
    ]
    expect(chooseThresholds(trials)).toEqual({ threshold: 1, batchThreshold: 2 })
    const devOnly = trials.map(({ threshold, judged: [, dev] }) => ({ threshold, judged: [dev!] }))
    expect(chooseThresholds(devOnly).batchThreshold).toBe(1)
  })

  test('the gold items are shown, and judge nothing', () => {
    const trials: Trial[] = [
      { threshold: 1, judged: [judged('told', 0.96, 0.8), judged('gold', 0.1, 0.1)] },
      { threshold: 2, judged: [judged('told', 0.96, 0.7), judged('gold', 0.9, 0.9)] }
    ]
    expect(chooseThresholds(trials)).toEqual({ threshold: 1, batchThreshold: 1 })
  })
})

describe('a file of weights', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'facelaw-weights-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('that lacks a threshold is refused, with the name of what it lacks', () => {
    const path = join(folder, 'stories.json')
    const { batchThreshold: _batch, ...lacking } = loadStoryWeights()
    writeFileSync(path, JSON.stringify(lacking))
    expect(() => readStoryWeights(path)).toThrow(/it has no batchThreshold\).*learn-stories/)
  })
})
