import { PassThrough } from 'node:stream'
import { expect, test } from '@jest/globals'
import { type CliStreams, CliUsageError } from '../../src/cli/command.js'
import { tagCommand } from '../../src/cli/tag.js'

async function run(
  input: string,
  argv: string[] = []
): Promise<{ code: number; out: Record<string, unknown>[]; err: string }> {
  const stdin = new PassThrough()
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  stdin.end(input)
  const chunks: Buffer[] = []
  stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  const code = await tagCommand.run(argv, { stdin, stdout, stderr, env: {} } as unknown as CliStreams)
  const lines = Buffer.concat(chunks)
    .toString()
    .split('\n')
    .filter((line) => line !== '')
  return { code, out: lines.map((line) => JSON.parse(line)), err: String(stderr.read() ?? '') }
}

const ITEM = {
  id: 'a',
  title: 'Oakland bans facial recognition',
  text: 'The Oakland City Council voted for a ban.',
  lang: 'en'
}

test('tags each line, in order, with every field of the contract', async () => {
  const { code, out, err } = await run(
    `${JSON.stringify(ITEM)}\n\n${JSON.stringify({ ...ITEM, id: 7, published: null })}\n`
  )
  expect(code).toBe(0)
  expect(err).toBe('')
  expect(out.map(({ id }) => id)).toEqual(['a', 7])
  expect(Object.keys(out[0]!)).toEqual(
    'id relevant score companies jurisdictions kind stage lang story evidence'.split(' ')
  )
  expect(out[0]).toMatchObject({ relevant: true, jurisdictions: ['US-CA/Oakland'], kind: 'legislation', lang: 'en' })
  expect(out[0]!.story).toBe(out[1]!.story)
})

test('names the lines that it cannot read, and tags the others', async () => {
  const { code, out, err } = await run(`not json\n${JSON.stringify(ITEM)}\n{"id":"b"}\n`)
  expect(code).toBe(1)
  expect(out.map(({ id }) => id)).toEqual(['a'])
  expect(err).toContain('line 1: not JSON')
  expect(err).toContain('line 3: title')
})

test('takes no arguments', async () => {
  await expect(run('', ['items.jsonl'])).rejects.toThrow(CliUsageError)
})
