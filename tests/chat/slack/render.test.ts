import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Message, Part, Text } from '../../../src/chat/message.js'
import { render } from '../../../src/chat/slack/render.js'
import { safeUrl, truncate } from '../../../src/chat/slack/text.js'
import { check, findAll } from '../../fakes/slack/rules.js'

/** What a feed could try: mentions, links in Slack's writing, styles, emoji, entities, marks that turn text around. */
const HOSTILE = [
  '<!channel>',
  '<!here|here>',
  '<!subteam^S1>',
  '<@U0ADMIN>',
  '<#C0GENERAL|general>',
  '@everyone',
  '@here',
  '<http://evil.example|bank>',
  '*bold*',
  '_it_',
  '`code`',
  '~gone~',
  ':tada:',
  '&amp;lt;!channel&gt;',
  '\u202eevil',
  '\ud800',
  '\n> quote',
  '|',
  '>',
  'a'.repeat(400),
  'word '.repeat(900)
]

const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' })), { maxLength: 8 })
  .map((parts) => parts.join(''))
const link = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom(
    'javascript:alert(1)',
    'https://e.example/a|b>c?x=1&y=2',
    'https://u:p@e.example/',
    '',
    `https://e.example/${'x'.repeat(4000)}`
  )
)
const style = fc.constantFrom('bold' as const, 'italic' as const, 'code' as const, 'strike' as const)
const run = fc.oneof(hostileText, fc.record({ text: hostileText, style, link }, { requiredKeys: ['text'] }))
const text: fc.Arbitrary<Text> = fc.oneof(hostileText, fc.array(run, { maxLength: 4 }))
const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text }),
  fc.record({ type: fc.constant('heading' as const), text: hostileText }),
  fc.record({
    type: fc.constant('fields' as const),
    fields: fc.array(fc.record({ name: hostileText, value: text }), { maxLength: 14 })
  }),
  fc.record({ type: fc.constant('list' as const), items: fc.array(text, { maxLength: 30 }), ordered: fc.boolean() }),
  fc.record({ type: fc.constant('context' as const), text }),
  fc.record({ type: fc.constant('image' as const), url: link, alt: hostileText }),
  fc.constant({ type: 'divider' as const })
)
const message: fc.Arbitrary<Message> = fc.record(
  {
    title: fc.record({ text: hostileText, link }, { requiredKeys: ['text'] }),
    parts: fc.array(part, { maxLength: 70, size: 'medium' }),
    buttons: fc.array(fc.record({ label: hostileText, action: fc.string({ maxLength: 100 }) }), { maxLength: 25 })
  },
  { requiredKeys: ['parts'] }
)

/** A hostile message that breaks a rule is told as it was found, rather than made smaller for many minutes. */
const LONGEST_SEARCH_MS = 60_000

describe('any message', () => {
  test('is taken by Slack: within every limit, no unknown field', () => {
    fc.assert(
      fc.property(message, (any) => {
        const rendered = render(any)
        expect(check('chat.postMessage', { channel: 'C1', ...rendered })).toBeNull()
        expect(rendered.text.length).toBeLessThanOrEqual(4000)
      }),
      { numRuns: 100, interruptAfterTimeLimit: LONGEST_SEARCH_MS }
    )
  })

  test('mentions nobody, in blocks or in text', () => {
    fc.assert(
      fc.property(message, (any) => {
        const { blocks, text } = render(any)
        const words = [text, ...findAll(blocks, 'text'), ...findAll(blocks, 'alt_text')].join('\n')
        expect(words).not.toMatch(/<[@!#]/)
        expect(words).not.toMatch(/@(?:channel|here|everyone)\b/i)
        expect(words).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
      }),
      { numRuns: 100, interruptAfterTimeLimit: LONGEST_SEARCH_MS }
    )
  })

  test('mentions nobody by a sign and a name that stand in two stretches', () => {
    const { blocks, text } = render({ parts: [{ type: 'text', text: ['mail @', { text: 'here', style: 'bold' }] }] })
    expect([text, ...findAll(blocks, 'text')].join('\n')).not.toMatch(/@here/)
  })

  test('links only to http and https, and only where a link was meant', () => {
    fc.assert(
      fc.property(message, (any) => {
        const { blocks, text } = render(any)
        const urls = [...findAll(blocks, 'url'), ...findAll(blocks, 'image_url')]
        expect(urls.filter((url) => !/^https?:\/\//.test(url))).toEqual([])
        const controls = text.match(/<[^>]*>/g) ?? []
        expect(controls.filter((control) => !/^<https?:\/\/[^|<>]+\|[^<>]*>$/.test(control))).toEqual([])
        expect(text.replace(/<[^>]*>/g, '')).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/)
      }),
      { numRuns: 100, interruptAfterTimeLimit: LONGEST_SEARCH_MS }
    )
  })

  test('keeps hostile words out of mrkdwn, where they would become a style or an emoji', () => {
    fc.assert(
      fc.property(hostileText, (words) => {
        const { blocks } = render({ parts: [{ type: 'context', text: words }] })
        const marked = blocks.flatMap((block) => (block.type === 'context' ? block.elements : []))
        for (const element of marked)
          if (element.type === 'mrkdwn') expect(element.text).not.toMatch(/[*_~`<>]|:[\w+'-]+:/)
      })
    )
  })
})

const ALERT: Message = {
  title: { text: 'Rival & sons <pause> sales', link: 'https://news.example/a?x=1&y=2' },
  parts: [
    { type: 'context', text: ['The Daily · 2 h ago · ', { text: 'source', link: 'https://news.example/' }] },
    { type: 'text', text: ['Amazon ', { text: 'pauses', style: 'bold' }, ' Rekognition.'] },
    {
      type: 'fields',
      fields: [
        { name: 'Company', value: 'AT&T' },
        { name: 'Marks', value: 'snake_case *x*' }
      ]
    },
    { type: 'list', items: ['one', [{ text: 'two', link: 'https://two.example/' }]] }
  ],
  buttons: [
    { label: 'Why?', action: 'why:7' },
    { label: 'Not relevant', action: 'feedback:7:no', style: 'danger' }
  ]
}

test('an alert: bold link, rich text, fields side by side, buttons with their actions', () => {
  expect(render(ALERT).blocks).toEqual([
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            {
              type: 'link',
              url: 'https://news.example/a?x=1&y=2',
              text: 'Rival & sons <pause> sales',
              style: { bold: true }
            }
          ]
        }
      ]
    },
    {
      type: 'context',
      elements: [{ type: 'mrkdwn', text: 'The Daily · 2 h ago · <https://news.example/|source>', verbatim: true }]
    },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'Amazon ' },
            { type: 'text', text: 'pauses', style: { bold: true } },
            { type: 'text', text: ' Rekognition.' }
          ]
        }
      ]
    },
    {
      type: 'section',
      fields: [
        { type: 'mrkdwn', text: '*Company*\nAT&amp;T', verbatim: true },
        { type: 'plain_text', text: 'Marks\nsnake_case *x*', emoji: false }
      ]
    },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: [
            { type: 'rich_text_section', elements: [{ type: 'text', text: 'one' }] },
            { type: 'rich_text_section', elements: [{ type: 'link', url: 'https://two.example/', text: 'two' }] }
          ]
        }
      ]
    },
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: 'facelaw:0',
          text: { type: 'plain_text', text: 'Why?', emoji: false },
          value: 'why:7'
        },
        {
          type: 'button',
          action_id: 'facelaw:1',
          text: { type: 'plain_text', text: 'Not relevant', emoji: false },
          value: 'feedback:7:no',
          style: 'danger'
        }
      ]
    }
  ])
})

test('the text says what the blocks say', () => {
  expect(render(ALERT).text).toBe(
    [
      '<https://news.example/a?x=1&y=2|Rival &amp; sons &lt;pause&gt; sales>',
      'The Daily · 2 h ago · <https://news.example/|source>',
      'Amazon pauses Rekognition.',
      'Company: AT&amp;T',
      'Marks: snake_case *x*',
      '• one',
      '• <https://two.example/|two>'
    ].join('\n')
  )
})

describe('what is too long', () => {
  test('is cut at a word', () => {
    expect(truncate('one two three', 9)).toBe('one two…')
    expect(truncate('abcdefghij', 5)).toBe('abcd…')
    expect(truncate('ab😀cd', 4)).toBe('ab…')
  })

  test('cuts the long text first and keeps every short one', () => {
    const items = Array.from({ length: 40 }, (_, index) => `item ${index}`)
    const { blocks } = render({
      parts: [...Array(5)]
        .map((): Part => ({ type: 'text', text: 'long '.repeat(600) }))
        .concat({ type: 'list', items })
    })
    const words = findAll(blocks, 'text')
    for (const item of items) expect(words).toContain(item)
    expect(words.filter((word) => word.endsWith('…'))).toHaveLength(5)
  })

  test('says how much is missing when even that is not enough', () => {
    const items = Array.from({ length: 500 }, (_, index) => `item ${index} ${'x'.repeat(60)}`)
    const { blocks } = render({ parts: [{ type: 'list', items }] })
    const shown = findAll(blocks, 'text').filter((word) => word.startsWith('item')).length
    expect(shown).toBeGreaterThan(50)
    expect(findAll(blocks, 'text')).toContain(`… and ${500 - shown} more`)
  })

  test('a digest of many groups keeps all of them by sharing blocks', () => {
    const parts = Array.from({ length: 40 }, (_, index): Part[] => [
      { type: 'heading', text: `Place ${index}` },
      { type: 'list', items: [`story ${index}`] }
    ]).flat()
    const { blocks } = render({ parts })
    expect(blocks.length).toBeLessThanOrEqual(50)
    const words = findAll(blocks, 'text')
    for (let index = 0; index < 40; index++)
      expect(words).toEqual(expect.arrayContaining([`Place ${index}`, `story ${index}`]))
    expect(words.join()).not.toMatch(/and \d+ more/)
  })

  test('parts over the number of blocks are counted', () => {
    const parts = Array.from({ length: 60 }, (_, index): Part => ({ type: 'context', text: `line ${index}` }))
    const { blocks } = render({ parts, buttons: [{ label: 'More', action: 'more' }] })
    expect(blocks).toHaveLength(50)
    expect(findAll(blocks, 'text')).toEqual(expect.arrayContaining(['line 47', '… and 12 more', 'More']))
  })

  test('more buttons than Slack takes are refused with a reason', () => {
    const buttons = Array.from({ length: 26 }, (_, index) => ({ label: `b${index}`, action: `b:${index}` }))
    expect(() => render({ parts: [], buttons })).toThrow(/26 buttons; Slack takes 25/)
  })
})

describe('addresses', () => {
  test('stay as they are when they are safe', () => {
    expect(safeUrl('https://a.example?x=1&y=2#z')).toBe('https://a.example?x=1&y=2#z')
  })

  test('lose what would end a link, and user names', () => {
    expect(safeUrl('https://a.example/b|c>d')).toBe('https://a.example/b%7Cc%3Ed')
    expect(safeUrl('https://bank.example@evil.example/')).toBe('https://evil.example/')
  })

  test.each(['javascript:alert(1)', 'mailto:a@b.example', '/relative', 'data:text/html,x'])('%s is no link', (url) => {
    expect(safeUrl(url)).toBeNull()
    expect(render({ title: { text: 'Title', link: url }, parts: [] }).text).toBe('Title')
  })
})
