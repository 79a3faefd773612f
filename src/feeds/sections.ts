import { OwnEntities } from './entities.js'

/** A document of tags and text only: no comments, CDATA sections, declarations or processing instructions. */
export interface PlainMarkup {
  markup: string
  /** Simple internal entities of the DOCTYPE. */
  entities: OwnEntities
  /** What had to be mended, for people. */
  warnings: string[]
}

export interface SectionLimits {
  /** Characters of one CDATA section; what is beyond is left out. */
  text: number
  /** Tags that are read before the document is given up there. */
  tags: number
  /** How often a `<` may open no tag before the document is given up there. */
  brokenTags: number
}

/** Longest tag whose attributes are kept, in characters. */
const MAX_TAG = 64 * 1024

/** Longest DOCTYPE that is read for entities, in characters. */
const MAX_DOCTYPE = 64 * 1024

/** Entities whose text holds no further entity, so that nothing can grow (no "billion laughs"). */
const SAFE_ENTITY =
  /<!ENTITY\s+([\w.:-]{1,64})\s+(?:"((?:[^&"%]|&#\w{1,8};){0,1000})"|'((?:[^&'%]|&#\w{1,8};){0,1000})')\s*>/gi

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** Removes the characters that XML 1.0 forbids. */
export function withoutForbidden(text: string): string {
  return text.replace(FORBIDDEN, '')
}

/**
 * The first half of the repair: one pass over the document that turns CDATA into escaped text, escapes a `<` that opens
 * no tag, drops comments, processing instructions and the DOCTYPE, and cuts a tag that the end of the document broke
 * off. Linear in the length of the document whatever is in it.
 */
export function flattenSections(source: string, limits: SectionLimits): PlainMarkup {
  const xml = withoutForbidden(source)
  const finder = new Finder(xml)
  const tags = new TagCounter()
  const out: string[] = []
  const entities = new OwnEntities()
  const warnings = new Set<string>()
  let doctypes = 0
  let tagsRead = 0
  let broken = 0
  let copied = 0
  for (let open = xml.indexOf('<'); open !== -1; ) {
    const { end, text } = readSection(open)
    if (text !== null) {
      // No empty pieces: two million of them take 200 MB.
      if (open > copied) out.push(xml.slice(copied, open))
      if (text !== '') out.push(text)
      copied = end
    }
    open = xml.indexOf('<', Math.max(end, open + 1))
  }
  out.push(xml.slice(copied))
  return { markup: out.join(''), entities, warnings: [...warnings] }

  /** Where what starts here ends, and what stands in its place; null: it stays as it is. */
  function readSection(open: number): { end: number; text: string | null } {
    const next = xml[open + 1]
    if (next === '?') return { end: finder.after('>', open) ?? xml.length, text: '' }
    if (next === '!') return readDeclaration(open)
    const tag = finder.tagAt(open)
    if (tag !== null) return readTag(tag, open)
    if (!finder.has('<', open + 1) && !finder.has('>', open)) {
      return stop('the document breaks off inside a tag')
    }
    if (++broken > limits.brokenTags) return stop('the document holds too many broken tags: read up to there')
    return { end: open + 1, text: '&lt;' }
  }

  function readTag(tag: string, open: number): { end: number; text: string | null } {
    const end = finder.after('>', open) ?? xml.length
    if (++tagsRead > limits.tags) return stop(`the document holds more than ${limits.tags} tags: read up to there`)
    if (tags.isStray(tag)) return { end, text: '' }
    if (end - open > MAX_TAG) return { end, text: `<${tag}>` }
    const quote = unclosedQuote(xml.slice(open, end))
    const close = quote === null ? null : finder.find(quote, end)
    // A value that runs on into the next tag lost its closing quote.
    const next = finder.find('<', open + 1) ?? xml.length
    const isMended = quote !== null && (close === null || next < close)
    if (!isMended) return { end: open + 1, text: null }
    // What opens inside the value is not of it.
    return next < end
      ? { end: next, text: mendTag(tag, `${xml.slice(open, next)}>`) }
      : { end, text: mendTag(tag, xml.slice(open, end)) }
  }

  function stop(warning: string): { end: number; text: string } {
    warnings.add(warning)
    return { end: xml.length, text: '' }
  }

  function readDeclaration(open: number): { end: number; text: string } {
    if (xml.startsWith('<!--', open)) {
      return { end: finder.after('-->', open + 4) ?? open + 4, text: '' }
    }
    if (xml.startsWith('<![CDATA[', open)) {
      const end = finder.find(']]>', open + 9)
      if (end === null) warnings.add('a CDATA section is never closed')
      return {
        end: end === null ? xml.length : end + 3,
        text: escapeText(xml.slice(open + 9, Math.min(end ?? xml.length, open + 9 + limits.text)))
      }
    }
    const isDoctype = xml.slice(open, open + 9).toLowerCase() === '<!doctype' && doctypes++ === 0
    return { end: isDoctype ? readDoctype(xml, open, entities) : (finder.after('>', open) ?? xml.length), text: '' }
  }
}

/** The quote that a tag's last value opens and does not close; null: none. */
function unclosedQuote(tag: string): string | null {
  if (!/["']/.test(tag)) return null
  return /=\s*(["'])[^"'=]*>$/.exec(tag.replace(/=\s*(?:"[^"]*"|'[^']*')/g, ''))?.[1] ?? null
}

/** The tag with those of its attributes that can be told; the last value ends where the tag does. */
function mendTag(name: string, tag: string): string {
  const whole = tag.match(/(?<=[\s"'])[^\s=<>"'/]+\s*=\s*(?:"[^"]*"|'[^']*')/g) ?? []
  const last = /(?<=[\s"'])([^\s=<>"'/]+)\s*=\s*["']([^"'<>]*?)\s*\/?>$/.exec(tag)
  const attributes = last ? [...whole, `${last[1]}="${last[2]}"`] : whole
  return `<${[name.replace(/\/$/, ''), ...attributes].join(' ')}${/\/\s*>$/.test(tag) ? '/' : ''}>`
}

export function escapeText(text: string): string {
  if (!/[&<>]/.test(text)) return text
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

function readDoctype(xml: string, open: number, entities: OwnEntities): number {
  const head = xml.slice(open, open + MAX_DOCTYPE)
  const bracket = /^[^>[]*\[/.exec(head)
  if (!bracket) {
    const end = head.indexOf('>')
    return end === -1 ? open + 9 : open + end + 1
  }
  const close = /\]\s*>/.exec(head)
  const end = close ? close.index + close[0].length : bracket[0].length
  for (const match of head.slice(0, end).matchAll(SAFE_ENTITY)) {
    entities.declare(match[1]!, match[2] ?? match[3] ?? '')
  }
  return open + end
}

/** Tells closing tags that close nothing: each would have a parser look through all that is open. */
class TagCounter {
  private readonly open = new Map<string, number>()

  /** `tag` as `Finder.tagAt` gives it. */
  isStray(tag: string): boolean {
    const name = tag.replace(/^\/|\/$/g, '').toLowerCase()
    const count = this.open.get(name) ?? 0
    if (tag.startsWith('/') && count === 0) return true
    if (tag.startsWith('/')) this.open.set(name, count - 1)
    else if (!tag.endsWith('/')) this.open.set(name, count + 1)
    return false
  }
}

/** `indexOf` that remembers, so that a pattern that is far away or missing is not searched again from every `<`. */
class Finder {
  private readonly known = new Map<string, number>()

  constructor(private readonly xml: string) {}

  find(what: string, from: number): number | null {
    const known = this.known.get(what)
    if (known === Infinity) return null
    if (known !== undefined && known >= from) return known
    const found = this.xml.indexOf(what, from)
    this.known.set(what, found === -1 ? Infinity : found)
    return found === -1 ? null : found
  }

  after(what: string, from: number): number | null {
    const found = this.find(what, from)
    return found === null ? null : found + what.length
  }

  has(what: string, from: number): boolean {
    return this.find(what, from) !== null
  }

  /** The tag's name with its slashes (`/b`, `br/`): a name, and a `>` before the next `<` that is not quoted. */
  tagAt(open: number): string | null {
    const name = /^<(\/?[\p{L}_:][^\s<>/="']{0,100})/u.exec(this.xml.slice(open, open + 104))?.[1]
    const end = name === undefined ? null : this.find('>', open)
    if (name === undefined || end === null) return null
    const next = this.find('<', open + 1)
    const quoted =
      next === null || next > end || /=\s*(?:"[^"]*|'[^']*)$/.test(this.xml.slice(Math.max(open, next - 2000), next))
    if (!quoted) return null
    return this.xml[end - 1] === '/' ? `${name}/` : name
  }
}
