import { storyLine } from '../alerts/alert-message.js'
import type { CommandContext } from '../services.js'
import { MOST_COUNTED, type StoryQuery } from '../store/articles/stories.js'
import type { Button, Part } from './message.js'
import { PAGE_SIZE, pageButtons, pageLabel } from './paging.js'

/** One page of stories as parts and buttons of a message; `again` is the command line that shows another page. */
export async function storyPage(
  context: CommandContext,
  query: Omit<StoryQuery, 'limit' | 'offset'>,
  page: number,
  again: { command: string; line: string }
): Promise<{ parts: Part[]; buttons: Button[]; total: number }> {
  const { store, names } = context.services
  const { stories, total } = await store.stories.query({
    ...query,
    visibleTo: context.workspace.id,
    limit: PAGE_SIZE,
    offset: page * PAGE_SIZE
  })
  const parts: Part[] = []
  if (stories.length > 0) {
    parts.push({ type: 'list', items: stories.map((story) => storyLine(story, names, context.now)) })
  }
  const label = pageLabel(page, total)
  if (label) parts.push({ type: 'context', text: total === MOST_COUNTED ? `${label} or more` : label })
  return { parts, total, buttons: pageButtons(page, total, (to) => `${again.command}:page ${to} ${again.line}`.trim()) }
}

/** Reads the argument of a page button: `page 2 company:Amazon`; null when it is another button. */
export function readPage(argument: string): { page: number; line: string } | null {
  const match = /^page (\d{1,6})(?: (.*))?$/s.exec(argument)
  return match ? { page: Number(match[1]), line: match[2] ?? '' } : null
}
