import type { types } from '@slack/bolt'
import type { Button, Message, Part, Text } from '../message.js'
import { fallbackText, mrkdwnLink } from './fallback.js'
import { dropTail, fit, MESSAGE_LENGTH } from './fit.js'
import { escapeMarkup, joined, type Stretch, safeUrl, stretches } from './text.js'

/** What every call that shows a message is given: the blocks, and the same in words for notifications and screen readers. */
export interface Rendered {
  blocks: types.KnownBlock[]
  text: string
}

/** Blocks of a message (docs.slack.dev/reference/block-kit/blocks). */
const BLOCKS = 50
/** Elements of an actions block (@slack/types, `ActionsBlock`); `Message` allows no more. */
const BUTTONS = 25
/** Fields of a section, and characters of one (@slack/types, `SectionBlock.fields`). */
const FIELDS = 10
const FIELD_LENGTH = 2000
/** Every button's `action_id` starts with this; the number after it makes it unique in the message. */
export const ACTION_PREFIX = 'facelaw:'

/** What mrkdwn would read as style or emoji even when escaped. Text that holds none of it shows as it is. */
const MARKS = /[*_~`]|:[\w+'-]+:/

/**
 * The neutral message for Slack, whole, within every limit, and with nothing in it that Slack would act on. `length`: most
 * characters of all blocks together.
 */
export function render(message: Message, length = MESSAGE_LENGTH): Rendered {
  const buttons = message.buttons?.length ?? 0
  if (buttons > BUTTONS) throw new Error(`A message has ${buttons} buttons; Slack takes ${BUTTONS}: page them.`)
  const fitted = fit(message, length)
  return { blocks: withinBlocks(fitted), text: fallbackText(fitted) }
}

function withinBlocks(message: Message): types.KnownBlock[] {
  const roomy = toBlocks(message, false)
  if (roomy.length <= BLOCKS) return roomy
  const compact = toBlocks(message, true)
  if (compact.length <= BLOCKS) return compact
  return toBlocks(
    dropTail(message, (shorter) => toBlocks(shorter, true).length <= BLOCKS),
    true
  )
}

/** `compact`: headings become bold lines, and neighbouring texts and lists share a block. */
function toBlocks(message: Message, compact: boolean): types.KnownBlock[] {
  const blocks: types.KnownBlock[] = []
  if (message.title) addRich(blocks, section(stretches([{ ...message.title, style: 'bold' }])), false)
  for (const part of message.parts) {
    addRich(blocks, richPart(part, compact), compact)
    blocks.push(...plainBlocks(part, compact))
  }
  if (message.buttons?.length) blocks.push({ type: 'actions', elements: message.buttons.map(button) })
  if (blocks.length === 0) addRich(blocks, section([{ text: '…' }]), false)
  return blocks
}

/** Rich text where it can be: no markup in it is read. */
function richPart(part: Part, compact: boolean): RichElement | null {
  if (part.type === 'text') return section(stretches(part.text))
  if (part.type === 'list') return list(part.items, part.ordered ?? false)
  if (part.type === 'heading' && compact) return section(stretches([{ text: part.text, style: 'bold' }]))
  return null
}

/** The parts that need a block of another kind. */
function plainBlocks(part: Part, compact: boolean): types.KnownBlock[] {
  switch (part.type) {
    case 'heading':
      if (compact || part.text.trim() === '') return []
      return [{ type: 'header', text: plainElement([{ text: part.text }]) }]
    case 'fields':
      return fieldSections(part.fields)
    case 'context':
      return contextBlocks(stretches(part.text))
    case 'image': {
      const url = safeUrl(part.url)
      if (url) return [{ type: 'image', image_url: url, alt_text: part.alt.trim() || '…' }]
      return contextBlocks(stretches(part.alt))
    }
    case 'divider':
      return [{ type: 'divider' }]
    default:
      return []
  }
}

function fieldSections(fields: { name: string; value: Text }[]): types.SectionBlock[] {
  const sections: types.SectionBlock[] = []
  for (let start = 0; start < fields.length; start += FIELDS)
    sections.push({ type: 'section', fields: fields.slice(start, start + FIELDS).map(field) })
  return sections
}

function contextBlocks(text: Stretch[]): types.ContextBlock[] {
  return joined(text).trim() === '' ? [] : [{ type: 'context', elements: [smallText(text)] }]
}

type RichElement = types.RichTextSection | types.RichTextList

/** A rich text block of its own, or, when `join` is set, a continuation of the one before. */
function addRich(blocks: types.KnownBlock[], element: RichElement | null, join: boolean): void {
  if (!element) return
  const last = blocks.at(-1)
  if (!join || last?.type !== 'rich_text') {
    blocks.push({ type: 'rich_text', elements: [element] })
    return
  }
  const before = last.elements.at(-1)
  if (before?.type === 'rich_text_section' && element.type === 'rich_text_section')
    before.elements.push({ type: 'text', text: '\n\n' }, ...element.elements)
  else last.elements.push(element)
}

function section(text: Stretch[]): types.RichTextSection | null {
  return joined(text).trim() === '' ? null : { type: 'rich_text_section', elements: text.map(richElement) }
}

function list(items: Text[], ordered: boolean): types.RichTextList | null {
  const elements = items.map((item) => section(stretches(item))).filter((item) => item !== null)
  return elements.length === 0 ? null : { type: 'rich_text_list', style: ordered ? 'ordered' : 'bullet', elements }
}

/** Rich text is taken literally: no markup in it is read, so nothing has to be escaped. */
function richElement(piece: Stretch): types.RichTextElement {
  const style = piece.style && { style: { [piece.style]: true } }
  if (piece.link) return { type: 'link', url: piece.link, text: piece.text, ...style }
  return { type: 'text', text: piece.text, ...style }
}

function field({ name, value }: { name: string; value: Text }): types.MrkdwnElement | types.PlainTextElement {
  const text = stretches(value)
  const shown = joined(text).trim() === '' ? [{ text: '–' }] : text
  const label = name.trim()
  if (label === '') return smallText(shown)
  const marked = mrkdwn(shown)
  const bold = marked === null || MARKS.test(label) ? null : `*${escapeMarkup(label).replaceAll('\n', ' ')}*\n${marked}`
  if (bold !== null && bold.length <= FIELD_LENGTH) return { type: 'mrkdwn', text: bold, verbatim: true }
  return plainElement([{ text: `${label}\n` }, ...shown])
}

/** For the places that know no rich text: mrkdwn where it shows the words as they are, plain text where it would not. */
function smallText(text: Stretch[]): types.MrkdwnElement | types.PlainTextElement {
  const marked = mrkdwn(text)
  if (marked === null || marked.length > FIELD_LENGTH) return plainElement(text)
  return { type: 'mrkdwn', text: marked, verbatim: true }
}

function mrkdwn(text: Stretch[]): string | null {
  if (MARKS.test(joined(text))) return null
  return text.map((piece) => (piece.link ? mrkdwnLink(piece.text, piece.link) : escapeMarkup(piece.text))).join('')
}

function plainElement(text: Stretch[]): types.PlainTextElement {
  const words = joined(text)
  const withLinks = text.map((piece) => (piece.link ? `${piece.text} (${piece.link})` : piece.text)).join('')
  return { type: 'plain_text', text: withLinks.length <= FIELD_LENGTH ? withLinks : words, emoji: false }
}

function button({ label, action, style }: Button, index: number): types.Button {
  return {
    type: 'button',
    action_id: `${ACTION_PREFIX}${index}`,
    text: { type: 'plain_text', text: label.trim() || '…', emoji: false },
    value: action,
    ...(style && { style })
  }
}
