import { decodeEntities } from './entities.js'

/** Longest address that is kept, in characters; what is longer is an attack or a data address. */
const MAX_LINK = 4000

/**
 * An address as a feed writes it, absolute against `base`; null when it is not http(s), cannot be read, is too long, or
 * carries a user name or password (no reader's link does; it makes one host look like another).
 */
export function resolveLink(written: string | null | undefined, base: string | null): string | null {
  const trimmed = decodeEntities(written?.trim() ?? '')
  if (trimmed === '' || trimmed.length > MAX_LINK) return null
  const url = parseUrl(trimmed, base)
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null
  if (url.username !== '' || url.password !== '' || url.href.length > MAX_LINK) return null
  return url.href
}

function parseUrl(text: string, base: string | null): URL | null {
  try {
    return base === null ? new URL(text) : new URL(text, base)
  } catch {
    return null
  }
}

/** Query parameters that say where a reader came from, not what is read. */
const TRACKING = new RegExp(
  `^(${[
    'utm_\\w+|fbclid|gclid|dclid|gclsrc|[gw]braid|msclkid|yclid|twclid|igshid',
    'mc_[ce]id|mkt_tok|_hs\\w+|hsctatracking|vero_id|oly_\\w+_id|_ga|_gl|guccounter|guce_\\w+',
    'ns_(mchannel|source|campaign|linkname|fee)|at_(medium|campaign|custom\\d|link\\w*|ptr\\w*|format|bbc\\w*)',
    'wt[._]\\w+|cmp(id)?|icid|ocid|ftag|smid|partner|rss|xtor|s_cid|ito|ref|ref_src|spm|feedtype|feedname'
  ].join('|')})$`,
  'i'
)

/**
 * Addresses that say already what a URL parser would make of them, as most do: a lower case host of names, a path with
 * nothing to resolve or encode (url.spec.whatwg.org), no query, no fragment.
 */
const PLAIN_ADDRESS = /^https?:\/\/(?!.*(?:xn--|\/\.))((?:[a-z0-9-]+\.)+[a-z]+)((?:\/[\w.~!$&'()*+,;=:@-]*)*)$/

/**
 * The page behind an address, for identity: scheme, `www.`, default port, fragment (but for `#!` and `#/`, which are
 * pages), tracking parameters, order of parameters and a trailing slash do not count. Not for showing or fetching. Null for what is no http(s) address.
 */
export function canonicalUrl(link: string): string | null {
  // Guids that are no addresses are tried too: a failed attempt costs more than all the rest.
  if (!/^\s*https?:/i.test(link)) return null
  const plain = PLAIN_ADDRESS.exec(link)
  if (plain) return placeOf(plain[1]!, plain[2]!)
  const url = parseUrl(link, null)
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null
  const query = url.search === '' ? '' : queryOf(url)
  const host = url.host.replace(/\.(?=:|$)/, '').replace(/:(80|443)$/, '')
  const route = /^#[!/]./.test(url.hash) ? url.hash : ''
  return `${placeOf(host, url.pathname)}${query === '' ? '' : `?${query}`}${route}`
}

function placeOf(host: string, pathname: string): string {
  const path = pathname.replace(/\/{2,}/g, '/').replace(/\/(index\.(html?|php))?$/, '')
  return host.replace(/^www\.(?=.*\.)/, '') + path
}

function queryOf(url: URL): string {
  const kept = [...url.searchParams].filter(([name, value]) => !isTracking(name, value))
  kept.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
  return new URLSearchParams(kept).toString()
}

/** Short names that some sites use for content are tracking only with a value that no article id has. */
function isTracking(name: string, value: string): boolean {
  if (!TRACKING.test(name)) return false
  return /^(utm_|fbclid|gclid)/i.test(name) || !/^\d{3,}$/.test(value)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
