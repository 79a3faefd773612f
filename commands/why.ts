import { age } from '../src/alerts/alert-message.js'
import { describeFilter } from '../src/alerts/filter.js'
import { checkFilter, type FieldCheck } from '../src/alerts/match.js'
import { UsageError } from '../src/chat/command.js'
import { type Part, type Text, textMessage } from '../src/chat/message.js'
import type { Reply } from '../src/chat/platform.js'
import type { Article, Story } from '../src/model/story.js'
import type { Command, CommandContext } from '../src/services.js'

type SeenArticle = Article & { relevant: boolean; score: number; feedTitle: string; quiet: boolean }

/** Articles of a story that are told of one by one. */
const SHOWN_ARTICLES = 6

export const why: Command = {
  name: 'why',
  description: 'Why a story was posted here, or why it was not: seen, read, tagged, matched, sent',
  permission: 'anyone',
  options: [
    { name: 'story', description: 'A link, or a story’s number', type: 'text', positional: true, required: true }
  ],
  examples: ['why https://www.example.org/2020/06/a-story', 'why 12'],
  run: (context, args) => explain(context, args.one('story') ?? ''),
  async press(context, argument) {
    const [verb, id] = argument.split(' ')
    if (verb === 'story' && id) return explain(context, id)
    if (verb === 'not-relevant' && id) return notRelevant(context, Number(id))
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
  const parts = [
    ...seenParts(articles, context.now),
    ...(story ? await storyParts(context, story, articles) : [irrelevant(articles[0]!)])
  ]
  return { message: { title: { text: `Why: ${articles[0]!.title}` }, parts } }
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
    { type: 'heading', text: 'This channel' },
    ...(await channelParts(context, story))
  ]
}

function storyText(story: Story): string {
  const told =
    story.articleCount === 1 ? 'one article' : `${story.articleCount} articles of ${story.outlets.join(', ')}`
  return `Number ${story.id}, told by ${told}; first seen ${story.firstSeenAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.`
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
  const [subscriptions, delivery] = await Promise.all([
    store.subscriptions.list(context.channel.id),
    store.deliveries.forStory(context.channel.id, story.id)
  ])
  if (subscriptions.length === 0)
    return [{ type: 'text', text: 'This channel has no subscriptions, so nothing is posted.' }]
  const items: Text[] = subscriptions.map((subscription) => {
    const checks = checkFilter(subscription.filter, story)
    const passed = checks.every((check) => check.passed)
    const late = subscription.createdAt > story.firstSeenAt ? ' It is younger than the story.' : ''
    const mode = subscription.mode === 'digest' ? ' It asks for the digest only.' : ''
    return [
      { text: `Subscription ${subscription.id}`, style: 'bold' },
      ` (${describeFilter(subscription.filter, names)}): ${
        passed
          ? 'matches'
          : `does not match: ${checks
              .filter((check) => !check.passed)
              .map(describeMiss)
              .join('; ')}`
      }.${late}${mode}`
    ]
  })
  const outcome = delivery?.sentAt
    ? `Posted here ${age(delivery.sentAt, context.now)}.`
    : delivery
      ? `Owed to this channel since ${age(delivery.createdAt, context.now)}, not sent yet${delivery.lastError ? `: ${delivery.lastError}` : '.'}`
      : story.quiet
        ? 'Not posted: it came with the first reading of a feed.'
        : 'Not posted here.'
  return [
    { type: 'list', items },
    { type: 'text', text: outcome }
  ]
}

function describeMiss(check: FieldCheck): string {
  return check.field === '-words'
    ? `it holds ${check.met.map((word) => `“${word}”`).join(', ')}`
    : `${check.field} is not ${check.wanted.join(' or ')}`
}

async function notRelevant(context: CommandContext, storyId: number): Promise<Reply> {
  const { store } = context.services
  if (!(await store.stories.find(storyId))) throw new UsageError('This story is no longer in the store.')
  await store.feedback.add(
    {
      storyId,
      channelId: context.channel.id,
      actorId: context.actor.id,
      actorName: context.actor.name,
      verdict: 'not-relevant'
    },
    context.now
  )
  return { message: textMessage('Thank you: noted as not relevant. It teaches the tagger.') }
}
