import { age } from '../src/alerts/alert-message.js'
import { matches } from '../src/alerts/match.js'
import { whyHere } from '../src/alerts/why-channel.js'
import { UsageError } from '../src/chat/command.js'
import { type Button, type Part, type Text, textMessage } from '../src/chat/message.js'
import type { Reply } from '../src/chat/platform.js'
import type { Story } from '../src/model/story.js'
import type { Command, CommandContext } from '../src/services.js'
import type { SeenArticle } from '../src/store/articles.js'

/** Articles of a story that are told of one by one. */
const SHOWN_ARTICLES = 6
/** Tags that have a button. */
const SHOWN_TAGS = 8

export const why: Command = {
  name: 'why',
  description: 'Why a story was posted here, or why it was not: seen, read, tagged, matched, sent',
  permission: 'anyone',
  options: [
    { name: 'story', description: 'A link, or a story’s number', type: 'text', positional: true, required: true },
    {
      name: 'split',
      description: 'Article that tells another event: its number, as the answer shows it',
      type: 'number'
    },
    { name: 'merge', description: 'Story that tells the same event: its number', type: 'number' }
  ],
  examples: ['why https://www.example.org/2020/06/a-story', 'why 12', 'why 12 split:34', 'why 12 merge:15'],
  async run(context, args) {
    const [story, article, other] = [args.one('story') ?? '', args.one('split'), args.one('merge')]
    if (article !== undefined) return split(context, Number(article))
    if (other !== undefined) return merge(context, story, Number(other))
    return explain(context, story)
  },
  async press(context, argument) {
    const [, verb = '', id = '', detail = ''] = /^(\S+) (\d+)(?: (.*))?$/s.exec(argument) ?? []
    if (verb === 'story') return explain(context, id)
    if (verb === 'split') return split(context, Number(id))
    if (Object.hasOwn(THANKS, verb)) return feedback(context, verb, Number(id), detail)
    throw new UsageError('This button is from an older version of the bot and does nothing any more.')
  }
}

async function explain(context: CommandContext, asked: string): Promise<Reply> {
  const { store } = context.services
  const number = /^#?(\d{1,15})$/.exec(asked)?.[1]
  const link = asked.replace(/^<([^|>]+)(?:\|[^>]*)?>$/, '$1')
  const articles = number ? await store.articles.ofStory(Number(number)) : await store.articles.byLink(link)
  if (articles.length === 0) {
    throw new UsageError(
      number
        ? `There is no story with the number ${number}.`
        : `None of the feeds brought this address: ${link}. Either no watched feed carries it (\`/facelaw feeds\` lists them), or it has another address there; \`/facelaw search\` with words of its headline finds it.`
    )
  }
  const storyId = articles.find((article) => article.storyId !== null)?.storyId
  const story = storyId ? await store.stories.find(storyId) : null
  const whole = story ? await store.articles.ofStory(story.id) : articles
  const parts = [
    ...seenParts(articles, context.now),
    ...(story ? await storyParts(context, story, whole) : [irrelevant(articles[0]!)])
  ]
  const buttons = story ? feedbackButtons(story) : []
  return { message: { title: { text: `Why: ${articles[0]!.title}` }, parts, buttons } }
}

function seenParts(articles: SeenArticle[], now: Date): Part[] {
  const items: Text[] = articles
    .slice(0, SHOWN_ARTICLES)
    .map((article) => [
      article.link ? { text: article.outlet, link: article.link } : { text: article.outlet, style: 'bold' },
      ` — ${age(article.seenAt, now)}, in the feed “${article.feedTitle}”${article.quiet ? ' (its first reading, which posts nothing)' : ''}`
    ])
  if (articles.length > SHOWN_ARTICLES) items.push(`… and ${articles.length - SHOWN_ARTICLES} more`)
  return [
    { type: 'heading', text: 'Seen' },
    { type: 'list', items }
  ]
}

function irrelevant(article: SeenArticle): Part {
  return {
    type: 'text',
    text: `Not relevant: it scored ${article.score.toFixed(2)} for being about rules on facial recognition, too little. ${deciding(article)}`
  }
}

async function storyParts(context: CommandContext, story: Story, articles: SeenArticle[]): Promise<Part[]> {
  const { names } = context.services
  const lead = articles.find((article) => article.relevant) ?? articles[0]!
  const tags: Text[] = [
    ...story.companies.map((name) => tagLine(name, `company:${name}`, articles)),
    ...story.jurisdictions.map((code) => tagLine(names.placeWithCode(code), `jurisdiction:${code}`, articles)),
    tagLine(story.stage ? `${story.kind}, ${story.stage}` : story.kind, `kind:${story.kind}`, articles)
  ]
  return [
    { type: 'heading', text: 'Relevant' },
    { type: 'text', text: `Yes, scored ${story.score.toFixed(2)}. ${deciding(lead)}` },
    { type: 'heading', text: 'Tags' },
    { type: 'list', items: tags },
    { type: 'heading', text: 'Story' },
    { type: 'text', text: storyText(story) },
    { type: 'list', items: articles.slice(0, SHOWN_ARTICLES).map(joinLine) },
    { type: 'heading', text: 'This channel' },
    ...(await channelParts(context, story))
  ]
}

function storyText(story: Story): string {
  const told =
    story.articleCount === 1 ? 'one article' : `${story.articleCount} articles of ${story.outlets.join(', ')}`
  return `Number ${story.id}, told by ${told}; first seen ${story.firstSeenAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.`
}

/** Why an article was taken to tell this event. */
function joinLine(article: SeenArticle): Text {
  const why = article.storyReason ?? 'began the story'
  return [{ text: article.outlet, style: 'bold' }, ` “${article.title}” (article ${article.id}): ${why}`]
}

function tagLine(label: string, tag: string, articles: SeenArticle[]): Text {
  const words = wordsFor(tag, articles)
  return words.length > 0
    ? [{ text: label, style: 'bold' }, `: ${words.map((word) => `“${word}”`).join(', ')}`]
    : [{ text: label, style: 'bold' }]
}

/** The words that caused a tag, as they stand in the articles. */
function wordsFor(tag: string, articles: SeenArticle[]): string[] {
  const words = articles.flatMap((article) =>
    article.evidence.filter((evidence) => evidence.tag === tag).map((evidence) => evidence.words ?? '')
  )
  return [...new Set(words.filter((word) => word !== ''))].slice(0, 4)
}

function deciding(article: SeenArticle): string {
  const words = wordsFor('relevance', [article])
  return words.length > 0 ? `What decided: ${words.map((word) => `“${word}”`).join(', ')}.` : ''
}

async function channelParts(context: CommandContext, story: Story): Promise<Part[]> {
  const { store, names } = context.services
  const { channel, workspace, now } = context
  const [subscriptions, deliveries, settings, silencedAt] = await Promise.all([
    store.subscriptions.list(channel.id),
    store.deliveries.ofStory(channel.id, story.id),
    store.channels.alertSettings(channel.id),
    store.stories.silencedAt(story.id, workspace.id)
  ])
  const here = { story, subscriptions, deliveries, settings, silencedAt, pausedReason: channel.pausedReason }
  return whyHere(here, names, now)
}

/** For those who may change what the channel gets. */
async function split(context: CommandContext, articleId: number): Promise<Reply> {
  await context.requireManager()
  const { services, actor, now } = context
  const done = await services.store.stories.split(articleId, actor.name, { now, matches })
  if (!done) throw new UsageError('There is no such article, or its story has no other: `why` shows the numbers.')
  await audit(context, 'split', `article ${articleId}: story ${done.from} → ${done.to}`)
  services.wakeSender()
  return { message: textMessage(`Article ${articleId} tells a story of its own now, number ${done.to}.`) }
}

async function merge(context: CommandContext, asked: string, other: number): Promise<Reply> {
  await context.requireManager()
  const { services, actor, now } = context
  const story = Number(/^#?(\d{1,15})$/.exec(asked)?.[1] ?? Number.NaN)
  if (Number.isNaN(story)) throw new UsageError('`merge:` takes two numbers of stories: `why 12 merge:15`.')
  const outcome = await services.store.stories.merge(other, story, actor.name, now)
  if (outcome === 'apart') throw new UsageError('Somebody took these two apart by hand; they stay apart.')
  if (outcome === 'unknown') throw new UsageError('These are not the numbers of two stories.')
  await audit(context, 'merge', `story ${other} → ${story}`)
  services.wakeSender()
  return { message: textMessage(`Story ${other} is part of story ${story} now.`) }
}

async function audit({ services, workspace, channel, actor, now }: CommandContext, action: string, detail: string) {
  const entry = { workspaceId: workspace.id, channelId: channel.id, actorId: actor.id, actorName: actor.name }
  await services.store.audit.add({ ...entry, action, detail }, now)
}

/** Wrong tag and Wrong story stand here and not under the alert, which stays compact. */
function feedbackButtons(story: Story): Button[] {
  const tags = [
    ...story.companies.map((name) => ({ label: name, tag: `company:${name}` })),
    ...story.jurisdictions.map((code) => ({ label: code, tag: `jurisdiction:${code}` })),
    { label: story.kind, tag: `kind:${story.kind}` }
  ]
  return [
    { label: 'Wrong story', action: `why:wrong-story ${story.id}` },
    ...tags
      .slice(0, SHOWN_TAGS)
      .map(({ label, tag }) => ({ label: `Wrong tag: ${label}`, action: `why:wrong-tag ${story.id} ${tag}` }))
  ]
}

const THANKS: Record<string, string> = {
  'not-relevant': 'Thank you: noted as not relevant. It teaches the tagger.',
  'wrong-tag': 'Thank you: noted as a wrong tag. It teaches the tagger.',
  'wrong-story': 'Thank you: noted as told under the wrong story.'
}

/** One click, kept with who and when; thanks that the asker alone sees. */
async function feedback(context: CommandContext, verdict: string, storyId: number, detail: string): Promise<Reply> {
  const { store } = context.services
  if (!(await store.stories.find(storyId))) throw new UsageError('This story is no longer in the store.')
  const { channel, actor, now } = context
  const said = { storyId, channelId: channel.id, actorId: actor.id, actorName: actor.name, verdict, detail }
  const { silenced } = await store.feedback.add(said, now)
  const end = silenced ? ' Three people here said so: nothing more of this story is told in this workspace.' : ''
  return { message: textMessage(`${THANKS[verdict]}${end}`) }
}
