import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { PublisherKind } from '../model/feed.js'
import { packageRoot } from '../package-root.js'

export interface ArchiveItem {
  /** ISO 8601 in UTC. */
  date: string
  title: string
  text: string
}

export interface ArchiveFeed {
  title: string
  kind: PublisherKind
  lang: string
  format: 'rss' | 'atom' | 'json'
  items: ArchiveItem[]
}

/** Everything before this day is there when the demo begins: the first reading, which posts nothing. */
export const ARCHIVE_START = new Date('2020-06-03T00:00:00Z')

/** The bundled archive, `demo/archive.yaml`. */
export function loadArchive(): ArchiveFeed[] {
  const { feeds } = parse(readFileSync(join(packageRoot, 'demo', 'archive.yaml'), 'utf8')) as { feeds: ArchiveFeed[] }
  return feeds
}

/** The moments at which something was published after the start, in order. */
export function archiveMoments(feeds: ArchiveFeed[]): Date[] {
  return feeds
    .flatMap((feed) => feed.items.map((item) => new Date(item.date)))
    .filter((moment) => moment >= ARCHIVE_START)
    .sort((a, b) => a.getTime() - b.getTime())
}
