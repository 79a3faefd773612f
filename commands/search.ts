import { FILTER_OPTIONS, readFilter } from '../src/alerts/filter.js'
import type { Arguments } from '../src/chat/command.js'
import { parseCommandLine } from '../src/chat/command-line.js'
import { quoteIfNeeded } from '../src/chat/command-text.js'
import { textMessage } from '../src/chat/message.js'
import type { Reply } from '../src/chat/platform.js'
import { parseSince } from '../src/chat/since.js'
import { readPage, storyPage } from '../src/chat/story-list.js'
import type { Command, CommandContext } from '../src/services.js'
import { MOST_COUNTED } from '../src/store/articles/stories.js'

export const search: Command = {
  name: 'search',
  description: 'Stories that hold these words; "…" for a phrase, -word to leave out',
  permission: 'anyone',
  options: [
    { name: 'words', description: 'What to look for', type: 'words', positional: true, required: true },
    ...FILTER_OPTIONS.filter((option) => option.name !== 'words' && option.name !== '-words'),
    { name: 'since', description: 'How far back: 12h, 30d, 2w, 6m or 2020-06-10', type: 'text' }
  ],
  examples: ['search police moratorium', 'search "face scans" -airport jurisdiction:US/*'],
  run: (context, args) => show(context, args, 0),
  async press(context, argument) {
    const page = readPage(argument)
    const { args } = parseCommandLine(`search ${page?.line ?? argument}`, context.services.commands)
    return { ...(await show(context, args, page?.page ?? 0)), replace: true }
  }
}

async function show(context: CommandContext, args: Arguments, page: number): Promise<Reply> {
  const words = args.one('words') ?? ''
  const since = args.one('since')
  const query = {
    search: words,
    // `words` are what is searched for here, not a filter of whole phrases.
    filter: { ...readFilter(args, context.services.names), words: [] },
    ...(since && { publishedSince: parseSince(since, context.now) })
  }
  const { parts, buttons, total } = await storyPage(context, query, page, { command: 'search', line: typed(args) })
  if (total === 0) return { message: textMessage(`No story holds: ${words}. Fewer or other words may help.`) }
  const count = total === MOST_COUNTED ? `${total} or more` : total
  return { message: { title: { text: `${count} ${total === 1 ? 'story' : 'stories'}: ${words}` }, parts, buttons } }
}

/** As it was typed: the words with their quotes, then the options. */
function typed(args: Arguments): string {
  const options = args.names
    .filter((name) => name !== 'words')
    .flatMap((name) => args.all(name).map((value) => `${name}:${quoteIfNeeded(value)}`))
  return [args.one('words'), ...options].join(' ')
}
