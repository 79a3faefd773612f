import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { commands } from '../../../commands/index.js'
import { type SlackEvent, toChange } from '../../../src/chat/slack/events.js'
import { packageRoot } from '../../../src/package-root.js'

const manifest = parse(readFileSync(join(packageRoot, 'manifest.yaml'), 'utf8'))
const readme = readFileSync(join(packageRoot, 'src/chat/slack/README.md'), 'utf8')

test('every scope is explained, and none is explained that is not asked for', () => {
  const explained = [...readme.matchAll(/^\| `(commands|[a-z]+:[a-z]+)` +\|/gm)].map((match) => match[1])
  expect(explained).toEqual(manifest.oauth_config.scopes.bot)
})

test('every event that is asked for means something to the core', () => {
  const events: string[] = manifest.settings.event_subscriptions.bot_events
  expect(events.length).toBeGreaterThan(10)
  for (const type of events) {
    const event: SlackEvent = {
      type,
      channel: type.endsWith('rename') ? { id: 'C1', name: 'law' } : 'C1',
      user: 'U0BOT',
      old_channel_id: 'C1',
      new_channel_id: 'C2',
      tokens: { bot: ['U0BOT'] }
    }
    expect({ type, change: toChange(event, 'T1', 'U0BOT') }).toEqual({ type, change: expect.anything() })
  }
})

test('keeps to what Slack allows for a manifest', () => {
  expect(manifest.display_information.name.length).toBeLessThanOrEqual(35)
  expect(manifest.display_information.description.length).toBeLessThanOrEqual(140)
  expect(manifest.display_information.long_description.length).toBeGreaterThanOrEqual(175)
  expect(manifest.features.slash_commands).toMatchObject([{ command: '/facelaw', usage_hint: expect.any(String) }])
  expect(manifest.settings).toMatchObject({ socket_mode_enabled: true, interactivity: { is_enabled: true } })
})

test('has a shortcut for each command that a message’s menu offers, by its name and label', () => {
  const offered = commands.flatMap(({ name, onMessage }) =>
    onMessage ? [{ callback_id: name, name: onMessage.label }] : []
  )
  expect(offered.length).toBeGreaterThan(0)
  expect(manifest.features.shortcuts).toMatchObject(offered.map((one) => ({ ...one, type: 'message' })))
  for (const { name, description } of manifest.features.shortcuts) {
    expect(name.length).toBeLessThanOrEqual(24)
    expect(description.length).toBeLessThanOrEqual(150)
  }
})
