import type { Evidence, Kind, Stage } from '../model/tags.js'
import type { Candidate } from './company-candidates.js'
import { joined } from './feature-names.js'
import type { Models } from './linear-model.js'
import type { ReadStory } from './story.js'

/** Most spans shown for one tag: a long article repeats itself. */
const SPANS_PER_TAG = 8
/** Most phrases shown for relevance, and for kind and stage. */
const PHRASES = { relevance: 6, other: 3 }

/** The forms in which a concept is weighed. */
const HEADS = ['', 'face+', 'title:']

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
export function phraseEvidence(story: ReadStory, models: Models, kind: Kind | null, stage: Stage | null): Evidence[] {
  const evidence: Evidence[] = []
  const show = (tag: string, weigh: (concept: string) => number, most: number): void => {
    const weights = new Map<string, number>()
    for (const { concept } of story.hits) if (!weights.has(concept)) weights.set(concept, weigh(concept))
    const ranked = story.hits
      .map((hit) => ({ hit, weight: weights.get(hit.concept)! }))
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight || a.hit.from - b.hit.from)
    for (const { hit } of ranked.slice(0, most))
      evidence.push({ tag, ...locate(story, hit.from, hit.to), reason: hit.concept })
  }
  const weight = (model: keyof Models, column: number) => (concept: string) => {
    let most = 0
    for (const head of HEADS) most = Math.max(most, models[model].weights.get(joined(head, concept))?.[column] ?? 0)
    return most
  }
  show('relevance', weight('relevance', 0), PHRASES.relevance)
  if (kind) show(`kind:${kind}`, weight('kind', models.kind.classes.indexOf(kind)), PHRASES.other)
  if (stage) show(`stage:${stage}`, weight('stage', models.stage.classes.indexOf(stage)), PHRASES.other)
  return evidence
}

function locate(story: ReadStory, from: number, to: number): Pick<Evidence, 'field' | 'start' | 'end'> {
  const start = story.tokens[from]!.start
  const end = story.tokens[to - 1]!.end
  const inTitle = from < story.titleTokens
  const offset = inTitle ? 0 : story.titleLength + 1
  return { field: inTitle ? 'title' : 'text', start: start - offset, end: end - offset }
}
