import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Change, Reading } from '../../src/ledger/change.js'
import { extractChanges } from '../../src/ledger/extract.js'
import { loadTagger, type Tagger } from '../../src/tagging/tagger.js'
import { ARTICLES, type LabelledArticle, type Wanted } from './extract-articles.js'

let tagger: Tagger
beforeAll(async () => {
  tagger = await loadTagger()
}, 60_000)

function readingOf({ title, text, published, lang }: LabelledArticle): Reading {
  const tags = tagger.tag({ title, text, published, lang: lang ?? 'en' })
  return { title, text, published, tags }
}

function shortOf(change: Change): Wanted {
  const { date } = change
  if (change.type === 'event') return { about: change.company, what: change.act, date }
  if (change.type === 'position') {
    const end = change.end?.date ?? change.end?.condition
    return { about: change.company, what: change.state, date, ...(end && { end }) }
  }
  const { place, act, inForce, ends } = change
  return { about: place, what: act, date, ...(ends && { end: ends }), ...(inForce && { inForce }) }
}

describe('made-up news, in order', () => {
  test.each(ARTICLES)('$published $title', (article) => {
    const found = extractChanges(readingOf(article)).map(shortOf)
    expect(found).toEqual(article.want ? [article.want] : [])
  })
})

test('every change rests on words that stand where it says', () => {
  for (const article of ARTICLES)
    for (const change of extractChanges(readingOf(article))) {
      expect(change.quotes.some((quote) => quote.says === 'act')).toBe(true)
      for (const { field, start, end, words } of change.quotes) expect(article[field].slice(start, end)).toBe(words)
    }
})
