import { afterEach, describe, expect, test } from '@jest/globals'
import { REST } from 'discord.js'
import type { Command } from '../../../src/chat/command.js'
import { applicationCommand } from '../../../src/chat/discord/commands.js'
import { registerCommands } from '../../../src/chat/discord/registration.js'
import { suggestChoices } from '../../../src/chat/discord/suggestions.js'
import { createFakeDiscord, type FakeDiscord } from '../../fakes/discord/fake-discord.js'
import { COMMANDS, mapMemory } from './harness.js'

describe('the application command', () => {
  test('has one subcommand a command, required options first, each with its type', () => {
    const definition = applicationCommand(COMMANDS)
    const latest = definition.options.find((option) => option.name === 'latest')
    expect(latest?.options?.map(({ name, type }) => [name, type])).toEqual([
      ['query', 3],
      ['company', 3],
      ['kind', 3],
      ['count', 4],
      ['-words', 3]
    ])
    expect(latest?.options).toMatchObject([
      { required: true },
      { autocomplete: true, description: 'Company (several: commas)' },
      { autocomplete: true },
      { min_value: 0 },
      {}
    ])
  })

  test('offers a closed list as choices where one value is taken', () => {
    const digest = applicationCommand(COMMANDS).options.find((option) => option.name === 'digest')
    expect(digest?.options).toMatchObject([
      { name: 'zone', autocomplete: true },
      { name: 'action', choices: [{ value: 'now' }, { value: 'set' }, { value: 'off' }] }
    ])
  })

  test('is for servers only, and open to everyone', () => {
    expect(applicationCommand(COMMANDS)).toMatchObject({
      contexts: [0],
      integration_types: [0],
      default_member_permissions: null
    })
  })

  test('names the command that Discord would refuse', () => {
    const wrong: Command = { ...COMMANDS[0]!, name: 'Not Allowed' }
    expect(() => applicationCommand([wrong])).toThrow('"Not Allowed"')
    const long = Array.from({ length: 25 }, (_, index) => ({
      ...COMMANDS[1]!,
      name: `c${index}`,
      options: Array.from({ length: 10 }, (_, at) => ({
        name: `o${at}`,
        description: 'x'.repeat(90),
        type: 'text' as const
      }))
    }))
    expect(() => applicationCommand(long)).toThrow('8000')
  })
})

describe('registration', () => {
  let fake: FakeDiscord

  afterEach(async () => {
    expect(fake.violations).toEqual([])
    await fake.close()
  })

  function puts(): number {
    return fake.requests.filter((request) => request.method === 'PUT').length
  }

  test('happens once, and again when ours or theirs changed', async () => {
    fake = await createFakeDiscord()
    const rest = new REST({ api: fake.apiUrl, version: '10' }).setToken(fake.token)
    const memory = mapMemory()
    const register = (commands: Command[]) =>
      registerCommands(rest, fake.state.applicationId, [applicationCommand(commands)], memory)

    expect(await register(COMMANDS)).toBe(true)
    expect(await register(COMMANDS)).toBe(false)
    expect(puts()).toBe(1)

    expect(await register(COMMANDS.slice(0, 2))).toBe(true)

    fake.state.commands = []
    expect(await register(COMMANDS.slice(0, 2))).toBe(true)

    fake.state.commands[0] = { ...fake.state.commands[0]!, version: '1', description: 'Somebody else wrote this' }
    expect(await register(COMMANDS.slice(0, 2))).toBe(true)
    expect(await register(COMMANDS.slice(0, 2))).toBe(false)
    expect(puts()).toBe(4)
    rest.clearHashSweeper()
    rest.clearHandlerSweeper()
  })
})

describe('suggestions', () => {
  const workspace = { id: '1', name: 'Newsroom' }

  function suggest(option: string, partial: string, values: { label: string; value: string }[] | Error) {
    const command = option === 'zone' ? 'digest' : 'latest'
    return suggestChoices({ command, option, partial, workspace }, COMMANDS, {
      suggest: async () => {
        if (values instanceof Error) throw values
        return values
      }
    })
  }

  test('keep what stands before the last comma', async () => {
    const values = [{ label: 'Amazon (12 stories)', value: 'Amazon' }]
    expect(await suggest('company', 'IBM, ama', values)).toEqual([
      { name: 'IBM, Amazon (12 stories)', value: 'IBM, Amazon' }
    ])
  })

  test('quote a value that has a comma itself', async () => {
    const values = [{ label: 'Faces, Inc.', value: 'Faces, Inc.' }]
    expect(await suggest('company', '"Faces, Inc.", fac', values)).toEqual([
      { name: '"Faces, Inc.", Faces, Inc.', value: '"Faces, Inc.", "Faces, Inc."' }
    ])
  })

  test('complete a closed list without asking the core', async () => {
    expect(await suggest('kind', 'legislation, enf', new Error('not asked'))).toEqual([
      { name: 'legislation, enforcement', value: 'legislation, enforcement' }
    ])
  })

  test('are at most 25, of at most 100 characters, and none when the core fails', async () => {
    const many = Array.from({ length: 40 }, (_, index) => ({
      label: `Zone ${index} ${'x'.repeat(120)}`,
      value: `Z${index}`
    }))
    const choices = await suggest('zone', '', many)
    expect(choices).toHaveLength(25)
    expect(choices.every(({ name }) => name.length <= 100)).toBe(true)
    expect(await suggest('zone', '', [{ label: 'Too long', value: 'x'.repeat(101) }])).toEqual([])
    expect(await suggest('zone', '', new Error('database gone'))).toEqual([])
    expect(await suggest('nonsense', '', [])).toEqual([])
  })
})
