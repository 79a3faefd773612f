import { createHash } from 'node:crypto'
import type { FeedItem } from '../model/feed.js'
import type { ItemIdentity } from '../store/articles/articles.js'
import { canonicalUrl } from './links.js'

/**
 * By what an item is known again within its feed: its guid, its address, its title, in that order. Never its date:
 * feeds reset dates, and date items in the future.
 *
 * Keys: `guid:` (of a guid that is an address, the scheme, `www.` and tracking do not count), `url:` (canonical),
 * `title:` (letters and figures only), and `text:` (its first words) for an item that has none of these.
 *
 * It is the same article when all keys of any one set are known:
 *
 * - the guid, whatever else was reworded or moved;
 * - address and title together: its guid changed, as after a move of the publisher's system;
 * - without a guid: its address; without that: its title; without that: its text.
 *
 * So an address that is used again with another title and guid is another article. A guid or address that items of one
 * document share though they have nothing else in common identifies none of them and is dropped, and so is a guid that
 * is a position (a number below 1,000) or a whole site. An item that an earlier one of the document already is, is left
 * out, and so is one that holds nothing at all.
 */
export function identify(items: FeedItem[]): ItemIdentity[] {
  const candidates = items.map((item) => ({ item, keys: keysOf(item) }))
  const colliding = new Set([...collisions(candidates, 'guid'), ...collisions(candidates, 'url')])
  const known = new Set<string>()
  const identities: ItemIdentity[] = []
  for (const { item, keys } of candidates) {
    const own: Keys = {
      ...keys,
      guid: keys.guid !== null && colliding.has(keys.guid) ? null : keys.guid,
      url: keys.url !== null && colliding.has(keys.url) ? null : keys.url
    }
    const sameIf = setsOf(own)
    if (sameIf.length === 0 || sameIf.some((set) => set.every((key) => known.has(key)))) continue
    const all = present([own.guid, own.url, own.title, own.text])
    for (const key of all) known.add(key)
    identities.push({ item, keys: all, sameIf })
  }
  return identities
}

interface Keys {
  guid: string | null
  url: string | null
  title: string | null
  /** Only where there is none of the others. */
  text: string | null
}

function keysOf(item: FeedItem): Keys {
  const guid = guidKey(item.id)
  const url = key('url', item.link === null ? null : canonicalUrl(item.link))
  const title = key('title', lettersOf(item.title))
  const text = guid || url || title ? null : key('text', lettersOf(item.summary).slice(0, 200))
  return { guid, url, title, text }
}

function guidKey(id: string | null): string | null {
  const trimmed = id?.trim() ?? ''
  if (/^\d{0,3}$/.test(trimmed)) return null
  const address = canonicalUrl(trimmed)
  if (address === null) return key('guid', trimmed)
  const fragment = trimmed.includes('#') ? trimmed.slice(trimmed.indexOf('#')) : ''
  return /[/?]/.test(address) || fragment !== '' ? key('guid', address + fragment) : null
}

function setsOf({ guid, url, title, text }: Keys): string[][] {
  const place = url !== null && title !== null ? [[url, title]] : []
  if (guid !== null) return [[guid], ...place]
  const strongest = url ?? title ?? text
  return strongest === null ? [] : [[strongest]]
}

/** Keys of a type that items of one document share though nothing else says that they are the same. */
function collisions(candidates: { keys: Keys }[], type: 'guid' | 'url'): Set<string> {
  const first = new Map<string, Keys>()
  const found = new Set<string>()
  for (const { keys } of candidates) {
    const value = keys[type]
    if (value === null) continue
    const before = first.get(value)
    if (!before) first.set(value, keys)
    else if (!agree(before, keys, type === 'guid' ? 'url' : 'guid') && !agree(before, keys, 'title')) found.add(value)
  }
  return found
}

function agree(a: Keys, b: Keys, type: 'guid' | 'url' | 'title'): boolean {
  return a[type] !== null && a[type] === b[type]
}

/** Letters and figures, lower case, accents and widths levelled: what is left when a title is set anew. */
function lettersOf(text: string): string {
  // Of ASCII there is nothing to level.
  if (!/[^ -~]/.test(text)) return text.toLowerCase().replace(/[^a-z0-9]+/g, '')
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** Long values are kept as their hash. */
function key(type: string, value: string | null): string | null {
  if (value === null || value === '') return null
  return `${type}:${value.length <= 300 ? value : createHash('sha256').update(value).digest('hex')}`
}

function present(keys: (string | null)[]): string[] {
  return keys.filter((key) => key !== null)
}
