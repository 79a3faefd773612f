import type { Message, Part } from '../message.js'
import { largest } from './fit.js'
import { escapeMarkup, joined, type Stretch, safeUrl, stretches, truncateStretches } from './text.js'

/**
 * `text` beside blocks, in characters. Slack advises 4,000 and cuts at 40,000 (api.slack.com/changelog, "truncating really
 * long messages"); it is what notifications and screen readers get.
 */
export const FALLBACK_LENGTH = 4000

/** What the blocks say, as one text: the same words and links, escaped, without styles. */
export function fallbackText(message: Message): string {
  const lines = messageLines(message)
  const whole = write(lines)
  if (whole.length <= FALLBACK_LENGTH) return whole || '…'
  const fits = (length: number) => write(truncateStretches(lines, length)).length <= FALLBACK_LENGTH
  return write(truncateStretches(lines, largest(1, joined(lines).length, fits)))
}

function write(text: Stretch[]): string {
  return text
    .map((piece) => (piece.link ? mrkdwnLink(piece.text, piece.link) : escapeMarkup(piece.text)))
    .join('')
    .trim()
}

/** A link in Slack's own writing; the label is one line. */
export function mrkdwnLink(label: string, url: string): string {
  return `<${url}|${escapeMarkup(label).replaceAll('\n', ' ')}>`
}

function messageLines(message: Message): Stretch[] {
  const lines: Stretch[][] = []
  if (message.title) lines.push(stretches([message.title]))
  for (const part of message.parts) lines.push(...partLines(part))
  return lines.filter((line) => joined(line).trim() !== '').flatMap((line) => [...line, { text: '\n' }])
}

function partLines(part: Part): Stretch[][] {
  switch (part.type) {
    case 'heading':
    case 'text':
    case 'context':
      return [stretches(part.text)]
    case 'fields':
      return part.fields.map((field) => [...stretches(`${field.name}: `), ...stretches(field.value)])
    case 'list':
      return part.items.map((item, index) => [{ text: part.ordered ? `${index + 1}. ` : '• ' }, ...stretches(item)])
    case 'image': {
      const link = safeUrl(part.url)
      return [[{ text: part.alt || '…', ...(link !== null && { link }) }]]
    }
    case 'divider':
      return []
  }
}
