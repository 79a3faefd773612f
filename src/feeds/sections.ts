/** A document of tags and text only: no comments, CDATA sections, declarations or processing instructions. */
export interface PlainMarkup {
  markup: string
  /** Simple internal entities of the DOCTYPE. */
  entities: Map<string, string>
  /** What had to be mended, for people. */
  warnings: string[]
}

/** Longest DOCTYPE that is read for entities, in characters. */
const MAX_DOCTYPE = 64 * 1024

/** Entities whose text holds no further entity, so that nothing can grow (no "billion laughs"). */
const SAFE_ENTITY = /<!ENTITY\s+([\w.:-]{1,64})\s+(?:"(&#\w{1,8};|[^&"%]{0,1000})"|'(&#\w{1,8};|[^&'%]{0,1000})')\s*>/gi

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
export function flattenSections(source: string): PlainMarkup {
  const xml = withoutForbidden(source)
  const finder = new Finder(xml)
  const out: string[] = []
  const entities = new Map<string, string>()
  const warnings = new Set<string>()
  let at = 0
  while (at < xml.length) {
    const open = xml.indexOf('<', at)
    if (open === -1) {
      out.push(xml.slice(at))
      break
    }
    if (open > at) out.push(xml.slice(at, open))
    if (xml.startsWith('<!--', open)) {
      at = finder.after('-->', open + 4) ?? finder.after('>', open) ?? xml.length
    } else if (xml.startsWith('<![CDATA[', open)) {
      const end = finder.find(']]>', open + 9)
      if (end === null) warnings.add('a CDATA section is never closed')
      out.push(escapeText(xml.slice(open + 9, end ?? xml.length)))
      at = end === null ? xml.length : end + 3
    } else if (/^<!doctype/i.test(xml.slice(open, open + 9))) {
      at = readDoctype(xml, open, entities)
    } else if (xml[open + 1] === '?' || xml[open + 1] === '!') {
      at = finder.after('>', open) ?? xml.length
    } else if (finder.isTag(open)) {
      out.push('<')
      at = open + 1
    } else if (finder.find('<', open + 1) === null && finder.find('>', open) === null) {
      warnings.add('the document breaks off inside a tag')
      at = xml.length
    } else {
      out.push('&lt;')
      at = open + 1
    }
  }
  return { markup: out.join(''), entities, warnings: [...warnings] }
}

export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

function readDoctype(xml: string, open: number, entities: Map<string, string>): number {
  const head = xml.slice(open, open + MAX_DOCTYPE)
  const bracket = /^[^>[]*\[/.exec(head)
  if (!bracket) {
    const end = head.indexOf('>')
    return end === -1 ? open + 9 : open + end + 1
  }
  const close = /\]\s*>/.exec(head)
  const end = close ? close.index + close[0].length : bracket[0].length
  for (const match of head.slice(0, end).matchAll(SAFE_ENTITY)) {
    const name = match[1]!
    if (!entities.has(name) && entities.size < 500) entities.set(name, match[2] ?? match[3] ?? '')
  }
  return open + end
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

  /** A name after `<` or `</`, and a `>` before the next `<` that is not inside a quoted value. */
  isTag(open: number): boolean {
    if (!/^<\/?[\p{L}_:]/u.test(this.xml.slice(open, open + 4))) return false
    const end = this.find('>', open)
    if (end === null) return false
    const next = this.find('<', open + 1)
    if (next === null || next > end) return true
    return /=\s*(?:"[^"]*|'[^']*)$/.test(this.xml.slice(Math.max(open, next - 2000), next))
  }
}
