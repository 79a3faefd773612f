/**
 * The words of all feed formats, levelled: namespaces to their usual prefix, elements to the field they fill. Formats
 * differ in names only; what is read here once serves RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0.
 */

/** Namespaces, lower case, to prefix; '' is the core vocabulary. A name of none of these keeps the prefix it has. */
const NAMESPACES = new Map<string, string>([
  ['', ''],
  ['http://backend.userland.com/rss', ''],
  ['http://blogs.law.harvard.edu/tech/rss', ''],
  ['http://cyber.law.harvard.edu/rss', ''],
  ['http://purl.org/rss/1.0/', ''],
  ['http://purl.org/net/rss1.1#', ''],
  ['http://my.netscape.com/rdf/simple/0.9/', ''],
  ['http://channel.netscape.com/rdf/simple/0.9/', ''],
  ['http://my.netscape.com/publish/formats/rss-0.91.dtd', ''],
  ['http://purl.org/rss/1.0/modules/rss091#', ''],
  ['http://example.com/newformat#', ''],
  ['http://example.com/necho', ''],
  ['http://purl.org/echo/', ''],
  ['uri/of/echo/namespace#', ''],
  ['http://purl.org/pie/', ''],
  ['http://purl.org/atom/ns#', ''],
  ['http://www.w3.org/2005/atom', ''],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
  ['http://purl.org/dc/elements/1.0/', 'dc'],
  ['http://purl.org/dc/terms/', 'dcterms'],
  ['http://purl.org/rss/1.0/modules/content/', 'content'],
  ['http://purl.org/rss/1.0/modules/syndication/', 'sy'],
  ['http://search.yahoo.com/mrss', 'media'],
  ['http://search.yahoo.com/mrss/', 'media'],
  ['http://tools.search.yahoo.com/mrss/', 'media'],
  ['http://www.itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['http://www.itunes.com/dtd/podcast-1.0.dtd', 'itunes'],
  ['http://example.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['http://rssnamespace.org/feedburner/ext/1.0', 'feedburner'],
  ['http://www.w3.org/1999/02/22-rdf-syntax-ns#', 'rdf'],
  ['http://www.w3.org/1999/xhtml', 'xhtml'],
  ['http://www.w3.org/xml/1998/namespace', 'xml']
])

/** Prefixes that are clear even where nothing declares them. */
const USUAL_PREFIXES = new Map<string, string>([
  ['atom', ''],
  ['a10', ''],
  ['rss', '']
])

/** Prefix that a namespace is known by here; `given` where the namespace is unknown. */
export function prefixOf(namespace: string, given: string): string {
  const lower = namespace.trim().toLowerCase()
  if (lower.includes('backend.userland.com/rss')) return ''
  return NAMESPACES.get(lower) ?? given
}

/** For a prefix that no namespace was declared for. */
export function usualPrefix(given: string): string {
  return USUAL_PREFIXES.get(given) ?? given
}

/** What an element of a feed fills. The `alt` fields stand in where the main one is empty. */
export type Field =
  | 'title'
  | 'altTitle'
  | 'link'
  | 'guid'
  | 'published'
  | 'updated'
  | 'created'
  | 'summary'
  | 'altSummary'
  | 'body'
  | 'enclosure'
  | 'origLink'
  | 'ttl'
  | 'updatePeriod'
  | 'updateFrequency'

/** Fields that may hold HTML. */
export const HTML_FIELDS: ReadonlySet<Field> = new Set(['title', 'altTitle', 'summary', 'altSummary', 'body'])

const ITEM_FIELDS = new Map<string, Field>([
  ['title', 'title'],
  ['dc:title', 'title'],
  ['media:title', 'altTitle'],
  ['itunes:title', 'altTitle'],
  ['link', 'link'],
  ['producturl', 'link'],
  ['feedburner:origlink', 'origLink'],
  ['guid', 'guid'],
  ['id', 'guid'],
  ['pubdate', 'published'],
  ['published', 'published'],
  ['issued', 'published'],
  ['dcterms:issued', 'published'],
  ['updated', 'updated'],
  ['modified', 'updated'],
  ['lastbuilddate', 'updated'],
  ['dc:date', 'updated'],
  ['dcterms:modified', 'updated'],
  ['created', 'created'],
  ['dcterms:created', 'created'],
  ['description', 'summary'],
  ['summary', 'summary'],
  ['abstract', 'summary'],
  ['dc:description', 'altSummary'],
  ['itunes:summary', 'altSummary'],
  ['itunes:subtitle', 'altSummary'],
  ['media:description', 'altSummary'],
  ['content', 'body'],
  ['content:encoded', 'body'],
  ['fullitem', 'body'],
  ['body', 'body'],
  ['xhtml:body', 'body'],
  ['xhtml:div', 'body'],
  ['enclosure', 'enclosure'],
  ['media:content', 'enclosure']
])

const FEED_FIELDS = new Map<string, Field>([
  ['title', 'title'],
  ['dc:title', 'title'],
  ['link', 'link'],
  ['ttl', 'ttl'],
  ['sy:updateperiod', 'updatePeriod'],
  ['sy:updatefrequency', 'updateFrequency']
])

/** Elements whose insides speak of somebody or something else than the item or feed. */
const ASIDES: ReadonlySet<string> = new Set([
  'source',
  'author',
  'contributor',
  'image',
  'textinput',
  'category',
  'cloud',
  'dc:creator',
  'itunes:owner'
])

const ITEMS: ReadonlySet<string> = new Set(['item', 'entry'])

/** Roots and what they say of the format. */
const ROOTS = new Map<string, 'rss' | 'rdf' | 'atom'>([
  ['rss', 'rss'],
  ['channel', 'rss'],
  ['rdf:rdf', 'rdf'],
  ['feed', 'atom'],
  ['entry', 'atom']
])

export function fieldOf(name: string, inItem: boolean): Field | null {
  return (inItem ? ITEM_FIELDS : FEED_FIELDS).get(name) ?? null
}

/** Elements of feeds that no HTML in a description is ever called like. */
const NEVER_HTML: ReadonlySet<string> = new Set(['guid', 'pubdate', 'dc:date', 'description', 'content:encoded'])

/** Elements that may stand inside a title. */
const IN_TITLES: ReadonlySet<string> = new Set(['title', 'body', 'xhtml:body', 'xhtml:div'])

/** Whether an element right inside an open field is a field of its own, so that the open one was never closed. */
export function endsField(open: Field, name: string, inItem: boolean): boolean {
  if (fieldOf(name, inItem) === null) return false
  if (open === 'title' || open === 'altTitle') return !IN_TITLES.has(name)
  return HTML_FIELDS.has(open) ? NEVER_HTML.has(name) : true
}

export function isAside(name: string): boolean {
  return ASIDES.has(name)
}

/** A shop's `<product>` is an item too, where it does not describe one. */
export function isItem(name: string, inItem: boolean): boolean {
  return ITEMS.has(name) || (name === 'product' && !inItem)
}

export function formatOfRoot(name: string): 'rss' | 'rdf' | 'atom' | null {
  return ROOTS.get(name) ?? null
}
