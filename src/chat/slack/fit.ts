import type { Message, Part, Text } from '../message.js'
import { inert, stretches, truncate, truncateStretches, weight } from './text.js'

/**
 * Text and addresses of all blocks together, in characters. Slack refuses with `msg_blocks_too_long` near 12,000, which it
 * does not document; 11,341 was seen refused (github.com/slackapi/bolt-js issues 2509 and 2867), so we stay well below.
 */
export const MESSAGE_LENGTH = 10_000

/** A section's text (@slack/types, `SectionBlock.text`); rich text has no documented limit and is held to the same. */
const TEXT_LENGTH = 3000
/** @slack/types, `HeaderBlock.text`. */
const HEADING_LENGTH = 150
/** @slack/types, `SectionBlock.fields`: 2000 for name and value together. */
const FIELD_NAME_LENGTH = 200
const FIELD_VALUE_LENGTH = 1700
/** Context elements carry small print; no limit of their own is documented. */
const CONTEXT_LENGTH = 2000
/** @slack/types, `ImageBlock.alt_text`. */
const ALT_LENGTH = 2000
/** @slack/types, `Button.text`. */
const LABEL_LENGTH = 75
/** Below this many characters a text says nothing any more: then whole parts go, and the message says how many. */
const SHORTEST = 80

/**
 * The message with every text cleaned and cut to Slack's limits. When all together is over `length`, the longest texts are cut
 * first, to one common length; when even that is not enough, what does not fit is counted in a last line.
 */
export function fit(message: Message, length: number): Message {
  const fits = (shorter: Message) => messageWeight(shorter) <= length
  const cleaned = shorten(message, TEXT_LENGTH)
  if (fits(cleaned)) return cleaned
  const shortest = shorten(cleaned, SHORTEST)
  if (!fits(shortest)) return dropTail(shortest, fits)
  return shorten(
    cleaned,
    largest(SHORTEST, TEXT_LENGTH, (longest) => fits(shorten(cleaned, longest)))
  )
}

/** As much of the message's beginning as fits, and a last line that counts the rest. Title and buttons stay. */
export function dropTail(message: Message, fits: (shorter: Message) => boolean): Message {
  const units = countUnits(message.parts)
  function first(count: number): Message {
    const notice: Part = { type: 'context', text: `… and ${units - count} more` }
    return { ...message, parts: [...firstUnits(message.parts, count), notice] }
  }
  return first(largest(0, units - 1, (count) => fits(first(count))))
}

/** The greatest whole number from `low` to `high` that fits, when all below it fit too; `low` when none does. */
export function largest(low: number, high: number, fits: (value: number) => boolean): number {
  let known = low
  let refused = high + 1
  while (refused - known > 1) {
    const middle = Math.floor((known + refused) / 2)
    if (fits(middle)) known = middle
    else refused = middle
  }
  return known
}

/** How many things a reader would miss without this part: items, fields, or the part itself. */
function unitsOf(part: Part): number {
  if (part.type === 'list') return part.items.length
  if (part.type === 'fields') return part.fields.length
  return part.type === 'divider' ? 0 : 1
}

function countUnits(parts: Part[]): number {
  return parts.reduce((sum, part) => sum + unitsOf(part), 0)
}

function firstUnits(parts: Part[], count: number): Part[] {
  const kept: Part[] = []
  let room = count
  for (const part of parts) {
    if (room <= 0) break
    if (part.type === 'list') kept.push({ ...part, items: part.items.slice(0, room) })
    else if (part.type === 'fields') kept.push({ ...part, fields: part.fields.slice(0, room) })
    else kept.push(part)
    room -= unitsOf(part)
  }
  return kept
}

function shorten(message: Message, longest: number): Message {
  const title = message.title
  return {
    ...(title && { title: { ...title, text: plain(title.text, longest) } }),
    parts: message.parts.map((part) => shortenPart(part, longest)),
    ...(message.buttons && {
      buttons: message.buttons.map((button) => ({ ...button, label: plain(button.label, LABEL_LENGTH) }))
    })
  }
}

function shortenPart(part: Part, longest: number): Part {
  switch (part.type) {
    case 'text':
      return { ...part, text: cut(part.text, longest) }
    case 'heading':
      return { ...part, text: plain(part.text, Math.min(longest, HEADING_LENGTH)) }
    case 'fields': {
      const value = Math.min(longest, FIELD_VALUE_LENGTH)
      const fields = part.fields.map((field) => ({
        name: plain(field.name, FIELD_NAME_LENGTH),
        value: cut(field.value, value)
      }))
      return { ...part, fields }
    }
    case 'list':
      return { ...part, items: part.items.map((item) => cut(item, longest)) }
    case 'context':
      return { ...part, text: cut(part.text, Math.min(longest, CONTEXT_LENGTH)) }
    case 'image':
      return { ...part, alt: plain(part.alt, Math.min(longest, ALT_LENGTH)) }
    case 'divider':
      return part
  }
}

function cut(text: Text, limit: number): Text {
  return truncateStretches(stretches(text), limit)
}

function plain(text: string, limit: number): string {
  return truncate(inert(text), limit)
}

function messageWeight(message: Message): number {
  let sum = headWeight(message)
  for (const part of message.parts) sum += partWeight(part)
  return sum
}

function headWeight(message: Message): number {
  const title = message.title ? weight(stretches([message.title])) : 0
  return title + (message.buttons ?? []).reduce((sum, button) => sum + weight([{ text: button.label }]), 0)
}

function partWeight(part: Part): number {
  switch (part.type) {
    case 'divider':
      return 0
    case 'image':
      return part.url.length + weight([{ text: part.alt }])
    case 'list':
      return part.items.reduce((sum, item) => sum + weight(stretches(item)), 0)
    case 'fields':
      return part.fields.reduce((sum, field) => sum + weight([{ text: field.name }, ...stretches(field.value)]), 0)
    default:
      return weight(stretches(part.text))
  }
}
