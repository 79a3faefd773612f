import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { compiledModule, packageRoot } from '../../src/package-root.js'
import { type FeedServer, startFeedServer } from '../fakes/feed-server.js'
import { rss } from './samples.js'

const CORPUS = join(packageRoot, '..', 'shared', 'feeds-corpus')
const FACELAW = fileURLToPath(compiledModule('src/cli/main.js'))

let folder: string
let server: FeedServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facelaw-check-feed-'))
  server = await startFeedServer({ '/feed': rss([{ title: 'over http', link: 'x' }]) })
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

interface Outcome {
  code: number
  lines: Record<string, unknown>[]
  stderr: string
}

async function checkFeed(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const options = { cwd: folder, env: { PATH: process.env.PATH, ...env }, maxBuffer: 1e9 }
  const run = promisify(execFile)(process.execPath, [FACELAW, 'check-feed', ...args], options)
  const { code = 0, stdout, stderr } = await run.catch((error) => error)
  return {
    code,
    stderr,
    lines: stdout
      .split('\n')
      .filter(Boolean)
      .map((line: string) => JSON.parse(line))
  }
}

describe('facelaw check-feed', () => {
  test('one line each, in the order given; a bad one does not keep the rest', async () => {
    const first = rss([{ title: 'one', link: 'a', guid: ' g ', extra: '<description>S</description>' }])
    await writeFile(join(folder, 'first.xml'), first)
    await writeFile(join(folder, 'bad.xml'), '<html/>')
    await writeFile(join(folder, 'last.xml'), rss([{ title: 'two' }]))
    const args = ['--base', 'http://feed.example/d/f.xml', './first.xml', 'bad.xml', 'none.xml', 'last.xml']
    const { code, lines } = await checkFeed(args)
    expect(code).toBe(1)
    expect(lines.map(({ file }) => file)).toEqual(['./first.xml', 'bad.xml', 'none.xml', 'last.xml'])
    expect(lines[0]).toEqual({
      file: './first.xml',
      title: 'Town news',
      format: 'rss',
      items: [{ id: 'g', title: 'one', link: 'http://feed.example/d/a', published: null, summary: 'S' }],
      warnings: []
    })
    expect(lines[1]).toEqual({ file: 'bad.xml', error: 'the document is a web page (HTML), not a feed' })
    expect(lines[2]?.error).toMatch(/ENOENT/)
    expect(lines[3]).toMatchObject({ items: [{ id: null, title: 'two', link: null, published: null, summary: '' }] })
  })

  test('addresses are fetched; private ones only when that is allowed', async () => {
    const url = server.url('/feed')
    const allowed = await checkFeed([url], { FACELAW_ALLOW_PRIVATE_FEEDS: '1' })
    expect(allowed).toMatchObject({
      code: 0,
      lines: [{ url, items: [{ title: 'over http', link: server.url('/x') }] }]
    })
    const refused = await checkFeed([url])
    expect(refused.code).toBe(1)
    expect(refused.lines[0]).toMatchObject({ url, error: expect.stringMatching(/FACELAW_ALLOW_PRIVATE_FEEDS=1/) })
  })

  test.each([[[]], [['--base', 'nowhere', 'x.xml']], [['--bogus']]])('wrong usage %j exits with 2', async (args) => {
    const { code, lines, stderr } = await checkFeed(args)
    expect({ code, lines }).toEqual({ code: 2, lines: [] })
    expect(stderr).toMatch(/usage: facelaw check-feed/)
  })

  const present = existsSync(CORPUS)
  if (!present) console.info('feeds-corpus is not beside the project: the test over real feeds is skipped')
  const overCorpus = present ? test : test.skip
  overCorpus('reads real feeds as Python feedparser does', async () => {
    const names = (await readdir(join(CORPUS, 'feeds'))).sort()
    const paths = names.map((name) => join(CORPUS, 'feeds', name))
    const { lines } = await checkFeed(['--base', 'http://feed.invalid/dir/feed.xml', ...paths])
    const parsed = join(folder, 'parsed.jsonl')
    await writeFile(parsed, lines.map((line, at) => JSON.stringify({ ...line, file: names[at] })).join('\n'))
    const { stdout } = await promisify(execFile)(process.execPath, [join(CORPUS, 'compare.mjs'), parsed])
    const shares = JSON.parse(stdout)
    expect(shares.itemsRight).toBeGreaterThanOrEqual(0.99)
    expect(shares.feedsRight).toBeGreaterThanOrEqual(0.97)
    expect(await readFile(parsed, 'utf8')).not.toMatch(/"error"/)
  })
})
