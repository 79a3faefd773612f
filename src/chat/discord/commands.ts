import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPutAPIApplicationCommandsJSONBody
} from 'discord.js'
import { KINDS, LANGUAGES, STAGES } from '../../model/tags.js'
import type { Command, CommandOption } from '../command.js'
import { cleanLine, shorten } from './markdown.js'

/** The one application command; each command of ours is a subcommand of it. */
export const APPLICATION_COMMAND = 'facelaw'
const APPLICATION_DESCRIPTION = 'Facial-recognition rules and news: alerts, search, weekly digest'

/** https://docs.discord.com/developers/interactions/application-commands */
const DESCRIPTION_LENGTH = 100
const OPTIONS = 25
const CHOICES = 25
const COMMAND_LENGTH = 8000
const COMMAND_NAME = /^[-_'\p{L}\p{N}]{1,32}$/u
/** Entries of menus may be written as people write. */
const MENU_NAME = /^\S(?:.{0,30}\S)?$/u

type Definition = RESTPutAPIApplicationCommandsJSONBody[number] & {
  options: APIApplicationCommandSubcommandOption[]
}

/**
 * The application command made from the core's commands: for servers only, open to everyone (the core asks for Manage
 * Channels where it must).
 * @throws Error that names the command which Discord would refuse.
 */
export function applicationCommand(commands: readonly Command[]): Definition {
  if (commands.length > OPTIONS) throw new Error(`Discord takes ${OPTIONS} subcommands, there are ${commands.length}`)
  const definition: Definition = {
    type: ApplicationCommandType.ChatInput,
    name: APPLICATION_COMMAND,
    description: APPLICATION_DESCRIPTION,
    options: commands.map(subcommand),
    default_member_permissions: null,
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall]
  }
  const length = textLength(definition)
  if (length > COMMAND_LENGTH) {
    throw new Error(`The commands take ${length} characters, Discord allows ${COMMAND_LENGTH}: shorten descriptions`)
  }
  return definition
}

/**
 * The entries of every message's own menu ("Apps"), one for each command that has one: for servers only, open to everyone.
 * @throws Error that names the entry which Discord would refuse.
 */
export function messageCommands(commands: readonly Command[]): RESTPutAPIApplicationCommandsJSONBody {
  return commands.flatMap(({ name, onMessage }) => {
    if (!onMessage) return []
    if (!MENU_NAME.test(onMessage.label))
      throw new Error(
        `Discord takes no such name: "${onMessage.label}" (in the menu for \`${name}\`): 1 to 32 characters`
      )
    return [
      {
        type: ApplicationCommandType.Message as const,
        name: onMessage.label,
        default_member_permissions: null,
        contexts: [InteractionContextType.Guild],
        integration_types: [ApplicationIntegrationType.GuildInstall]
      }
    ]
  })
}

/** The values of an option that has a closed list; null when it is open or looked up. */
export function closedValues(option: CommandOption): readonly string[] | null {
  if (option.choices) return option.choices
  if (option.type === 'kind') return KINDS
  if (option.type === 'stage') return STAGES
  return option.type === 'language' ? LANGUAGES : null
}

function subcommand(command: Command): APIApplicationCommandSubcommandOption {
  checkName(command.name, command.name)
  if (command.options.length > OPTIONS) throw new Error(`\`${command.name}\` has more than ${OPTIONS} options`)
  const requiredFirst = [
    ...command.options.filter((option) => option.required),
    ...command.options.filter((option) => !option.required)
  ]
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name: command.name,
    description: describe(command.description),
    options: requiredFirst.map((option) => typedOption(option, command))
  }
}

function typedOption(option: CommandOption, command: Command): APIApplicationCommandBasicOption {
  checkName(option.name, command.name)
  const base = {
    name: option.name,
    description: describe(option.repeatable ? `${option.description} (several: commas)` : option.description),
    ...(option.required ? { required: true } : {})
  }
  if (option.type === 'number') return { ...base, type: ApplicationCommandOptionType.Integer, min_value: 0 }
  const type = ApplicationCommandOptionType.String as const
  const values = closedValues(option)
  // Choices would allow one value only: what is repeatable is completed while it is typed.
  if (values && !option.repeatable && values.length <= CHOICES) {
    return { ...base, type, choices: values.map((value) => ({ name: value, value })) }
  }
  if (values || isLookedUp(option)) return { ...base, type, autocomplete: true }
  return { ...base, type }
}

function isLookedUp(option: CommandOption): boolean {
  return ['company', 'jurisdiction', 'zone', 'subscription'].includes(option.type)
}

function checkName(name: string, command: string): void {
  if (COMMAND_NAME.test(name) && name === name.toLowerCase()) return
  throw new Error(
    `Discord takes no such name: "${name}" (in \`${command}\`): 1 to 32 lower-case letters, digits, - or _`
  )
}

function describe(text: string): string {
  return shorten(cleanLine(text), DESCRIPTION_LENGTH)
}

/** Names, descriptions and values, as Discord counts them. */
function textLength(definition: Definition): number {
  const texts = definition.options.flatMap((command) => [
    command.name,
    command.description,
    ...(command.options ?? []).flatMap((option) => [
      option.name,
      option.description,
      ...('choices' in option && option.choices
        ? option.choices.flatMap((choice) => [choice.name, String(choice.value)])
        : [])
    ])
  ])
  return [definition.name, APPLICATION_DESCRIPTION, ...texts].join('').length
}
