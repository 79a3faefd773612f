import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { CatalogueError, loadCatalogue } from '../../src/feeds/catalogue.js'
import { exportOpml, importOpml } from '../../src/feeds/opml.js'
import type { FeedEntry } from '../../src/model/feed.js'
import { packageRoot } from '../../src/package-root.js'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facelaw-catalogue-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

const ENTRY = `- url: https://a.example/feed
  title: A
  publisher: A Press
  kind: news
  jurisdiction: US-WA
  lang: en
`

describe('the catalogue of the package', () => {
  test('is sound, free of placeholders, and names no feed twice', async () => {
    const files = (await readdir(join(packageRoot, 'feeds'))).filter((name) => name.endsWith('.yaml'))
    const lists = await Promise.all(files.map((name) => loadCatalogue([join(packageRoot, 'feeds', name)])))
    const entries = await loadCatalogue()
    expect(entries.length).toBeGreaterThan(60)
    expect(lists.flat()).toHaveLength(entries.length)
    for (const { url } of entries) {
      expect(url).not.toMatch(/[{}<>]|example\.|token|localhost/i)
      expect(new URL(url).username).toBe('')
    }
    expect(new Set(entries.map(({ title }) => title)).size).toBe(entries.length)
  })

  test('covers official bodies and the press on both sides of the Atlantic', async () => {
    const entries = await loadCatalogue()
    const has = (kind: string, jurisdiction: string) =>
      entries.some((entry) => entry.kind === kind && entry.jurisdiction === jurisdiction)
    expect([has('regulator', 'US'), has('regulator', 'EU'), has('legislature', 'GB'), has('court', 'US')]).toEqual([
      true,
      true,
      true,
      true
    ])
  })
})

describe('FACELAW_FEEDS', () => {
  test('YAML, OPML, lists of addresses, folders and bare addresses, each address once', async () => {
    const yaml = await file('one.yaml', ENTRY)
    const list = await file('two.txt', '# ours\nhttp://127.0.0.1:8080/feed.xml\n\nhttps://a.example/feed\n')
    const opml = await file('three.opml', exportOpml(await loadCatalogue([yaml]), 'Mine', new Date(0)))
    const bare = await loadCatalogue(['https://b.example/rss', yaml, list, opml])
    expect(bare.map(({ url }) => url)).toEqual([
      'https://b.example/rss',
      'https://a.example/feed',
      'http://127.0.0.1:8080/feed.xml'
    ])
    expect(bare[0]).toEqual({
      url: 'https://b.example/rss',
      title: 'b.example',
      publisher: 'b.example',
      kind: 'news',
      jurisdiction: null,
      lang: 'und'
    })
    expect((await loadCatalogue([folder])).map(({ title }) => title)).toEqual(['A'])
  })

  test('takes what `facelaw export feeds` writes', async () => {
    const path = await file('exported.yml', `feeds:\n${ENTRY.replace(/^/gm, '  ').trimEnd()}\n`)
    expect(await loadCatalogue([path])).toHaveLength(1)
  })

  test.each([
    ['a wrong kind', ENTRY.replace('kind: news', 'kind: paper'), /bad.yaml, entry 1 \("A"\): kind: /],
    ['a missing key', ENTRY.replace('  lang: en\n', ''), /entry 1 \("A"\): lang: /],
    ['a key that is none', `${ENTRY}  colour: red\n`, /entry 1 \("A"\): .*colour/],
    ['an address that is none', ENTRY.replace('https:', 'ftp:'), /url: must be an http or https address/],
    ['a jurisdiction that is none', ENTRY.replace('US-WA', 'Washington'), /jurisdiction: must be a code/],
    ['no list', 'title: A\n', /must be a list of feeds/],
    ['no YAML', '- [', /not valid YAML/]
  ])('%s: the message names file, entry and key', async (_, text, message) => {
    const path = await file('bad.yaml', text)
    const loaded = loadCatalogue([path])
    await expect(loaded).rejects.toBeInstanceOf(CatalogueError)
    await expect(loaded).rejects.toThrow(message)
  })

  test.each([
    [join('no', 'such', 'file.yaml'), /there is no such file/],
    ['feeds.example.org', /there is no such file, and it is no http or https address/]
  ])('%s', async (source, message) => {
    await expect(loadCatalogue([source])).rejects.toThrow(message)
  })

  test('a line that is no address is named', async () => {
    await expect(loadCatalogue([await file('list.txt', 'gopher://x')])).rejects.toThrow(/list.txt: "gopher:\/\/x"/)
  })
})

describe('OPML', () => {
  test('what is exported comes back', async () => {
    const entries = await loadCatalogue()
    expect(importOpml(exportOpml(entries, 'All', new Date(0)))).toEqual(entries)
  })

  test('folders are followed, what is no feed is left out', () => {
    const opml =
      '<opml version="2.0"><head/><body><outline text="Law"><outline text="EU"><outline type="rss" text="R" xmlUrl="https://r.example/f" language="de-AT"/></outline>' +
      '<outline text="page" htmlUrl="https://p.example/"/><outline text="bad" xmlUrl="javascript:1"/></outline></body></opml>'
    const expected: FeedEntry = {
      url: 'https://r.example/f',
      title: 'R',
      publisher: 'r.example',
      kind: 'news',
      jurisdiction: null,
      lang: 'de'
    }
    expect(importOpml(opml)).toEqual([expected])
  })
})
