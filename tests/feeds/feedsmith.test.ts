import { describe, expect, test } from '@jest/globals'
import { readWithFeedsmith } from '../../src/feeds/feedsmith.js'
import { readItem } from '../../src/feeds/raw.js'
import { readWithRssParser } from '../../src/feeds/rss.js'
import { atom, rss } from './samples.js'

/** What stands in when rss-parser refuses a document. */
describe('feedsmith', () => {
  test.each([
    [
      'RSS',
      rss([
        {
          title: 'T',
          link: 'http://a.example/1',
          guid: 'g',
          extra: '<pubDate>Mon, 23 Nov 2026 10:00:00 EST</pubDate><description>S</description>'
        }
      ])
    ],
    [
      'Atom',
      atom(
        '<entry><id>g</id><title>T</title><link href="http://a.example/1"/><published>2026-11-23T15:00:00Z</published><summary>S</summary></entry>'
      )
    ],
    [
      'RDF',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel/>' +
        '<item rdf:about="g"><title>T</title><link>http://a.example/1</link><description>S</description><dc:date>2026-11-23T15:00:00Z</dc:date></item></rdf:RDF>'
    ]
  ])('%s', (_, xml) => {
    expect(readWithFeedsmith(xml).items.map((item) => readItem(item, null))).toEqual([
      { id: 'g', title: 'T', link: 'http://a.example/1', published: '2026-11-23T15:00:00.000Z', summary: 'S' }
    ])
  })

  test('rss-parser itself is asked first, and says no to what is no XML', async () => {
    await expect(readWithRssParser({ xml: '<rss><', format: 'rss', breaksOff: false, warnings: [] })).rejects.toThrow()
  })
})
