import type { Command } from '../command.js'
import type { CommandHandler, Suggestion, SuggestRequest } from '../platform.js'
import type { Choice } from './answers.js'
import { closedValues } from './commands.js'
import { cleanLine, shorten } from './markdown.js'

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure */
const CHOICES = 25
const CHOICE_LENGTH = 100

/**
 * Values for a half-typed option, within Discord's limits; none when the core cannot tell. In a repeatable option the
 * last piece after a comma is completed and what stands before it is kept.
 */
export async function suggestChoices(
  request: SuggestRequest,
  commands: readonly Command[],
  handler: Pick<CommandHandler, 'suggest'>
): Promise<Choice[]> {
  const option = commands
    .find((command) => command.name === request.command)
    ?.options.find((candidate) => candidate.name === request.option)
  if (!option) return []
  const { before, last } = option.repeatable ? splitLast(request.partial) : { before: '', last: request.partial }
  const values = closedValues(option)
  const suggestions = values ? startingWith(last, values) : await ask({ ...request, partial: last }, handler)
  return suggestions
    .map(({ label, value }) => ({
      name: shorten(before + cleanLine(label), CHOICE_LENGTH),
      value: before + (option.repeatable && value.includes(',') ? `"${value}"` : value)
    }))
    .filter(({ name, value }) => name !== '' && value !== '' && value.length <= CHOICE_LENGTH)
    .slice(0, CHOICES)
}

/** The core promises not to reject; a person who types must not suffer if it does. */
async function ask(request: SuggestRequest, handler: Pick<CommandHandler, 'suggest'>): Promise<Suggestion[]> {
  try {
    return await handler.suggest(request)
  } catch {
    return []
  }
}

function startingWith(partial: string, values: readonly string[]): Suggestion[] {
  const folded = partial.toLowerCase()
  return values.filter((value) => value.toLowerCase().includes(folded)).map((value) => ({ label: value, value }))
}

/** Parts `Amazon, "Foo, Inc.", mic` after its last comma outside quotes. */
function splitLast(partial: string): { before: string; last: string } {
  let quoted = false
  let start = 0
  for (const [index, character] of [...partial].entries()) {
    if (character === '"') quoted = !quoted
    if (character === ',' && !quoted) start = index + 1
  }
  const characters = [...partial]
  const before = characters.slice(0, start).join('')
  return { before: before === '' ? '' : `${before} `, last: characters.slice(start).join('').trim() }
}
