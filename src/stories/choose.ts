import type { ChooseStory, StoryCandidate } from '../store/articles.js'
import { continues } from './continuation.js'
import { linkScore } from './linkage.js'
import { type Signature, takeApart } from './signature.js'
import { type Similarity, scorePair } from './similarity.js'
import { loadStoryWeights, type StoryWeights } from './weights.js'

/** Articles of one event come within so many milliseconds of each other: ten days. */
const RECENT_MS = 10 * 86_400_000

/**
 * The story that an arriving article belongs to, with the reason in words, or null for a new one. Pure; its cost grows
 * with the candidates that it is handed (and at most 12 articles of each), never with the store.
 */
export function chooseStory(
  article: Parameters<ChooseStory>[0],
  candidates: StoryCandidate[]
): ReturnType<ChooseStory> {
  const data = loadStoryWeights()
  const { item, tags, seenAt } = article
  const signature = takeApart({
    title: item.title,
    text: item.summary,
    companies: tags.companies,
    jurisdictions: tags.jurisdictions,
    kind: tags.kind,
    stage: tags.stage,
    lang: tags.lang,
    published: readTime(item.published),
    seenAt: seenAt.getTime()
  })

  let best: { storyId: number; score: number; closest: Similarity } | null = null
  for (const candidate of candidates.filter((one) => !one.distant)) {
    const pairs = recentOf(signature, articlesOf(candidate)).map((told) => scorePair(signature, told, data))
    if (pairs.length === 0) continue
    const score = linkScore(pairs.map((pair) => pair.score))
    if (score < data.threshold) continue
    const storyId = candidate.story.id
    // Of two equal ones the older story, so that the answer does not hang on the order of the candidates.
    if (best !== null && (score < best.score || (score === best.score && storyId > best.storyId))) continue
    best = { storyId, score, closest: closestOf(pairs) }
  }
  if (best !== null) return { storyId: best.storyId, reason: best.closest.reason() }
  return findContinued(article, signature, candidates, data)
}

/** The newest story of which the article is the next step; also among those too old to tell the same event. */
function findContinued(
  { item, tags, outlet, seenAt }: Parameters<ChooseStory>[0],
  signature: Signature,
  candidates: StoryCandidate[],
  data: StoryWeights
): ReturnType<ChooseStory> {
  const published = readTime(item.published)
  const changed = {
    title: item.title,
    summary: item.summary,
    link: item.link,
    outlet,
    official: false,
    published: published === null ? null : new Date(published),
    seenAt,
    kind: tags.kind,
    stage: tags.stage
  }
  const newest = candidates.toSorted((a, b) => b.story.id - a.story.id)
  for (const candidate of newest) {
    const reason = continues(changed, signature, candidate, articlesOf(candidate), data)
    if (reason !== null) return { storyId: candidate.story.id, reason }
  }
  return null
}

/** A story that went on is compared by what was told of it lately; one that did not, by all. */
function recentOf(article: Signature, told: Signature[]): Signature[] {
  const at = (one: Signature) => one.published ?? one.seenAt ?? 0
  const recent = told.filter((one) => Math.abs(at(one) - at(article)) <= RECENT_MS)
  return recent.length > 0 ? recent : told
}

function articlesOf({ story, articles }: StoryCandidate): Signature[] {
  return articles.map((told) =>
    takeApart({
      title: told.title,
      text: told.summary,
      companies: story.companies,
      jurisdictions: story.jurisdictions,
      kind: story.kind,
      stage: story.stage,
      lang: told.lang,
      published: told.published?.getTime() ?? null,
      seenAt: told.seenAt.getTime()
    })
  )
}

function closestOf(pairs: readonly Similarity[]): Similarity {
  let closest = pairs[0]!
  for (const pair of pairs) if (pair.score > closest.score) closest = pair
  return closest
}

function readTime(published: string | null): number | null {
  const time = published === null ? Number.NaN : Date.parse(published)
  return Number.isNaN(time) ? null : time
}
