import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { TaggableText } from '../../src/model/tags.js'
import { packageRoot } from '../../src/package-root.js'
import { phrasePattern } from '../../src/tagging/phrase-pattern.js'
import { loadTagger } from '../../src/tagging/tagger.js'
import { loadArticles } from '../ledger/articles.js'

interface Labelled extends TaggableText {
  id: string
  relevant: boolean
}

const tagger = loadTagger()
const GOLD = join(packageRoot, 'lexicon', 'gold')
const DEV = join(packageRoot, '..', 'shared', 'eval', 'dev.jsonl')

function readItems(file: string): Labelled[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Labelled)
}

function lostOf(items: Labelled[]): string[] {
  return items
    .filter((item) => (item.relevant || tagger.tag(item).relevant) && !tagger.mayConcern(item))
    .map(({ id, title }) => `${id}: ${title}`)
}

const gold = readdirSync(GOLD)
  .filter((name) => name.endsWith('.jsonl'))
  .flatMap((name) => readItems(join(GOLD, name)))

describe('the first look at an item', () => {
  test('loses nothing of the gold set that is relevant or taken for relevant', () => {
    expect(lostOf(gold)).toEqual([])
  })

  const withDev = existsSync(DEV) ? test : test.skip
  withDev('loses nothing of the shared items (skipped where they are absent)', () => {
    expect(lostOf(readItems(DEV))).toEqual([])
  })

  test('loses no article from which the ledger learns something', () => {
    const lost = loadArticles().filter((article) => article.want !== null && !tagger.mayConcern(article))
    expect(lost.map(({ title }) => title)).toEqual([])
  })

  test.each([
    ['New museum plan for the harbour', 'The hospital was opened on Tuesday, said the head of the library.'],
    ['Striker leaves after nine years', 'She scored twice on her last evening in Leeds.'],
    ['Neues Stadion eröffnet', 'Zehntausend kamen zum ersten Spiel, es endete unentschieden.'],
    ['Trains late again', 'One train in five did not come in time; commuters grumble.'],
    ['Receita de bolo de milho', 'Misture os ovos, o leite e o fubá, e leve ao forno por 40 minutos.']
  ])('spares what is about something else: %s', (title, text) => {
    expect(tagger.mayConcern({ title, text })).toBe(false)
  })

  test.each([
    ['BIPA suit revived', ''],
    ['Senate passes S.B. 6280', 'The vote was 30 to 18.'],
    ['Clearview loses again', ''],
    ['“Face-scanning” at the gate', ''],
    ['Le préfet coupe les caméras', 'Le tribunal avait été saisi par deux associations.']
  ])('lets through: %s', (title, text) => {
    expect(tagger.mayConcern({ title, text })).toBe(true)
  })
})

describe('a pattern of many phrases', () => {
  const pattern = phrasePattern(['face', 'face scan*', 'vid* surveillance', "l'image", 'Face++'])

  test.each(['a face.', 'face', 'face-scanning', 'vidéo surveillance', 'l’image', 'face++'])('finds %s', (text) => {
    expect(pattern.test(text)).toBe(true)
  })

  test.each(['surface', 'faced', 'vidéo', 'image', 'preface scanning'])('does not find %s', (text) => {
    expect(pattern.test(text)).toBe(false)
  })
})
