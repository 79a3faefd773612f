import { expect, test } from '@jest/globals'
import { startWebServer } from '../../src/web/server.js'

async function ask(port: number, path: string): Promise<[number, string]> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`)
  return [answer.status, await answer.text()]
}

test('health, readiness, the platforms’ own routes, and nothing else', async () => {
  let well = true
  const web = await startWebServer({
    port: 0,
    routes: [{ path: '/slack/events', listener: (_request, response) => void response.end('slack') }],
    ready: async () => {
      if (!well) throw new Error('password=hunter2')
    }
  })
  expect(await ask(web.port, '/healthz')).toEqual([200, 'ok\n'])
  expect(await ask(web.port, '/readyz')).toEqual([200, 'ready\n'])
  well = false
  expect(await ask(web.port, '/readyz')).toEqual([503, 'not ready: the store does not answer\n'])
  expect(await ask(web.port, '/slack/events?x=1')).toEqual([200, 'slack'])
  expect((await ask(web.port, '/else'))[0]).toBe(404)
  await web.close()
})

test('a port that is taken is told in words', async () => {
  const first = await startWebServer({ port: 0, routes: [], ready: async () => {} })
  await expect(startWebServer({ port: first.port, routes: [], ready: async () => {} })).rejects.toThrow(
    /cannot listen on port \d+: another program uses it\. Set FACELAW_PORT/
  )
  await first.close()
})
