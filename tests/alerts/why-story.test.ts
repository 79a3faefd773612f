import { describe, expect, test } from '@jest/globals'
import { storyParts } from '../../src/alerts/why-story.js'
import type { SeenArticle } from '../../src/store/articles/articles.js'
import { sampleNames, sampleStory } from '../fakes/samples.js'

const seenAt = new Date('2026-03-02T12:00:00Z')

function told(id: number): SeenArticle {
  return {
    id,
    feedId: id,
    storyId: 12,
    title: `Telling ${id}`,
    link: null,
    summary: '',
    outlet: `Outlet ${id}`,
    official: false,
    lang: 'en',
    published: seenAt,
    seenAt,
    evidence: [{ tag: 'relevance', field: 'title', start: 0, end: 7, words: `word ${id}` }],
    relevant: true,
    score: 0.9,
    feedTitle: `Feed ${id}`,
    quiet: false,
    storyReason: id === 1 ? null : `reason ${id}`
  }
}

describe('why, of a story that many tell', () => {
  const articles = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(told)
  const text = (asked: SeenArticle[]) => JSON.stringify(storyParts(sampleStory(), articles, asked, sampleNames))

  test('tells of the article that was asked about, however late it came, and how many are left out', () => {
    const answer = text([articles[8]!])
    expect(answer).toContain('reason 9')
    expect(answer).toContain('began the story')
    expect(answer).not.toContain('reason 6')
    expect(answer).toContain('… and 3 more')
  })

  test('says which of its words decided', () => {
    expect(text([articles[8]!])).toContain('word 9')
    expect(text([articles[0]!])).toContain('word 1”')
  })
})
