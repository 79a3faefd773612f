import type { Part, Text } from '../chat/message.js'
import type { Story } from '../model/story.js'
import type { SeenArticle } from '../store/articles/articles.js'
import { age } from './alert-message.js'
import type { Names } from './names.js'

/** Articles of a story that are told of one by one. */
const SHOWN_ARTICLES = 6

/** For `why`: when and in which feeds these articles were seen. */
export function seenParts(articles: readonly SeenArticle[], now: Date): Part[] {
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

/** For `why`: an article that no story came of, and the words that were too few. */
export function irrelevantPart(article: SeenArticle): Part {
  return {
    type: 'text',
    text: `Not relevant: it scored ${article.score.toFixed(2)} for being about rules on facial recognition, too little. ${deciding(article)}`
  }
}

/**
 * For `why`: what decided that the story is relevant, its tags with their words, and why each article is in it; above
 * all those that were asked about.
 */
export function storyParts(
  story: Story,
  articles: readonly SeenArticle[],
  asked: readonly SeenArticle[],
  names: Names
): Part[] {
  const lead = [...asked, ...articles].find((article) => article.relevant) ?? articles[0]!
  const isAsked = (article: SeenArticle) => asked.some(({ id }) => id === article.id)
  const [others, wanted] = [articles.filter((article) => !isAsked(article)), articles.filter(isAsked)]
  const shown = new Set([...wanted, ...others].slice(0, SHOWN_ARTICLES))
  const more = articles.length > shown.size ? [`… and ${articles.length - shown.size} more`] : []
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
    { type: 'list', items: [...articles.filter((article) => shown.has(article)).map(joinLine), ...more] }
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

function tagLine(label: string, tag: string, articles: readonly SeenArticle[]): Text {
  const words = wordsFor(tag, articles)
  return words.length > 0
    ? [{ text: label, style: 'bold' }, `: ${words.map((word) => `“${word}”`).join(', ')}`]
    : [{ text: label, style: 'bold' }]
}

/** The words that caused a tag, as they stand in the articles. */
function wordsFor(tag: string, articles: readonly SeenArticle[]): string[] {
  const words = articles.flatMap((article) =>
    article.evidence.filter((evidence) => evidence.tag === tag).map((evidence) => evidence.words ?? '')
  )
  return [...new Set(words.filter((word) => word !== ''))].slice(0, 4)
}

function deciding(article: SeenArticle): string {
  const words = wordsFor('relevance', [article])
  return words.length > 0 ? `What decided: ${words.map((word) => `“${word}”`).join(', ')}.` : ''
}
