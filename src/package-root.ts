import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json and the data folders (feeds, lexicon, migrations, …), from source and from dist. */
export const packageRoot = findRoot(dirname(fileURLToPath(import.meta.url)))

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  if (parent === folder)
    throw new Error('package.json not found above the program: the installation is incomplete, install it again')
  return findRoot(parent)
}

/**
 * A compiled module, for worker threads and child processes: they cannot load TypeScript, so that even under jest they
 * run the build (`npm test` makes it first). `path` is relative to dist, as in `src/feeds/parse-worker.js`.
 */
export function compiledModule(path: string): URL {
  return new URL(`file://${join(packageRoot, 'dist', path)}`)
}
