import { DateTime } from 'luxon'
import type { Button, Message, Part } from '../chat/message.js'
import type { LateReason } from '../model/delivery.js'
import type { Source, Story } from '../model/story.js'
import type { AlertSettings } from '../model/subscription.js'
import { confidenceOf, rankOutlets } from './confidence.js'
import type { Names } from './names.js'
import { cutAtWord, firstSentence } from './sentences.js'

/** What a channel's alert shows beyond the story itself. */
export interface AlertView {
  /** As the channel's workspace may see them; empty: the story's own outlets are named. */
  sources: readonly Source[]
  style: AlertSettings['style']
  /** What made the story match when it was under way already. */
  late: LateReason | null
}

/** Sources named in a compact alert. */
const SHOWN_OUTLETS = 3
/** A full alert shows so much of the text, in characters, and so many sources. */
const FULL_LENGTH = 900
const FULL_SOURCES = 8

/** The alert of a story: headline, why it matters, one sentence, outlets and age, tags, Why? and Not relevant. */
export function alertMessage(story: Story, names: Names, now: Date, view?: AlertView): Message {
  const full = view?.style === 'full'
  const parts: Part[] = [{ type: 'text', text: [{ text: whyItMatters(story, names), style: 'bold' }] }]
  const summary = full
    ? cutAtWord(story.summary.replace(/\s+/g, ' ').trim(), FULL_LENGTH)
    : firstSentence(story.summary)
  if (summary !== '' && summary !== story.title) parts.push({ type: 'text', text: summary })
  const outlets = rankOutlets(view?.sources ?? [])
  if (full && outlets.length > 1) parts.push(...sourceList(outlets))
  const sources = outlets.length > 0 ? `${outletLine(outlets)} · ${age(story.published, now)}` : sourceLine(story, now)
  parts.push({ type: 'context', text: sources })
  if (view && view.sources.length > 0 && confidenceOf(view.sources) === 'single')
    parts.push({ type: 'context', text: 'One source so far.' })
  if (view?.late) parts.push({ type: 'context', text: whyNow(view.late, names) })
  parts.push({ type: 'context', text: tagLine(story) })
  return { title: headline(story), parts, buttons: alertButtons(story), tone: 'alert' }
}

/** `Ministry of Justice (official), Reuters, Bay City Courier and 2 more`. */
function outletLine(outlets: ReturnType<typeof rankOutlets>): string {
  const named = outlets
    .slice(0, SHOWN_OUTLETS)
    .map(({ outlet, official }) => (official ? `${outlet} (official)` : outlet))
  const more = outlets.length - named.length
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ')
}

function sourceList(outlets: ReturnType<typeof rankOutlets>): Part[] {
  const items = outlets.slice(0, FULL_SOURCES).map(({ outlet, official, link }) => {
    const name = official ? `${outlet} (official)` : outlet
    return link ? [{ text: name, link }] : name
  })
  const more = outlets.length - items.length
  return [{ type: 'list', items }, ...(more > 0 ? [{ type: 'context' as const, text: `… and ${more} more` }] : [])]
}

/** `Told now because Bay City Courier added Amazon and California.` */
export function whyNow({ companies, jurisdictions, outlet }: LateReason, names: Names): string {
  const added = [...companies, ...jurisdictions.map((code) => names.placeName(code))]
  if (added.length === 0) return `Told now because of what ${outlet} added to the story.`
  return `Told now because ${outlet} added ${some(added)} to the story.`
}

/** What the cap or a rush folded: the stories in one list. What finds no room is counted, and stands in `latest`. */
export function foldedMessage(stories: readonly Story[], names: Names, now: Date): Message {
  return {
    title: { text: `And ${stories.length} more ${stories.length === 1 ? 'story' : 'stories'}` },
    parts: [
      { type: 'list', items: stories.slice(0, LIST_LENGTH).map((story) => shortLine(story, names, now)) },
      ...(stories.length > LIST_LENGTH
        ? [{ type: 'context' as const, text: `… and ${stories.length - LIST_LENGTH} more: /facelaw latest` }]
        : []),
      {
        type: 'context',
        text: 'In one message, since there are so many. /facelaw subscriptions cap:… says how many an hour.'
      }
    ],
    tone: 'quiet'
  }
}

/** Lines of a folded message: so many of the longest fit into Discord's 6,000 characters. */
export const LIST_LENGTH = 12
const LIST_TITLE_LENGTH = 120
const LIST_LINK_LENGTH = 300

/** The same, no longer than a list of them has room for. */
function shortLine(story: Story, names: Names, now: Date) {
  const link = story.link !== null && story.link.length <= LIST_LINK_LENGTH ? story.link : null
  return storyLine({ ...story, title: cutAtWord(story.title, LIST_TITLE_LENGTH), link }, names, now)
}

/** A story in one line of a list: headline as link, what it is, outlet and age. */
export function storyLine(story: Story, names: Names, now: Date): Extract<Part, { type: 'list' }>['items'][number] {
  return [
    story.link ? { text: story.title, link: story.link } : { text: story.title, style: 'bold' },
    ` — ${whyItMatters(story, names)} · ${sourceLine(story, now)}`
  ]
}

function headline(story: Story): NonNullable<Message['title']> {
  return story.link ? { text: story.title, link: story.link } : { text: story.title }
}

function alertButtons(story: Story): Button[] {
  return [
    { label: 'Why?', action: `why:story ${story.id}` },
    { label: 'Not relevant', action: `why:not-relevant ${story.id}` }
  ]
}

/** `Legislation passed: Microsoft, Amazon → Washington, California`. */
export function whyItMatters(
  story: Pick<Story, 'kind' | 'stage' | 'companies' | 'jurisdictions'>,
  names: Names
): string {
  const kind = story.kind === 'other' ? 'News' : capitalised(story.kind.replace('-', ' '))
  const what = story.stage ? `${kind} ${story.stage}` : kind
  const who = some(story.companies)
  const where = some(story.jurisdictions.map((code) => names.placeName(code)))
  const about = [who, where].filter((text) => text !== '').join(' → ')
  return about === '' ? what : `${what}: ${about}`
}

/** `Reuters and 2 more · 3 hours ago (12 June 2020)`. */
export function sourceLine(story: Pick<Story, 'outlet' | 'outlets' | 'published'>, now: Date): string {
  const others = story.outlets.filter((outlet) => outlet !== story.outlet).length
  const outlet = others > 0 ? `${story.outlet} and ${others} more` : story.outlet
  return `${outlet} · ${age(story.published, now)}`
}

/** `Tags: Microsoft, IBM; US, US-WA; company-policy`: the names and codes that filters take. */
function tagLine(story: Story): string {
  const groups = [story.companies, story.jurisdictions, story.stage ? [story.kind, story.stage] : [story.kind]]
  return `Tags: ${groups
    .filter((group) => group.length > 0)
    .map((group) => group.join(', '))
    .join('; ')}`
}

/** `3 hours ago (12 June 2020)`, in UTC. */
export function age(then: Date, now: Date): string {
  const moment = DateTime.fromJSDate(then, { zone: 'utc' }).setLocale('en-GB')
  const day = moment.toFormat('d MMMM yyyy')
  const relative = moment.toRelative({ base: DateTime.fromJSDate(now, { zone: 'utc' }) })
  if (!relative || then > now) return day
  const minutes = (now.getTime() - then.getTime()) / 60_000
  return minutes < 1 ? `just now (${day})` : `${relative} (${day})`
}

/** Up to three of them, the rest as a number. */
function some(values: string[]): string {
  return values.length <= 4 ? values.join(', ') : `${values.slice(0, 3).join(', ')} and ${values.length - 3} more`
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
