import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { cleanText, htmlToText, shorten } from '../../src/feeds/text.js'

describe('htmlToText', () => {
  test.each([
    ['<p>One</p><p>Two<br>Three</p>', 'One Two Three'],
    ['Face<b>book</b>, <a href="x">Inc</a>.', 'Facebook, Inc.'],
    ['<style>p{}</style>A<script>x()</script><!-- c -->B', 'A B'],
    ['a &lt; b &amp; c &#8217;&nbsp;d', 'a < b & c ’ d'],
    ['5 < 6 > 4', '5 < 6 > 4'],
    ['safe<iframe src="x"> words', 'safe words'],
    ['safe<object> words</object>', 'safe words'],
    ['<ul><li>a<li>b</ul>', 'a b'],
    ['quote\u0092s and \u0080', 'quote’s and €'],
    ['soft\u00adhyphen, zero\u200bwidth, \u202eoverride\u202c, tag\u{e0041}', 'softhyphen, zerowidth, override, tag'],
    ['ا\u200cب family 👨\u200d👩', 'ا\u200cب family 👨\u200d👩']
  ])('%j', (html, text) => {
    expect(htmlToText(html, 100)).toBe(text)
  })

  test('never holds markup of its own, control or override characters, and keeps its limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 10, max: 100 }), (html, limit) => {
        const text = htmlToText(html, limit)
        expect(text.length).toBeLessThanOrEqual(limit)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the promise
        expect(text).not.toMatch(/[\u0000-\u001f\u0080-\u009f\u200b\u202a-\u202e\u2066-\u2069\ufeff]/)
        expect(text).toBe(text.trim())
        expect(cleanText(text, limit)).toBe(text)
      })
    )
  })
})

describe('shorten', () => {
  test.each([
    ['one two three', 13, 'one two three'],
    ['one two three', 12, 'one two…'],
    ['onetwothree', 6, 'onetw…'],
    ['😀😀😀', 4, '😀…']
  ])('%j to %d', (text, limit, short) => {
    expect(shorten(text, limit)).toBe(short)
  })
})
