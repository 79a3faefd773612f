import { Arguments, type Command, type CommandOption, UsageError } from './command.js'
import { nearest } from './nearest.js'

/** A command with the arguments that somebody gave it. */
export interface CommandCall<Services = unknown> {
  command: Command<Services>
  args: Arguments
}

/** What the checks need of a command, whatever it works with. */
type AnyCommand = Pick<Command, 'name' | 'options' | 'examples'>

/** What was typed begins with no command. */
export class UnknownCommand extends UsageError {
  override name = 'UnknownCommand'
}

type Given = { name: string; value: string }[]

/**
 * Reads what was typed after `/facelaw`: `latest company:Amazon since:30d "face scans"`. Options are `name:value`,
 * quotes keep spaces together, bare words fill the positional options in their order, the last one takes all that is left.
 * @throws UsageError that says what is wrong and what comes nearest, UnknownCommand where no command was named.
 */
export function parseCommandLine<Services>(
  text: string,
  commands: readonly Command<Services>[]
): CommandCall<Services> {
  const words = splitWords(text)
  const name = (words.shift() ?? { text: 'help', quoted: false }).text.toLowerCase()
  const command = findCommand(name, commands)
  const given: Given = []
  const bare: Word[] = []
  for (const word of words) {
    const option = word.quoted ? null : readOption(word.text, command)
    if (option) given.push(option)
    else bare.push(word)
  }
  return { command, args: checkArguments(command, [...given, ...fillPositionals(bare, command)]) }
}

/** The same for a platform that parses options itself (Discord). Repeatable options may hold values parted by commas. */
export function bindOptions<Services>(
  name: string,
  options: Given,
  commands: readonly Command<Services>[]
): CommandCall<Services> {
  const command = findCommand(name, commands)
  const given = options.flatMap(({ name: option, value }) => {
    const definition = command.options.find((candidate) => candidate.name === option)
    if (!definition?.repeatable) return [{ name: option, value }]
    return splitList(value).map((part) => ({ name: option, value: part }))
  })
  return { command, args: checkArguments(command, given) }
}

function findCommand<Services>(name: string, commands: readonly Command<Services>[]): Command<Services> {
  const command = commands.find((candidate) => candidate.name === name)
  if (command) return command
  const [guess] = nearest(
    name,
    commands.map((candidate) => candidate.name),
    1
  )
  throw new UnknownCommand(
    `There is no command "${name}".${guess ? ` Did you mean \`${guess}\`?` : ''} \`/facelaw help\` lists them all.`
  )
}

function checkArguments(command: AnyCommand, given: Given): Arguments {
  const values = new Map<string, string[]>()
  for (const { name, value } of given) {
    const option = command.options.find((candidate) => candidate.name === name)
    if (!option) throw unknownOption(name, command)
    if (value.trim() === '') throw new UsageError(`\`${name}:\` was left empty. ${example(command)}`)
    const before = values.get(name) ?? []
    if (before.length > 0 && !option.repeatable) {
      throw new UsageError(`\`${name}:\` was given twice; \`${command.name}\` takes it once.`)
    }
    values.set(name, [...before, checkValue(option, value.trim())])
  }
  for (const option of command.options) {
    if (option.required && !values.has(option.name)) {
      throw new UsageError(`\`${command.name}\` needs ${describeOption(option)}. ${example(command)}`)
    }
  }
  return new Arguments(values)
}

function checkValue(option: CommandOption, value: string): string {
  if (option.type === 'number' && !/^\d{1,9}$/.test(value)) {
    throw new UsageError(`\`${option.name}:\` takes a whole number, not "${value}".`)
  }
  if (!option.choices) return value
  const folded = value.toLowerCase().replaceAll(' ', '-')
  const choice = option.choices.find((candidate) => candidate.toLowerCase() === folded)
  if (choice) return choice
  const [guess] = nearest(folded, option.choices, 1)
  throw new UsageError(
    `\`${option.name}:\` cannot be "${value}".${guess ? ` Did you mean \`${guess}\`?` : ''} It takes: ${option.choices.join(', ')}.`
  )
}

function unknownOption(name: string, command: AnyCommand): UsageError {
  const names = command.options.map((option) => option.name)
  if (names.length === 0) return new UsageError(`\`${command.name}\` takes no options.`)
  const [guess] = nearest(name, names, 1)
  return new UsageError(
    `\`${command.name}\` has no option \`${name}:\`.${guess ? ` Did you mean \`${guess}:\`?` : ''} It takes: ${names.map((option) => `\`${option}:\``).join(' ')}`
  )
}

function describeOption(option: CommandOption): string {
  return option.positional ? `<${option.name}>: ${option.description}` : `\`${option.name}:\` (${option.description})`
}

function example(command: AnyCommand): string {
  return command.examples[0] ? `For example: \`/facelaw ${command.examples[0]}\`` : ''
}

/** `company:Amazon`; null for bare words, also for addresses (`https://…`) and words with a colon that no option has. */
function readOption(word: string, command: AnyCommand): Given[number] | null {
  const match = /^(-?[a-z][a-z-]*):(.*)$/is.exec(word)
  if (!match) return null
  const [, name, value] = match as unknown as [string, string, string]
  const known = command.options.some((option) => option.name === name.toLowerCase())
  if (!known && (value.startsWith('//') || value === '')) return null
  if (!known) throw unknownOption(name.toLowerCase(), command)
  return { name: name.toLowerCase(), value }
}

function fillPositionals(bare: Word[], command: AnyCommand): Given {
  const positionals = command.options.filter((option) => option.positional)
  if (bare.length === 0) return []
  if (positionals.length === 0) {
    throw new UsageError(
      `\`${command.name}\` does not know what to do with "${bare.map((word) => word.text).join(' ')}". ${example(command)}`
    )
  }
  const given: Given = []
  let rest = bare
  for (const [index, option] of positionals.entries()) {
    if (rest.length === 0) break
    const taken = index === positionals.length - 1 ? rest : rest.slice(0, 1)
    const keepQuotes = option.type === 'words'
    given.push({
      name: option.name,
      value: taken.map((word) => (word.quoted && keepQuotes ? `"${word.text}"` : word.text)).join(' ')
    })
    rest = rest.slice(taken.length)
  }
  return given
}

interface Word {
  text: string
  /** Wholly in quotes: never an option. */
  quoted: boolean
}

/** Splits at white space; quotes ("…", “…”, '…' at a word's start) keep spaces, also after `option:`. */
function splitWords(text: string): Word[] {
  const words: Word[] = []
  const pattern = /(-?[a-z][a-z-]*:)?(?:["“”]([^"“”]*)["“”]|'([^']*)'(?=\s|$))|\S+/gi
  for (const match of text.matchAll(pattern)) {
    const quotedText = match[2] ?? match[3]
    if (quotedText === undefined) words.push({ text: match[0], quoted: false })
    else if (match[1]) words.push({ text: match[1] + quotedText, quoted: false })
    else words.push({ text: quotedText, quoted: true })
  }
  return words
}

function splitList(value: string): string[] {
  return splitCommas(value)
    .map((part) => part.trim().replace(/^["“](.*)["”]$/, '$1'))
    .filter((part) => part !== '')
}

/** Commas inside quotes do not part. */
function splitCommas(value: string): string[] {
  return value.match(/(?:["“][^"”]*["”]|[^,])+/g) ?? []
}
