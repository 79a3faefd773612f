import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { compiledModule } from '../src/package-root.js'

/** What a package has loaded of itself, by the files' paths. */
const LOADED = `
  import { createRequire } from 'node:module'
  const { createPlatforms } = await import(${JSON.stringify(compiledModule('src/app.js').href)})
  const loaded = () => Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('/discord.js/'))
  const before = loaded()
  await createPlatforms({ discord: { token: 'a.b.c' } }, { settings: {}, requests: {} }, console)
  console.log(JSON.stringify({ before, after: loaded() }))
`

test('a bot that starts loads no platform that is not set', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', LOADED])
  expect(JSON.parse(stdout)).toEqual({ before: false, after: true })
})
