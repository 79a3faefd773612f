import { Parser } from 'htmlparser2'
import type { FeedFormat } from '../model/feed.js'
import { decodeEntities } from './entities.js'
import { escapeText, flattenSections, withoutForbidden } from './sections.js'
import { TextConstruct, tagSource, textKind } from './text-construct.js'
import { type Field, fieldOf, formatOfRoot, HTML_FIELDS, isAside, isItem, prefixOf, usualPrefix } from './vocabulary.js'

/** Any feed, however written, as one plain RSS 2.0 document in the words of `Field`. */
export interface RepairedFeed {
  xml: string
  format: FeedFormat
  warnings: string[]
}

export interface RepairLimits {
  /** Items that are read; those after them are left out with a warning. */
  maxItems: number
  /** Characters of one field. */
  maxText: number
  /** Elements within elements. */
  maxDepth: number
}

export const REPAIR_LIMITS: RepairLimits = { maxItems: 5000, maxText: 200_000, maxDepth: 5000 }

/** The document is no feed: HTML, another XML format, or nothing at all. */
export class NotAFeedError extends Error {
  override name = 'NotAFeedError'
}

/** A description of 50 kB of `<` is still read over. */
const MAX_BROKEN_TAGS = 200_000

/** Longest attribute that is kept, in characters. */
const MAX_ATTRIBUTE = 8192

/** Attributes that the rules for links and ids need. */
const KEPT_ATTRIBUTES = ['href', 'rel', 'type', 'ispermalink', 'url'] as const

/**
 * Reads a feed with a forgiving tokenizer and writes it again as XML that a strict parser takes: closed, one name a
 * field, no namespaces, text as escaped HTML source, `xml:base` on the links it counts for. Every item that can be
 * read is written; a document that breaks off gives the items so far.
 *
 * @throws NotAFeedError when there is neither a feed's root nor an item.
 */
export function repairFeed(
  source: string,
  documentUrl: string | null = null,
  limits: RepairLimits = REPAIR_LIMITS
): RepairedFeed {
  const { markup, entities, warnings } = flattenSections(source, {
    items: limits.maxItems,
    // One more than is kept, so that the cut is noticed and told.
    text: limits.maxText + 1,
    brokenTags: MAX_BROKEN_TAGS
  })
  const writer = new FeedWriter(documentUrl, entities, limits, warnings)
  const parser = new Parser(writer, { xmlMode: true, lowerCaseTags: true, decodeEntities: false })
  try {
    parser.write(markup)
    parser.end()
  } catch (error) {
    if (!(error instanceof StopReading)) throw error
    warnings.push(error.message)
  }
  return writer.finish()
}

/** Thrown out of the tokenizer, which has no other way to stop. */
class StopReading extends Error {}

interface Element {
  name: string
  /** Prefixes as declared so far; shared with the parent where nothing new is declared. */
  prefixes: ReadonlyMap<string, string>
  base: string | null
}

interface Written {
  depth: number
  elements: string[]
}

/** The fields of one item, or of the feed itself; of each, those nearest to its root. */
type Fields = Map<Field, Written>

class FeedWriter {
  private readonly stack: Element[] = []
  private readonly feed: Fields = new Map()
  private readonly items: string[] = []
  private format: FeedFormat | null = null
  private root: string | null = null
  private item: Fields | null = null
  private itemDepth = 0
  /** Depth of an element whose inside is somebody else's; 0: none. */
  private aside = 0
  private open: { field: Field; depth: number; attributes: string; text: TextConstruct } | null = null

  constructor(
    private readonly documentUrl: string | null,
    private readonly entities: ReadonlyMap<string, string>,
    private readonly limits: RepairLimits,
    private readonly warnings: string[]
  ) {}

  onopentag(rawName: string, rawAttributes: Record<string, string>): void {
    if (this.stack.length >= this.limits.maxDepth) {
      throw new StopReading(`the document nests deeper than ${this.limits.maxDepth} elements: read up to there`)
    }
    const attributes = this.decodeAttributes(rawAttributes)
    const element = this.enter(rawName, attributes)
    this.stack.push(element)
    if (isItem(element.name, this.item !== null)) this.startItem(element, attributes)
    else if (this.open) this.open.text.add(tagSource(rawName, attributes), true)
    else this.startElement(element, attributes)
  }

  ontext(text: string): void {
    this.open?.text.add(text, false)
  }

  onclosetag(rawName: string): void {
    const depth = this.stack.length
    const element = this.stack.pop()
    if (!element) return
    if (this.open && depth > this.open.depth) {
      this.open.text.add(`</${rawName.slice(rawName.indexOf(':') + 1)}>`, true)
      return
    }
    if (this.open) this.endField()
    if (depth === this.aside) this.aside = 0
    if (this.item && depth === this.itemDepth) this.endItem()
  }

  finish(): RepairedFeed {
    if (this.open) this.endField()
    this.endItem()
    if (this.format === null) throw new NotAFeedError(describeRoot(this.root))
    const channel = render(this.feed)
    const xml = `<rss version="2.0"><channel read="">${channel}${this.items.join('')}</channel></rss>`
    return { xml, format: this.format, warnings: this.warnings }
  }

  private startElement(element: Element, attributes: Record<string, string>): void {
    this.noteRoot(element.name)
    if (this.aside > 0) return
    const field = fieldOf(element.name, this.item !== null)
    if (field) this.startField(field, element, attributes)
    else if (isAside(element.name)) this.aside = this.stack.length
  }

  private startItem(element: Element, attributes: Record<string, string>): void {
    if (this.open) this.endField()
    this.endItem()
    this.aside = 0
    this.noteRoot(this.format === null && element.name !== 'entry' ? 'rss' : element.name)
    this.item = new Map()
    this.itemDepth = this.stack.length
    const inside = this.stack.length + 1
    // Microsoft's CDF has these two as attributes.
    if (attributes.href) this.write('link', inside, this.baseOf(element), attributes.href)
    if (attributes.lastmod) this.write('updated', inside, '', attributes.lastmod)
    const about = attributes.about ?? attributes['rdf:about']
    if (about) this.write('guid', inside, attribute('about', 'true') + this.baseOf(element), about)
  }

  private endItem(): void {
    if (!this.item) return
    // An item of no field keeps an attribute: xml2js makes a string of an empty element, and a string has a `link` method.
    this.items.push(`<item read="">${render(this.item)}</item>`)
    this.item = null
  }

  private startField(field: Field, element: Element, attributes: Record<string, string>): void {
    const html = HTML_FIELDS.has(field)
    const kind = html ? textKind(attributes, this.format === 'atom') : 'html'
    const kept = html
      ? ''
      : KEPT_ATTRIBUTES.map((name) => (attributes[name] === undefined ? '' : attribute(name, attributes[name]))).join(
          ''
        )
    this.open = {
      field,
      depth: this.stack.length,
      attributes: field === 'link' || field === 'guid' || field === 'enclosure' ? kept + this.baseOf(element) : kept,
      text: new TextConstruct(kind, this.limits.maxText)
    }
  }

  private endField(): void {
    const { field, depth, attributes, text } = this.open!
    this.open = null
    if (text.cut) this.warnings.push(`a ${field} is longer than ${this.limits.maxText} characters: cut`)
    const value = HTML_FIELDS.has(field) ? text.html(this.entities).trim() : text.value(this.entities)
    if (value !== '' || attributes !== '') this.write(field, depth, attributes, value)
  }

  private write(field: Field, depth: number, attributes: string, value: string): void {
    const fields = this.item ?? this.feed
    const before = fields.get(field)
    if (before && before.depth < depth) return
    const element = `<${field}${attributes}>${asCdata(withoutForbidden(value))}</${field}>`
    if (before && before.depth === depth && before.elements.length < 100) before.elements.push(element)
    else if (!before || before.depth > depth) fields.set(field, { depth, elements: [element] })
  }

  private noteRoot(name: string): void {
    this.root ??= name
    this.format ??= formatOfRoot(name)
  }

  private enter(rawName: string, attributes: Record<string, string>): Element {
    const parent = this.stack.at(-1)
    const prefixes = declaredPrefixes(attributes, parent?.prefixes ?? new Map())
    const colon = rawName.indexOf(':')
    const given = colon === -1 ? '' : rawName.slice(0, colon)
    const prefix = prefixes.get(given) ?? usualPrefix(given)
    const local = rawName.slice(colon + 1)
    const ownBase = attributes['xml:base'] ?? attributes.base
    return {
      name: prefix === '' ? local : `${prefix}:${local}`,
      prefixes,
      base: ownBase === undefined ? (parent?.base ?? null) : joinBase(parent?.base ?? this.documentUrl, ownBase)
    }
  }

  private baseOf(element: Element): string {
    return element.base === null ? '' : attribute('base', element.base)
  }

  private decodeAttributes(raw: Record<string, string>): Record<string, string> {
    const attributes: Record<string, string> = {}
    for (const [name, value] of Object.entries(raw)) {
      if (value.length > MAX_ATTRIBUTE) continue
      attributes[name.toLowerCase()] ??= decodeEntities(value, this.entities)
    }
    return attributes
  }
}

function declaredPrefixes(
  attributes: Record<string, string>,
  inherited: ReadonlyMap<string, string>
): ReadonlyMap<string, string> {
  let prefixes: Map<string, string> | null = null
  for (const [name, value] of Object.entries(attributes)) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue
    prefixes ??= new Map(inherited)
    if (prefixes.size >= 200) break
    const given = name === 'xmlns' ? '' : name.slice(6)
    prefixes.set(given, prefixOf(value, usualPrefix(given)))
  }
  return prefixes ?? inherited
}

/** `xml:base` of an element within another; both may be relative until the document's own address is known. */
function joinBase(outer: string | null, inner: string): string {
  const trimmed = inner.trim()
  if (outer === null || /^[a-z][a-z0-9+.-]*:/i.test(trimmed)) return trimmed
  try {
    return new URL(trimmed, outer).href
  } catch {
    return trimmed
  }
}

/** CDATA where there is markup: sax reads it several times faster than entities. */
function asCdata(text: string): string {
  return /[&<>]/.test(text) ? `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>` : text
}

function attribute(name: string, value: string): string {
  return ` ${name}="${escapeText(withoutForbidden(value)).replace(/"/g, '&quot;')}"`
}

function _keptAttributes(attributes: Record<string, string>): string {
  return KEPT_ATTRIBUTES.map((name) => (attributes[name] === undefined ? '' : attribute(name, attributes[name]))).join(
    ''
  )
}

function render(fields: Fields): string {
  return [...fields.values()].flatMap(({ elements }) => elements).join('')
}

function describeRoot(root: string | null): string {
  if (root === null) return 'the document holds no XML element at all'
  if (root === 'html' || root === 'body' || root === 'head') return 'the document is a web page (HTML), not a feed'
  return `the document is XML, but its root <${root.slice(0, 60)}> is of no feed format`
}
