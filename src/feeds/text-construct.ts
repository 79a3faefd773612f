import type { Attributes } from './element.js'
import { decodeEntities, type OwnEntities } from './entities.js'
import { escapeText } from './sections.js'

/** How the text of an element is to be read. */
export type TextKind = 'html' | 'xml' | 'text' | 'base64'

/**
 * Atom's `type` and Atom 0.3's `mode`; RSS has neither and means HTML. A type that is neither text nor XML is base64
 * (RFC 4287, 4.1.3.3).
 */
export function textKind(attributes: Attributes, isAtom: boolean): TextKind {
  if (attributes.get('mode') === 'base64') return 'base64'
  const type = attributes.get('type')?.trim().toLowerCase() ?? ''
  if (type === '') return isAtom && attributes.get('mode') !== 'escaped' ? 'text' : 'html'
  if (type === 'html' || type === 'text/html') return 'html'
  if (type === 'xhtml' || /[+/]xml$/.test(type)) return 'xml'
  if (type === 'text' || type.startsWith('text/'))
    return isAtom && attributes.get('mode') !== 'escaped' ? 'text' : 'html'
  return type.includes('/') ? 'base64' : 'html'
}

/**
 * Collects what stands inside one element, text and inner tags, and gives it as HTML source, whichever way the feed
 * wrote it. What is beyond `limit` characters is dropped.
 */
export class TextConstruct {
  private readonly pieces: { tag: boolean; text: string }[] = []
  private length = 0
  private hasTags = false
  cut = false

  constructor(
    private readonly kind: TextKind,
    private readonly limit: number
  ) {}

  add(text: string, tag: boolean): void {
    if (this.cut || text === '') return
    const room = this.limit - this.length
    if (text.length > room) this.cut = true
    if (text.length > room && tag) return
    this.pieces.push({ tag, text: text.length > room ? text.slice(0, room) : text })
    this.length += text.length
    if (tag) this.hasTags = true
  }

  /** The element's value as HTML source. */
  html(entities: OwnEntities): string {
    if (this.kind === 'base64' && !this.hasTags) return fromBase64(this.joined(entities, true))
    const verbatim = this.kind === 'xml' || (this.kind === 'text' && this.hasTags)
    const html = this.joined(entities, !verbatim)
    // Text is escaped so far that its tags stay words; entities in it are mostly somebody's second escaping.
    return this.kind === 'text' && !this.hasTags ? html.replace(/</g, '&lt;') : html
  }

  /** The element's text as it is: addresses, ids, dates. */
  value(entities: OwnEntities): string {
    return this.pieces
      .map(({ tag, text }) => (tag ? '' : decodeEntities(text, entities)))
      .join('')
      .trim()
  }

  isBlank(): boolean {
    return this.pieces.every(({ text }) => text.trim() === '')
  }

  private joined(entities: OwnEntities, decode: boolean): string {
    return this.pieces.map(({ tag, text }) => (tag || !decode ? text : decodeEntities(text, entities))).join('')
  }
}

/** The tag as HTML source, for inline markup. */
export function tagSource(name: string, attributes: Attributes): string {
  const local = name.slice(name.indexOf(':') + 1)
  const alt = attributes.get('alt')
  return alt === undefined ? `<${local}>` : `<${local} alt="${escapeText(alt).replace(/"/g, '&quot;')}">`
}

function fromBase64(text: string): string {
  return Buffer.from(text.replace(/\s+/g, ''), 'base64').toString('utf8')
}
