import type { ChooseStory, StoryCandidate } from '../store/store.js'
import { linkScore } from './linkage.js'
import { type Signature, takeApart } from './signature.js'
import { type Similarity, scorePair } from './similarity.js'
import { loadStoryWeights } from './weights.js'

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
  for (const candidate of candidates) {
    const pairs = articlesOf(candidate).map((told) => scorePair(signature, told, data))
    if (pairs.length === 0) continue
    const score = linkScore(pairs.map((pair) => pair.score))
    if (score < data.threshold) continue
    const storyId = candidate.story.id
    // Of two equal ones the older story, so that the answer does not hang on the order of the candidates.
    if (best !== null && (score < best.score || (score === best.score && storyId > best.storyId))) continue
    best = { storyId, score, closest: closestOf(pairs) }
  }
  return best === null ? null : { storyId: best.storyId, reason: best.closest.reason() }
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
