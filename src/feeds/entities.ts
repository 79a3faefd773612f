import { decodeHTMLStrict } from 'entities'

/** Characters that a document's own entities may add to one text; those after them are left out. */
const MAX_GROWTH = 100_000

/**
 * Replaces entities that end in a semicolon: XML's, HTML's, the document's own, and numbers. A bare `&` stays one
 * (`AT&T`, `?a=1&copy=2`); numbers of no character become U+FFFD.
 */
export function decodeEntities(text: string, own: ReadonlyMap<string, string> = new Map()): string {
  if (!text.includes('&')) return text
  if (own.size === 0) return decodeHTMLStrict(text)
  let growth = 0
  const resolved = text.replace(/&([\w.:-]+);/g, (whole, name: string) => {
    const value = own.get(name)
    if (value === undefined) return whole
    growth += value.length
    return growth > MAX_GROWTH ? '' : value
  })
  return decodeHTMLStrict(resolved)
}
