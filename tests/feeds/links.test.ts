import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { canonicalUrl, resolveLink } from '../../src/feeds/links.js'

describe('canonicalUrl', () => {
  test.each([
    'https://www.news.example/a/b/',
    'http://news.example/a/b',
    'https://news.example:443/a/b?utm_source=rss&utm_medium=feed',
    'https://news.example/a//b#comments',
    'https://NEWS.example./a/b/index.html?fbclid=x',
    'https://news.example/a/b?ref=homepage'
  ])('%s is the same page as the others', (link) => {
    expect(canonicalUrl(link)).toBe('news.example/a/b')
  })

  test.each([
    ['https://news.example/?p=1', 'https://news.example/?p=2'],
    ['https://news.example/A', 'https://news.example/a'],
    ['https://news.example/a', 'https://blog.news.example/a'],
    ['https://news.example/#!/a', 'https://news.example/#!/b'],
    ['https://news.example/a?ref=1234', 'https://news.example/a?ref=1235']
  ])('%s and %s are two pages', (a, b) => {
    expect(canonicalUrl(a)).not.toBe(canonicalUrl(b))
  })

  test('the order of parameters does not count', () => {
    expect(canonicalUrl('http://a.example/?b=2&a=1')).toBe(canonicalUrl('http://a.example/?a=1&b=2'))
  })

  test.each(['mailto:a@b.example', 'nothing', '', 'javascript:1'])('%j has none', (link) => {
    expect(canonicalUrl(link)).toBeNull()
  })

  // The first of each pair is read at a glance, the second by the URL parser.
  test.each([
    ['https://www.news.example/a//b/index.php', 'https://www.news.example/a//b/index.php?utm_source=x'],
    ["http://news.example/a/(b)/c-d_e~f'!$&*+,;=:@", "HTTP://NEWS.example:80/a/(b)/c-d_e~f'!$&*+,;=:@#top"],
    ['https://news.example', 'https://news.example/?gclid=1'],
    ['https://www.example/a', 'https://www.example/a?utm_id=2']
  ])('%s is the same page as %s', (glance, parsed) => {
    expect(canonicalUrl(glance)).toBe(canonicalUrl(parsed))
  })

  test.each([
    ['https://news.example/a/../b', 'news.example/b'],
    ['https://news.example/a/.', 'news.example/a'],
    ['https://xn--\u0061.example/', null],
    ['https://127.1/a', '127.0.0.1/a'],
    ['https://news.example/\u00e9', 'news.example/%C3%A9']
  ])('%s needs the URL parser: %s', (link, page) => {
    expect(canonicalUrl(link)).toBe(page)
  })

  test('is the same when it is made again', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const once = canonicalUrl(url)!
        expect(canonicalUrl(`https://${once}`)).toBe(once)
      })
    )
  })
})

describe('resolveLink', () => {
  test.each([
    ['/x', 'https://a.example/y/z', 'https://a.example/x'],
    ['//b.example/x', 'https://a.example/', 'https://b.example/x'],
    [' https://a.example/a b ', null, 'https://a.example/a%20b'],
    ['https://a.exa\nmple/', null, 'https://a.example/'],
    ['x', null, null],
    ['data:text/html,x', 'https://a.example/', null],
    ['JavaScript:alert(1)', 'https://a.example/', null],
    ['http://[', 'https://a.example/', null],
    ['http://u@a.example/', null, null],
    [`http://a.example/${'x'.repeat(5000)}`, null, null]
  ])('%j against %j', (written, base, link) => {
    expect(resolveLink(written, base)).toBe(link)
  })
})
