import { createHash } from 'node:crypto'
import { impliesPlaceOnly, type Tags } from '../model/tags.js'
import { groupSigned } from './cluster.js'
import { type Signature, takeApart } from './signature.js'
import { loadStoryWeights, type StoryWeights } from './weights.js'

/** One item of a batch, as `facelaw tag` reads it and the tagger tagged it. */
export interface GroupItem {
  title: string
  text: string
  tags: Tags
  /** ISO 8601; what cannot be read counts as unknown. */
  published?: string
  /** ISO 639-1; the tagger's finding wins. */
  lang?: string
}

/**
 * Groups a batch by event: an id for each item, in order, equal for items of one event. The ids and the groups depend
 * on the items alone, neither on their order nor on the clock; items with the same words and date are always together.
 */
export function groupStories(items: readonly GroupItem[], data: StoryWeights = loadStoryWeights()): string[] {
  const signatures = items.map(sign)
  const order = [...signatures.keys()].sort((a, b) => compareForOrder(signatures[a]!, signatures[b]!))
  const sorted = order.map((index) => signatures[index]!)
  const groups = groupSigned(sorted, data)
  const ids: string[] = []
  for (const group of groups) {
    const id = idOf(sorted[group[0]!]!)
    for (const at of group) ids[order[at]!] = id
  }
  return ids
}

function sign(item: GroupItem): Signature {
  const published = item.published === undefined ? Number.NaN : Date.parse(item.published)
  return takeApart({
    title: item.title,
    text: item.text,
    companies: item.tags.companies,
    jurisdictions: item.tags.jurisdictions,
    placeImplied: impliesPlaceOnly(item.tags),
    kind: item.tags.kind,
    stage: item.tags.stage,
    lang: item.tags.lang === 'und' ? (item.lang ?? 'und') : item.tags.lang,
    published: Number.isNaN(published) ? null : published,
    seenAt: null
  })
}

/** Oldest first, undated last, then by the words: any order will do that the items alone decide. */
function compareForOrder(a: Signature, b: Signature): number {
  const left = a.published ?? Number.POSITIVE_INFINITY
  const right = b.published ?? Number.POSITIVE_INFINITY
  if (left !== right) return left - right
  if (a.plain !== b.plain) return a.plain < b.plain ? -1 : 1
  return tagLine(a) < tagLine(b) ? -1 : 1
}

function tagLine(article: Signature): string {
  return JSON.stringify([article.companies, article.jurisdictions, article.kind, article.stage, article.lang])
}

function idOf(article: Signature): string {
  const digest = createHash('sha256')
    .update(`${article.published ?? ''} ${article.plain}`)
    .digest('hex')
  return `story-${digest.slice(0, 12)}`
}
