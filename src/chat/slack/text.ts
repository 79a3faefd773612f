import type { Run, Text } from '../message.js'

/** A cleaned run: inert text, and a link only when it is safe to follow. */
export interface Stretch {
  text: string
  style?: 'bold' | 'italic' | 'code' | 'strike'
  link?: string
}

/** Longest address of a link or an image (@slack/types, `ImageBlock.image_url`). */
const URL_LENGTH = 3000

/** Everything but tab and line feed that moves a cursor, and the marks that turn the reading direction of what follows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/**
 * Hostile text made harmless: no control characters, no broken surrogates, no marks that turn the reading direction,
 * and nothing that any part of Slack could take for a mention (`<!channel>`, `<@U1>`, `<#C1>`, `@here`): a word joiner,
 * which nobody sees, parts the sign from the name, also from one that the next stretch may begin with.
 */
export function inert(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(INVISIBLE, '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/<(?=[@!#]|$)/g, '<\u2060')
    .replace(/@(?=(?:channel|here|everyone|group)\b|$)/gi, '@\u2060')
}

/** For `text` and mrkdwn: Slack knows these three entities and no other (api.slack.com, "Formatting text"). */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/**
 * The address when it is http or https, with what would end a `<url|label>` encoded and any user name removed; else null.
 * `&` stays as it is: Slack takes the address of a link literally.
 */
export function safeUrl(address: string): string | null {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  url.username = ''
  url.password = ''
  const plain = /^https?:\/\/[^\s"<>@^`{|}\\]+$/i.test(address) && /^[\x21-\x7e]+$/.test(address)
  const safe = plain ? address : url.href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E')
  return safe.length <= URL_LENGTH ? safe : null
}

/** A `Text` as cleaned stretches; empty ones fall away. */
export function stretches(text: Text): Stretch[] {
  const runs = typeof text === 'string' ? [text] : text
  return runs.map(stretch).filter((piece) => piece.text !== '')
}

function stretch(run: Run): Stretch {
  if (typeof run === 'string') return { text: inert(run) }
  const link = run.link === undefined ? null : safeUrl(run.link)
  return { text: inert(run.text), ...(run.style && { style: run.style }), ...(link !== null && { link }) }
}

/** At most `limit` UTF-16 units, cut at a word with "…", never inside a character. `limit` is at least 1. */
export function truncate(text: string, limit: number): string {
  if (text.length <= limit) return text
  const head = text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')
  const word = head.search(/\s\S*$/)
  return `${(word > head.length / 2 ? head.slice(0, word) : head).trimEnd()}…`
}

/** The same over several stretches: styles and links stay on what is kept. */
export function truncateStretches(pieces: Stretch[], limit: number): Stretch[] {
  const whole = joined(pieces)
  if (whole.length <= limit) return pieces
  let room = truncate(whole, limit).length - 1
  const kept: Stretch[] = []
  for (const piece of pieces) {
    if (room <= 0) break
    kept.push({ ...piece, text: piece.text.slice(0, room) })
    room -= piece.text.length
  }
  const last = kept.pop()
  return [...kept, last ? { ...last, text: `${last.text}…` } : { text: '…' }]
}

/** The words alone. */
export function joined(pieces: Stretch[]): string {
  return pieces.map((piece) => piece.text).join('')
}

/** What the words and addresses weigh in a message, entities counted. */
export function weight(pieces: Stretch[]): number {
  let sum = 0
  for (const piece of pieces) sum += escapeMarkup(piece.text).length + (piece.link?.length ?? 0)
  return sum
}
