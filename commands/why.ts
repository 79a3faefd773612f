import { eyesOf, mergeStories, offerRulings, splitArticle } from '../src/alerts/rulings.js'
import { whyHere } from '../src/alerts/why-channel.js'
import { irrelevantPart, seenParts, storyParts } from '../src/alerts/why-story.js'
import { UsageError } from '../src/chat/command.js'
import { type Button, type Part, textMessage } from '../src/chat/message.js'
import type { Reply } from '../src/chat/platform.js'
import type { Story } from '../src/model/story.js'
import type { Channel } from '../src/model/subscription.js'
import type { Command, CommandContext } from '../src/services.js'
import type { SeenArticle } from '../src/store/articles/articles.js'

/** Tags that have a button. */
const SHOWN_TAGS = 8
/** Stories of one message that have a button; a message holds at most 25. */
const SHOWN_STORIES = 20

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
    const [article, other] = [args.one('split'), args.one('merge')]
    const articles = await articlesOf(context, args.one('story') ?? '')
    if (article !== undefined) return splitArticle(context, storyOf(articles), Number(article))
    if (other !== undefined) return mergeStories(context, storyOf(articles), Number(other))
    return explain(context, articles)
  },
  async press(context, argument) {
    const [, verb = '', id = '', detail = ''] = /^(\S+) (\d+)(?: (.*))?$/s.exec(argument) ?? []
    if (verb === 'story') return explain(context, await articlesOf(context, id))
    if (verb === 'rulings') return offerRulings(context, Number(id))
    if (verb === 'split') return splitArticle(context, Number(id), Number(detail))
    if (verb === 'merge') return mergeStories(context, Number(id), Number(detail))
    if (Object.hasOwn(THANKS, verb)) return feedback(context, verb, Number(id), detail)
    throw new UsageError('This button is from an older version of the bot and does nothing any more.')
  },
  onMessage: { label: 'Why is this here?', run: explainMessage }
}

/** The articles of a story by its number, or those behind a link. @throws UsageError when there are none */
async function articlesOf(context: CommandContext, asked: string): Promise<SeenArticle[]> {
  const { articles } = context.services.store
  const number = /^#?(\d{1,15})$/.exec(asked)?.[1]
  const link = asked.replace(/^<([^|>]+)(?:\|[^>]*)?>$/, '$1')
  const found = number
    ? await articles.ofStory(Number(number), eyesOf(context))
    : await articles.byLink(link, eyesOf(context))
  if (found.length > 0) return found
  throw new UsageError(number ? `There is no story with the number ${number}.` : unknownLink(link))
}

function unknownLink(link: string): string {
  return `None of the feeds brought this address: ${link}. Either no watched feed carries it (\`/facelaw feeds\` lists them), or it has another address there; \`/facelaw search\` with words of its headline finds it.`
}

/** @throws UsageError when the articles tell no story */
function storyOf(articles: readonly SeenArticle[]): number {
  const storyId = articles.find((article) => article.storyId !== null)?.storyId
  if (storyId) return storyId
  throw new UsageError('This article is in no story, since it is not about rules on facial recognition.')
}

async function explain(context: CommandContext, articles: readonly SeenArticle[]): Promise<Reply> {
  const { store, names } = context.services
  const storyId = articles.find((article) => article.storyId !== null)?.storyId
  const story = storyId ? await store.stories.find(storyId) : null
  const title = { text: `Why: ${articles[0]!.title}` }
  const seen = seenParts(articles, context.now)
  if (!story) return { message: { title, parts: [...seen, irrelevantPart(articles[0]!)] } }
  const whole = await store.articles.ofStory(story.id, eyesOf(context))
  const parts: Part[] = [
    ...seen,
    ...storyParts(story, whole, articles, names),
    { type: 'heading', text: 'This channel' },
    ...(await channelParts(context, story, await placeOf(context, story.id))),
    ...(await wishParts(context, story.id))
  ]
  return { message: { title, parts, buttons: [...feedbackButtons(story), ...(await rulingButtons(context, story))] } }
}

/** "Why is this here?" of any message: one of ours is known by its place, any other by the links in it. */
async function explainMessage(context: CommandContext, links: readonly string[]): Promise<Reply> {
  const { store } = context.services
  const told = context.message ? await store.deliveries.ofMessage(context.workspace.id, context.message) : []
  const storyIds = told.flatMap(({ storyId }) => storyId ?? [])
  const byStory = await Promise.all([...new Set(storyIds)].map((id) => store.articles.ofStory(id, eyesOf(context))))
  const byLink =
    storyIds.length > 0 ? [] : await Promise.all(links.map((link) => store.articles.byLink(link, eyesOf(context))))
  const found = distinctStories([...byStory, ...byLink].filter((articles) => articles.length > 0))
  if (found.length === 1) return explain(context, found[0]!)
  if (found.length > 1) return chooseStory(found)
  throw new UsageError(
    links.length === 0
      ? 'This message is none of mine and has no link, so there is nothing that I could look up. `/facelaw why` with a link answers for that page; `/facelaw search` with words finds stories.'
      : `There is no link in this message that Facelaw knows. ${unknownLink(links[0]!)}`
  )
}

/** Links of one story, as under a digest's line and its source, are one question. */
function distinctStories(found: readonly SeenArticle[][]): SeenArticle[][] {
  const stories = new Map(found.map((articles) => [articles[0]!.storyId ?? `article ${articles[0]!.id}`, articles]))
  return [...stories.values()]
}

function chooseStory(found: readonly SeenArticle[][]): Reply {
  const shown = found.map((articles) => articles[0]!).slice(0, SHOWN_STORIES)
  const items = shown.map(({ title, outlet }) => `“${title}”, ${outlet}`)
  const buttons = shown.flatMap(({ storyId }, index) =>
    storyId === null ? [] : [{ label: `Why ${index + 1}?`, action: `why:story ${storyId}` }]
  )
  const title = { text: `This message tells ${found.length} stories. Which one?` }
  return { message: { title, parts: [{ type: 'list', items, ordered: true }], buttons } }
}

/** In a thread, on a story that hangs there: the channel that was told. Else where the question was asked. */
async function placeOf(context: CommandContext, storyId: number): Promise<Channel> {
  const { store } = context.services
  if (context.message === null) return context.channel
  const told = await store.deliveries.ofMessage(context.workspace.id, context.message)
  const here = told.find((delivery) => delivery.storyId === storyId)
  if (!here || here.channelId === context.channel.id) return context.channel
  return (await store.channels.find(here.channelId))?.channel ?? context.channel
}

async function channelParts(context: CommandContext, story: Story, channel: Channel): Promise<Part[]> {
  const { store, names } = context.services
  const { workspace, now } = context
  const [subscriptions, deliveries, settings, silencedAt] = await Promise.all([
    store.subscriptions.list(channel.id),
    store.deliveries.ofStory(channel.id, story.id),
    store.channels.alertSettings(channel.id),
    store.stories.silencedAt(story.id, workspace.id)
  ])
  const here = { story, subscriptions, deliveries, settings, silencedAt, pausedReason: channel.pausedReason }
  return whyHere(here, names, now)
}

/** What people of several houses wished for; for the operator, who alone can do it. */
async function wishParts({ services, workspace }: CommandContext, storyId: number): Promise<Part[]> {
  if (workspace.platform !== 'terminal') return []
  const wishes = await services.store.feedback.wishes(storyId)
  if (wishes.length === 0) return []
  const items = wishes.map(({ wish, actorName, workspace: name }) => `${wish} (${actorName}, ${name})`)
  return [
    { type: 'heading', text: 'Wished for' },
    { type: 'list', items }
  ]
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

async function rulingButtons(context: CommandContext, story: Story): Promise<Button[]> {
  return (await context.mayManage()) ? [{ label: 'Split or merge…', action: `why:rulings ${story.id}` }] : []
}

const THANKS: Record<string, string> = {
  'not-relevant': 'Thank you: noted as not relevant. It teaches the tagger.',
  'wrong-tag': 'Thank you: noted as a wrong tag. It teaches the tagger.',
  'wrong-story': 'Thank you: noted as told under the wrong story.'
}

/** One click, kept with who and when; thanks that the asker alone sees. Who may put a wrong story right is led there. */
async function feedback(context: CommandContext, verdict: string, storyId: number, detail: string): Promise<Reply> {
  const { store } = context.services
  if (!(await store.stories.find(storyId))) throw new UsageError('This story is no longer in the store.')
  const { channel, actor, now } = context
  const said = { storyId, channelId: channel.id, actorId: actor.id, actorName: actor.name, verdict, detail }
  const { silenced } = await store.feedback.add(said, now)
  const end = silenced ? ' Three people here said so: nothing more of this story is told in this workspace.' : ''
  const thanks = `${THANKS[verdict]}${end}`
  if (verdict !== 'wrong-story' || !(await context.mayManage())) return { message: textMessage(thanks) }
  const { message } = await offerRulings(context, storyId)
  return { message: { ...message, parts: [{ type: 'text', text: thanks }, ...message.parts] } }
}
