import { createHash } from 'node:crypto'

/**
 * Longest texts that are kept, in UTF-16 units. Feeds are hostile: what is longer is cut, so that no one item can fill
 * the disk or the search index (a tsvector holds 1 MB: postgresql.org/docs/current/textsearch-limitations.html).
 */
export const LIMITS = { title: 1000, summary: 6000, link: 4000, name: 300, error: 2000, key: 250 }

/** U+0000, which no text of PostgreSQL can hold, and half surrogate pairs, which jsonb refuses. */
const UNSTORABLE = /[\0\p{Surrogate}]/u

/** What a text that is unstorable must have: a look that costs little, for nearly all have nothing of it. */
const SUSPICIOUS = /[\0\ud800-\udfff]/

/** The text as PostgreSQL can hold it: without U+0000, with U+FFFD for half surrogate pairs. */
export function storable(text: string): string {
  return SUSPICIOUS.test(text) && UNSTORABLE.test(text) ? Buffer.from(text.replaceAll('\0', '')).toString() : text
}

/** At most so many UTF-16 units, never half a surrogate pair. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : storable(text.slice(0, length))
}

/** A value for a jsonb parameter. */
export function json(value: unknown): string {
  const plain = JSON.stringify(value)
  // What no text can hold is written as an escape; without one, no part needs a look.
  if (!/\\u(0000|d[89a-f])/.test(plain)) return plain
  return JSON.stringify(value, (_key, part) => (typeof part === 'string' ? storable(part) : part))
}

/** Lower case without accents, words parted by single spaces: what filters' words are looked for in. */
export function fold(text: string): string {
  const bare = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return (bare.match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')
}

/** A key short enough for an index: long ones keep their beginning and end in a digest. */
export function indexable(key: string): string {
  if (key.length <= LIMITS.key) return key
  const digest = createHash('sha256').update(key).digest('base64url')
  return `${cut(key, LIMITS.key - digest.length - 1)}~${digest}`
}
