import { generateOpml, parseOpml } from 'feedsmith'
import { type FeedEntry, PUBLISHER_KINDS, type PublisherKind } from '../model/feed.js'
import { entryFor } from './entry.js'

/** As much of feedsmith's outline as is read here. */
interface Outline {
  text?: string
  title?: string
  xmlUrl?: string
  language?: string
  category?: string
  description?: string
  outlines?: Outline[]
}

/** Folders within folders that are followed. */
const MAX_DEPTH = 20

/**
 * The feeds of an OPML subscription list, in order, however deep in folders; outlines without an http(s) feed address
 * are left out. Kind and jurisdiction come back as `exportOpml` wrote them.
 *
 * @throws when the text is no OPML.
 */
export function importOpml(text: string): FeedEntry[] {
  const document = parseOpml(text)
  return collect(document.body?.outlines ?? [], 0)
}

function collect(outlines: Outline[], depth: number): FeedEntry[] {
  if (depth > MAX_DEPTH) return []
  return outlines.flatMap((outline) => {
    const entry = outline.xmlUrl === undefined ? null : entryFor(outline.xmlUrl.trim(), knownOf(outline))
    return [...(entry ? [entry] : []), ...collect(outline.outlines ?? [], depth + 1)]
  })
}

function knownOf(outline: Outline): Partial<FeedEntry> {
  const marks = new Map((outline.category ?? '').split(',').map((mark) => splitMark(mark.trim())))
  const kind = PUBLISHER_KINDS.find((name) => name === marks.get('kind'))
  const title = outline.title ?? outline.text
  const lang = /^[a-z]{2}(?=$|-)/i.exec(outline.language ?? '')?.[0].toLowerCase()
  return {
    ...(title ? { title } : {}),
    ...(outline.description ? { publisher: outline.description } : {}),
    ...(kind ? { kind: kind satisfies PublisherKind } : {}),
    ...(marks.get('jurisdiction') ? { jurisdiction: marks.get('jurisdiction')! } : {}),
    ...(lang ? { lang } : {})
  }
}

function splitMark(mark: string): [name: string, value: string] {
  const colon = mark.indexOf(':')
  return [mark.slice(0, colon), mark.slice(colon + 1)]
}

/** An OPML 2.0 subscription list; what OPML has no word for goes into `category`, as `kind:court,jurisdiction:US`. */
export function exportOpml(entries: FeedEntry[], title: string, now: Date): string {
  return generateOpml({
    head: { title, dateCreated: now },
    body: {
      outlines: entries.map((entry) => ({
        type: 'rss',
        text: entry.title,
        title: entry.title,
        xmlUrl: entry.url,
        description: entry.publisher,
        language: entry.lang,
        category: `kind:${entry.kind}${entry.jurisdiction === null ? '' : `,jurisdiction:${entry.jurisdiction}`}`
      }))
    }
  })
}
