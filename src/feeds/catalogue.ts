import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { type FeedEntry, PUBLISHER_KINDS } from '../model/feed.js'
import { packageRoot } from '../package-root.js'
import { entryFor } from './entry.js'

/** A catalogue file that cannot be used; the message names the file, the entry and what to change. */
export class CatalogueError extends Error {
  override name = 'CatalogueError'
}

const ENTRY = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }),
  title: z.string().trim().min(1),
  publisher: z.string().trim().min(1),
  kind: z.enum(PUBLISHER_KINDS),
  jurisdiction: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3}(\/.+)?)?$/, 'must be a code such as US, EU, US-WA or US-CA/San Francisco')
    .nullable(),
  lang: z.string().regex(/^([a-z]{2}|und)$/, 'must be a language code of two letters (ISO 639-1), or und')
})

/**
 * The feeds to watch. Without `sources` those of the package (`feeds/*.yaml`); else exactly those of the sources
 * (FACELAW_FEEDS): addresses of feeds, YAML files like the package's, OPML files, text files with an address a line,
 * folders of these. An address that comes twice counts once.
 *
 * @throws CatalogueError
 */
export async function loadCatalogue(sources?: string[]): Promise<FeedEntry[]> {
  const lists = await Promise.all((sources ?? [join(packageRoot, 'feeds')]).map(loadSource))
  const byUrl = new Map<string, FeedEntry>()
  for (const entry of lists.flat()) if (!byUrl.has(entry.url)) byUrl.set(entry.url, entry)
  return [...byUrl.values()]
}

async function loadSource(source: string): Promise<FeedEntry[]> {
  if (/^https?:\/\//i.test(source)) return [addressEntry(source, source)]
  const info = await stat(source).catch(() => null)
  if (info === null) {
    throw new CatalogueError(
      `${source}: there is no such file, and it is no http or https address. Write FACELAW_FEEDS as paths or addresses, separated by commas`
    )
  }
  if (!info.isDirectory()) return loadFile(source)
  const names = (await readdir(source)).filter((name) => /\.(ya?ml|opml)$/i.test(name)).sort()
  return (await Promise.all(names.map((name) => loadFile(join(source, name))))).flat()
}

async function loadFile(path: string): Promise<FeedEntry[]> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new CatalogueError(`${path}: cannot be read (${error.message})`)
  })
  const extension = extname(path).toLowerCase()
  if (extension === '.yaml' || extension === '.yml') return readYaml(text, path)
  if (extension === '.opml' || extension === '.xml') return await readOpml(text, path)
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => addressEntry(line, path))
}

function readYaml(text: string, path: string): FeedEntry[] {
  let document: unknown
  try {
    document = parseYaml(text)
  } catch (error) {
    throw new CatalogueError(`${path}: is not valid YAML: ${(error as Error).message}`)
  }
  // `facelaw export feeds` writes a list under `feeds`.
  const list = (document as { feeds?: unknown } | null)?.feeds ?? document
  if (!Array.isArray(list)) {
    throw new CatalogueError(`${path}: must be a list of feeds, each beginning with "- url:" (see feeds/README.md)`)
  }
  return list.map((item, at) => readEntry(item, at, path))
}

function readEntry(item: unknown, at: number, path: string): FeedEntry {
  if (typeof item === 'string') return addressEntry(item, path)
  const result = ENTRY.safeParse(item)
  if (result.success) return result.data
  const name = (item as { title?: unknown } | null)?.title
  const which = `${path}, entry ${at + 1}${typeof name === 'string' ? ` ("${name}")` : ''}`
  const issues = result.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message
  )
  throw new CatalogueError(`${which}: ${issues.join('; ')}`)
}

async function readOpml(text: string, path: string): Promise<FeedEntry[]> {
  // Loaded where there is one: the library for it takes 6 MB.
  const { importOpml } = await import('./opml.js')
  try {
    return importOpml(text)
  } catch (error) {
    throw new CatalogueError(`${path}: is not an OPML file: ${(error as Error).message}`)
  }
}

function addressEntry(address: string, source: string): FeedEntry {
  const entry = entryFor(address)
  if (entry) return entry
  const where = source === address ? source : `${basename(source)}: "${address}"`
  throw new CatalogueError(`${where}: is no http or https address, such as https://example.org/feed.xml`)
}
