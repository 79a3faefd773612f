import { describe, expect, test } from '@jest/globals'
import { EmptyDocumentError } from '../../src/feeds/parse.js'
import { NotAFeedError } from '../../src/feeds/repair.js'
import { atom, only, parse, rss } from './samples.js'

describe('broken XML', () => {
  const good = '<item><title>good</title><link>http://a.example/1</link></item>'

  test.each([
    ['a raw ampersand', '<item><title>AT&T & you</title></item>', 'AT&T & you'],
    ['an entity of HTML', '<item><title>caf&eacute; &mdash; &nbsp;bar</title></item>', 'café — bar'],
    ['an entity that nobody knows', '<item><title>&bogus; x</title></item>', '&bogus; x'],
    ['a number of no character', '<item><title>a&#0;b&#xD800;c</title></item>', 'a\ufffdb\ufffdc'],
    ['a control character', '<item><title>a\u0000b\u0008c</title></item>', 'abc'],
    ['a < that opens nothing', '<item><title>1 < 2 and <3</title></item>', '1 < 2 and <3'],
    ['an unquoted attribute', '<item id=5><title>T</title></item>', 'T'],
    ['an attribute without value', '<item checked><title>T</title></item>', 'T'],
    ['a stray closing tag', '<item><title>T</b></title></p></item>', 'T'],
    ['markup in a title', '<item><title>A <b>big</b> <i>vote</i></title></item>', 'A big vote'],
    ['a quote that is never closed', '<item><title type="html>T</title><a b="c"/></item>', 'T'],
    ['a quote lost before others', '<item><a b="c d="e"/><title x=\'y>T</title><f g=\'h\'/></item>', 'T'],
    ['a quote that is never closed in a text', '<item><description>x <a b="</description><title>T</title></item>', 'T'],
    ['CDATA in CDATA', '<item><title><![CDATA[<![CDATA[T]]></title></item>', 'T'],
    ['a title that ends in a <', '<item><title>T &lt;b</title></item>', 'T <b'],
    [
      'a title inside the media',
      '<item><media:content url="/a.jpg"><media:title>T</media:title></media:content></item>',
      'T'
    ],
    ['a link as HTML writes it', '<item><link href="/a"><title>T</title></item>', 'T'],
    ['an item that is never closed', '<item><title>T</title>', 'T'],
    ['a script in a title', '<item><title>&lt;script&gt;x()&lt;/script&gt;T</title></item>', 'T'],
    ['a title that is escaped twice', '<item><title>Q&amp;amp;A</title></item>', 'Q&A'],
    ['upper and lower case mixed', '<Item><Title>T</title></ITEM>', 'T'],
    ['bidi overrides and zero-width blanks', '<item><title>a\u202eb\u200bc&#x202E;</title></item>', 'abc'],
    ['an unclosed comment before it', '<!-- never ends <item><title>T</title></item>', 'T'],
    ['a prefix of no namespace', '<x:item/><item><y:note>n</y:note><title>T</title></item>', 'T']
  ])('%s, and the item after it', async (_, broken, title) => {
    const { items } = await parse(`<rss version="2.0"><channel>${broken}${good}</channel></rss>`)
    expect(items.map((item) => item.title)).toEqual([title, 'good'])
  })

  test.each([
    ['blank lines', '\n\n  '],
    ['a warning of PHP', '<b>Warning</b>: mysql_connect() in /x.php\n'],
    ['a broken declaration', '<?xml?xml version="1.0"?>'],
    ['a DOCTYPE with a subset', '<!DOCTYPE rss [ <!ELEMENT a (b)> <!ENTITY c "d"> ]>'],
    ['a stylesheet', '<?xml-stylesheet href="a.xsl"?>'],
    ['a comment', '<!-- <rss> -->']
  ])('%s before the root', async (_, before) => {
    expect((await only(`${before}<rss version="2.0"><channel>${good}</channel></rss>`)).title).toBe('good')
  })

  test('entities of the DOCTYPE are replaced, once', async () => {
    const item = await only(
      '<!DOCTYPE rss [<!ENTITY org "Town &#38; County"><!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&org; &b;</title></item></channel></rss>'
    )
    expect(item.title).toBe('Town & County &b;')
  })

  test('a document that breaks off gives the items so far', async () => {
    const whole = rss([{ title: 'one' }, { title: 'two' }, { title: 'three' }])
    const { items, breaksOff, warnings } = await parse(whole.slice(0, whole.indexOf('three') - 3))
    expect(items.map((item) => item.title)).toEqual(['one', 'two', ''])
    expect(breaksOff).toBe(true)
    expect(warnings).toEqual(['the document breaks off inside a tag'])
  })

  test.each([
    ['of which only the end is missing', (whole: string) => whole.slice(0, whole.indexOf('</channel>'))],
    ['whose items are never closed', (whole: string) => whole.replaceAll('</item>', '')]
  ])('a document %s does not break off in an item', async (_, broken) => {
    const { items, breaksOff } = await parse(broken(rss([{ title: 'one' }, { title: 'two' }])))
    expect(items.map((item) => item.title)).toEqual(['one', 'two'])
    expect(breaksOff).toBe(false)
  })

  test('a field that is never closed ends where the next one opens', async () => {
    const item = await only(
      rss([]).replace(
        '</channel>',
        '<item><title>T<link>http://a.example/1\n<category>c</category><guid>g<pubDate>2026-11-23<description>d</item></channel>'
      )
    )
    expect(item).toMatchObject({ title: 'T', link: 'http://a.example/1', id: 'g', summary: 'd' })
    expect(item.published).toBe('2026-11-23T00:00:00.000Z')
  })

  test('a bad date, a bare link and an odd guid lose neither the item nor the feed', async () => {
    const { items } = await parse(
      atom('<entry><title>A</title><link/><id/><updated>yesterday</updated></entry><entry><title>B</title></entry>')
    )
    expect(items).toMatchObject([{ title: 'A', id: null, link: null, published: null }, { title: 'B' }])
  })

  test('empty items are items', async () => {
    expect((await parse(rss([]).replace('</channel>', '<item/><item></item></channel>'))).items).toHaveLength(2)
  })

  test.each([
    ['a web page', '<!doctype html><html><head><title>x</title></head></html>', NotAFeedError, /web page/],
    ['another XML format', '<sitemapindex><sitemap/></sitemapindex>', NotAFeedError, /<sitemapindex>/],
    ['words', 'Not found', NotAFeedError, /no XML element/],
    ['other JSON', '{"a":1}', NotAFeedError, /no JSON Feed/],
    ['nothing', ' \n', EmptyDocumentError, /empty/]
  ])('%s is refused with a reason', async (_, document, type, message) => {
    const refused = parse(document)
    await expect(refused).rejects.toBeInstanceOf(type)
    await expect(refused).rejects.toThrow(message)
  })
})

describe('size', () => {
  test('5,000 items are read, the rest is left out with a warning', async () => {
    const feed = await parse(rss(Array.from({ length: 5100 }, (_, at) => ({ title: `t${at}` }))))
    expect(feed.items).toHaveLength(5000)
    expect(feed.items.at(-1)?.title).toBe('t4999')
    expect(feed.warnings.join()).toMatch(/more than 5000 items/)
  })

  test('empty items and shop products are counted like others', async () => {
    for (const empty of ['<item/>', '<product></product>']) {
      const { items, warnings } = await parse(rss([]).replace('</channel>', `${empty.repeat(6000)}</channel>`))
      expect(items).toHaveLength(5000)
      expect(warnings.join()).toMatch(/more than 5000 items/)
    }
  })

  test('a title of megabytes is cut at a word; long content keeps a short summary', async () => {
    const item = await only(
      rss([{ title: 'word '.repeat(500_000), extra: `<description>${'A sentence here. '.repeat(200)}</description>` }])
    )
    expect(item.title.length).toBeLessThanOrEqual(2000)
    expect(item.title).toMatch(/word…$/)
    expect(item.summary.length).toBeLessThanOrEqual(700)
    expect(item.content?.length).toBeGreaterThan(3000)
  })
})
