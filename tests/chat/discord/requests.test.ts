import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { textMessage } from '../../../src/chat/message.js'
import { type Rig, startRig, stopRig } from './harness.js'

let rig: Rig

beforeAll(async () => {
  rig = await startRig()
})

beforeEach(() => {
  rig.handler.commands.length = 0
  rig.handler.buttons.length = 0
  rig.handler.reply = () => ({ message: textMessage('Done.') })
})

afterEach(() => {
  expect(rig.fake.violations).toEqual([])
})

afterAll(async () => {
  await stopRig(rig)
})

function callbacks(id: string): number {
  return rig.fake.requests.filter((request) => request.path.startsWith(`/interactions/${id}/`)).length
}

test('hands over a command with its typed options, and answers privately', async () => {
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
  expect(rig.fake.messages()).toEqual([])
})

test('takes a command before the core begins to work on it', async () => {
  let takenBefore = 0
  rig.handler.reply = () => {
    takenBefore = rig.fake.state.interactions.at(-1)?.responded ?? 0
    return { message: textMessage('Slow answer') }
  }
  await rig.fake.command('help')
  expect(takenBefore).toBe(5)
})

test('knows who may change things: Manage Channels or Administrator', async () => {
  for (const permissions of ['member', 'manager', 'administrator'] as const) {
    await rig.fake.command('help', {}, { permissions })
  }
  const managers = await Promise.all(rig.handler.commands.map((request) => request.isManager()))
  expect(managers).toEqual([false, true, true])
})

test('a public reply is seen by all, and nothing private is left behind', async () => {
  rig.handler.reply = () => ({ message: textMessage('This channel now hears of Amazon.'), public: true })
  const interaction = rig.fake.begin('help')
  const [message] = await rig.fake.waitFor(
    () => interaction.original === null && interaction.responded === 5 && interaction.followUps
  )
  expect(message).toMatchObject({ flags: 0, channel_id: rig.fake.channel.id })
  expect(rig.fake.messages()).toContain(message)
})

test('an interaction that the gateway tells twice runs once', async () => {
  await rig.fake.command('help')
  rig.fake.gateway.replayLast(1)
  const reply = await rig.fake.command('latest', { query: 'after the replay' })
  expect(rig.handler.commands.map((request) => 'name' in request && request.name)).toEqual(['help', 'latest'])
  expect(callbacks(reply.interaction.id)).toBe(1)
})

test('what another process of the bot has taken is not run', async () => {
  rig.fake.fail({
    path: '/callback',
    with: { status: 400, code: 40060, message: 'Interaction has already been acknowledged.' }
  })
  const interaction = rig.fake.begin('help')
  await rig.fake.waitFor(() => rig.log.some((line) => line.includes(interaction.id)))
  await rig.fake.command('latest', { query: 'next' })
  expect(rig.handler.commands).toHaveLength(1)
})

test('a pressed button gets a private answer of its own', async () => {
  rig.handler.reply = () => ({
    message: textMessage('Subscribe?', {
      buttons: [
        { label: 'Yes', action: 'subscribe:yes' },
        { label: 'No', action: 'subscribe:no' }
      ]
    })
  })
  rig.handler.pressed = () => ({ message: textMessage('Subscribed.') })
  const question = await rig.fake.command('help')
  const answer = await rig.fake.press(question.message, 'No')
  expect(rig.handler.buttons).toMatchObject([{ action: 'subscribe:no', message: null }])
  expect(answer.ephemeral).toBe(true)
  expect(answer.message.id).not.toBe(question.message.id)
})

test('a reply can take the place of the message that held the button', async () => {
  const ref = await rig.platform.post(
    { workspaceId: rig.fake.guild.id, channelId: rig.fake.channel.id },
    textMessage('Page 1', { buttons: [{ label: 'Next', action: 'page:2' }] }),
    'delivery-with-button'
  )
  rig.handler.pressed = () => ({ message: textMessage('Page 2'), replace: true })
  const message = rig.fake.messages().find(({ id }) => id === ref.messageId)!
  const answer = await rig.fake.press(message, 'Next')
  expect(rig.handler.buttons).toMatchObject([{ action: 'page:2', message: ref }])
  expect(answer.message.id).toBe(ref.messageId)
  expect(answer.message.embeds[0]?.description).toBe('Page 2')
  expect(answer.message.components).toEqual([])
})

test('completes a half-typed option', async () => {
  rig.handler.values = ({ partial }) => [{ label: `${partial}zon`, value: 'Amazon' }]
  expect(await rig.fake.autocomplete('latest', 'company', 'Ama')).toEqual([{ name: 'Amazon', value: 'Amazon' }])
})

test('an answer after the token expired is a line in the log, not a crash', async () => {
  rig.handler.reply = () => {
    rig.fake.state.interactions.at(-1)!.expired = true
    return { message: textMessage('Too late') }
  }
  const { id } = rig.fake.begin('help')
  const line = await rig.fake.waitFor(() => rig.log.find((entry) => entry.includes(id)))
  expect(JSON.parse(line)).toMatchObject({ level: 50, error: { code: 10015 } })
  expect(line).not.toContain(rig.fake.state.interactions.at(-1)!.token)
  rig.handler.reply = () => ({ message: textMessage('Alive') })
  expect((await rig.fake.command('help')).message.embeds[0]?.description).toBe('Alive')
})
