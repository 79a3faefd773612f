import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { compiledModule } from '../src/package-root.js'

/** In a process of its own: 60 MB that live, then ten times as much that outlives the young generation and dies. */
const CHURN = `
  const { keepHeapSmall } = await import(${JSON.stringify(compiledModule('src/heap.js').href)})
  const things = (count) => Array.from({ length: count }, (_, at) => ({ at, more: [at, at + 1, at + 2] }))
  const living = things(500_000)
  keepHeapSmall()
  const alive = process.memoryUsage().heapUsed
  const recent = []
  let most = 0
  for (let round = 0; round < 100; round++) {
    recent.push(things(50_000))
    if (recent.length > 3) recent.shift()
    most = Math.max(most, process.memoryUsage().heapUsed)
  }
  console.log(JSON.stringify({ growth: most / alive, living: living.length }))
`

test('the heap stays near what lives on it, however much garbage comes', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', CHURN])
  expect((JSON.parse(stdout) as { growth: number }).growth).toBeLessThan(3)
})
