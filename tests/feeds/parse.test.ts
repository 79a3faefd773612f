import { describe, expect, test } from '@jest/globals'
import iconv from 'iconv-lite'
import { EmptyDocumentError, parseFeedDocument } from '../../src/feeds/parse.js'
import { NotAFeedError } from '../../src/feeds/repair.js'
import type { FeedItem, ParsedFeed } from '../../src/model/feed.js'
import { atom, rss } from './samples.js'

const URL_OF_FEED = 'https://news.example/dir/feed.xml'

async function parse(document: string | Uint8Array, contentType: string | null = null): Promise<ParsedFeed> {
  const bytes = typeof document === 'string' ? Buffer.from(document) : document
  return parseFeedDocument(bytes, { url: URL_OF_FEED, contentType })
}

async function only(document: string | Uint8Array, contentType: string | null = null): Promise<FeedItem> {
  const { items } = await parse(document, contentType)
  expect(items).toHaveLength(1)
  return items[0]!
}

describe('formats', () => {
  test('RSS 2.0, with what the feed says of itself', async () => {
    const feed = await parse(
      rss(
        [
          {
            title: 'Council votes on cameras',
            link: '/a',
            guid: 'tag:1',
            extra:
              '<pubDate>Mon, 23 Nov 2026 10:00:00 EST</pubDate><description>&lt;p&gt;It was &lt;b&gt;close&lt;/b&gt;.&lt;/p&gt;</description>'
          }
        ],
        '<link>/</link><ttl>90</ttl>'
      )
    )
    expect(feed).toEqual({
      title: 'Town news',
      format: 'rss',
      link: 'https://news.example/',
      ttlSeconds: 5400,
      breaksOff: false,
      warnings: [],
      items: [
        {
          id: 'tag:1',
          title: 'Council votes on cameras',
          link: 'https://news.example/a',
          published: '2026-11-23T15:00:00.000Z',
          summary: 'It was close.'
        }
      ]
    })
  })

  test('Atom 1.0: alternate link, types of text, published before updated', async () => {
    const item = await only(
      atom(
        '<entry><id>urn:1</id><title type="html">Ban &amp;amp; &lt;i&gt;fine&lt;/i&gt;</title>' +
          '<link rel="self" href="/self"/><link rel="enclosure" href="/e.mp3"/><link href="/page"/>' +
          '<updated>2026-11-24T00:00:00Z</updated><published>2026-11-23T00:00:00Z</published>' +
          '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><p>Two</p></div></content></entry>'
      )
    )
    expect(item).toMatchObject({
      id: 'urn:1',
      title: 'Ban & fine',
      link: 'https://news.example/page',
      published: '2026-11-23T00:00:00.000Z',
      summary: 'One Two'
    })
  })

  test('Atom text is text: its tags are words', async () => {
    expect((await only(atom('<entry><title>Use of &lt;b&gt; in laws</title></entry>'))).title).toBe(
      'Use of <b> in laws'
    )
  })

  test('Atom 0.3: issued and modified, escaped and base64 content', async () => {
    const item = await only(
      '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title mode="base64">SGVhcmluZyBzZXQ=</title>' +
        '<link rel="alternate" type="text/html" href="http://a.example/1"/><issued>2026-11-23T08:00:00+01:00</issued>' +
        '<modified>2026-11-24T08:00:00Z</modified><content type="text/html" mode="escaped">&lt;p&gt;Soon&lt;/p&gt;</content></entry></feed>'
    )
    expect(item).toMatchObject({ title: 'Hearing set', published: '2026-11-23T07:00:00.000Z', summary: 'Soon' })
  })

  test('RDF: rdf:about is the id, dc:date the date, items stand beside the channel', async () => {
    const feed = await parse(
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">' +
        '<channel rdf:about="x"><title>C</title><items><rdf:Seq><rdf:li resource="y"/></rdf:Seq></items></channel>' +
        '<item rdf:about="http://a.example/1"><title>T</title><link>http://a.example/1?x</link><d:date>2026-11-23</d:date></item></rdf:RDF>'
    )
    expect(feed.format).toBe('rdf')
    expect(feed.items[0]).toMatchObject({
      id: 'http://a.example/1',
      link: 'http://a.example/1?x',
      published: '2026-11-23T00:00:00.000Z'
    })
  })

  test.each([
    [
      'RSS 0.90',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel/><item><title>T</title></item></rdf:RDF>'
    ],
    ['RSS 0.91', '<rss version="0.91"><channel><item><title>T</title></item></channel></rss>'],
    ['RSS of no version', '<rss><channel><item><title>T</title></item></channel></rss>'],
    ['RSS of an odd version', '<rss version="beta"><channel><item><title>T</title></item></channel></rss>'],
    ['RSS in capitals', '<RSS VERSION="2.0"><CHANNEL><ITEM><TITLE>T</TITLE></ITEM></CHANNEL></RSS>'],
    ['RSS without a channel', '<rss version="2.0"><item><title>T</title></item></rss>'],
    ['a channel for a root', '<channel><item><title>T</title></item></channel>'],
    [
      'RSS in a namespace',
      '<rss xmlns="http://backend.userland.com/rss2"><channel><item><title>T</title></item></channel></rss>'
    ],
    [
      'RSS in an unknown namespace',
      '<rss xmlns="http://a.example/mine"><channel><item><title>T</title></item></channel></rss>'
    ],
    [
      'a prefixed Atom root',
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>T</a:title></a:entry></a:feed>'
    ],
    [
      'prefixed RSS 1.0',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:r="http://purl.org/rss/1.0/"><r:item><r:title>T</r:title></r:item></rdf:RDF>'
    ],
    ['a prefix that nothing declares', '<atom:feed><atom:entry><atom:title>T</atom:title></atom:entry></atom:feed>'],
    ['an Atom entry for a root', '<entry xmlns="http://www.w3.org/2005/Atom"><title>T</title></entry>'],
    ['Atom of a draft', '<feed version="0.2" xmlns="http://purl.org/atom/ns#"><entry><title>T</title></entry></feed>'],
    [
      'a title by Dublin Core',
      '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><dc:title>T</dc:title></item></channel></rss>'
    ],
    [
      'a title by Media RSS',
      '<rss version="2.0" xmlns:m="http://search.yahoo.com/mrss/"><channel><item><m:group><m:title>T</m:title></m:group></item></channel></rss>'
    ],
    [
      'CDF attributes around',
      '<channel href="http://a.example/"><item href="http://a.example/1"><title>T</title></item></channel>'
    ]
  ])('%s', async (_, document) => {
    expect((await only(document)).title).toBe('T')
  })

  test('JSON Feed', async () => {
    const feed = await parse(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'J',
        home_page_url: 'https://j.example/',
        items: [
          { id: 7, url: '/a', title: 'A <b>', content_html: '<p>x</p>', date_published: '2026-11-23T10:00:00+01:00' },
          null,
          { id: 'n', content_text: 'No title & no link' }
        ]
      })
    )
    expect(feed).toMatchObject({ format: 'json', title: 'J', link: 'https://j.example/' })
    expect(feed.items).toMatchObject([
      { id: '7', title: 'A <b>', link: 'https://news.example/a', published: '2026-11-23T09:00:00.000Z', summary: 'x' },
      { id: 'n', title: '', link: null, published: null, summary: 'No title & no link' }
    ])
  })
})

describe('links and ids', () => {
  test.each([
    ['a relative link, against the feed', '<link>a/b?c=1&d=2</link>', 'https://news.example/dir/a/b?c=1&d=2'],
    ['xml:base of item and channel', '<link xml:base="http://b.example/y/">z</link>', 'http://b.example/y/z'],
    ['a guid that is a permalink', '<guid>http://a.example/g</guid>', 'http://a.example/g'],
    ['a link that is escaped twice', '<link>http://a.example/?a=1&amp;amp;b=2</link>', 'http://a.example/?a=1&b=2'],
    ['a link in CDATA, with blanks', '<link><![CDATA[\n http://a.example/c \n]]></link>', 'http://a.example/c'],
    [
      'an Atom link in RSS',
      '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" href="http://a.example/l"/>',
      'http://a.example/l'
    ],
    ['no link in javascript', '<link>javascript:alert(1)</link>', null],
    ['no link with a password', '<link>http://u:p@a.example/</link>', null],
    ['no link to a file', '<link>file:///etc/passwd</link>', null],
    [
      'a link whose quote is never closed',
      '<atom:link href="http://a.example/q>x</atom:link><a b="c"/>',
      'http://a.example/q'
    ],
    ['a guid under xml:base', '<guid xml:base="http://b.example/">p/q</guid>', 'http://b.example/p/q'],
    ['no guid that is just a name', '<guid>p/q</guid>', null],
    ['media, when there is nothing else', '<enclosure url="http://a.example/e.mp3"/>', 'http://a.example/e.mp3'],
    [
      'the link rather than the guid',
      '<guid>http://a.example/g</guid><link>http://a.example/l</link>',
      'http://a.example/l'
    ],
    [
      'the link rather than that of its source',
      '<source url="http://s.example/">S</source><link>http://a.example/l</link>',
      'http://a.example/l'
    ]
  ])('%s', async (_, inner, link) => {
    expect((await only(rss([{ title: 'T', extra: inner }]))).link).toBe(link)
  })

  test('xml:base counts through all levels', async () => {
    const item = await only(
      atom('<entry xml:base="entry/"><title>T</title><link href="x"/></entry>', 'xml:base="http://b.example/feed/"')
    )
    expect(item.link).toBe('http://b.example/feed/entry/x')
  })

  test('a base that is relative counts from the one around it, and from the document', async () => {
    const item = await only(atom('<entry xml:base="b/"><title>T</title><link href="x"/></entry>', 'xml:base="a/"'))
    expect(item.link).toBe('https://news.example/dir/a/b/x')
  })

  test('a base that is no address leaves the one around it', async () => {
    const item = await only(
      atom('<entry xml:base="http://"><title>T</title><link href="x"/></entry>', 'xml:base="http://b.example/feed/"')
    )
    expect(item.link).toBe('http://b.example/feed/x')
  })

  test('a relative id under a base is short for an address, unless it says that it is none', async () => {
    const based = (guid: string) =>
      rss([{ title: 'T', extra: guid }]).replace('<rss ', '<rss xml:base="http://b.example/d/" ')
    expect((await only(based('<guid>7</guid>'))).id).toBe('http://b.example/d/7')
    expect((await only(based('<guid isPermaLink="false">7</guid>'))).id).toBe('7')
    expect((await only(based('<guid>tag:b.example,2026:7</guid>'))).id).toBe('tag:b.example,2026:7')
  })

  test('rdf:about counts under whatever prefix', async () => {
    const item = await only(
      '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><item r:about="http://a.example/1"><title>T</title></item></r:RDF>'
    )
    expect(item.id).toBe('http://a.example/1')
  })

  test('CDF keeps link and date in attributes', async () => {
    const item = await only('<channel><item href="/1" lastmod="2026-11-23T10:00Z"><title>T</title></item></channel>')
    expect(item).toMatchObject({ link: 'https://news.example/1', published: '2026-11-23T10:00:00.000Z' })
  })

  test('an id is kept as the feed has it', async () => {
    const item = await only(rss([{ title: 'T', extra: '<guid isPermaLink="false"> a&amp;b/?utm_source=x </guid>' }]))
    expect(item.id).toBe('a&b/?utm_source=x')
  })

  test('what an entry quotes of its source is not its own', async () => {
    const item = await only(
      atom(
        '<entry><source><id>s</id><title>S</title><link href="http://s.example/"/></source><id>e</id><title>E</title></entry>'
      )
    )
    expect(item).toMatchObject({ id: 'e', title: 'E', link: null })
  })
})

describe('character sets', () => {
  const text = 'Straße „Gesichtserkennung“ – 5 €'
  const document = (declared: string) =>
    `<?xml version="1.0" encoding="${declared}"?>${rss([{ title: text }]).slice(21)}`

  test.each([
    ['windows-1252 by declaration', 'windows-1252', 'windows-1252', null],
    ['windows-1252 that is called iso-8859-1', 'iso-8859-1', 'windows-1252', null],
    ['windows-1252 by header', 'utf-8', 'windows-1252', 'text/xml; charset="Windows-1252"; x=1'],
    ['UTF-16 with a mark', 'utf-16', 'utf-16', null],
    ['UTF-16 without a mark', 'utf-16', 'utf-16be', null],
    ['UTF-8 that the header denies', 'utf-8', 'utf-8', 'text/xml; charset=iso-8859-1'],
    ['windows-1252 that is called utf-8', 'utf-8', 'windows-1252', null],
    ['windows-1252 of an unknown name', 'x-none', 'windows-1252', null]
  ])('%s', async (_, declared, real, contentType) => {
    const bytes = iconv.encode(document(declared), real, { addBOM: real === 'utf-16' })
    expect((await only(bytes, contentType)).title).toBe(text)
  })

  test.each([
    ['koi8-r', 'Закон о распознавании лиц'],
    ['windows-1251', 'Закон о распознавании лиц'],
    ['shift_jis', '顔認証の規制'],
    ['gb2312', '人脸识别法规'],
    ['euc-kr', '안면인식 규제'],
    ['big5', '人臉辨識'],
    ['iso-8859-2', 'Zákon o rozpoznávání tváří'],
    ['windows-1255', 'זיהוי פנים']
  ])('%s', async (charset, title) => {
    const bytes = iconv.encode(
      `<?xml version="1.0" encoding="${charset}"?><rss><channel><item><title>${title}</title></item></channel></rss>`,
      charset
    )
    expect((await only(bytes)).title).toBe(title)
  })

  test('ISO-2022-JP, which only ICU knows', async () => {
    const head = Buffer.from('<?xml version="1.0" encoding="iso-2022-jp"?><rss><channel><item><title>')
    const kao = Buffer.from([0x1b, 0x24, 0x42, 0x34, 0x69, 0x1b, 0x28, 0x42])
    expect((await only(Buffer.concat([head, kao, Buffer.from('</title></item></channel></rss>')]))).title).toBe('顔')
  })

  test.each(['iso-10646-ucs-2', 'csUnicode', 'UTF_16'])('%s, said of plain bytes', async (charset) => {
    const document = `<?xml version="1.0" encoding="${charset}"?><rss><channel><item><title>T</title></item></channel></rss>`
    expect((await only(document)).title).toBe('T')
  })

  test('text that was encoded twice is mended, and only such text', async () => {
    expect((await only(rss([{ title: 'CafÃ© dÃ©cidÃ©' }]))).title).toBe('Café décidé')
    expect((await only(rss([{ title: 'LE CAFÉ»' }]))).title).toBe('LE CAFÉ»')
  })
})

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
    const { items, warnings } = await parse(whole.slice(0, whole.indexOf('three') - 3))
    expect(items.map((item) => item.title)).toEqual(['one', 'two', ''])
    expect(warnings).toEqual(['the document breaks off inside a tag'])
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
