import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Kind, Stage, Tags } from '../../src/model/tags.js'
import { type Signature, takeApart } from '../../src/stories/signature.js'

/** One hand-labelled item: a line of lexicon/gold/*.jsonl. */
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
}

/** A labelled item made ready: its event, and the file it came from (events are only compared within a file). */
export interface Labelled {
  item: LabelledItem
  event: string
  file: string
  signature: Signature
}

/** Reads JSONL files of labelled items. */
export function readLabelled(paths: readonly string[]): Labelled[] {
  return paths.flatMap((path) => {
    const lines = readFileSync(path, 'utf8').split('\n')
    return lines
      .filter((line) => line.trim() !== '')
      .map((line) => label(JSON.parse(line) as LabelledItem, basename(path)))
  })
}

function label(item: LabelledItem, file: string): Labelled {
  const event = `${file} ${item.cluster ?? `alone ${item.id}`}`
  return { item, event, file, signature: sign(item, item) }
}

/** An item with these tags (its labels, or what a tagger says) as the scorer sees it. */
export function sign(
  item: LabelledItem,
  tags: Pick<Tags, 'companies' | 'jurisdictions' | 'kind' | 'stage' | 'lang'>
): Signature {
  const { companies, jurisdictions, kind, stage, lang } = tags
  const published = item.published ? Date.parse(item.published) : null
  return takeApart({
    title: item.title,
    text: item.text,
    companies,
    jurisdictions,
    kind,
    stage,
    lang,
    published,
    seenAt: null
  })
}
