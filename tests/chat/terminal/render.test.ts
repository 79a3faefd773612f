import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { renderTerminal } from '../../../src/chat/terminal/render.js'

const options = { colour: false, width: 40, buttonNumber: () => 7 }

test('a message as lines', () => {
  const text = renderTerminal(
    {
      title: { text: 'Headline', link: 'https://a.example/1' },
      parts: [
        { type: 'text', text: ['See ', { text: 'this', link: 'https://a.example/2' }] },
        { type: 'list', items: ['one', 'two words that are long enough to be wrapped here'] },
        { type: 'fields', fields: [{ name: 'State', value: 'paused' }] }
      ],
      buttons: [{ label: 'Why?', action: 'why:1' }]
    },
    options
  )
  expect(text.split('\n')).toEqual([
    'Headline',
    'https://a.example/1',
    'See this <https://a.example/2>',
    '• one',
    '• two words that are long enough to be',
    '  wrapped here',
    'State: paused',
    '[7] Why?'
  ])
})

test('no control character of a feed reaches the screen', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (hostile) => {
      const text = renderTerminal(
        {
          title: { text: `\u001b[2J${hostile}` },
          parts: [
            { type: 'text', text: hostile },
            { type: 'list', items: [hostile] }
          ]
        },
        options
      )
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
    })
  )
})

test('colours only when asked for', () => {
  const message = { title: { text: 'Headline' }, parts: [] }
  expect(renderTerminal(message, options)).toBe('Headline')
  expect(renderTerminal(message, { ...options, colour: true })).toContain('\u001b[')
})
