import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { packageRoot } from '../../src/package-root.js'

/** What an article should make the extraction say. */
export interface Wanted {
  /** Company or place. */
  about: string
  /** A state, an act on a rule, or an event. */
  what: string
  date: string
  /** Last day, condition, or `never`. */
  end?: string
  inForce?: string
}

/** Made-up news: every name of a place or company is real, nothing of what is told happened. */
export interface LabelledArticle {
  published: string
  title: string
  text: string
  lang?: string
  /** `null`: nothing changed. */
  want: Wanted | Wanted[] | null
  /** What is known to go wrong, and where the fault lies; the article stays to show when it is mended. */
  fails?: string
}

const FOLDER = join(packageRoot, 'tests', 'ledger', 'articles')

/**
 * The articles of every file, each file in the order of its days.
 * @param files their names, in order; all when left out
 */
export function loadArticles(files?: readonly string[]): LabelledArticle[] {
  return (
    files ??
    readdirSync(FOLDER)
      .filter((name) => name.endsWith('.yaml'))
      .sort()
  ).flatMap((name) => parse(readFileSync(join(FOLDER, name), 'utf8')) as LabelledArticle[])
}
