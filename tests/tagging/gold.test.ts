import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { KINDS, LANGUAGES, STAGES } from '../../src/model/tags.js'

interface GoldItem {
  id: string
  lang: string
  title: string
  text: string
  relevant: boolean
  borderline: boolean
  companies: string[]
  jurisdictions: string[]
  kind: string | null
  stage: string | null
  cluster: string | null
  published: string | null
}

interface GoldLine extends GoldItem {
  file: string
}

const FOLDER = new URL('../../lexicon/gold/', import.meta.url)
const FIELDS = 'id lang title text relevant borderline companies jurisdictions kind stage cluster published'.split(' ')

/** ISO 3166-1, or ISO 3166-2, or either of them with a slash and the English name of a city or county. */
const CODE = /^[A-Z]{2}(-[A-Z0-9]{1,3})?(\/\p{Lu}[\p{L}.' -]+)?$/u

/** Legal forms, which are no part of a canonical name. */
const LEGAL_FORM = /[ ,](Inc|LLC|Ltd|plc|Corp|Co|AB|AG|GmbH|SA|SL|BV)\.?$/

/** Names that a story may use, and the one name under which the gold set keeps the company. */
const OTHER_NAMES = [
  'Facebook',
  'Instagram',
  'Twitter',
  'Snapchat',
  'MSG Entertainment',
  'Clearview',
  'ByteDance',
  'Rekognition',
  'Kmart Australia',
  'Google Cloud',
  'Rank One Computing'
]

/** Files that somebody wrote and labelled in one go, in all languages. */
const OF_ONE_HAND = [
  'mixed',
  'kinds',
  'americas',
  'europe',
  'companies',
  'second-reader',
  'lawmaking',
  'world',
  'stages',
  'steps-of-law',
  'natural',
  'natural-2',
  'legislation',
  'names'
].map((name) => `${name}.jsonl`)

function readGold(): GoldLine[] {
  const lines: GoldLine[] = []
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.jsonl'))) {
    for (const line of readFileSync(new URL(file, FOLDER), 'utf8').split('\n')) {
      if (line !== '') lines.push({ file, ...(JSON.parse(line) as GoldItem) })
    }
  }
  return lines
}

const gold = readGold()

function ids(items: GoldLine[]): string[] {
  return items.map((item) => item.id)
}

function countBy(items: GoldLine[], key: (item: GoldLine) => string | null): Map<string | null, number> {
  const counts = new Map<string | null, number>()
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1)
  return counts
}

describe('the gold set', () => {
  test('has enough items in every language, relevant and not', () => {
    expect(gold.length).toBeGreaterThanOrEqual(600)
    for (const lang of LANGUAGES) {
      const items = gold.filter((item) => item.lang === lang)
      expect(items.filter((item) => item.relevant).length).toBeGreaterThanOrEqual(25)
      expect(items.filter((item) => !item.relevant).length).toBeGreaterThanOrEqual(15)
    }
  })

  test('has every kind and every stage, ten times or more', () => {
    const kinds = countBy(gold, (item) => item.kind)
    const stages = countBy(gold, (item) => item.stage)
    for (const kind of KINDS) expect(kinds.get(kind) ?? 0).toBeGreaterThanOrEqual(10)
    for (const stage of STAGES) expect(stages.get(stage) ?? 0).toBeGreaterThanOrEqual(10)
  })

  test('gives every item the same fields, and no others', () => {
    const odd = gold.filter((item) => Object.keys(item).join(' ') !== `file ${FIELDS.join(' ')}`)
    expect(ids(odd)).toEqual([])
  })

  test('gives every item its own id, named after its language or its file, and its own headline', () => {
    expect(new Set(ids(gold)).size).toBe(gold.length)
    expect(new Set(gold.map((item) => item.title)).size).toBe(gold.length)
    expect(
      ids(
        gold.filter(
          (item) =>
            !new RegExp(`^g-(${item.lang}|mix|am|eu|co|b|lu|wk|st|law|na|nb|le|nm|kind-${item.lang})-?\\d{3}$`).test(
              item.id
            )
        )
      )
    ).toEqual([])
  })

  test('keeps English stories by relevance, the others by language; files of one hand hold all', () => {
    const misplaced = gold.filter((item) => {
      if (OF_ONE_HAND.includes(item.file)) return false
      const english = item.relevant ? 'en-rules' : 'en-other'
      return item.file !== `${item.lang === 'en' ? english : item.lang}.jsonl`
    })
    expect(ids(misplaced)).toEqual([])
  })

  test('names a kind when relevant, and none when not', () => {
    const wrong = gold.filter((item) =>
      item.relevant ? !(KINDS as readonly (string | null)[]).includes(item.kind) : item.kind !== null
    )
    expect(ids(wrong)).toEqual([])
  })

  test('names a stage for legislation, and only for legislation', () => {
    const wrong = gold.filter((item) =>
      item.kind === 'legislation' ? !(STAGES as readonly (string | null)[]).includes(item.stage) : item.stage !== null
    )
    expect(ids(wrong)).toEqual([])
  })

  test('writes jurisdictions as codes, none twice', () => {
    const wrong = gold.filter(
      ({ jurisdictions: codes }) =>
        new Set(codes).size < codes.length || codes.some((code) => code === 'UK' || !CODE.test(code))
    )
    expect(ids(wrong)).toEqual([])
  })

  test('writes companies by their canonical names, none twice', () => {
    const wrong = gold.filter(
      ({ companies: names }) =>
        new Set(names).size < names.length ||
        names.some((name) => name !== name.trim() || name === '' || LEGAL_FORM.test(name) || OTHER_NAMES.includes(name))
    )
    expect(ids(wrong)).toEqual([])
  })

  test('spells one company in one way', () => {
    const spellings = new Map<string, Set<string>>()
    for (const name of gold.flatMap((item) => item.companies)) {
      const seen = spellings.get(name.toLowerCase()) ?? new Set<string>()
      spellings.set(name.toLowerCase(), seen.add(name))
    }
    expect([...spellings.values()].filter((seen) => seen.size > 1).map((seen) => [...seen])).toEqual([])
  })

  test('dates stories by the day, or not at all', () => {
    const wrong = gold.filter(
      ({ published }) =>
        published !== null &&
        (!/^\d{4}-\d\d-\d\d$/.test(published) || new Date(published).toISOString().slice(0, 10) !== published)
    )
    expect(ids(wrong)).toEqual([])
  })

  test('groups the articles of one event under one slug, close in time, and no article alone', () => {
    const clusters = new Map<string, GoldLine[]>()
    for (const item of gold) {
      if (item.cluster === null) continue
      expect(item.cluster).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      clusters.set(item.cluster, [...(clusters.get(item.cluster) ?? []), item])
    }
    const events = [...clusters.values()]
    expect(events.length).toBeGreaterThanOrEqual(60)
    expect(events.filter((items) => items.length < 2).flatMap(ids)).toEqual([])
    const farApart = events.filter((items) => {
      const days = items.flatMap(({ published }) => (published ? [Date.parse(published)] : []))
      return Math.max(...days) - Math.min(...days) > 120 * 86_400_000
    })
    expect(farApart.map((items) => items[0]?.cluster)).toEqual([])
  })
})
