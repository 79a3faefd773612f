import { resolveLink } from './links.js'
import { prefixOf, usualPrefix } from './vocabulary.js'

/** Of a tag, by lower case name, decoded; those that nothing asks for are left out. */
export type Attributes = ReadonlyMap<string, string>

/** An element that is open, with what it hands down to those in it. */
export interface Element {
  /** Lower case, with the usual prefix of its namespace: `dc:date`, whatever the document calls it. */
  name: string
  /** Depth in the document as it was meant: what was never closed does not count. */
  level: number
  /** Prefixes as declared so far; shared with the parent where nothing new is declared. */
  prefixes: ReadonlyMap<string, string>
  /** `xml:base`, absolute; null where no element around says one. */
  base: string | null
}

/** Namespaces that one element may know. */
const MAX_PREFIXES = 200

const NO_PREFIXES: ReadonlyMap<string, string> = new Map()

/** The element that a tag opens. */
export function openElement(
  rawName: string,
  attributes: Attributes,
  parent: Element | null,
  documentUrl: string | null
): Element {
  const prefixes = declaredPrefixes(attributes, parent?.prefixes ?? NO_PREFIXES)
  const colon = rawName.indexOf(':')
  const given = colon === -1 ? '' : rawName.slice(0, colon)
  const prefix = prefixes.get(given) ?? usualPrefix(given)
  const local = rawName.slice(colon + 1)
  const base = parent?.base ?? null
  const ownBase = attributes.get('xml:base') ?? attributes.get('base')
  return {
    name: prefix === '' ? local : `${prefix}:${local}`,
    level: (parent?.level ?? 0) + 1,
    prefixes,
    // One that is no address does not count.
    base: ownBase === undefined ? base : (resolveLink(ownBase, base ?? documentUrl) ?? base)
  }
}

function declaredPrefixes(attributes: Attributes, inherited: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  let prefixes: Map<string, string> | null = null
  for (const [name, value] of attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue
    prefixes ??= new Map(inherited)
    if (prefixes.size >= MAX_PREFIXES) break
    const given = name === 'xmlns' ? '' : name.slice(6)
    prefixes.set(given, prefixOf(value, usualPrefix(given)))
  }
  return prefixes ?? inherited
}
