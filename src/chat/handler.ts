import { createHash } from 'node:crypto'
import type { Logger } from '../log.js'
import type { CommandContext, Services } from '../services.js'
import { UnknownName, UsageError } from './command.js'
import { bindOptions, type CommandCall, parseCommandLine, UnknownCommand } from './command-line.js'
import { commandForQuestion, type MeantCommand, nothingNamed } from './free-question.js'
import { ACTION_LENGTH, type Message, type Part, textMessage } from './message.js'
import { otherPlacesPart } from './other-places.js'
import type {
  ButtonRequest,
  ChannelChange,
  CommandHandler,
  CommandRequest,
  MessageRef,
  Reply,
  RequestOrigin,
  Suggestion,
  SuggestRequest
} from './platform.js'

/** Stands before the key of a button's payload that was too long for a platform. */
const KEPT = 'kept:'

/**
 * What stands between the platforms and the commands: finds the command, checks who may, makes errors readable, and
 * keeps what does not fit into a button. Never rejects.
 */
export function createHandler(services: Services, logger: Logger, now: () => Date): CommandHandler {
  async function answer(
    origin: RequestOrigin & { message?: MessageRef | null },
    what: string,
    work: (context: CommandContext) => Promise<Reply>
  ): Promise<Reply> {
    try {
      const ids = { platform: origin.platform, workspace: origin.workspace, channel: origin.channel }
      const { workspace, channel } = await services.store.channels.ensure(ids, now())
      const context: CommandContext = {
        services,
        actor: origin.actor,
        workspace,
        channel,
        message: origin.message ?? null,
        requireManager: () => requireManager(origin, workspace.changes),
        mayManage: () => mayManage(origin, workspace.changes),
        requireAdmin: () => requireManager(origin, 'admins'),
        now: now()
      }
      // Whoever speaks to the bot there can reach it again: what is owed to the channel gets another try.
      if (channel.pausedReason !== null) await resume(services, origin)
      const reply = await work(context)
      return { ...reply, message: await keepLongActions(services, reply.message, now()) }
    } catch (error) {
      if (error instanceof UsageError) return { message: textMessage(error.message, { tone: 'bad' }) }
      const number = createHash('sha256').update(`${Date.now()}${what}`).digest('hex').slice(0, 8)
      logger.error({ err: error, request: number, what }, 'a request failed')
      const text = `That did not work, through a fault on our side; nothing was changed. Please try again in a minute. If it stays, tell whoever runs this bot the number ${number}: it stands in the log.`
      return { message: textMessage(text, { tone: 'bad' }) }
    }
  }

  return {
    command: (request) =>
      answer(request, describe(request), async (context) => {
        try {
          return await runCall(findCall(request, services), context)
        } catch (error) {
          const meant = 'text' in request ? meantBy(request.text, error, context) : null
          if (meant === null) throw sentenceError(request, error, services)
          const reply = await runCall(parseCommandLine(meant.command, services.commands), context)
          return {
            ...reply,
            message: { ...reply.message, parts: [...readAs(meant, services), ...reply.message.parts] }
          }
        }
      }),
    button: (request) =>
      answer(request, `button ${request.action}`, async (context) => {
        const action = await readAction(services, request, context.now)
        const [verb, argument] = splitOnce(action, ':')
        const command = services.commands.find((candidate) => candidate.name === verb)
        if (!command?.press)
          throw new UsageError('This button is from an older version of the bot and does nothing any more.')
        return command.press(context, argument)
      }),
    message: (request) =>
      answer(request, `${request.command} of a message`, async (context) => {
        const entry = services.commands.find(({ name }) => name === request.command)?.onMessage
        if (!entry) throw new UsageError('This entry is from an older version of the bot and does nothing any more.')
        return entry.run(context, request.links)
      }),
    suggest: async (request) => {
      try {
        return await suggest(services, request)
      } catch (error) {
        logger.error({ err: error, command: request.command }, 'suggestions failed')
        return []
      }
    },
    changed: async (change) => {
      try {
        await applyChange(services, change, now())
        // Discord tells of every open channel at each start.
        logger[change.type === 'channel-back' ? 'debug' : 'info']({ change }, 'the platform told of a change')
      } catch (error) {
        logger.error({ err: error, change: change.type }, 'a change told by the platform could not be written down')
      }
    }
  }
}

function findCall(request: CommandRequest, { commands }: Services): CommandCall<Services> {
  if ('text' in request) return parseCommandLine(request.text, commands)
  return bindOptions(request.name, request.options, commands)
}

async function runCall({ command, args }: CommandCall<Services>, context: CommandContext): Promise<Reply> {
  if (command.permission === 'manage') await context.requireManager()
  return command.run(context, args)
}

/** Commands that take names, after which people go on in plain words: "company Amazon in June 2020". */
const NAMING = /^(?:company|jurisdiction|compare)\s+(?!.*\w:)/i

/** So many words without an option are no command with a typing error. */
const SENTENCE_WORDS = 4

/** Of a sentence that names nobody it is no help to say that its first word is no command. */
function sentenceError(request: CommandRequest, error: unknown, { ledger }: Services): unknown {
  if (!(error instanceof UnknownCommand) || !('text' in request)) return error
  const isSentence = !request.text.includes(':') && request.text.trim().split(/\s+/).length >= SENTENCE_WORDS
  return isSentence ? new UsageError(nothingNamed(request.text, ledger)) : error
}

/** The command that a sentence asks for, where what was typed is no command, or names nobody. */
function meantBy(text: string, error: unknown, { services, now }: CommandContext): MeantCommand | null {
  const isQuestion = error instanceof UnknownCommand || (error instanceof UnknownName && NAMING.test(text))
  return isQuestion ? commandForQuestion(text, { ...services, now }) : null
}

/** How a sentence was read, and what may have been meant otherwise. */
function readAs({ command, place, otherSubject }: MeantCommand, services: Services): Part[] {
  const read: Part = { type: 'context', text: ['Read as ', { text: `/facelaw ${command}`, style: 'code' }] }
  const places = place ? otherPlacesPart(place, services) : []
  if (otherSubject === null) return [read, ...places]
  const apart = `Facelaw keeps rules and positions on facial recognition only: it cannot tell about “${otherSubject}”. What follows is on facial recognition.`
  return [{ type: 'text', text: [{ text: apart, style: 'bold' }] }, read, ...places]
}

function describe(request: CommandRequest): string {
  return 'text' in request ? request.text : request.name
}

async function mayManage(origin: RequestOrigin, changes: 'anyone' | 'admins'): Promise<boolean> {
  return (origin.platform === 'slack' && changes === 'anyone') || (await origin.isManager())
}

async function requireManager(origin: RequestOrigin, changes: 'anyone' | 'admins'): Promise<void> {
  if (await mayManage(origin, changes)) return
  throw new UsageError(
    origin.platform === 'slack'
      ? 'Only admins of this workspace may change what channels get: an admin ruled so. Ask one of them; reading is for everyone.'
      : 'Changing what a channel gets needs the permission “Manage Channels”. Ask somebody who has it; reading is for everyone.'
  )
}

/** What a button carries beyond the platforms' limit is kept in the store under a short key. */
async function keepLongActions(services: Services, message: Message, now: Date): Promise<Message> {
  if (!message.buttons?.some((button) => button.action.length > ACTION_LENGTH)) return message
  const buttons = await Promise.all(
    message.buttons.map(async (button) =>
      button.action.length <= ACTION_LENGTH
        ? button
        : { ...button, action: KEPT + (await services.store.buttons.keep(button.action, now)) }
    )
  )
  return { ...message, buttons }
}

async function readAction(services: Services, request: ButtonRequest, now: Date): Promise<string> {
  if (!request.action.startsWith(KEPT)) return request.action
  const kept = await services.store.buttons.read(request.action.slice(KEPT.length), now)
  if (kept === null) throw new UsageError('This button is too old. Please give the command again.')
  return kept
}

async function suggest(services: Services, request: SuggestRequest): Promise<Suggestion[]> {
  const command = services.commands.find((candidate) => candidate.name === request.command)
  const option = command?.options.find((candidate) => candidate.name === request.option)
  if (!option) return []
  const own = await command?.suggest?.(services, request.option, request.partial)
  if (own) return own
  // A repeatable option holds a list: complete its last value, keep the ones before.
  const cut = option.repeatable ? request.partial.lastIndexOf(',') + 1 : 0
  const [before, partial] = [request.partial.slice(0, cut), request.partial.slice(cut).trim()]
  return suggestValues(services, option.type, partial).map(({ label, value }) => ({
    label: before ? `${before} ${label}` : label,
    value: before ? `${before} ${value}` : value
  }))
}

/** Most that Discord shows (developers/interactions/receiving-and-responding). */
const SUGGESTIONS = 25

function suggestValues(services: Services, type: string, partial: string): Suggestion[] {
  if (type === 'company') {
    return services.lexicon.suggestCompanies(partial, SUGGESTIONS).map((name) => ({ label: name, value: name }))
  }
  if (type === 'jurisdiction') {
    return services.lexicon
      .suggestJurisdictions(partial, SUGGESTIONS)
      .map(({ code, name }) => ({ label: `${name} (${code})`, value: code }))
  }
  if (type === 'zone') {
    const wanted = partial.toLowerCase()
    return Intl.supportedValuesOf('timeZone')
      .filter((zone) => zone.toLowerCase().includes(wanted))
      .slice(0, SUGGESTIONS)
      .map((zone) => ({ label: zone, value: zone }))
  }
  return []
}

async function resume({ store, wakeSender }: Services, { platform, workspace, channel }: RequestOrigin): Promise<void> {
  await store.channels.resume(platform, { workspaceId: workspace.id, channelId: channel.id })
  wakeSender()
}

async function applyChange(services: Services, change: ChannelChange, now: Date): Promise<void> {
  const { channels } = services.store
  if (change.type === 'channel-gone') await channels.pause(change.platform, change.channel, change.reason, now)
  if (change.type === 'channel-back') await channels.resume(change.platform, change.channel)
  if (change.type === 'channel-renamed') await channels.rename(change.platform, change.channel, change.name)
  if (change.type === 'channel-moved') await channels.move(change.platform, change.channel, change.to)
  if (change.type === 'workspace-gone')
    await channels.pauseWorkspace(change.platform, change.workspaceId, change.reason, now)
  services.wakeSender()
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)]
}
