import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIEmbed,
  ButtonStyle,
  ComponentType
} from 'discord.js'
import { ACTION_LENGTH, type Button, type Message, type Part, type Text } from '../message.js'
import { EmbedWriter } from './embeds.js'
import { cleanLine, renderText, safeLink, shorten } from './markdown.js'

/** https://docs.discord.com/developers/components/reference#button and #action-row */
const BUTTON_LABEL_LENGTH = 80
const BUTTONS_A_ROW = 5
const ROWS = 5
const IMAGE_URL_LENGTH = 2048
/** Characters that closing small print may take from the lines above it; what stands around it. */
const CLOSING_LENGTH = 500
const CLOSING_FRAME = 10

/** One colour a tone; nothing is told by colour alone. */
const COLORS = { alert: 0xd9822b, good: 0x2e8b57, bad: 0xb3261e, quiet: 0x6b7280 }

/** What is sent of a message, on every way: new, edited, answer to a command. */
export interface MessagePayload {
  embeds: APIEmbed[]
  components: APIActionRowComponent<APIButtonComponentWithCustomId>[]
  /** Empty on every send and edit: an edit without it would parse mentions again. */
  allowed_mentions: { parse: [] }
}

/** Renders a neutral message as embeds and rows of buttons, whole, escaped, and within Discord's limits. */
export function renderMessage(message: Message): MessagePayload {
  const buttons = message.buttons ?? []
  const shownButtons = buttons.slice(0, ROWS * BUTTONS_A_ROW)
  const blocks = message.parts.flatMap(toBlocks)
  const closing = takeClosing(blocks)
  const writer = new EmbedWriter(COLORS[message.tone ?? 'quiet'], closingRoom(closing))
  if (message.title) writer.title(message.title.text, message.title.link)
  let written = 0
  while (written < blocks.length && writeBlock(blocks[written]!, writer)) written += 1
  writer.close()
  const left = blocks.length - written + (buttons.length - shownButtons.length)
  const wholeText = written === blocks.length
  if (closing && wholeText) writer.context(closing.text)
  if (left > 0) writer.more(left, wholeText ? '' : closing?.text)
  return { embeds: writer.finish(), components: renderButtons(shownButtons), allowed_mentions: { parse: [] } }
}

/**
 * The small print that closes a message, taken from its blocks: it says how old and how sure all of it is, and is kept
 * where lines must be left out.
 */
function takeClosing(blocks: Block[]): Extract<Block, { type: 'context' }> | null {
  const last = blocks.at(-1)
  if (blocks.length < 2 || last?.type !== 'context') return null
  blocks.pop()
  return last
}

function closingRoom(closing: { text: Text } | null): number {
  return closing ? renderText(closing.text, CLOSING_LENGTH).length + CLOSING_FRAME : 0
}

/** The action behind a button of ours: what `renderMessage` was given. */
export function actionOf(customId: string): string {
  return customId.slice(customId.indexOf(':') + 1)
}

type Block =
  | { type: 'line'; text: Text; prefix: string; gap: '\n' | '\n\n' }
  | { type: 'field'; name: string; value: Text }
  | { type: 'context'; text: Text }
  | { type: 'image'; url: string }

function toBlocks(part: Part): Block[] {
  switch (part.type) {
    case 'text':
      return [{ type: 'line', text: part.text, prefix: '', gap: '\n\n' }]
    case 'heading':
      return [{ type: 'line', text: [{ text: cleanLine(part.text), style: 'bold' }], prefix: '', gap: '\n\n' }]
    case 'list':
      return part.items.map((item, index) => ({
        type: 'line',
        text: onOneLine(item),
        prefix: part.ordered ? `${index + 1}. ` : '- ',
        gap: '\n'
      }))
    case 'fields':
      return part.fields.map(({ name, value }) => ({ type: 'field', name, value }))
    case 'context':
      return [{ type: 'context', text: onOneLine(part.text) }]
    case 'image':
      return imageBlocks(part)
    case 'divider':
      return [{ type: 'line', text: '───────────', prefix: '', gap: '\n' }]
  }
}

/** An embed's image has no text for those who cannot see it: the words stand below it as small print. */
function imageBlocks(part: { url: string; alt: string }): Block[] {
  const words: Block = { type: 'context', text: cleanLine(part.alt) || 'Image' }
  const url = safeLink(part.url, IMAGE_URL_LENGTH)
  return url ? [{ type: 'image', url }, words] : [words]
}

function onOneLine(text: Text): Text {
  if (typeof text === 'string') return cleanLine(text)
  return text.map((run) =>
    typeof run === 'string' ? run.replace(/\s+/g, ' ') : { ...run, text: run.text.replace(/\s+/g, ' ') }
  )
}

function writeBlock(block: Block, writer: EmbedWriter): boolean {
  switch (block.type) {
    case 'line':
      return writer.line(block.text, block.prefix, block.gap)
    case 'field':
      return writer.field(block.name, block.value)
    case 'context':
      return writer.context(block.text)
    case 'image':
      return writer.image(block.url)
  }
}

function renderButtons(buttons: Button[]): MessagePayload['components'] {
  const rendered = buttons.map(renderButton)
  const rows: MessagePayload['components'] = []
  for (let start = 0; start < rendered.length; start += BUTTONS_A_ROW) {
    rows.push({ type: ComponentType.ActionRow, components: rendered.slice(start, start + BUTTONS_A_ROW) })
  }
  return rows
}

const STYLES = { primary: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const

/** The place in the message goes before the action: a custom_id may stand only once in a message. */
function renderButton(button: Button, index: number): APIButtonComponentWithCustomId {
  if (button.action === '' || button.action.length > ACTION_LENGTH) {
    throw new RangeError(
      `A button's action must have 1 to ${ACTION_LENGTH} characters, this one has ${button.action.length}: keep what is long in the store's buttons`
    )
  }
  return {
    type: ComponentType.Button,
    style: button.style ? STYLES[button.style] : ButtonStyle.Secondary,
    label: shorten(cleanLine(button.label) || '…', BUTTON_LABEL_LENGTH),
    custom_id: `${index}:${button.action}`
  }
}
