import type { Evidence, Kind, Stage } from '../model/tags.js'
import type { Candidate } from './company-candidates.js'
import type { PhraseHit, ReadStory } from './story.js'
import type { StoryWeights } from './story-weights.js'

/** Most spans shown for one tag: a long article repeats itself. */
const SPANS_PER_TAG = 8
/** Most phrases shown for relevance, and for kind and stage. */
const PHRASES = { relevance: 6, other: 3 }

/** Where a company or a place stands, and why it counts. */
export function candidateEvidence(
  story: ReadStory,
  type: 'company' | 'jurisdiction',
  candidate: Candidate
): Evidence[] {
  return candidate.spans
    .slice(0, SPANS_PER_TAG)
    .map(({ from, to, reason }) => ({ tag: `${type}:${candidate.tag}`, ...locate(story, from, to), reason }))
}

/** The phrases that weighed most for relevance, kind and stage. */
export function phraseEvidence(
  story: ReadStory,
  weights: StoryWeights,
  kind: Kind | null,
  stage: Stage | null
): Evidence[] {
  const evidence = heaviest(story, weights, 'relevance', PHRASES.relevance)
  if (kind) evidence.push(...heaviest(story, weights, `kind:${kind}`, PHRASES.other))
  if (stage) evidence.push(...heaviest(story, weights, `stage:${stage}`, PHRASES.other))
  return evidence
}

function heaviest(story: ReadStory, weights: StoryWeights, tag: string, most: number): Evidence[] {
  const speaking: { hit: PhraseHit; weight: number }[] = []
  for (const hit of story.hits) {
    const weight = weights.ofConcept(hit.concept).get(tag) ?? 0
    if (weight > 0) speaking.push({ hit, weight })
  }
  speaking.sort((a, b) => b.weight - a.weight || a.hit.from - b.hit.from)
  return speaking
    .slice(0, most)
    .map(({ hit: { concept, from, to } }) => ({ tag, ...locate(story, from, to), reason: concept }))
}

function locate(story: ReadStory, from: number, to: number): Pick<Evidence, 'field' | 'start' | 'end'> {
  const start = story.tokens[from]!.start
  const end = story.tokens[to - 1]!.end
  const inTitle = from < story.titleTokens
  const offset = inTitle ? 0 : story.titleLength + 1
  return { field: inTitle ? 'title' : 'text', start: start - offset, end: end - offset }
}
