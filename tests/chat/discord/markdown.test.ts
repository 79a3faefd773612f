import { describe, expect, test } from '@jest/globals'
import markdown from 'discord-markdown-parser'
import fc from 'fast-check'
import {
  cleanLine,
  cleanText,
  escapeMarkdown,
  renderText,
  safeLink,
  shorten
} from '../../../src/chat/discord/markdown.js'
import type { Run } from '../../../src/chat/message.js'

interface Node {
  type: string
  content?: string | Node[]
  target?: string
  /** The emoji itself. */
  name?: string
}

function parse(text: string): Node[] {
  return markdown.parse(text, 'extended') as Node[]
}

function shown(nodes: Node[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'br') return '\n'
      if (node.type === 'twemoji') return node.name ?? ''
      return typeof node.content === 'string' ? node.content : shown(node.content ?? [])
    })
    .join('')
    .replaceAll('\u200b', '')
}

/** Nodes that show characters as they are. */
const PLAIN = ['text', 'br', 'twemoji']

function markup(nodes: Node[]): string[] {
  return [...types(nodes)].filter((type) => !PLAIN.includes(type))
}

function types(nodes: Node[]): Set<string> {
  return new Set(nodes.flatMap((node) => [node.type, ...(Array.isArray(node.content) ? types(node.content) : [])]))
}

const HOSTILE = [
  '@everyone',
  '@here',
  '<@1>',
  '<@!80351110224678912>',
  '<@&5>',
  '<#1>',
  '<:e:1>',
  '<a:party:123>',
  '<t:1700000000:R>',
  '</facelaw help:5>',
  '<id:home>',
  '<https://evil.test>',
  '[masked](http://evil.test)',
  'https://evil.test/a_b_c',
  'http://x',
  '**bold**',
  '*i*',
  '__u__',
  '_i_',
  '~~s~~',
  '||spoiler||',
  '`code`',
  '```js\ncode\n```',
  '> quote',
  '>>> quotes',
  '# heading',
  '### heading',
  '-# small',
  '- item',
  '* item',
  '+ item',
  '1. item',
  '12) item',
  ':smile:',
  '\\',
  '\\*',
  '\u202egnp.exe',
  '\u200b',
  '\n',
  '\n\n\n',
  ' ',
  'Ring',
  '🙂',
  '\ud83d'
]
const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string()), { maxLength: 12 })
  .map((pieces) => pieces.join(''))

describe('escaping', () => {
  test.each(HOSTILE)('shows %j as it is', (text) => {
    const clean = cleanText(`${text} and ${text}`)
    const nodes = parse(escapeMarkdown(clean))
    expect(markup(nodes)).toEqual([])
    expect(shown(nodes)).toBe(clean)
  })

  test('no text becomes markup, and none is lost', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const clean = cleanText(text)
        const nodes = parse(escapeMarkdown(clean))
        expect(markup(nodes)).toEqual([])
        expect(shown(nodes).replace(/\s+/g, ' ')).toBe(clean.replace(/\s+/g, ' '))
      }),
      { numRuns: 500 }
    )
  })

  test('no mention of everyone and no bare address is left in what is sent', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(renderText(text, 4096)).not.toMatch(/@everyone|@here|https?:\/\//i)
      })
    )
  })

  test('takes direction overrides, control characters and half characters out', () => {
    expect(cleanText('a\u202eb\u0000c\u2066d\u200be\ud83df')).toBe('abcde\ufffdf')
    expect(cleanLine(' a \r\n\t b ')).toBe('a b')
  })
})

describe('styles and links', () => {
  test('bold, italic, strike, code and links are what they say', () => {
    const runs: Run[] = [
      { text: 'Ring ', style: 'bold' },
      { text: 'x', style: 'bold' },
      { text: 'y', style: 'italic' },
      { text: 'z', style: 'strike' },
      { text: 'a`b', style: 'code' },
      { text: 'the bill', link: 'https://example.test/a?b=(c)' }
    ]
    const nodes = parse(renderText(runs, 4096))
    expect([...types(nodes)].sort()).toEqual(['em', 'inlineCode', 'link', 'strikethrough', 'strong', 'text'])
    expect(nodes.find((node) => node.type === 'link')?.target).toBe('https://example.test/a?b=%28c%29')
  })

  test('a style never leaks out of its run, whatever stands in it', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (bold, plain) => {
        const rendered = renderText([{ text: bold, style: 'bold' }, ' | ', plain], 100_000)
        const nodes = parse(rendered)
        const strong = nodes.filter((node) => node.type === 'strong')
        expect(shown(strong).replace(/\s+/g, ' ')).toBe(cleanText(bold).trim().replace(/\s+/g, ' '))
      })
    )
  })

  test('only http and https can be links', () => {
    expect(safeLink('javascript:alert(1)')).toBeNull()
    expect(safeLink('discord://-/settings')).toBeNull()
    expect(safeLink('not an address')).toBeNull()
    expect(safeLink('https://user:secret@example.test/a b')).toBe('https://example.test/a%20b')
    expect(renderText([{ text: 'words', link: 'data:text/html,x' }], 100)).toBe('words')
  })
})

describe('cutting', () => {
  test('cuts at a word', () => {
    expect(shorten('one two three', 9)).toBe('one two…')
    expect(renderText('one two three', 9)).toBe('one two…')
    expect(shorten('abcdefghij', 5)).toBe('abcd…')
    expect(shorten('short', 5)).toBe('short')
  })

  test('never passes the limit, never cuts a marker or a link, says that it cut', () => {
    const run = fc.record(
      {
        text: hostileText,
        style: fc.constantFrom('bold', 'italic', 'strike', 'code'),
        link: fc.constant('https://a.test/')
      },
      { requiredKeys: ['text'] }
    )
    fc.assert(
      fc.property(fc.array(run, { maxLength: 6 }), fc.integer({ min: 1, max: 200 }), (runs, limit) => {
        const whole = renderText(runs as Run[], 1_000_000)
        const cut = renderText(runs as Run[], limit)
        expect(cut.length).toBeLessThanOrEqual(limit)
        if (whole.length > limit) expect(cut.endsWith('…')).toBe(true)
        else expect(cut).toBe(whole)
        expect(cut.replaceAll('\\\\', '')).not.toMatch(/\\…$/)
      }),
      { numRuns: 300 }
    )
  })
})
