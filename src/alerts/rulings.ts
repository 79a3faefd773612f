import { UsageError } from '../chat/command.js'
import { type Button, type Text, textMessage } from '../chat/message.js'
import type { Reply } from '../chat/platform.js'
import type { Story } from '../model/story.js'
import type { CommandContext } from '../services.js'
import type { SeenArticle } from '../store/articles/articles.js'
import { age } from './alert-message.js'
import { EVERYTHING, matches } from './match.js'

/** Articles, and stories nearby, that are offered at once. */
const SHOWN_ARTICLES = 12
const SHOWN_STORIES = 5
/** Stories this close to each other may tell one event. */
const NEAR_DAYS = 14
const DAY_MS = 86_400_000

/** The articles of a story, each with a button that takes it out, and the stories nearby that it may be one with. */
export async function offerRulings(context: CommandContext, storyId: number): Promise<Reply> {
  await context.requireManager()
  const { store } = context.services
  const [story, articles] = await Promise.all([
    store.stories.find(storyId),
    store.articles.ofStory(storyId, eyesOf(context))
  ])
  if (!story || articles.length === 0) throw new UsageError(`There is no story with the number ${storyId}.`)
  const near = await storiesNear(context, story)
  const alone = articles.length === 1
  return {
    message: {
      title: { text: `What belongs to “${story.title}”?` },
      parts: [
        {
          type: 'text',
          text: alone
            ? 'It has one article, so that there is nothing to take out.'
            : 'An article that tells another event can be taken out: it becomes a story of its own.'
        },
        { type: 'list', items: articles.slice(0, SHOWN_ARTICLES).map((article) => articleLine(article, context.now)) },
        ...(near.length > 0
          ? [
              { type: 'text' as const, text: 'A story that tells the same event can be put together with it:' },
              { type: 'list' as const, items: near.map((other) => storyRow(other, context.now)) }
            ]
          : [])
      ],
      buttons: [
        ...(alone ? [] : articles.slice(0, SHOWN_ARTICLES).map((article) => splitButton(storyId, article))),
        ...near.map(({ id }) => ({ label: `Merge with ${id}`, action: `why:merge ${storyId} ${id}` }))
      ]
    }
  }
}

/** Takes an article out of its story, for who may; see `wishInstead` for whom it holds. */
export async function splitArticle(context: CommandContext, storyId: number, articleId: number): Promise<Reply> {
  await context.requireManager()
  const { services, actor, now } = context
  const articles = await services.store.articles.ofStory(storyId, eyesOf(context))
  if (!articles.some(({ id }) => id === articleId))
    throw new UsageError(`Story ${storyId} has no article ${articleId}: \`why ${storyId}\` shows the numbers.`)
  const wish = await wishInstead(context, [storyId], `split article ${articleId}`)
  if (wish) return wish
  const done = await services.store.stories.split(articleId, actor.name, { now, matches })
  if (!done) throw new UsageError('Its story has no other article, so that there is nothing to take it out of.')
  await audit(context, 'split', `article ${articleId}: story ${done.from} → ${done.to}`)
  services.wakeSender()
  return { message: textMessage(`Article ${articleId} tells a story of its own now, number ${done.to}.`) }
}

/** Puts another story together with this one, for who may. */
export async function mergeStories(context: CommandContext, storyId: number, other: number): Promise<Reply> {
  await context.requireManager()
  const { services, actor, now } = context
  const wish = await wishInstead(context, [storyId, other], `merge with story ${other}`)
  if (wish) return wish
  const outcome = await services.store.stories.merge(other, storyId, actor.name, now)
  if (outcome === 'apart') throw new UsageError('Somebody took these two apart by hand; they stay apart.')
  if (outcome === 'unknown') throw new UsageError('These are not the numbers of two stories.')
  await audit(context, 'merge', `story ${other} → ${storyId}`)
  services.wakeSender()
  return { message: textMessage(`Story ${other} is part of story ${storyId} now.`) }
}

/** Whose feeds a person sees the articles of: their workspace's; the operator, at the terminal, sees all. */
export function eyesOf({ workspace }: CommandContext): number | null {
  return workspace.platform === 'terminal' ? null : workspace.id
}

/**
 * Stories are shared by all workspaces of an installation, and nobody may change what another house's channels are told.
 * So a ruling holds when one house alone is concerned, or when the operator makes it at the terminal. Else it is kept
 * as a wish, which `why` shows to the operator.
 */
async function wishInstead(context: CommandContext, storyIds: number[], wish: string): Promise<Reply | null> {
  const { services, workspace, channel, actor, now } = context
  if (workspace.platform === 'terminal') return null
  if (!(await services.store.stories.concernSeveral(storyIds, workspace.id))) return null
  const storyId = storyIds[0]!
  const said = { storyId, channelId: channel.id, actorId: actor.id, actorName: actor.name }
  await services.store.feedback.add({ ...said, verdict: 'wrong-story', detail: wish }, now)
  await audit(context, 'wish', `story ${storyId}: ${wish}`)
  const text = `Nothing was changed: others that this bot serves are told of this story, too, and none of them rules for all. Your wish (${wish}) is kept; whoever runs the bot sees it with \`facelaw ask "why ${storyId}"\` and can do it there.`
  return { message: textMessage(text, { tone: 'quiet' }) }
}

async function storiesNear(context: CommandContext, story: Story): Promise<Story[]> {
  const { store } = context.services
  const visibleTo = eyesOf(context)
  const around = {
    publishedSince: new Date(story.published.getTime() - NEAR_DAYS * DAY_MS),
    publishedUntil: new Date(story.published.getTime() + NEAR_DAYS * DAY_MS),
    ...(visibleTo !== null && { visibleTo }),
    limit: SHOWN_STORIES + 1,
    offset: 0
  }
  const sharing = [
    ...(story.jurisdictions.length > 0 ? [{ ...EVERYTHING, jurisdictions: story.jurisdictions }] : []),
    ...(story.companies.length > 0 ? [{ ...EVERYTHING, companies: story.companies }] : [])
  ]
  const found = await Promise.all(sharing.map((filter) => store.stories.query({ ...around, filter })))
  const others = found.flatMap(({ stories }) => stories).filter(({ id }) => id !== story.id)
  return [...new Map(others.map((other) => [other.id, other])).values()].slice(0, SHOWN_STORIES)
}

function articleLine(article: SeenArticle, now: Date): Text {
  return [
    { text: `${article.id}`, style: 'bold' },
    `: ${article.outlet} “${article.title}”, ${age(article.seenAt, now)}`
  ]
}

function storyRow(story: Story, now: Date): Text {
  return [{ text: `${story.id}`, style: 'bold' }, `: “${story.title}”, ${story.outlet}, ${age(story.published, now)}`]
}

function splitButton(storyId: number, { id, outlet }: SeenArticle): Button {
  return { label: `Split out ${id}: ${outlet}`, action: `why:split ${storyId} ${id}` }
}

async function audit({ services, workspace, channel, actor, now }: CommandContext, action: string, detail: string) {
  const entry = { workspaceId: workspace.id, channelId: channel.id, actorId: actor.id, actorName: actor.name }
  await services.store.audit.add({ ...entry, action, detail }, now)
}
