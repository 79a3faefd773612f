import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '../../src/log.js'
import { packageRoot } from '../../src/package-root.js'
import { readMigrations } from '../../src/store/migrate.js'
import { openStore } from '../../src/store/open.js'

/**
 * Puts an empty, migrated database into a data directory: a copy of one that is made once for this version of PGlite
 * and these migrations, and kept in the temporary folder, because PGlite takes seconds to make one.
 */
export async function copyEmptyPglite(dataDir: string): Promise<void> {
  const template = join(tmpdir(), `facelaw-template-${process.getuid?.() ?? 0}-${await fingerprint()}`)
  if (!existsSync(template)) await make(template)
  await cp(join(template, 'pglite'), join(dataDir, 'pglite'), { recursive: true })
}

async function make(template: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'facelaw-'))
  const store = await openStore({ dataDir: folder, logger: createLogger('silent') })
  await store.close()
  // Another test worker may have been faster: then its template serves.
  await rename(folder, template).catch(() => rm(folder, { recursive: true, force: true }))
}

async function fingerprint(): Promise<string> {
  const pglite = join(packageRoot, 'node_modules/@electric-sql/pglite/package.json')
  const { version } = JSON.parse(await readFile(pglite, 'utf8')) as { version: string }
  const checksums = (await readMigrations()).map((migration) => migration.checksum)
  return createHash('sha256')
    .update([version, ...checksums].join())
    .digest('hex')
    .slice(0, 16)
}
