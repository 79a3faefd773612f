import { describe, expect, test } from '@jest/globals'
import type { MadeArticle } from '../../chaos/articles.js'
import type { ChaosChannel } from '../../chaos/channels.js'
import { judge, LATE_MS, type Stored, type Verdict } from '../../chaos/verdict.js'

const CALM = 1_000_000

function article(code: string, company = 'Amazon'): MadeArticle {
  const link = `https://news.example/wire/${code}`
  return { code, guid: code, link, title: `Something, ${code}`, text: '', published: new Date(0), company }
}

/** A feed that held something off topic at first, then these. */
function judged(
  articles: MadeArticle[],
  received: { text: string; at?: number }[],
  stored: Partial<Stored> = {},
  company: string | null = null,
  { healedAt = CALM, deleted = false } = {}
): Verdict {
  const channel: ChaosChannel = {
    name: 'slack/C1',
    platform: 'slack',
    deleted,
    id: 'C1',
    company,
    received: () => received.map(({ text, at = CALM }) => ({ text, at }))
  }
  const kept = articles.map(({ link }, index) => ({ link, storyId: index + 1, quiet: false }))
  const deliveries = kept.map(({ storyId }) => ({ id: storyId, channel: 'C1', storyId, state: 'sent' }))
  const feed = { name: 'wire', articles: [article('none'), ...articles] }
  return judge([feed], [channel], { articles: kept, deliveries, ...stored }, () => healedAt)
}

const K1 = article('K00001')
const K2 = article('K00002')

describe('the verdict of the fault machine', () => {
  test('an article without a link stands for none that was published', () => {
    const articles = [{ link: null, storyId: null, quiet: false }]
    expect(judged([K1], [], { articles, deliveries: [] })).toMatchObject({
      lost: [expect.stringContaining('K00001')],
      storedTwice: []
    })
  })

  test('is clean when each story was told once, in order and in time', () => {
    expect(judged([K1, K2], [{ text: 'about K00001' }, { text: 'about K00002' }])).toEqual({
      delays: expect.any(Array),
      owed: 2,
      received: 2,
      lost: [],
      twice: [],
      outOfOrder: [],
      late: [],
      stray: [],
      storedTwice: []
    })
  })

  test('finds what is missing: never told, or never stored', () => {
    expect(judged([K1, K2], [{ text: 'K00001' }]).lost).toEqual(['slack/C1, story 2 (K00002)'])
    expect(judged([K1], [], { articles: [], deliveries: [] }).lost).toEqual(['slack/C1, K00001 (K00001)'])
  })

  test('finds what was told twice, also by another article of the same story', () => {
    const one = [K1, K2].map(({ link }) => ({ link, storyId: 1, quiet: false }))
    const verdict = judged([K1, K2], [{ text: 'K00001' }, { text: 'K00002' }], { articles: one })
    expect(verdict.twice).toEqual([
      expect.stringMatching(/^slack\/C1, story 1 \(K00002\), at [\d:.]{12} and [\d:.]{12}$/)
    ])
    expect(verdict.lost).toEqual([])
  })

  test('finds a story that overtook an earlier one', () => {
    expect(judged([K1, K2], [{ text: 'K00002' }, { text: 'K00001' }]).outOfOrder).toEqual([
      'slack/C1, story 1 (K00001)'
    ])
  })

  test('finds what came later than the promise', () => {
    expect(judged([K1], [{ text: 'K00001', at: CALM + LATE_MS }]).late).toEqual([])
    expect(judged([K1], [{ text: 'K00001', at: CALM + LATE_MS + 1 }]).late).toHaveLength(1)
  })

  test('counts from the moment at which the channel and the feed were well, or from the publishing after it', () => {
    const at = CALM + LATE_MS + 1
    expect(judged([K1], [{ text: 'K00001', at }], {}, null, { healedAt: CALM + 1 }).late).toEqual([])
    const fresh = { ...K1, published: new Date(CALM + 500) }
    const verdict = judged([fresh], [{ text: 'K00001', at }])
    expect(verdict.late).toEqual([])
    expect(verdict.delays).toEqual([{ publishedAt: CALM + 500, delay: LATE_MS - 499 }])
  })

  test('owes nothing to a channel that was deleted, and finds there what was told twice', () => {
    const verdict = judged([K1, K2], [{ text: 'K00001' }, { text: 'K00001' }], {}, null, { deleted: true })
    expect(verdict).toMatchObject({
      owed: 0,
      lost: [],
      twice: [expect.stringMatching(/^slack\/C1, story 1 \(K00001\), at/)]
    })
  })

  test('finds what a channel did not ask for, and owes it nothing of the kind', () => {
    const verdict = judged([K1], [{ text: 'K00001' }], {}, 'Microsoft')
    expect(verdict.stray).toEqual(['slack/C1, story 1 (K00001)'])
    expect(verdict.owed).toBe(0)
  })

  test('finds an article that the store keeps twice', () => {
    const twice = [K1, K1].map(({ link }) => ({ link, storyId: 1, quiet: false }))
    expect(judged([K1], [{ text: 'K00001' }], { articles: twice }).storedTwice).toEqual(['K00001'])
  })
})
