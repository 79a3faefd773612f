import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createFakeDiscord, type FakeDiscord } from '../../fakes/discord/fake-discord.js'
import { specChecker } from '../../fakes/discord/openapi.js'

/** The fake must refuse what Discord refuses, or nothing that it accepts would prove anything. */

let fake: FakeDiscord

beforeEach(async () => {
  fake = await createFakeDiscord()
})

afterEach(async () => {
  await fake.close()
})

async function call(method: string, path: string, body: unknown, token = fake.token) {
  const response = await fetch(`${fake.apiUrl}/v10${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', Authorization: `Bot ${token}` },
    body: JSON.stringify(body)
  })
  return { status: response.status, body: (await response.json()) as { code?: number; id?: string } }
}

const NOBODY = { allowed_mentions: { parse: [] } }

function button(id: string) {
  return { type: 2, style: 2, label: 'Why?', custom_id: id }
}

describe('the fake refuses, and counts', () => {
  test.each([
    ['an empty message', { ...NOBODY }],
    ['a message that may mention people', { content: 'hello' }],
    ['2001 characters of content', { ...NOBODY, content: 'x'.repeat(2001) }],
    ['a title of 257 characters', { ...NOBODY, embeds: [{ title: 'x'.repeat(257) }] }],
    ['embeds of more than 6000 characters', { ...NOBODY, embeds: Array(2).fill({ description: 'x'.repeat(3001) }) }],
    ['a link that is no web address', { ...NOBODY, embeds: [{ title: 'x', url: 'javascript:alert(1)' }] }],
    [
      'the same custom_id twice',
      { ...NOBODY, content: 'x', components: [{ type: 1, components: [button('a'), button('a')] }] }
    ],
    [
      'six buttons in a row',
      { ...NOBODY, content: 'x', components: [{ type: 1, components: [...'abcdef'].map(button) }] }
    ],
    ['a nonce of 26 characters', { ...NOBODY, content: 'x', nonce: 'x'.repeat(26) }]
  ])('%s', async (_name, body) => {
    expect((await call('POST', `/channels/${fake.channel.id}/messages`, body)).status).toBe(400)
    expect(fake.violations.length).toBeGreaterThan(0)
    expect(fake.messages()).toEqual([])
  })

  test('a command with an option that is required too late', async () => {
    const option = { type: 3, description: 'x' }
    const options = [
      { ...option, name: 'a' },
      { ...option, name: 'b', required: true }
    ]
    const command = { name: 'facelaw', description: 'x', options }
    expect((await call('PUT', `/applications/${fake.state.applicationId}/commands`, [command])).status).toBe(400)
  })

  test('an unknown token, without counting it as a wrong request', async () => {
    expect((await call('POST', `/channels/${fake.channel.id}/messages`, NOBODY, 'other')).status).toBe(401)
    expect(fake.violations).toEqual([])
  })

  const specTest = specChecker() ? test : test.skip
  specTest('a field that Discord does not know (needs ../shared/specs/discord-openapi.json)', async () => {
    await call('POST', `/channels/${fake.channel.id}/messages`, { ...NOBODY, content: 'x', embed: { title: 'x' } })
    expect(fake.violations.join()).toMatch('additional properties')
  })
})

test('the fake answers a repeated nonce with the first message', async () => {
  const body = { ...NOBODY, content: 'x', nonce: '7', enforce_nonce: true }
  const first = await call('POST', `/channels/${fake.channel.id}/messages`, body)
  const second = await call('POST', `/channels/${fake.channel.id}/messages`, body)
  expect(second.body.id).toBe(first.body.id)
  expect(fake.messages()).toHaveLength(1)
})
