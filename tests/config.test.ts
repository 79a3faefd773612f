import { describe, expect, test } from '@jest/globals'
import { ConfigError, readConfig } from '../src/config.js'

describe('settings', () => {
  test('none at all is enough', () => {
    const config = readConfig({})
    expect(config).toMatchObject({
      dataDir: '.facelaw',
      slack: undefined,
      discord: undefined,
      allowPrivateFeeds: false
    })
  })

  test('empty ones count as not set', () => {
    expect(readConfig({ DISCORD_TOKEN: '', FACELAW_POLL_SECONDS: ' ' })).toMatchObject({
      discord: undefined,
      pollSeconds: undefined
    })
  })

  test.each([
    [{ FACELAW_POLL_SECONDS: 'often' }, /FACELAW_POLL_SECONDS must be a whole number from 1 to 86400, such as 600/],
    [{ FACELAW_PORT: '70000' }, /FACELAW_PORT must be a whole number from 0 to 65535/],
    [{ DATABASE_URL: 'mysql://root:hunter2@localhost/x' }, /DATABASE_URL must be a PostgreSQL address, such as/],
    [{ SLACK_BOT_TOKEN: 'hunter2' }, /SLACK_BOT_TOKEN must start with "xoxb-"/],
    [{ SLACK_BOT_TOKEN: 'xoxb-hunter2' }, /set SLACK_APP_TOKEN .* or SLACK_SIGNING_SECRET/],
    [{ SLACK_APP_TOKEN: 'xapp-hunter2' }, /SLACK_BOT_TOKEN is missing/],
    [{ SLACK_API_URL: 'slack' }, /SLACK_API_URL must be an http\(s\) address/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL must be one of/],
    [{ FACELAW_ALLOW_PRIVATE_FEEDS: 'yes' }, /FACELAW_ALLOW_PRIVATE_FEEDS must be 1/]
  ])('a wrong one names itself, the reason and an example, never its value: %o', (env, message) => {
    expect(() => readConfig(env)).toThrow(message)
    expect(() => readConfig(env)).toThrow(ConfigError)
    expect(() => readConfig(env)).not.toThrow(/hunter2/)
  })

  test('all wrong ones are told at once', () => {
    expect(() => readConfig({ FACELAW_PORT: 'x', LOG_LEVEL: 'x' })).toThrow(/FACELAW_PORT[\s\S]*LOG_LEVEL/)
  })
})
