import { pino } from 'pino'
import type { Command } from '../../../src/chat/command.js'
import type { ShardLeases } from '../../../src/chat/discord/leases.js'
import { createDiscordPlatform, type DiscordSettings } from '../../../src/chat/discord/platform.js'
import type { Memory } from '../../../src/chat/discord/registration.js'
import { textMessage } from '../../../src/chat/message.js'
import type {
  ButtonRequest,
  ChannelChange,
  ChatPlatform,
  CommandHandler,
  CommandRequest,
  MessageRequest,
  Reply,
  Suggestion,
  SuggestRequest
} from '../../../src/chat/platform.js'
import { createFakeDiscord, type FakeDiscord } from '../../fakes/discord/fake-discord.js'

/** Commands with every kind of option. */
export const COMMANDS: Command[] = [
  command('help', []),
  command('latest', [
    { name: 'company', description: 'Company', type: 'company', repeatable: true },
    { name: 'kind', description: 'Kind of story', type: 'kind', repeatable: true },
    { name: 'count', description: 'How many', type: 'number' },
    { name: '-words', description: 'Words that keep a story out', type: 'words', repeatable: true },
    { name: 'query', description: 'What to look for', type: 'text', required: true, positional: true }
  ]),
  command('digest', [
    { name: 'zone', description: 'Time zone', type: 'zone' },
    { name: 'action', description: 'What to do', type: 'text', choices: ['now', 'set', 'off'] }
  ])
]

function command(name: string, options: Command['options']): Command {
  return {
    name,
    description: `The command ${name}`,
    options,
    permission: 'anyone',
    examples: [name],
    run: async () => ({ message: textMessage(name) }),
    ...(name === 'latest' && {
      onMessage: { label: 'What is this?', run: async () => ({ message: textMessage(name) }) }
    })
  }
}

/** A core that writes down what it is asked and answers what the test says. */
export class RecordingHandler implements CommandHandler {
  readonly commands: CommandRequest[] = []
  readonly buttons: ButtonRequest[] = []
  readonly messages: MessageRequest[] = []
  readonly suggestions: SuggestRequest[] = []
  readonly changes: ChannelChange[] = []
  reply: (request: CommandRequest) => Promise<Reply> | Reply = () => ({ message: textMessage('Done.') })
  pressed: (request: ButtonRequest) => Promise<Reply> | Reply = () => ({ message: textMessage('Pressed.') })
  asked: (request: MessageRequest) => Promise<Reply> | Reply = () => ({ message: textMessage('Because.') })
  values: (request: SuggestRequest) => Promise<Suggestion[]> | Suggestion[] = () => []
  /** Called with each request and change, for waiting. */
  onChange: () => void = () => undefined

  async command(request: CommandRequest): Promise<Reply> {
    this.commands.push(request)
    this.onChange()
    return this.reply(request)
  }
  async button(request: ButtonRequest): Promise<Reply> {
    this.buttons.push(request)
    this.onChange()
    return this.pressed(request)
  }
  async message(request: MessageRequest): Promise<Reply> {
    this.messages.push(request)
    this.onChange()
    return this.asked(request)
  }
  async suggest(request: SuggestRequest): Promise<Suggestion[]> {
    this.suggestions.push(request)
    return this.values(request)
  }
  async changed(change: ChannelChange): Promise<void> {
    this.changes.push(change)
    this.onChange()
  }
}

export interface Rig {
  fake: FakeDiscord
  platform: ChatPlatform
  handler: RecordingHandler
  memory: Memory
  /** All that was logged. */
  log: string[]
}

export function mapMemory(): Memory {
  const values = new Map<string, string>()
  return {
    get: async (name) => values.get(name) ?? null,
    set: async (name, value) => void values.set(name, value)
  }
}

/** A platform that is not started yet, against a fake that is. */
export async function prepareRig(settings: Partial<DiscordSettings> = {}, memory = mapMemory()): Promise<Rig> {
  const fake = await createFakeDiscord()
  return { fake, memory, ...platformFor(fake, memory, settings) }
}

export async function startRig(settings: Partial<DiscordSettings> = {}): Promise<Rig> {
  const rig = await prepareRig(settings)
  await rig.platform.start(rig.handler)
  return rig
}

export function platformFor(
  fake: FakeDiscord,
  memory: Memory,
  settings: Partial<DiscordSettings> = {},
  leases?: ShardLeases
) {
  const log: string[] = []
  const logger = pino(
    { level: 'debug' },
    {
      write: (line: string) => {
        log.push(line)
        fake.state.changed()
      }
    }
  )
  const handler = new RecordingHandler()
  handler.onChange = () => fake.state.changed()
  const platform = createDiscordPlatform(
    { token: fake.token, apiUrl: fake.apiUrl, ...settings },
    COMMANDS,
    memory,
    logger,
    leases
  )
  return { platform, handler, log }
}

export async function stopRig(rig: Rig): Promise<void> {
  await rig.platform.stop()
  await rig.fake.close()
}
