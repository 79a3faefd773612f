import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadDotEnv, readConfig } from '../config.js'
import { createFetcher, type Fetcher, MAX_BYTES } from '../feeds/fetch.js'
import { createParsePool, type ParsePool } from '../feeds/parse-pool.js'
import type { ParsedFeed } from '../model/feed.js'
import { packageRoot } from '../package-root.js'
import { type CliCommand, type CliStreams, CliUsageError } from './command.js'

/**
 * Documents that are parsed at a time: one. A second thread is a third faster on 10 MiB documents, but takes the process
 * to 400 MB, and two that share a busy core come nearer to their limit of time.
 */
const THREADS = 1

/** Inputs that are under way at a time: while one is parsed, the next is read. */
const WINDOW = 2

/** `facelaw check-feed`: what Facelaw reads from a feed, for people who write or debug one, and for tests. */
export const checkFeedCommand: CliCommand = {
  name: 'check-feed',
  summary: 'reads feeds and prints what is in them, one JSON line each',
  usage: `usage: facelaw check-feed [--base URL] <url or file> ...

Prints one JSON line for each, in the order given: {"file" or "url", "title", "format", "items", "warnings"}, or
{"file" or "url", "error"}. One that cannot be read does not keep the others from being read.

  --base URL   the address that relative links in files are resolved against

Exit code: 0 all could be read, 1 at least one could not, 2 wrong usage.`,
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: argv,
      options: { base: { type: 'string' } },
      allowPositionals: true
    })
    if (positionals.length === 0) throw new CliUsageError('name at least one feed: an address or a file')
    if (values.base !== undefined && !URL.canParse(values.base)) {
      throw new CliUsageError(`--base must be an address such as https://example.org/feed.xml, not "${values.base}"`)
    }
    const fetcher = positionals.some(isAddress) ? fetcherFor(io) : null
    const parser = createParsePool({ threads: THREADS })
    try {
      return await checkAll(positionals, { base: values.base ?? null, fetcher, parser }, io)
    } finally {
      await Promise.all([parser.close(), fetcher?.close()])
    }
  }
}

interface Tools {
  /** Of files; null: their relative links have none, and are left out. */
  base: string | null
  fetcher: Fetcher | null
  parser: ParsePool
}

/** Keeps a window of inputs under way, and prints them in order as they are done. */
async function checkAll(inputs: string[], tools: Tools, io: CliStreams): Promise<number> {
  const underWay: Promise<object>[] = []
  let failed = false
  for (let at = 0; at < inputs.length || underWay.length > 0; ) {
    while (at < inputs.length && underWay.length < WINDOW) underWay.push(check(inputs[at++]!, tools))
    const line = await underWay.shift()!
    failed ||= 'error' in line
    if (!io.stdout.write(`${JSON.stringify(line)}\n`)) await drained(io.stdout)
  }
  return failed ? 1 : 0
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.once('drain', resolve))
}

/** Never rejects. */
async function check(input: string, tools: Tools): Promise<object> {
  const name = isAddress(input) ? { url: input } : { file: input }
  try {
    const feed = isAddress(input) ? await readAddress(input, tools) : await readFeedFile(input, tools)
    return {
      ...name,
      title: feed.title,
      format: feed.format,
      items: feed.items.map(plainItem),
      warnings: feed.warnings
    }
  } catch (error) {
    return { ...name, error: (error as Error).message }
  }
}

async function readAddress(address: string, { fetcher, parser }: Tools): Promise<ParsedFeed> {
  const fetched = await fetcher!.fetch(address)
  if (!fetched.changed) throw new Error('the server says that nothing has changed, though we never asked before')
  return parser.parse(fetched.bytes, { url: fetched.url, contentType: fetched.contentType })
}

async function readFeedFile(path: string, { base, parser }: Tools): Promise<ParsedFeed> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size > MAX_BYTES)
      throw new Error(`the file is longer than ${MAX_BYTES / 1024 / 1024} MiB: no feed is that long`)
    return await parser.parse(await file.readFile(), { url: base })
  } finally {
    await file.close()
  }
}

function plainItem({ id, title, link, published, summary }: ParsedFeed['items'][number]): object {
  return { id, title, link, published, summary }
}

function isAddress(input: string): boolean {
  return /^https?:\/\//i.test(input)
}

function fetcherFor(io: CliStreams): Fetcher {
  loadDotEnv()
  const { allowPrivateFeeds, contact } = readConfig(io.env)
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'))
  return createFetcher({ allowPrivate: allowPrivateFeeds, contact, version })
}
