import { Parser } from 'htmlparser2'
import type { FeedFormat } from '../model/feed.js'
import { type Attributes, type Element, openElement } from './element.js'
import { decodeEntities, type OwnEntities } from './entities.js'
import { escapeText, flattenSections, withoutForbidden } from './sections.js'
import { TextConstruct, tagSource, textKind } from './text-construct.js'
import { endsField, type Field, fieldOf, formatOfRoot, HTML_FIELDS, isAside, isItem } from './vocabulary.js'

/** Any feed, however written, as one plain RSS 2.0 document in the words of `Field`. */
export interface RepairedFeed {
  xml: string
  format: FeedFormat
  /** The document ends inside its last item. */
  breaksOff: boolean
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

/** One tag in every 40 bytes of the longest document. Most feeds escape their HTML, which does not count here. */
const MAX_TAGS = 250_000

/** A description of 50 kB of `<` is still read over. */
const MAX_BROKEN_TAGS = 200_000

/** Longest attribute that is kept, in characters. */
const MAX_ATTRIBUTE = 8192

/** Attributes that the rules for links and ids need. */
const KEPT_ATTRIBUTES = ['href', 'rel', 'type', 'ispermalink', 'url', 'uri'] as const

/** Further ones that something here asks for. */
const USED_ATTRIBUTES: ReadonlySet<string> = new Set([...KEPT_ATTRIBUTES, 'lastmod', 'mode', 'alt', 'base', 'xml:base'])

/** Fields that are addresses, which `xml:base` counts for. */
const BASED_FIELDS: ReadonlySet<Field> = new Set(['link', 'guid', 'enclosure'])

/**
 * Reads a feed with a forgiving tokenizer and writes it again as XML that a strict parser takes: closed, one name a
 * field, no namespaces, text as escaped HTML source, `xml:base` on the links it counts for. Every item that can be
 * read is written; a document that breaks off gives the items so far, the last one as far as it goes.
 *
 * @throws NotAFeedError when there is neither a feed's root nor an item.
 */
export function repairFeed(
  source: string,
  documentUrl: string | null = null,
  limits: RepairLimits = REPAIR_LIMITS
): RepairedFeed {
  const { markup, entities, warnings } = flattenSections(source, {
    // One more than is kept, so that the cut is noticed and told.
    text: limits.maxText + 1,
    tags: MAX_TAGS,
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

interface Written {
  level: number
  elements: string[]
}

interface OpenField {
  field: Field
  /** Of its element in the document as it is written, and as it was meant. */
  depth: number
  level: number
  attributes: string
  text: TextConstruct
}

/** The fields of one item, or of the feed itself; of each, those nearest to its root. */
type Fields = Map<Field, Written>

class FeedWriter {
  private readonly stack: Element[] = []
  private readonly feed: Fields = new Map()
  private readonly items: string[] = []
  /** The tag that is being read. */
  private tag: { name: string; attributes: Map<string, string> } | null = null
  private format: FeedFormat | null = null
  private root: string | null = null
  private item: Fields | null = null
  /** The last item was never closed; nor, unless its end is still to come, was the root. */
  private unclosed = false
  private itemDepth = 0
  /** Depth of an element whose inside is somebody else's; 0: none. */
  private aside = 0
  private open: OpenField | null = null

  constructor(
    private readonly documentUrl: string | null,
    private readonly entities: OwnEntities,
    private readonly limits: RepairLimits,
    private readonly warnings: string[]
  ) {}

  onopentagname(name: string): void {
    this.openTag()
    this.tag = { name, attributes: new Map() }
  }

  onattribute(rawName: string, value: string): void {
    const name = rawName.toLowerCase()
    const attributes = this.tag?.attributes
    if (!attributes || attributes.has(name) || !isUsed(name) || value.length > MAX_ATTRIBUTE) return
    attributes.set(name, decodeEntities(value, this.entities))
  }

  /** What the last tag opens. The tokenizer's own event for it costs seconds where every attribute has another name. */
  private openTag(): void {
    if (!this.tag) return
    const { name: rawName, attributes } = this.tag
    this.tag = null
    if (this.stack.length >= this.limits.maxDepth) {
      throw new StopReading(`the document nests deeper than ${this.limits.maxDepth} elements: read up to there`)
    }
    const element = openElement(rawName, attributes, this.stack.at(-1) ?? null, this.documentUrl)
    this.stack.push(element)
    if (isItem(element.name, this.item !== null)) {
      this.startItem(element, attributes)
      return
    }
    if (this.open && this.isUnclosed(this.open, element)) {
      this.endField()
      element.level--
    }
    if (this.open) this.open.text.add(tagSource(rawName, attributes), true)
    else this.startElement(element, attributes)
  }

  ontext(text: string): void {
    this.openTag()
    this.open?.text.add(text, false)
  }

  onclosetag(rawName: string, isImplied: boolean): void {
    this.openTag()
    const depth = this.stack.length
    const element = this.stack.pop()
    if (!element) return
    if (depth === 1 && !isImplied) this.unclosed = false
    if (this.open && depth > this.open.depth) {
      this.open.text.add(`</${rawName.slice(rawName.indexOf(':') + 1)}>`, true)
      return
    }
    if (this.open) this.endField()
    if (depth === this.aside) this.aside = 0
    if (this.item && depth === this.itemDepth) {
      this.endItem()
      this.unclosed = isImplied
    }
  }

  finish(): RepairedFeed {
    this.tag = null
    if (this.open) this.endField()
    this.endItem()
    if (this.format === null) throw new NotAFeedError(describeRoot(this.root))
    const channel = render(this.feed)
    const xml = `<rss version="2.0"><channel read="">${channel}${this.items.join('')}</channel></rss>`
    return { xml, format: this.format, breaksOff: this.unclosed, warnings: this.warnings }
  }

  /** Whether the field before was never closed, as the one that opens right in it shows. */
  private isUnclosed(open: OpenField, element: Element): boolean {
    if (this.stack.length !== open.depth + 1) return false
    const isPlain = !HTML_FIELDS.has(open.field)
    return (isPlain && !open.text.isBlank()) || endsField(open.field, element.name, this.item !== null)
  }

  private startElement(element: Element, attributes: Attributes): void {
    this.noteRoot(element.name)
    if (this.aside > 0) return
    const field = fieldOf(element.name, this.item !== null)
    if (field) this.startField(field, element, attributes)
    else if (isAside(element.name)) this.aside = this.stack.length
  }

  private startItem(element: Element, attributes: Attributes): void {
    if (this.open) this.endField()
    this.endItem()
    this.aside = 0
    if (this.items.length === this.limits.maxItems) {
      throw new StopReading(`the feed holds more than ${this.limits.maxItems} items: only the first ones are read`)
    }
    this.noteRoot(this.format === null && element.name !== 'entry' ? 'rss' : element.name)
    this.item = new Map()
    this.unclosed = false
    this.itemDepth = this.stack.length
    const inside = element.level + 1
    // Microsoft's CDF has these two as attributes.
    const href = attributes.get('href')
    if (href) this.write('link', inside, this.baseOf(element), href)
    const changed = attributes.get('lastmod')
    if (changed) this.write('updated', inside, '', changed)
    const about = [...attributes.keys()].find((name) => /^(.+:)?about$/.test(name))
    if (about) this.write('guid', inside, attribute('about', 'true') + this.baseOf(element), attributes.get(about)!)
  }

  private endItem(): void {
    if (!this.item) return
    // An item of no field keeps an attribute: xml2js makes a string of an empty element, and a string has a `link` method.
    this.items.push(`<item read="">${render(this.item)}</item>`)
    this.item = null
  }

  private startField(field: Field, element: Element, attributes: Attributes): void {
    const html = HTML_FIELDS.has(field)
    const kept = html ? '' : keptAttributes(attributes) + (BASED_FIELDS.has(field) ? this.baseOf(element) : '')
    if (BASED_FIELDS.has(field) && ['href', 'url', 'uri'].some((name) => attributes.get(name))) {
      // Its text says nothing more, and HTML's way of writing a link leaves it open.
      this.write(field, element.level, kept, '')
      if (field === 'link') element.level--
      return
    }
    this.open = {
      field,
      depth: this.stack.length,
      level: element.level,
      attributes: kept,
      text: new TextConstruct(html ? textKind(attributes, this.format === 'atom') : 'html', this.limits.maxText)
    }
  }

  private endField(): void {
    const { field, level, attributes, text } = this.open!
    this.open = null
    if (text.cut) this.warnings.push(`a ${field} is longer than ${this.limits.maxText} characters: cut`)
    const value = HTML_FIELDS.has(field) ? text.html(this.entities).trim() : text.value(this.entities)
    if (value !== '' || attributes !== '') this.write(field, level, attributes, value)
  }

  private write(field: Field, level: number, attributes: string, value: string): void {
    const fields = this.item ?? this.feed
    const before = fields.get(field)
    if (before && before.level < level) return
    const element = `<${field}${attributes}>${asCdata(withoutForbidden(value))}</${field}>`
    if (before && before.level === level && before.elements.length < 100) before.elements.push(element)
    else if (!before || before.level > level) fields.set(field, { level, elements: [element] })
  }

  private noteRoot(name: string): void {
    this.root ??= name
    this.format ??= formatOfRoot(name)
  }

  private baseOf(element: Element): string {
    return attribute('base', element.base)
  }
}

/** CDATA where there is markup: sax reads it several times faster than entities. */
function asCdata(text: string): string {
  return /[&<>]/.test(text) ? `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>` : text
}

function attribute(name: string, value: string | null): string {
  return value === null ? '' : ` ${name}="${escapeText(withoutForbidden(value)).replace(/"/g, '&quot;')}"`
}

function isUsed(name: string): boolean {
  return USED_ATTRIBUTES.has(name) || name.startsWith('xmlns') || name.endsWith('about')
}

function keptAttributes(attributes: Attributes): string {
  return KEPT_ATTRIBUTES.map((name) => attribute(name, attributes.get(name) ?? null)).join('')
}

function render(fields: Fields): string {
  return [...fields.values()].flatMap(({ elements }) => elements).join('')
}

function describeRoot(root: string | null): string {
  if (root === null) return 'the document holds no XML element at all'
  if (root === 'html' || root === 'body' || root === 'head') return 'the document is a web page (HTML), not a feed'
  return `the document is XML, but its root <${root.slice(0, 60)}> is of no feed format`
}
