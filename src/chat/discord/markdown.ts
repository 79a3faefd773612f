import type { Run, Text } from '../message.js'

/** Control characters, marks that turn the direction of all that follows, and characters that take no room. */
const INVISIBLE = /(?![\t\n])[\p{Cc}\u00ad\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu
/** Takes no room. Parts `@` from `everyone`, and markers that would run together. */
const ZERO_WIDTH_SPACE = '\u200b'
/** A masked link spends its address on the room of the text around it; longer ones lose the link, not the words. */
const LINK_LENGTH = 1000

/** Plain text without what could hide or turn it: no control characters, no direction overrides, no half characters. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, '\n')
    .replace(INVISIBLE, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/\n{3,}/g, '\n\n')
}

/** The same on one line. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim()
}

/**
 * Makes clean text be shown as it is: no markdown, mention, emoji, timestamp, quote, list, heading or link comes of it.
 * https://docs.discord.com/developers/reference#message-formatting
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\*_~|`<[\]]/g, '\\$&')
    .replace(/:(?=\/\/|[\w+-]+:)/g, '\\:')
    .replace(/@(?=everyone|here|$)/gi, `@${ZERO_WIDTH_SPACE}`)
    .replace(/^([ \t]*)([#>+-])/gm, '$1\\$2')
    .replace(/^([ \t]*\d+)([.)])/gm, '$1\\$2')
}

/** An address that may stand behind words: http(s), without credentials, fit for `[words](address)`; or null. */
export function safeLink(link: string | undefined, limit = LINK_LENGTH): string | null {
  if (!link || !URL.canParse(link)) return null
  const url = new URL(link)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null
  url.username = ''
  url.password = ''
  const address = url.href.replaceAll('(', '%28').replaceAll(')', '%29')
  return address.length <= limit ? address : null
}

/**
 * Renders styled text as Discord markdown of at most `limit` UTF-16 units. What is too long is cut at a word and ends
 * with "…"; escapes and markers are never cut through.
 */
export function renderText(text: Text, limit: number): string {
  const runs = joinPlain(text)
  let whole = ''
  for (const run of runs) whole = append(whole, renderRun(run))
  if (whole.length <= limit) return whole
  let rendered = ''
  for (const run of runs) {
    const longer = append(rendered, renderRun(run))
    if (longer.length >= limit) return cutRun(rendered, run, limit)
    rendered = longer
  }
  return rendered
}

/** Cuts plain text at a word: at most `limit` UTF-16 units, "…" at the end of what was cut. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text
  const cut = lastFitting(text, (end) => text.slice(0, end).length < limit)
  return `${text.slice(0, cut).trimEnd()}…`
}

interface StyledRun {
  text: string
  style?: 'bold' | 'italic' | 'code' | 'strike'
  link?: string
}

/** Runs with clean text; plain neighbours become one, so that no marker is made at a seam. */
function joinPlain(text: Text): StyledRun[] {
  const joined: StyledRun[] = []
  for (const run of typeof text === 'string' ? [text] : text) {
    const styled = toStyledRun(run)
    const last = joined.at(-1)
    if (last && isPlain(last) && isPlain(styled)) last.text += styled.text
    else if (styled.text !== '') joined.push(styled)
  }
  return joined
}

function toStyledRun(run: Run): StyledRun {
  return typeof run === 'string' ? { text: cleanText(run) } : { ...run, text: cleanText(run.text) }
}

function isPlain(run: StyledRun): boolean {
  return run.style === undefined && run.link === undefined
}

const MARKERS = { bold: '**', italic: '*', strike: '~~' }

/** Markers do nothing beside a space inside them, so spaces at the ends stay outside. */
function renderRun(run: StyledRun): string {
  const words = run.text.trim()
  if (words === '' || isPlain(run)) return escapeMarkdown(run.text)
  const start = run.text.indexOf(words)
  const before = run.text.slice(0, start)
  const after = run.text.slice(start + words.length)
  return `${before}${linked(styled(words, run.style), run.link)}${after}`
}

function styled(words: string, style: StyledRun['style']): string {
  if (style === undefined) return escapeMarkdown(words)
  // Nothing can be escaped inside code: a look-alike stands in for the backtick.
  if (style === 'code') return `\`${words.replaceAll('`', '\u02cb').replaceAll('\n', ' ')}\``
  return `${MARKERS[style]}${escapeMarkdown(words)}${MARKERS[style]}`
}

function linked(words: string, link: string | undefined): string {
  const address = safeLink(link)
  return address ? `[${words}](${address})` : words
}

/** Two markers side by side (`**a***b*`) would be read as one. */
function append(rendered: string, piece: string): string {
  const touching = /[*~`]$/.test(rendered) && /^[*~`]/.test(piece)
  return touching ? rendered + ZERO_WIDTH_SPACE + piece : rendered + piece
}

function cutRun(rendered: string, run: StyledRun, limit: number): string {
  const fits = (end: number) => append(rendered, renderRun({ ...run, text: run.text.slice(0, end) })).length < limit
  const cut = lastFitting(run.text, fits)
  const piece = renderRun({ ...run, text: run.text.slice(0, cut).trimEnd() })
  return `${append(rendered, piece).trimEnd()}…`
}

/** The end of the last word that fits; inside a word only where the first word is too long by itself. */
function lastFitting(text: string, fits: (end: number) => boolean): number {
  const words = [...text.matchAll(/\S(?=\s)/gu)].map((match) => match.index + match[0].length)
  const afterWord = largest(words, fits)
  if (afterWord > 0) return afterWord
  const characters: number[] = []
  for (const character of text) characters.push((characters.at(-1) ?? 0) + character.length)
  return largest(characters, fits)
}

/** Largest of the ascending ends that fits, by halving; 0 when none does. */
function largest(ends: readonly number[], fits: (end: number) => boolean): number {
  let low = 0
  let high = ends.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(ends[middle - 1]!)) low = middle
    else high = middle - 1
  }
  return low === 0 ? 0 : ends[low - 1]!
}
