import { EVERYTHING } from '../src/alerts/match.js'
import { parseCommandLine } from '../src/chat/command-line.js'
import { quoteIfNeeded } from '../src/chat/command-text.js'
import type { Reply } from '../src/chat/platform.js'
import { readPage, storyPage } from '../src/chat/story-list.js'
import type { Command, CommandContext } from '../src/services.js'

export const company: Command = {
  name: 'company',
  description: 'Where a company stands on facial recognition, and the latest stories on it',
  permission: 'anyone',
  options: [{ name: 'name', description: 'A company, such as Amazon', type: 'company', positional: true, required: true }],
  examples: ['company Amazon', 'company "Clearview AI"'],
  run: (context, args) => show(context, args.one('name') ?? '', 0),
  async press(context, argument) {
    const page = readPage(argument)
    const { args } = parseCommandLine(`company ${page?.line ?? argument}`, context.services.commands)
    return { ...(await show(context, args.one('name') ?? '', page?.page ?? 0)), replace: true }
  }
}

async function show(context: CommandContext, typed: string, page: number): Promise<Reply> {
  const name = context.services.names.company(typed)
  const query = { filter: { ...EVERYTHING, companies: [name] } }
  const stories = await storyPage(context, query, page, { command: 'company', line: quoteIfNeeded(name) })
  const parts = stories.total > 0 ? stories.parts : [{ type: 'text' as const, text: 'No story on it has come yet.' }]
  const follow = { label: `Follow ${name}`.slice(0, 40), action: `company:follow ${quoteIfNeeded(name)}` }
  return { message: { title: { text: name }, parts, buttons: [...stories.buttons, follow] } }
}
