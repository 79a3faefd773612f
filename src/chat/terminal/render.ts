import { styleText } from 'node:util'
import type { Button, Message, Part, Run, Text } from '../message.js'

export interface RenderOptions {
  /** Colours and bold; false for pipes and files. */
  colour: boolean
  /** Columns to wrap at. */
  width: number
  /** Number shown before a button; null: buttons cannot be pressed here and are left out. */
  buttonNumber: ((button: Button) => number) | null
}

type Style = Parameters<typeof styleText>[0]

/** A message as text lines for a terminal. Everything in it is cleaned: no control character of a feed reaches the screen. */
export function renderTerminal(message: Message, options: RenderOptions): string {
  const paint = (style: Style, text: string) =>
    options.colour ? styleText(style, text, { validateStream: false }) : text
  const lines: string[] = []
  if (message.title) {
    lines.push(...wrap(clean(message.title.text), options.width).map((line) => paint(['bold', 'cyan'], line)))
    if (message.title.link) lines.push(paint('dim', clean(message.title.link)))
  }
  for (const part of message.parts) lines.push(...renderPart(part, options, paint))
  const { buttonNumber } = options
  if (buttonNumber && message.buttons && message.buttons.length > 0) {
    const labels = message.buttons.map((button) => `[${buttonNumber(button)}] ${clean(button.label)}`)
    lines.push(...wrap(labels.join('   '), options.width).map((line) => paint('yellow', line)))
  }
  return lines.join('\n')
}

function renderPart(part: Part, { width }: RenderOptions, paint: (style: Style, text: string) => string): string[] {
  switch (part.type) {
    case 'text':
      return wrapText(flat(part.text), width)
    case 'heading':
      return ['', paint('bold', clean(part.text))]
    case 'fields':
      return part.fields.flatMap(({ name, value }) => wrapText(`${clean(name)}: ${flat(value)}`, width))
    case 'list':
      return part.items.flatMap((item, index) => {
        const mark = part.ordered ? `${index + 1}. ` : '• '
        const indent = ' '.repeat(mark.length)
        return wrapText(flat(item), width - mark.length).map((line, at) => (at === 0 ? mark : indent) + line)
      })
    case 'context':
      return wrapText(flat(part.text), width).map((line) => paint('dim', line))
    case 'image':
      return wrapText(`${clean(part.alt)}: ${clean(part.url)}`, width)
    case 'divider':
      return [paint('dim', '─'.repeat(Math.min(width, 40)))]
  }
}

/** Runs become plain text; a link's address stands behind it. */
function flat(text: Text): string {
  const runs: Run[] = typeof text === 'string' ? [text] : text
  return runs
    .map((run) => {
      if (typeof run === 'string') return clean(run)
      return run.link ? `${clean(run.text)} <${clean(run.link)}>` : clean(run.text)
    })
    .join('')
}

function wrapText(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrap(line, width))
}

/** Breaks at spaces; a word longer than the line (an address) stays whole, so that it can be copied. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

/** Takes out what could move the cursor, change colours or turn the reading direction. Line breaks stay. */
function clean(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, ' ')
}
