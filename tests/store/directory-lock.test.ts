import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type DirectoryLock, lockDirectory } from '../../src/store/pglite/directory-lock.js'

let folder: string
const held: DirectoryLock[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facelaw-'))
})
afterEach(async () => {
  await Promise.all(held.splice(0).map((lock) => lock.release()))
  await rm(folder, { recursive: true, force: true })
})

async function take(dataDir = folder): Promise<DirectoryLock | null> {
  const outcome = await lockDirectory(dataDir)
  if (!('lock' in outcome)) return null
  held.push(outcome.lock)
  return outcome.lock
}

test('the second is told who has it, and where the database is as soon as that is known', async () => {
  const lock = await take()
  const outcome = await lockDirectory(folder)
  if (!('holder' in outcome)) throw new Error('two have the lock')
  expect(outcome.holder.pid).toBe(process.pid)
  lock!.announce(7)
  expect(await outcome.holder.port).toBe(7)
  const later = await lockDirectory(folder)
  expect('holder' in later && (await later.holder.port)).toBe(7)
})

test('who waits for a database that never comes is told so', async () => {
  const lock = await take()
  const outcome = await lockDirectory(folder)
  await lock!.release()
  expect('holder' in outcome && (await outcome.holder.port)).toBeNull()
})

test('a freed lock is taken at once, under a new number', async () => {
  const first = await take()
  await first!.release()
  const second = await take()
  expect(second!.generation).toBe(first!.generation + 1)
  expect((await readdir(folder)).filter((name) => name.startsWith('lock.'))).toEqual([`lock.${second!.generation}`])
})

test('of many that find a dead lock at once, one gets it', async () => {
  for (let round = 0; round < 25; round++) {
    const taken = await Promise.all(Array.from({ length: 8 }, () => take()))
    const winners = taken.filter((lock) => lock !== null)
    expect(winners).toHaveLength(1)
    await winners[0]!.release()
  }
})

test('a data directory with a path too long for sockets is locked all the same', async () => {
  const deep = join(folder, 'x'.repeat(80), 'y'.repeat(80))
  expect(await take(deep)).not.toBeNull()
  expect(await take(deep)).toBeNull()
})

test('the folder is made when it is missing; a file in its place is an error', async () => {
  expect(await take(join(folder, 'new', 'er'))).not.toBeNull()
  await writeFile(join(folder, 'file'), '')
  await expect(take(join(folder, 'file', 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' })
})
