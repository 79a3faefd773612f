import { DateTime } from 'luxon'
import type { Button, Message, Part } from '../chat/message.js'
import type { Story } from '../model/story.js'
import type { Names } from './names.js'

/** Longest summary of a compact alert, in characters; a sentence of news is shorter. */
const SUMMARY_LENGTH = 300

/** The alert of a story: headline, why it matters, one sentence, outlet and age, Why? and Not relevant. */
export function alertMessage(story: Story, names: Names, now: Date): Message {
  const parts: Part[] = [{ type: 'text', text: [{ text: whyItMatters(story, names), style: 'bold' }] }]
  const summary = firstSentence(story.summary)
  if (summary !== '' && summary !== story.title) parts.push({ type: 'text', text: summary })
  parts.push({ type: 'context', text: sourceLine(story, now) }, { type: 'context', text: tagLine(story) })
  return {
    title: headline(story),
    parts,
    buttons: alertButtons(story),
    tone: 'alert'
  }
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

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })

/** The first sentence, cut at a word when it is longer than a sentence of news should be. */
export function firstSentence(text: string): string {
  const clean = text.replace(/\s+/g, ' ').trim()
  let sentence = ''
  for (const { segment } of sentences.segment(clean)) {
    sentence += segment
    // A dateline or an initial ("WASHINGTON (AP) – ", "Sen. ") is no sentence: take the next one with it.
    if (sentence.trim().length >= 40) break
  }
  return cutAtWord(sentence.trim(), SUMMARY_LENGTH)
}

/** At most `length` characters, cut at a word with "…". */
export function cutAtWord(text: string, length: number): string {
  if (text.length <= length) return text
  const cut = text.slice(0, length - 1)
  const lastSpace = cut.lastIndexOf(' ')
  return `${(lastSpace > length / 2 ? cut.slice(0, lastSpace) : cut).replace(/[\s,;:.–—-]+$/u, '')}…`
}

/** Up to three of them, the rest as a number. */
function some(values: string[]): string {
  return values.length <= 4 ? values.join(', ') : `${values.slice(0, 3).join(', ')} and ${values.length - 3} more`
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
