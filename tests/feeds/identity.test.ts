import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { identify } from '../../src/feeds/identity.js'
import type { FeedItem } from '../../src/model/feed.js'

function item(fields: Partial<FeedItem>): FeedItem {
  return {
    id: null,
    title: 'Council bans cameras',
    link: 'https://a.example/1',
    published: null,
    summary: '',
    ...fields
  }
}

/** What a store does with identities: remembers keys, and says which items are new. */
function memory(): (items: FeedItem[]) => FeedItem[] {
  const known = new Set<string>()
  return (items) => {
    const fresh = identify(items).filter(({ sameIf }) => !sameIf.some((set) => set.every((key) => known.has(key))))
    for (const { keys } of fresh) for (const key of keys) known.add(key)
    return fresh.map((identity) => identity.item)
  }
}

function isRepost(before: Partial<FeedItem>, after: Partial<FeedItem>): boolean {
  const poll = memory()
  poll([item(before)])
  return poll([item(after)]).length > 0
}

describe('the same article', () => {
  test.each<[string, Partial<FeedItem>, Partial<FeedItem>]>([
    ['nothing changed', { id: 'g' }, { id: 'g' }],
    [
      'the date changed',
      { id: 'g', published: '2026-11-23T00:00:00.000Z' },
      { id: 'g', published: '2030-01-01T00:00:00.000Z' }
    ],
    ['the title was reworded', { id: 'g' }, { id: 'g', title: 'Council forbids cameras' }],
    ['title and address changed, guid stayed', { id: 'g' }, { id: 'g', title: 'New', link: 'https://a.example/new' }],
    ['the guid changed', { id: 'g1' }, { id: 'g2' }],
    ['the guid came', {}, { id: 'g' }],
    ['the guid went', { id: 'g' }, {}],
    [
      'the guid went from http to https',
      { id: 'http://a.example/?p=1', link: null },
      { id: 'https://www.a.example/?p=1', link: null, title: 'x' }
    ],
    [
      'the address got tracking',
      {},
      { link: 'https://a.example/1?utm_source=feed#top', title: 'Council forbids cameras' }
    ],
    ['the address went from http to https', {}, { link: 'http://www.a.example/1/' }],
    ['the title was set anew, without address', { link: null }, { link: null, title: '“Council  bans cameras!”' }]
  ])('%s', (_, before, after) => {
    expect(isRepost(before, after)).toBe(false)
  })
})

describe('another article', () => {
  test.each<[string, Partial<FeedItem>, Partial<FeedItem>]>([
    ['at the same address, with another title and guid', { id: 'g1' }, { id: 'g2', title: 'Mayor signs the bill' }],
    [
      'with the same title, at another address, with another guid',
      { id: 'g1' },
      { id: 'g2', link: 'https://a.example/2' }
    ],
    ['with a guid that is a position', { id: '1' }, { id: '1', title: 'Mayor signs', link: 'https://a.example/2' }],
    [
      'with a guid that is the whole site',
      { id: 'https://a.example/' },
      { id: 'https://a.example/', title: 'Mayor signs', link: 'https://a.example/2' }
    ],
    [
      'in another part of the same page',
      { id: 'http://a.example/live#1', link: 'http://a.example/live' },
      { id: 'http://a.example/live#2', link: 'http://a.example/live', title: 'Later' }
    ]
  ])('%s', (_, before, after) => {
    expect(isRepost(before, after)).toBe(true)
  })
})

describe('in one document', () => {
  test('a guid that all items share identifies none', () => {
    const items = [1, 2, 3].map((n) => item({ id: 'news', title: `t${n}`, link: `https://a.example/${n}` }))
    expect(identify(items)).toHaveLength(3)
    const poll = memory()
    poll(items)
    expect(poll([item({ id: 'news', title: 't4', link: 'https://a.example/4' }), ...items])).toHaveLength(1)
  })

  test('an address that all items share identifies none', () => {
    const items = ['a', 'b', 'c'].map((title) => item({ title, link: 'https://a.example/press' }))
    expect(identify(items)).toHaveLength(3)
  })

  test('an item that comes twice is one', () => {
    expect(identify([item({ id: 'g' }), item({ id: 'g' }), item({ id: 'g', title: 'Update: cameras' })])).toHaveLength(
      1
    )
  })

  test('what has nothing but text is known by it; what has nothing is left out', () => {
    const bare = item({ title: '', link: null })
    expect(identify([bare, { ...bare, summary: 'A note.' }])).toMatchObject([{ keys: ['text:anote'] }])
  })
})

describe('always', () => {
  const items = fc.array(
    fc.record({
      id: fc.oneof(fc.constant(null), fc.constantFrom('g1', 'g2', 'http://a.example/?p=5', '7'), fc.string()),
      title: fc.oneof(fc.constantFrom('A', 'B', ''), fc.string()),
      link: fc.oneof(fc.constant(null), fc.constantFrom('http://a.example/1', 'http://a.example/2'), fc.webUrl()),
      published: fc.constant(null),
      summary: fc.string()
    })
  )

  test('a second poll of the same document brings nothing', () => {
    fc.assert(
      fc.property(items, (document) => {
        const poll = memory()
        poll(document)
        expect(poll(document)).toEqual([])
      })
    )
  })

  test('nor does it when all dates change, or the order', () => {
    fc.assert(
      fc.property(items, fc.date({ noInvalidDate: true }), (document, date) => {
        const poll = memory()
        poll(document)
        expect(poll(document.map((one) => ({ ...one, published: date.toISOString() })))).toEqual([])
      })
    )
  })

  test('items with guids of their own are all kept', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 50 }), fc.constantFrom('Weekly notes', ''), (ids, title) => {
        const document = ids.map((id) => item({ id, title, link: `https://a.example/${id}` }))
        expect(identify(document)).toHaveLength(ids.length)
      })
    )
  })

  test('every set of keys is made of the keys', () => {
    fc.assert(
      fc.property(items, (document) => {
        for (const { keys, sameIf } of identify(document)) {
          expect(sameIf.length).toBeGreaterThan(0)
          for (const set of sameIf) for (const key of set) expect(keys).toContain(key)
        }
      })
    )
  })
})
