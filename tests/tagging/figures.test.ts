import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { figures } from '../../scripts/learning/figures.js'
import type { GoldItem } from '../../scripts/learning/items.js'
import type { Lesson } from '../../scripts/learning/teacher.js'
import { packageRoot } from '../../src/package-root.js'
import { loadTagger } from '../../src/tagging/index.js'
import { draft } from '../../src/tagging/tagger.js'

const file = join(packageRoot, '..', 'shared', 'eval', 'dev.jsonl')
const present = existsSync(file)
if (!present)
  console.warn('the shared development items are not beside the project: the figures over them are not tested')

interface Report {
  crossValidated: { dev: ReturnType<typeof figures> }
}

/** A break shows here; how well the tagger generalises is what cross-validation says, in lexicon/weights/figures.json. */
const testWithItems = present ? test : test.skip
testWithItems('the weights in the repository give the figures that the tagger is held to', () => {
  const tagger = loadTagger()
  const items = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as GoldItem)
  const lessons: Lesson[] = items.map((item) => {
    const read = draft(item, tagger.lexicon)
    return { item, draft: read, nameless: read }
  })
  const got = figures(lessons, new Map(lessons.map((lesson) => [lesson, tagger.tag(lesson.item)])))
  expect(got.relevance.f1).toBeGreaterThanOrEqual(0.96)
  expect(got.relevance.precision).toBeGreaterThanOrEqual(0.96)
  expect(got.companies.f1).toBeGreaterThanOrEqual(0.9)
  expect(got.jurisdictions.f1).toBeGreaterThanOrEqual(0.88)
  expect(got.jurisdictions.exact).toBeGreaterThanOrEqual(0.8)
  expect(got.kind).toBeGreaterThanOrEqual(0.88)
  expect(got.stage).toBeGreaterThanOrEqual(0.88)
  expect(got.otherLanguages.f1).toBeGreaterThanOrEqual(0.92)
})

test('the weights were learned with honest figures beside them', () => {
  const report = JSON.parse(readFileSync(join(packageRoot, 'lexicon', 'weights', 'figures.json'), 'utf8')) as Report
  expect(report.crossValidated.dev.relevance.f1).toBeGreaterThanOrEqual(0.95)
  expect(report.crossValidated.dev.jurisdictions.f1).toBeGreaterThanOrEqual(0.88)
})
