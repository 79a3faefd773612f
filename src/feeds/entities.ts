import { decodeHTMLStrict } from 'entities'

/**
 * Replaces entities that end in a semicolon: XML's, HTML's, the document's own, and numbers. A bare `&` stays one
 * (`AT&T`, `?a=1&copy=2`); numbers of no character become U+FFFD.
 */
export function decodeEntities(text: string, own: ReadonlyMap<string, string> = new Map()): string {
  if (!text.includes('&')) return text
  if (own.size === 0) return decodeHTMLStrict(text)
  const resolved = text.replace(/&([\w.:-]+);/g, (whole, name: string) => own.get(name) ?? whole)
  return decodeHTMLStrict(resolved)
}
