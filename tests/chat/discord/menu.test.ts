import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { messageCommands } from '../../../src/chat/discord/commands.js'
import { linksOf } from '../../../src/chat/discord/links.js'
import { textMessage } from '../../../src/chat/message.js'
import { COMMANDS, type Rig, startRig, stopRig } from './harness.js'

describe('the menu of a message', () => {
  let rig: Rig

  beforeAll(async () => {
    rig = await startRig()
    await rig.fake.waitFor(() => rig.fake.state.commands.length > 1)
  })
  afterEach(() => {
    expect(rig.fake.violations).toEqual([])
    rig.handler.messages.length = 0
  })
  afterAll(() => stopRig(rig))

  test('tells who asked about which message, and the links in it; answered privately', async () => {
    const written = rig.fake.write('Seen [this](https://a.example/x_(y))? And <https://b.example/>.')
    const reply = await rig.fake.menu(written, 'What is this?')
    expect(reply).toMatchObject({ ephemeral: true, message: { embeds: [{ description: 'Because.' }] } })
    const { id: channelId, guildId: workspaceId } = rig.fake.channel
    expect(rig.handler.messages).toMatchObject([
      {
        platform: 'discord',
        actor: { name: 'ada' },
        workspace: { id: workspaceId },
        channel: { id: channelId },
        command: 'latest',
        message: { workspaceId, channelId, messageId: written.id },
        links: ['https://a.example/x_(y)', 'https://b.example/']
      }
    ])
  })

  test('knows the message of the bot itself, with the links of its embeds', async () => {
    const place = { workspaceId: rig.fake.guild.id, channelId: rig.fake.channel.id }
    const title = { text: 'A ban', link: 'https://wire.example/ban' }
    const ref = await rig.platform.post(place, textMessage('It bans.', { title }), 'delivery-in-menu')
    const posted = rig.fake.messages().find(({ id }) => id === ref.messageId)!
    await rig.fake.menu(posted, 'What is this?')
    expect(rig.handler.messages).toMatchObject([{ message: ref, links: ['https://wire.example/ban'] }])
  })

  test('is asked once, however often the gateway tells it', async () => {
    await rig.fake.menu(rig.fake.write('twice'), 'What is this?')
    rig.fake.gateway.replayLast(1)
    await rig.fake.menu(rig.fake.write('once more'), 'What is this?')
    expect(rig.handler.messages).toHaveLength(2)
  })
})

test('an entry is for servers only, open to everyone, and has no more than a name', () => {
  const [entry, ...others] = messageCommands(COMMANDS)
  expect(others).toEqual([])
  expect(entry).toEqual({
    type: 3,
    name: 'What is this?',
    contexts: [0],
    integration_types: [0],
    default_member_permissions: null
  })
  const long = { ...COMMANDS[0]!, onMessage: { label: 'x'.repeat(33), run: COMMANDS[0]!.run as never } }
  expect(() => messageCommands([long])).toThrow('1 to 32 characters')
})

test('links of a message are its own words’ first, then those of its embeds', () => {
  const embeds = [
    { url: 'https://title.example/', description: '- [one](https://one.example/) two https://two.example/a.' }
  ]
  expect(linksOf({ content: 'https://content.example/x, ok', embeds })).toEqual([
    'https://content.example/x',
    'https://title.example/',
    'https://one.example/',
    'https://two.example/a'
  ])
})
