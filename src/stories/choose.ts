import { impliesPlaceOnly } from '../model/tags.js'
import type { ChooseStory, StoryCandidate } from '../store/articles/articles.js'
import { areApart } from './anchors.js'
import { findContinuation } from './continuation.js'
import { leastRival, leastUnrivalled, linkScore } from './linkage.js'
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
  const { item, tags } = article
  const signature = takeApart({
    title: item.title,
    text: item.summary,
    companies: tags.companies,
    jurisdictions: tags.jurisdictions,
    placeImplied: impliesPlaceOnly(tags),
    kind: tags.kind,
    stage: tags.stage,
    lang: tags.lang,
    ...datesOf({ ...article, published: readTime(item.published) })
  })

  const near = candidates.filter((one) => !one.distant && one.articles.length > 0)
  // However alike what was told of it lately: who was fined another sum two weeks ago is somebody else.
  const same = near.filter((one) => !namesOtherSum(signature, articlesOf(one)))
  const linked = same.map((one) => link(signature, article.outlet, one, data))
  const best = highestBy(linked, (one) => one.score)
  if (best !== null && best.score >= data.threshold) return joinWith(best)
  return findContinued(article, signature, candidates, data) ?? findUnrivalled(article.outlet, linked, data)
}

/** So much likelier than any other the one is that a step may go on from, when none is so beyond doubt. */
const LEAST_LEAD = 0.5

/** The only story that is near, though not beyond doubt. */
function findUnrivalled(outlet: string, linked: readonly Linked[], data: StoryWeights): ReturnType<ChooseStory> {
  const best = highestBy(linked, ({ closest }) => closest.score)
  if (best === null) return null
  const { score, contradicted, near } = best.closest
  if (contradicted || score < leastUnrivalled(near, data.threshold)) return null
  const rivals = linked.filter((one) => one !== best && one.closest.score > leastRival(score, near, data.threshold))
  // An outlet that told the story would have told it as clearly again: what it tells now is another.
  return rivals.length > 0 || best.outlets.has(outlet) ? null : joinWith(best)
}

/** Of two equal ones the older story, so that the answer does not hang on the order of the candidates. */
function highestBy(linked: readonly Linked[], score: (one: Linked) => number): Linked | null {
  return linked.toSorted((a, b) => score(b) - score(a) || a.storyId - b.storyId)[0] ?? null
}

interface Linked {
  storyId: number
  score: number
  closest: Similarity
  /** Who told the story lately. */
  outlets: Set<string>
}

function joinWith({ storyId, closest }: Linked): ReturnType<ChooseStory> {
  return { storyId, reason: closest.reason() }
}

/** An outlet's own phrases are in all that it tells: it is compared with what others told, where others did. */
function link(article: Signature, outlet: string, candidate: StoryCandidate, data: StoryWeights): Linked {
  const told = articlesOf(candidate)
  const recent = new Set(recentOf(article, told))
  const outlets = new Set(candidate.articles.flatMap((one, at) => (recent.has(told[at]!) ? [one.outlet] : [])))
  const others = told.filter((_, at) => candidate.articles[at]!.outlet !== outlet)
  const compared = recentOf(article, others.length > 0 ? others : told)
  const pairs = compared.map((one) => scorePair(article, one, data))
  const score = linkScore(pairs.map((pair) => pair.score))
  return { storyId: candidate.story.id, score, closest: closestOf(pairs), outlets }
}

/**
 * The newest story of which the article is the next step, also among those too old to tell the same event; where none is
 * so beyond doubt, the one that is by far the likeliest.
 */
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
  const found = newest.flatMap((candidate) => {
    const continuation = findContinuation(changed, signature, candidate, articlesOf(candidate), data)
    return continuation === null ? [] : [{ storyId: candidate.story.id, ...continuation }]
  })
  const [likeliest, next] = found.toSorted((a, b) => b.score - a.score)
  const isLone = likeliest && likeliest.score - (next?.score ?? Number.NEGATIVE_INFINITY) >= LEAST_LEAD
  const chosen = likeliest?.sure || isLone ? likeliest : undefined
  return chosen === undefined ? null : { storyId: chosen.storyId, reason: chosen.reason }
}

/** Its headline names a sum that nobody told before, where headlines too old to be compared name another. */
function namesOtherSum(article: Signature, told: readonly Signature[]): boolean {
  if (article.titleMoney.length === 0) return false
  const recent = new Set(recentOf(article, told))
  const sums = told.filter((one) => !recent.has(one)).flatMap((one) => one.titleMoney)
  if (!areApart(article.titleMoney, new Set(sums))) return false
  return areApart(article.titleMoney, new Set(told.flatMap((one) => [...one.numbers])))
}

/** A story that went on is compared by what was told of it lately; one that did not, by all. */
function recentOf(article: Signature, told: readonly Signature[]): readonly Signature[] {
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
      placeImplied: told.placeImplied,
      kind: story.kind,
      stage: story.stage,
      lang: told.lang,
      ...datesOf({ ...told, published: told.published?.getTime() ?? null })
    })
  )
}

function closestOf(pairs: readonly Similarity[]): Similarity {
  let closest = pairs[0]!
  for (const pair of pairs) if (pair.score > closest.score) closest = pair
  return closest
}

interface Seen {
  published: number | null
  seenAt: Date
  quiet: boolean
}

/** What a poll brings while we watch was told just before; a first poll brings years at once. */
function datesOf({ published, seenAt, quiet }: Seen): Pick<Signature, 'published' | 'seenAt'> {
  return { published: published ?? (quiet ? null : seenAt.getTime()), seenAt: seenAt.getTime() }
}

function readTime(published: string | null): number | null {
  const time = published === null ? Number.NaN : Date.parse(published)
  return Number.isNaN(time) ? null : time
}
