import { afterEach, expect, test } from '@jest/globals'
import { textMessage } from '../../../src/chat/message.js'
import { platformFor, prepareRig, type Rig, startRig, stopRig } from './harness.js'

let rig: Rig

afterEach(async () => {
  await stopRig(rig)
  expect(rig.fake.violations).toEqual([])
})

test('asks for the Guilds intent only and registers the commands', async () => {
  rig = await startRig()
  expect(rig.fake.gateway.identifies).toEqual([{ intents: 1, shard: [0, 1] }])
  expect(rig.fake.state.commands.map((command) => command.name)).toEqual(['facelaw'])
})

test('answers a command privately, after taking it at once', async () => {
  rig = await startRig()
  rig.handler.reply = () => ({ message: textMessage('Three stories.', { title: { text: 'Latest' } }) })
  const reply = await rig.fake.command('latest', { query: 'police', count: 3, '-words': 'phone, "face unlock"' })
  expect(reply.ephemeral).toBe(true)
  expect(reply.message.embeds[0]).toMatchObject({ title: 'Latest', description: 'Three stories.' })
  expect(rig.handler.commands).toMatchObject([
    {
      platform: 'discord',
      name: 'latest',
      options: [
        { name: 'query', value: 'police' },
        { name: 'count', value: '3' },
        { name: '-words', value: 'phone, "face unlock"' }
      ],
      workspace: { id: rig.fake.guild.id, name: 'Newsroom' },
      channel: { id: rig.fake.channel.id, name: 'face-recognition' },
      actor: { name: 'ada' }
    }
  ])
})
