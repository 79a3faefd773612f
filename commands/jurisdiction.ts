import { EVERYTHING } from '../src/alerts/match.js'
import { parseCommandLine } from '../src/chat/command-line.js'
import { quoteIfNeeded } from '../src/chat/command-text.js'
import type { Reply } from '../src/chat/platform.js'
import { readPage, storyPage } from '../src/chat/story-list.js'
import type { Command, CommandContext } from '../src/services.js'

export const jurisdiction: Command = {
  name: 'jurisdiction',
  description: 'What the rules of a place are, and the latest stories on them',
  permission: 'anyone',
  options: [
    {
      name: 'name',
      description: 'A place: Illinois, US-WA, San Francisco, EU; US/* with its states and cities',
      type: 'jurisdiction',
      positional: true,
      required: true
    }
  ],
  examples: ['jurisdiction Illinois', 'jurisdiction US/*', 'jurisdiction "San Francisco"'],
  run: (context, args) => show(context, args.one('name') ?? '', 0),
  async press(context, argument) {
    const page = readPage(argument)
    const { args } = parseCommandLine(`jurisdiction ${page?.line ?? argument}`, context.services.commands)
    return { ...(await show(context, args.one('name') ?? '', page?.page ?? 0)), replace: true }
  }
}

async function show(context: CommandContext, typed: string, page: number): Promise<Reply> {
  const { names } = context.services
  const code = names.place(typed)
  const query = { filter: { ...EVERYTHING, jurisdictions: [code] } }
  const stories = await storyPage(context, query, page, { command: 'jurisdiction', line: quoteIfNeeded(code) })
  const parts = stories.total > 0 ? stories.parts : [{ type: 'text' as const, text: 'No story on it has come yet.' }]
  return { message: { title: { text: names.placeWithCode(code) }, parts, buttons: stories.buttons } }
}
