import { decodeHTMLStrict } from 'entities'

/** Entities of its own that a document may declare. */
const MAX_OWN = 500

/** Characters that they may add to one document; what comes after is left out. */
const MAX_GROWTH = 500_000

/** The simple entities that a document declares for itself, and how much they may still add to it. */
export class OwnEntities {
  private readonly values = new Map<string, string>()
  private room = MAX_GROWTH

  get isEmpty(): boolean {
    return this.values.size === 0
  }

  /** The first declaration of a name counts (XML 1.0, 4.2). */
  declare(name: string, value: string): void {
    if (!this.values.has(name) && this.values.size < MAX_OWN) this.values.set(name, value)
  }

  /** What stands for the name, '' once the document has grown too much; null where nothing was declared. */
  take(name: string): string | null {
    const value = this.values.get(name)
    if (value === undefined) return null
    this.room -= value.length
    return this.room < 0 ? '' : value
  }
}

/**
 * Replaces entities that end in a semicolon: XML's, HTML's, the document's own, and numbers. A bare `&` stays one
 * (`AT&T`, `?a=1&copy=2`); numbers of no character become U+FFFD.
 */
export function decodeEntities(text: string, own: OwnEntities | null = null): string {
  if (!text.includes('&')) return text
  if (own === null || own.isEmpty) return decodeHTMLStrict(text)
  return decodeHTMLStrict(text.replace(/&([\w.:-]+);/g, (whole, name: string) => own.take(name) ?? whole))
}
