import { afterEach, expect, test } from '@jest/globals'
import { startWebServer, type WebServer } from '../../src/web/server.js'
import { Serving } from '../../src/web/serving.js'
import { quietLogger } from '../fakes/databases.js'

const ready = async () => {}
let other: WebServer | undefined
let serving: Serving | undefined

afterEach(async () => {
  await serving?.close()
  await other?.close()
})

function ask(port: number): Promise<string> {
  return fetch(`http://127.0.0.1:${port}/whose`).then((answer) => answer.text())
}

function whose(name: string) {
  return {
    path: '/whose',
    listener: (_request: unknown, response: { end(text: string): void }) => response.end(name)
  }
}

test('a port that another Facelaw of this machine has is taken over when it is free', async () => {
  other = await startWebServer({ port: 0, routes: [whose('the first')], ready })
  const { port } = other
  serving = new Serving({
    servers: [{ port, routes: [whose('the second')], ready }],
    hasNeighbour: () => true,
    logger: quietLogger
  })
  await serving.start()
  expect(await ask(port)).toBe('the first')
  await other.close()
  other = undefined
  await serving.start()
  expect(await ask(port)).toBe('the second')
  await serving.start()
  expect(await ask(port)).toBe('the second')
})

test('a port that a stranger has is an error', async () => {
  other = await startWebServer({ port: 0, routes: [], ready })
  serving = new Serving({
    servers: [{ port: other.port, routes: [], ready }],
    hasNeighbour: () => false,
    logger: quietLogger
  })
  await expect(serving.start()).rejects.toThrow(/another program uses it/)
})
