import { DateTime } from 'luxon'
import { storyLine } from '../alerts/alert-message.js'
import type { Names } from '../alerts/names.js'
import type { Message, Part } from '../chat/message.js'
import type { Story } from '../model/story.js'

/** Stories told in one digest; the rest is counted and one command away. Keeps it within one message everywhere. */
export const DIGEST_STORIES = 20

const DAY_MS = 86_400_000

export interface DigestContent {
  /** Newest first. */
  stories: Story[]
  /** How many there were in all. */
  total: number
  window: { start: Date; end: Date }
  zone: string
  /** What was watched. */
  feeds: { active: number; failing: number; silent: number }
  /** One line on records of the ledger that want looking up; null: none. */
  watch?: string | null
}

/** The digest: what was watched, then the stories by place, then company; one line when there was nothing. */
export function digestMessage(content: DigestContent, names: Names): Message {
  const { stories, total, feeds } = content
  const watched = `${feeds.active} ${feeds.active === 1 ? 'feed' : 'feeds'} checked, ${feeds.failing} failing${feeds.silent > 0 ? `, ${feeds.silent} silent for over 30 days` : ''}.`
  const title = { text: `Weekly digest: ${describeWindow(content)}` }
  const foot: Part[] = content.watch ? [{ type: 'context', text: content.watch }] : []
  if (stories.length === 0) {
    return {
      title,
      parts: [{ type: 'text', text: `${watched} Nothing new on what this channel follows.` }, ...foot],
      tone: 'quiet'
    }
  }
  const parts: Part[] = [{ type: 'text', text: `${watched} ${total} ${total === 1 ? 'story' : 'stories'}.` }]
  for (const [place, inPlace] of groupByPlace(stories, names)) {
    parts.push({ type: 'heading', text: place })
    parts.push({ type: 'list', items: inPlace.map((story) => storyLine(story, names, content.window.end)) })
  }
  if (total > stories.length) {
    const days = Math.ceil((content.window.end.getTime() - content.window.start.getTime()) / DAY_MS)
    parts.push({ type: 'context', text: `… and ${total - stories.length} more: /facelaw latest since:${days}d` })
  }
  return { title, parts: [...parts, ...foot], tone: 'quiet' }
}

/** Places by name, those without one last; within a place by company, then newest first. A story stands once, under its first place. */
function groupByPlace(stories: Story[], names: Names): [string, Story[]][] {
  const groups = new Map<string, Story[]>()
  for (const story of stories) {
    const place = story.jurisdictions[0] ? names.placeName(story.jurisdictions[0]) : NO_PLACE
    groups.set(place, [...(groups.get(place) ?? []), story])
  }
  const sorted = [...groups].sort(([a], [b]) => Number(a === NO_PLACE) - Number(b === NO_PLACE) || a.localeCompare(b))
  for (const [, inPlace] of sorted) inPlace.sort(byCompany)
  return sorted
}

const NO_PLACE = 'No one place'

function byCompany(a: Story, b: Story): number {
  const [first, second] = [a.companies[0] ?? '\u{10FFFF}', b.companies[0] ?? '\u{10FFFF}']
  return first.localeCompare(second) || b.published.getTime() - a.published.getTime()
}

function describeWindow({ window, zone }: DigestContent): string {
  const day = (date: Date) => DateTime.fromJSDate(date, { zone }).setLocale('en-GB').toFormat('d MMMM yyyy')
  const [first, last] = [day(window.start), day(window.end)]
  return first === last ? first : `${first} to ${last}`
}
