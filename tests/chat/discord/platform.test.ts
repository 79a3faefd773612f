import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import { restAddress } from '../../../src/chat/discord/address.js'
import { textMessage } from '../../../src/chat/message.js'
import { mapMemory, platformFor, prepareRig, type Rig, startRig, stopRig } from './harness.js'

let rig: Rig

afterEach(async () => {
  await stopRig(rig)
  expect(rig.fake.violations).toEqual([])
})

function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => new Error('it started'),
    (error) => error as Error
  )
}

describe('starting', () => {
  test('asks for the Guilds intent only, and registers the commands', async () => {
    rig = await startRig()
    expect(rig.fake.gateway.identifies).toEqual([{ intents: 1, shard: [0, 1] }])
    expect(rig.fake.state.commands.map((command) => command.name)).toEqual(['facelaw', 'What is this?'])
  })

  test('a restart registers nothing when nothing changed', async () => {
    rig = await startRig()
    await rig.platform.stop()
    const again = platformFor(rig.fake, rig.memory)
    await again.platform.start(again.handler)
    expect(rig.fake.requests.filter((request) => request.method === 'PUT')).toHaveLength(1)
    await again.platform.stop()
  })

  test('goes on without commands when they cannot be registered', async () => {
    rig = await prepareRig()
    rig.fake.fail({ method: 'PUT', path: '/commands', with: { status: 400, code: 50035, message: 'Invalid' } })
    await rig.platform.start(rig.handler)
    expect(rig.log.some((line) => line.includes('could not be registered'))).toBe(true)
  })

  test('a wrong token: says what to do, and never the token', async () => {
    rig = await prepareRig({ token: 'MTA0MDA.wrong.token' })
    const error = await failure(rig.platform.start(rig.handler))
    expect(error.message).toContain('DISCORD_TOKEN')
    expect(error.message + rig.log.join('')).not.toContain('MTA0MDA.wrong.token')
    expect(rig.fake.gateway.identifies).toEqual([])
  })

  test.each([
    [4004, 'DISCORD_TOKEN'],
    [4014, 'intents'],
    [4011, '2,500 servers']
  ])('the gateway refuses with %i: says what to do', async (code, words) => {
    rig = await prepareRig()
    rig.fake.gateway.refuseWith = code
    expect((await failure(rig.platform.start(rig.handler))).message).toContain(words)
    expect(rig.fake.gateway.identifies).toHaveLength(1)
  })

  test('no sessions left today: does not identify, says when', async () => {
    rig = await prepareRig()
    rig.fake.state.sessionsLeft = 0
    expect((await failure(rig.platform.start(rig.handler))).message).toMatch(/started too often.*after \d{4}-/)
    expect(rig.fake.gateway.identifies).toEqual([])
  })

  test('a gateway that says nothing: gives up in time', async () => {
    rig = await prepareRig({ readyTimeoutMs: 50 })
    rig.fake.gateway.silent = true
    expect((await failure(rig.platform.start(rig.handler))).message).toContain('in time')
  })

  test('a server error and an unreachable server', async () => {
    rig = await prepareRig()
    rig.fake.fail({ path: '/gateway/bot', times: 9, with: { status: 502 } })
    expect((await failure(rig.platform.start(rig.handler))).message).toContain('answered 502')

    const nobody = createServer().listen(0, '127.0.0.1')
    await once(nobody, 'listening')
    const address = nobody.address() as { port: number }
    await new Promise((resolve) => nobody.close(resolve))
    const other = platformFor(rig.fake, mapMemory(), { apiUrl: `http://127.0.0.1:${address.port}` })
    expect((await failure(other.platform.start(other.handler))).message).toContain('ECONNREFUSED')
  })

  test('takes the address of a test server in every form', async () => {
    rig = await prepareRig()
    const origin = new URL(rig.fake.apiUrl).origin
    for (const form of ['', '/', '/api', '/api/', '/api/v10', '/api/v10/']) {
      expect(restAddress(origin + form)).toBe(`${origin}/api`)
    }
    expect(restAddress(undefined)).toBe('https://discord.com/api')
    expect(() => restAddress('localhost:4000')).toThrow('DISCORD_API_URL')
  })
})

describe('a gateway that comes and goes', () => {
  test('takes the session up again and misses nothing', async () => {
    rig = await startRig()
    rig.fake.dropGateway()
    await rig.fake.waitFor(() => rig.fake.gateway.connections === 0)
    const asked = rig.fake.begin('help')
    await rig.fake.waitFor(() => asked.edits > 0)
    expect(rig.fake.gateway.resumes).toBe(1)
    expect(rig.handler.commands).toHaveLength(1)
  })

  test('connects anew when it is asked to, and when its session is void', async () => {
    rig = await startRig()
    rig.fake.gateway.askReconnect()
    await rig.fake.waitFor(() => rig.fake.gateway.resumes === 1)
    await rig.fake.command('help')
    rig.fake.gateway.invalidateSessions()
    await rig.fake.waitFor(() => rig.fake.gateway.identifies.length === 2)
    await rig.fake.command('help')
    expect(rig.handler.commands).toHaveLength(2)
  })

  test('an event that discord.js cannot digest is a line in the log', async () => {
    rig = await startRig()
    rig.fake.gateway.dispatch('CHANNEL_UPDATE', null)
    await rig.fake.command('help')
    expect(rig.log.some((line) => line.includes('could not be digested'))).toBe(true)
  })

  test('posts go on while the gateway is away', async () => {
    rig = await startRig()
    rig.fake.gateway.silent = true
    rig.fake.dropGateway()
    const channel = { workspaceId: rig.fake.guild.id, channelId: rig.fake.channel.id }
    await rig.platform.post(channel, textMessage('Still here'), 'd1')
    expect(rig.fake.messages()).toHaveLength(1)
  })

  test('a token that was reset while running is told in the log, once and for good', async () => {
    rig = await startRig()
    rig.fake.dropGateway(4004)
    const line = await rig.fake.waitFor(() => rig.log.find((entry) => entry.includes('DISCORD_TOKEN')))
    expect(line).not.toContain(rig.fake.token)
    expect(rig.fake.gateway.identifies).toHaveLength(1)
  })
})

describe('stopping', () => {
  test('finishes an answer that is in hand', async () => {
    rig = await startRig()
    let finish: () => void = () => undefined
    const work = new Promise<void>((resolve) => {
      finish = resolve
    })
    rig.handler.reply = async () => {
      await work
      return { message: textMessage('Just in time') }
    }
    const asked = rig.fake.begin('help')
    await rig.fake.waitFor(() => rig.handler.commands.length === 1)
    const stopped = rig.platform.stop()
    finish()
    await stopped
    expect(asked.original?.embeds[0]?.description).toBe('Just in time')
    expect(rig.fake.gateway.connections).toBe(0)
  })

  test('ends when the gateway is gone, and connects no more', async () => {
    rig = await startRig()
    rig.fake.dropGateway()
    await rig.fake.waitFor(() => rig.log.some((line) => line.includes('connecting again')))
    await rig.platform.stop()
    // Another bot loses its line later and comes back: had the first one gone on, it would have been there before.
    const other = platformFor(rig.fake, mapMemory())
    await other.platform.start(other.handler)
    rig.fake.dropGateway()
    rig.fake.begin('help')
    await rig.fake.waitFor(() => other.handler.commands.length > 0)
    expect(rig.fake.gateway.resumes).toBe(1)
    expect(rig.fake.gateway.identifies).toHaveLength(2)
    await other.platform.stop()
  })

  test('ends without having been started', async () => {
    rig = await prepareRig()
    await rig.platform.stop()
  })
})
