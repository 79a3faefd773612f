import { describe, expect, test } from '@jest/globals'
import { readShards } from '../src/chat/discord/shard-setting.js'
import { ALL_ROLES, doesAll, readRoles } from '../src/roles.js'

describe('--role', () => {
  test.each<[string[], string[]]>([
    [[], [...ALL_ROLES]],
    [['all'], [...ALL_ROLES]],
    [['poller'], ['poller']],
    [
      ['poller, Sender', 'web'],
      ['poller', 'sender', 'web']
    ],
    [['poller,poller'], ['poller']],
    [['poller,all'], [...ALL_ROLES]]
  ])('%o', (given, roles) => {
    expect([...readRoles(given)]).toEqual(roles)
  })

  test.each(['chef', '', 'all,chef', 'poller,'])('refuses "%s"', (text) => {
    expect(() => readRoles([text])).toThrow(/there is no role/)
  })

  test('every role is all there is', () => {
    expect(doesAll(readRoles(['web,sender,poller,gateway']))).toBe(true)
    expect(doesAll(readRoles(['web']))).toBe(false)
  })
})

describe('--shards', () => {
  test.each([
    ['auto', { count: 'auto' }],
    ['8', { count: 8 }],
    ['0/1', { count: 1, only: [0] }],
    ['0-3/8', { count: 8, only: [0, 1, 2, 3] }],
    ['0,2,5-6,2/8', { count: 8, only: [0, 2, 5, 6] }]
  ])('%s', (text, setting) => {
    expect(readShards(text)).toEqual(setting)
  })

  test.each(['', '0', 'many', '8/8', '3-1/8', '/8', '0-/8', '-1', '1.5', '99999', '0-999999999/8'])(
    'refuses "%s"',
    (text) => {
      expect(() => readShards(text)).toThrow(/cannot be read: it is auto, a number/)
    }
  )
})
