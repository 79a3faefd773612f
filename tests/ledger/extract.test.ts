import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Change, Reading } from '../../src/ledger/change.js'
import { extractChanges } from '../../src/ledger/reading/extract.js'
import { loadTagger, type Tagger } from '../../src/tagging/tagger.js'
import { type LabelledArticle, loadArticles, type Wanted } from './articles.js'

const ARTICLES = loadArticles()
const LANGUAGES = ['en', 'fr', 'de', 'es', 'it', 'pt', 'nl']

let tagger: Tagger
beforeAll(async () => {
  tagger = await loadTagger()
})

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

/** Reading takes long: each article is read once. */
const read = new Map<LabelledArticle, Change[]>()

function extracted(article: LabelledArticle): Change[] {
  const changes = read.get(article) ?? extractChanges(readingOf(article))
  read.set(article, changes)
  return changes
}

/** What is told to have changed; denials and what counts only for a known bill are no change by themselves. */
function changesIn(article: LabelledArticle): Wanted[] {
  return extracted(article)
    .filter(({ denied, offTopic }) => !denied && offTopic !== 'number')
    .map(shortOf)
}

describe('made-up news, in order', () => {
  test.each(ARTICLES.filter(({ fails }) => !fails))('$published $title', (article) => {
    expect(changesIn(article)).toEqual(article.want === null ? [] : [article.want].flat())
  })

  test.each(ARTICLES.filter(({ fails }) => fails))('right, silent, or of the wrong place: $title', (article) => {
    const wanted = [article.want ?? []].flat()
    for (const { what, date } of changesIn(article))
      expect(wanted).toContainEqual(expect.objectContaining({ what, date }))
  })

  test.each(LANGUAGES)('in %s there are eight or more', (language) => {
    expect(ARTICLES.filter(({ lang = 'en' }) => lang === language).length).toBeGreaterThanOrEqual(8)
  })
})

test('every change rests on words that stand where it says', () => {
  for (const article of ARTICLES)
    for (const change of extracted(article)) {
      expect(change.quotes.some((quote) => quote.says === 'act')).toBe(true)
      for (const { field, start, end, words } of change.quotes) expect(article[field].slice(start, end)).toBe(words)
    }
})
