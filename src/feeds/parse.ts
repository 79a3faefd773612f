import type { ParsedFeed } from '../model/feed.js'
import { decodeDocument } from './decode.js'
import { readJsonFeed, readWithFeedsmith } from './feedsmith.js'
import { linkOf, type RawFeed, readItem } from './raw.js'
import { NotAFeedError, REPAIR_LIMITS, type RepairedFeed, type RepairLimits, repairFeed } from './repair.js'
import { readWithRssParser } from './rss.js'
import { htmlToText, TEXT_LIMITS } from './text.js'

export interface ParseOptions {
  /** The document's own address, after redirects: relative links are resolved against it. */
  url: string | null
  contentType?: string | null
  limits?: RepairLimits
}

/** The document has no bytes, or nothing but blanks. */
export class EmptyDocumentError extends Error {
  override name = 'EmptyDocumentError'
}

/**
 * The whole way of a feed document: bytes to text, repair, rss-parser (feedsmith for JSON Feed, and for what rss-parser
 * refuses), our rules for ids, links, dates and text. Blocks its thread for as long as that takes: see parse-pool.ts.
 *
 * @throws EmptyDocumentError, NotAFeedError
 */
export async function parseFeedDocument(bytes: Uint8Array, options: ParseOptions): Promise<ParsedFeed> {
  const { text, warning } = decodeDocument(bytes, options.contentType ?? null)
  if (text.trim() === '') throw new EmptyDocumentError('the document is empty')
  const warnings = warning === null ? [] : [warning]
  const limits = options.limits ?? REPAIR_LIMITS
  const { raw, breaksOff } = /^\s*\{/.test(text)
    ? { raw: readJson(text, limits, warnings), breaksOff: false }
    : await readXml(text, options.url, limits, warnings)
  return {
    title: htmlToText(raw.title, TEXT_LIMITS.title),
    format: raw.format,
    link: linkOf({ links: raw.links, ids: [], enclosures: [] }, options.url),
    ttlSeconds: raw.ttlSeconds,
    items: raw.items.map((item) => readItem(item, options.url)),
    breaksOff,
    warnings
  }
}

function readJson(text: string, limits: RepairLimits, warnings: string[]): RawFeed {
  try {
    const feed = readJsonFeed(text, limits.maxItems)
    if (feed.items.length === limits.maxItems) warnings.push(`only the first ${limits.maxItems} items are read`)
    return feed
  } catch (error) {
    throw new NotAFeedError('the document is JSON, but no JSON Feed', { cause: error })
  }
}

async function readXml(text: string, url: string | null, limits: RepairLimits, warnings: string[]) {
  const repaired: RepairedFeed = repairFeed(text, url, limits)
  const { breaksOff } = repaired
  warnings.push(...new Set(repaired.warnings))
  try {
    return { raw: await readWithRssParser(repaired), breaksOff }
  } catch (error) {
    warnings.push(`rss-parser refused the document (${(error as Error).message.slice(0, 200)}): read with feedsmith`)
    return { raw: readWithFeedsmith(text), breaksOff }
  }
}
