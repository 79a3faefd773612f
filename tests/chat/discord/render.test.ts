import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { actionOf, renderMessage } from '../../../src/chat/discord/render.js'
import { ACTION_LENGTH, type Message, type Part } from '../../../src/chat/message.js'
import { specChecker } from '../../fakes/discord/openapi.js'
import { embedLength, messageFaults } from '../../fakes/discord/rules.js'
import type { MessageBody } from '../../fakes/discord/shapes.js'

const PATH = '/channels/1040000000000000000/messages'

function faultsOf(message: Message): string[] {
  const payload = renderMessage(message)
  return [...messageFaults(payload as MessageBody), ...(specChecker()?.request('POST', PATH, payload) ?? [])]
}

const words = fc.oneof(
  fc.string(),
  fc.lorem({ maxCount: 400 }),
  fc.constant(''),
  fc.nat(9000).map((length) => 'x'.repeat(length))
)
const text = fc.oneof(
  words,
  fc.array(fc.record({ text: words, link: fc.webUrl() }, { requiredKeys: ['text'] }), { maxLength: 5 })
)
const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text }),
  fc.record({ type: fc.constant('heading' as const), text: words }),
  fc.record({
    type: fc.constant('fields' as const),
    fields: fc.array(fc.record({ name: words, value: text }), { maxLength: 30 })
  }),
  fc.record({ type: fc.constant('list' as const), items: fc.array(text, { maxLength: 40 }), ordered: fc.boolean() }),
  fc.record({ type: fc.constant('context' as const), text }),
  fc.record({ type: fc.constant('image' as const), url: fc.oneof(fc.webUrl(), fc.string()), alt: words }),
  fc.constant({ type: 'divider' as const })
) as fc.Arbitrary<Part>
const button = fc.record(
  {
    label: words,
    action: fc.string({ minLength: 1, maxLength: ACTION_LENGTH }),
    style: fc.constantFrom('primary' as const, 'danger' as const)
  },
  { requiredKeys: ['label', 'action'] }
)
const message = fc.record(
  {
    title: fc.record({ text: words, link: fc.oneof(fc.webUrl(), fc.string()) }, { requiredKeys: ['text'] }),
    parts: fc.array(part, { maxLength: 15 }),
    buttons: fc.array(button, { maxLength: 30 })
  },
  { requiredKeys: ['parts'] }
) as fc.Arbitrary<Message>

describe('rendering', () => {
  test('any message keeps every limit of Discord', () => {
    fc.assert(
      fc.property(message, (value) => {
        expect(faultsOf(value)).toEqual([])
      }),
      { numRuns: 150 }
    )
  })

  test('an alert is one embed: headline as link, text, fields, small print, buttons', () => {
    const payload = renderMessage({
      title: { text: 'City bans *face* scans', link: 'https://news.test/1' },
      parts: [
        { type: 'text', text: [{ text: 'Legislation, passed', style: 'bold' }, ': Portland'] },
        { type: 'fields', fields: [{ name: 'Company', value: 'Amazon' }] },
        { type: 'context', text: 'Example Times, 2 h ago' }
      ],
      buttons: [
        { label: 'Why?', action: 'why:12', style: 'primary' },
        { label: 'Not relevant', action: 'why:12', style: 'danger' }
      ],
      tone: 'alert'
    })
    expect(payload).toEqual({
      embeds: [
        {
          color: 0xd9822b,
          title: 'City bans \\*face\\* scans',
          url: 'https://news.test/1',
          description: '**Legislation, passed**: Portland',
          fields: [{ name: 'Company', value: 'Amazon', inline: true }],
          footer: { text: 'Example Times, 2 h ago' }
        }
      ],
      components: [
        {
          type: 1,
          components: [
            { type: 2, style: 1, label: 'Why?', custom_id: '0:why:12' },
            { type: 2, style: 4, label: 'Not relevant', custom_id: '1:why:12' }
          ]
        }
      ],
      allowed_mentions: { parse: [] }
    })
  })

  test('the action of a button comes back from its id', () => {
    fc.assert(
      fc.property(fc.array(button, { minLength: 1, maxLength: 25 }), (buttons) => {
        const rows = renderMessage({ parts: [], buttons }).components
        const actions = rows.flatMap((row) => row.components).map((rendered) => actionOf(rendered.custom_id))
        expect(actions).toEqual(buttons.map(({ action }) => action))
      })
    )
  })

  test('an action that is too long is refused, not cut', () => {
    const action = 'x'.repeat(ACTION_LENGTH + 1)
    expect(() => renderMessage({ parts: [], buttons: [{ label: 'Go', action }] })).toThrow(RangeError)
  })

  test('the order of the parts is kept: text after fields begins a new embed', () => {
    const { embeds } = renderMessage({
      parts: [
        { type: 'text', text: 'first' },
        { type: 'fields', fields: [{ name: 'second', value: '2' }] },
        { type: 'text', text: 'third' },
        { type: 'image', url: 'https://pictures.test/map.png', alt: 'A map' },
        { type: 'text', text: 'fourth' }
      ]
    })
    expect(embeds.map((embed) => embed.description ?? embed.fields?.[0]?.name)).toEqual(['first', 'third', 'fourth'])
    expect(embeds[1]).toMatchObject({ image: { url: 'https://pictures.test/map.png' }, footer: { text: 'A map' } })
  })

  test('what finds no room is counted', () => {
    const items = Array.from({ length: 400 }, (_, index) => `Story number ${index + 1} about a face database`)
    const { embeds } = renderMessage({ parts: [{ type: 'list', items }] })
    const shown = embeds.flatMap((embed) => embed.description?.split('\n') ?? []).length
    expect(embeds.map(embedLength).reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(6000)
    expect(embeds.at(-1)?.footer?.text).toBe(`… and ${400 - shown} more`)
    expect(shown).toBeGreaterThan(100)
  })

  test('the small print that closes a message is kept where lines find no room', () => {
    const items = Array.from({ length: 400 }, (_, index) => `line ${index} `.repeat(5))
    const parts: Part[] = [
      { type: 'list', items },
      { type: 'context', text: 'Verified today' }
    ]
    const { embeds } = renderMessage({ parts })
    const shown = embeds.flatMap(({ description }) => description?.split('\n') ?? []).length
    expect(embeds.at(-1)?.footer?.text).toBe(`Verified today · … and ${400 - shown} more`)
    // Where all fits, it stands below the last line as ever.
    const few = renderMessage({ parts: [{ type: 'list', items: ['one'] }, parts[1]!] })
    expect(few.embeds).toEqual([expect.objectContaining({ description: '- one\n-# Verified today' })])
  })

  test('more than 25 buttons are counted too', () => {
    const buttons = Array.from({ length: 27 }, (_, index) => ({ label: `B${index}`, action: `b:${index}` }))
    const payload = renderMessage({ parts: [{ type: 'text', text: 'Choose' }], buttons })
    expect(payload.components).toHaveLength(5)
    expect(payload.embeds[0]?.footer?.text).toBe('… and 2 more')
  })

  test('an image that is no web address leaves its words', () => {
    const { embeds } = renderMessage({ parts: [{ type: 'image', url: 'file:///etc/passwd', alt: 'A chart' }] })
    expect(embeds).toMatchObject([{ description: '-# A chart' }])
  })
})
