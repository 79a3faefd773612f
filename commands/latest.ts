import { describeFilter, FILTER_OPTIONS, readFilter } from '../src/alerts/filter.js'
import type { Arguments } from '../src/chat/command.js'
import { parseCommandLine } from '../src/chat/command-line.js'
import { argumentsToText } from '../src/chat/command-text.js'
import { textMessage } from '../src/chat/message.js'
import type { Reply } from '../src/chat/platform.js'
import { parseSince } from '../src/chat/since.js'
import { readPage, storyPage } from '../src/chat/story-list.js'
import type { Command, CommandContext } from '../src/services.js'

export const latest: Command = {
  name: 'latest',
  description: 'The newest stories, all or those you pick',
  permission: 'anyone',
  options: [
    ...FILTER_OPTIONS,
    { name: 'since', description: 'How far back: 12h, 30d, 2w, 6m or 2020-06-10', type: 'text' }
  ],
  examples: ['latest', 'latest company:Amazon since:30d', 'latest jurisdiction:US/* kind:legislation stage:passed'],
  run: (context, args) => show(context, args, 0),
  async press(context, argument) {
    const page = readPage(argument)
    if (!page) return this.run(context, parseCommandLine('latest', context.services.commands).args)
    const { args } = parseCommandLine(`latest ${page.line}`, context.services.commands)
    return { ...(await show(context, args, page.page)), replace: true }
  }
}

async function show(context: CommandContext, args: Arguments, page: number): Promise<Reply> {
  const filter = readFilter(args, context.services.names)
  const since = args.one('since')
  const query = { filter, ...(since && { publishedSince: parseSince(since, context.now) }) }
  const again = { command: 'latest', line: argumentsToText(args) }
  const { parts, buttons, total } = await storyPage(context, query, page, again)
  const what = `${describeFilter(filter, context.services.names)}${since ? `, since ${since}` : ''}`
  if (total === 0) {
    return {
      message: textMessage(
        `No story yet: ${what}. \`/facelaw latest\` shows them all; \`/facelaw feeds\` what is watched.`
      )
    }
  }
  return { message: { title: { text: `Latest: ${what}` }, parts, buttons } }
}
