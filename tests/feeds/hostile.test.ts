import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseFeedDocument } from '../../src/feeds/parse.js'
import { rss } from './samples.js'

/**
 * Documents made to hang, crash or bloat a parser. Each must come to an end, and give the good item beside the bad one
 * wherever there is a way to tell where the bad one ends. How long it takes belongs to `npm run bench`.
 */
const GOOD = '<item><title>good</title></item>'
const around = (bad: string) => rss([]).replace('</channel>', `<item><title>bad</title>${bad}</item>${GOOD}</channel>`)

const HARMLESS: [string, string][] = [
  ['50 kB of <', around(`<description>${'<'.repeat(50_000)}</description>`)],
  ['the same in CDATA', around(`<description><![CDATA[${'<'.repeat(50_000)}]]></description>`)],
  ['the same, escaped', around(`<description>${'&lt;'.repeat(50_000)}</description>`)],
  ['tags that are never finished', around(`<description><![CDATA[${'x<p'.repeat(100_000)}]]></description>`)],
  ['raw tags that are never finished', around(`<description>${'<a'.repeat(100_000)}</description>`)],
  ['HTML that nests 100,000 deep', around(`<description>${'&lt;div&gt;'.repeat(100_000)}</description>`)],
  ['SVG that nests', around(`<description><![CDATA[${'<svg><math><p>'.repeat(20_000)}]]></description>`)],
  [
    '3,000 tags within each other',
    around(`<content type="xhtml">${'<b>'.repeat(3000)}${'</b>'.repeat(3000)}</content>`)
  ],
  ['closing tags of nothing', around(`${'<b>'.repeat(1000)}${'</c>'.repeat(50_000)}${'</b>'.repeat(1000)}`)],
  ['an attribute of megabytes', around(`<link href="${'a'.repeat(5_000_000)}"/>`)],
  ['20,000 attributes', around(`<guid ${Array.from({ length: 20_000 }, (_, at) => `a${at}="b"`).join(' ')}/>`)],
  ['quotes lost in long tags', around(`${`<a b="${'c'.repeat(60_000)}><d>`.repeat(20)}<e f="g"/>`)],
  ['20,000 links', around('<link>http://a.example/</link>'.repeat(20_000))],
  ['U+0000 and numbers of no character', around('<guid>\0&#0;&#xD800;&#x110000;&#99999999999;</guid>')],
  ['names of the prototype', around('<__proto__ a="1"/><constructor/><toString __proto__="x">y</toString>')],
  ['ampersands only', around(`<description>${'&'.repeat(500_000)}</description>`)],
  ['blanks only', around(`<pubDate>${' '.repeat(500_000)}</pubDate><link>${'\n'.repeat(500_000)}</link>`)],
  ['a date of figures', around(`<pubDate>${'1 '.repeat(59)}</pubDate>`)],
  [
    'an attribute of another name in each tag',
    around(Array.from({ length: 20_000 }, (_, at) => `<x a${at}=""/>`).join(''))
  ],
  ['bases that grow', around(`${'<x xml:base="aaaaaaaaaa/">'.repeat(3000)}${'</x>'.repeat(3000)}`)],
  ['a thousand DOCTYPEs', '<!DOCTYPE x ['.repeat(1000) + around('')]
]

describe('hostile documents', () => {
  test.each(HARMLESS)('%s', async (_, document) => {
    const { items } = await parseFeedDocument(Buffer.from(document), { url: 'http://a.example/' })
    expect(items.map(({ title }) => title)).toEqual(['bad', 'good'])
  })

  test('entities that multiply stay words', async () => {
    const entities = Array.from({ length: 10 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')
    const document = `<!DOCTYPE x [<!ENTITY l0 "ha">${entities}<!ENTITY big "${'A'.repeat(900)}">]>${around(`<guid>&l10;</guid><description>${'&big;'.repeat(100_000)}</description>`)}`
    const [bad] = (await parseFeedDocument(Buffer.from(document), { url: null })).items
    expect(bad).toMatchObject({ id: '&l10;' })
    expect(bad!.content!.length).toBeLessThanOrEqual(20_000)
  })

  test('an entity adds no more to a whole document than to one text', async () => {
    const items = `<item><title>t</title><description>${'&big;'.repeat(100)}</description></item>`.repeat(1000)
    const document = `<!DOCTYPE x [<!ENTITY big "${'A'.repeat(990)}">]>${rss([]).replace('</channel>', `${items}</channel>`)}`
    const feed = await parseFeedDocument(Buffer.from(document), { url: null })
    expect(feed.items).toHaveLength(1000)
    expect(JSON.stringify(feed).length).toBeLessThan(1_000_000)
  })

  test('tags without end give what came before', async () => {
    const document = `${rss([{ title: 'good' }]).replace('</channel></rss>', '')}${'<a/>'.repeat(300_000)}`
    const { items, warnings } = await parseFeedDocument(Buffer.from(document), { url: null })
    expect(items.map(({ title }) => title)).toEqual(['good'])
    expect(warnings.join()).toMatch(/more than 250000 tags/)
  })

  test('JSON of more values than a feed has is refused before it takes the memory', async () => {
    const keys = Array.from({ length: 400_000 }, (_, at) => `"k${at}":1`).join()
    const refused = parseFeedDocument(Buffer.from(`{"items":[{${keys}}]}`), { url: null })
    await expect(refused).rejects.toThrow(/no JSON Feed/)
    const text = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'T',
      items: [{ id: '1', title: 'a', content_text: '{"b":[1,2]} \\" '.repeat(100_000) }]
    })
    expect((await parseFeedDocument(Buffer.from(text), { url: null })).items).toHaveLength(1)
  })

  test('an external entity is not fetched', async () => {
    const document = `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>${around('<guid>&f;</guid>')}`
    expect((await parseFeedDocument(Buffer.from(document), { url: null })).items[0]!.id).toBe('&f;')
  })

  test('elements that nest without end give the items before them', async () => {
    const document = rss([{ title: 'good' }]).replace('</channel></rss>', '<a>'.repeat(100_000))
    const { items, warnings } = await parseFeedDocument(Buffer.from(document), { url: null })
    expect(items.map(({ title }) => title)).toEqual(['good'])
    expect(warnings.join()).toMatch(/nests deeper/)
  })

  test('whatever is cut out of a feed or put into it, it is read or refused with a reason', async () => {
    const whole = around(
      '<guid isPermaLink="false">g</guid><description><![CDATA[<p>x</p>]]></description><!-- c --><link href="/a"/>'
    )
    const scrap = fc.oneof(
      fc.constantFrom('<', '>', '"', "'", '&', '<![CDATA[', ']]>', '<!--', '</item>', '<item>', '<!DOCTYPE [', '<?'),
      fc.string()
    )
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.nat(40), scrap, async (at, length, text) => {
        const document = whole.slice(0, at) + text + whole.slice(at + length)
        try {
          const { items } = await parseFeedDocument(Buffer.from(document), { url: 'http://a.example/' })
          expect(items.length).toBeLessThanOrEqual(4)
        } catch (error) {
          expect(['NotAFeedError', 'EmptyDocumentError']).toContain((error as Error).name)
        }
      }),
      { numRuns: 300 }
    )
  })

  test('items that are never closed', async () => {
    const document = `<rss><channel>${'<item><title>x</title>'.repeat(3000)}`
    expect((await parseFeedDocument(Buffer.from(document), { url: null })).items).toHaveLength(3000)
  })
})
