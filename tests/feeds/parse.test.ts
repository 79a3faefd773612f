import { describe, expect, test } from '@jest/globals'
import iconv from 'iconv-lite'
import { atom, only, parse, rss } from './samples.js'

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
