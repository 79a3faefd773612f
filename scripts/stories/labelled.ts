import { readFileSync } from 'node:fs'
import { impliesPlaceOnly, type Kind, type Stage, type Tags } from '../../src/model/tags.js'
import { type Signature, takeApart } from '../../src/stories/signature.js'
import { loadTagger } from '../../src/tagging/index.js'

/** One item of lexicon/gold: labelled by hand, or (in lexicon/gold/stories and lexicon/gold/live) with its event alone, and tagged by the tagger. */
export interface LabelledItem {
  id: string
  lang: string
  title: string
  text: string
  relevant: boolean
  companies: string[]
  jurisdictions: string[]
  kind: Kind | null
  stage: Stage | null
  cluster: string | null
  published: string | null
  /** The tags are the tagger's, with its own faults. */
  tagged: boolean
  /** See `StoryText`; false for labels made by hand, which name what the text names. */
  placeImplied?: boolean
}

type Line = Pick<LabelledItem, 'id' | 'lang' | 'title' | 'text' | 'cluster' | 'published'> & Partial<LabelledItem>

/** Labelled items of our own, events told several times, events followed live, and the shared development items. */
export type BatchName = 'gold' | 'told' | 'live' | 'dev'

/** A labelled item made ready: its event, and the batch it belongs to (events are only compared within a batch). */
export interface Labelled {
  item: LabelledItem
  event: string
  batch: BatchName
  /** Where it was labelled: two files may tell one event under two names. */
  file: string
  signature: Signature
}

/** Reads JSONL files of labelled items as one batch: an event may be told in several files. */
export function readLabelled(batch: BatchName, paths: readonly string[]): Labelled[] {
  return paths.flatMap((path) => {
    const lines = readFileSync(path, 'utf8').split('\n')
    const items = lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as Line)
    // A file that names no event was not labelled by event: its silence would teach that no two items are of one.
    if (!items.some((item) => item.cluster)) return []
    return items.map((item) => label(complete(item), batch, path))
  })
}

function label(item: LabelledItem, batch: BatchName, file: string): Labelled {
  const event = `${batch} ${item.cluster ?? `alone ${item.id}`}`
  return { item, event, batch, file, signature: sign(item) }
}

function complete(line: Line): LabelledItem {
  const { relevant, companies = [], jurisdictions = [], kind = null, stage = null } = line
  if (relevant !== undefined) return { ...line, relevant, companies, jurisdictions, kind, stage, tagged: false }
  const { title, text, lang, published } = line
  const tags: Tags = loadTagger().tag({ title, text, lang, ...(published ? { published } : {}) })
  return { ...line, ...tags, relevant: true, tagged: true, placeImplied: impliesPlaceOnly(tags) }
}

/** An item as the scorer sees it. */
export function sign(item: LabelledItem): Signature {
  const { title, text, companies, jurisdictions, placeImplied = false, kind, stage, lang } = item
  const published = item.published ? Date.parse(item.published) : null
  return takeApart({
    title,
    text,
    companies,
    jurisdictions,
    placeImplied,
    kind,
    stage,
    lang,
    published,
    seenAt: null
  })
}
