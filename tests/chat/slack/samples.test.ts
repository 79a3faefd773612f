import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { WebClient } from '@slack/web-api'
import { packageRoot } from '../../../src/package-root.js'
import { createFakeSlack, type FakeSlack } from '../../fakes/slack/fake-slack.js'

/** Field shapes of real answers, kept beside the project; not everyone has them. */
const SAMPLES = join(packageRoot, '../shared/specs/slack-samples/api')
const present = existsSync(SAMPLES)
if (!present) console.info('the Slack samples are not here: the shape of the fake’s answers goes unchecked')

/** Fields that the sample does not have. Blocks and payloads of ours are free. */
function unknownFields(answer: unknown, sample: unknown, path = ''): string[] {
  if (/\/(?:blocks|event_payload)$/.test(path)) return []
  if (Array.isArray(answer) && Array.isArray(sample))
    return answer.flatMap((item) => unknownFields(item, sample[0], `${path}[]`))
  if (typeof answer !== 'object' || answer === null) return []
  if (typeof sample !== 'object' || sample === null) return [path]
  return Object.entries(answer).flatMap(([key, value]) => {
    if (!(key in sample)) return [`${path}/${key}`]
    return unknownFields(value, (sample as Record<string, unknown>)[key], `${path}/${key}`)
  })
}

describe('the fake answers in the shape of Slack', () => {
  let slack: FakeSlack
  const answers: Record<string, unknown> = {}

  beforeAll(async () => {
    slack = await createFakeSlack()
    const keep = async (url: string | URL, init?: RequestInit) => {
      const response = await fetch(url, init)
      answers[String(url).slice(slack.apiUrl.length)] = await response.clone().json()
      return response
    }
    const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, fetch: keep as never })
    const channel = 'C0GENERAL'
    await client.auth.test()
    await client.users.info({ user: 'U0ADMIN' })
    const metadata = { event_type: 'facelaw_delivery', event_payload: { delivery: 'd' } }
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'one', metadata })
    await client.chat.postMessage({ channel, text: 'two', thread_ts: ts })
    await client.chat.update({ channel, ts, text: 'three' })
    await client.chat.postEphemeral({ channel, user: 'U0ADMIN', text: 'four' })
    await client.conversations.history({ channel, include_all_metadata: true })
    await client.conversations.replies({ channel, ts })
    await new WebClient(slack.appToken, { slackApiUrl: slack.apiUrl, fetch: keep as never }).apps.connections.open()
  })
  afterAll(() => slack.close())

  const methods = present ? readdirSync(SAMPLES).map((name) => name.replace(/\.json$/, '')) : []
  test('to eight methods and more', () => {
    expect(Object.keys(answers)).toHaveLength(8)
    for (const answer of Object.values(answers)) expect(answer).toMatchObject({ ok: true })
  })

  const checked = present ? test : test.skip
  checked('with no field that Slack does not have', () => {
    const compared = Object.keys(answers).filter((method) => methods.includes(method))
    expect(compared).toHaveLength(8)
    for (const method of compared) {
      const sample = JSON.parse(readFileSync(join(SAMPLES, `${method}.json`), 'utf8'))
      expect({ method, unknown: unknownFields(answers[method], sample) }).toEqual({ method, unknown: [] })
    }
  })
})
