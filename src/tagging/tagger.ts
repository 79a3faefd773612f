import type { Evidence, Kind, TaggableText, Tags } from '../model/tags.js'
import { type Candidate, companyCandidates } from './company-candidates.js'
import { candidateEvidence, phraseEvidence } from './evidence.js'
import { createFirstLook, type FirstLook } from './first-look.js'
import { type Lexicon, loadLexicon } from './lexicon.js'
import { type LinearModel, loadModels, type Models, probability } from './linear-model.js'
import { placeCandidates } from './place-candidates.js'
import { type ReadStory, readStory } from './story.js'
import { type StoryFeatures, storyFeatures } from './story-features.js'
import { StoryWeights } from './story-weights.js'

export interface Tagger {
  /** Pure and deterministic; cost grows with the length of the text only. */
  tag(input: TaggableText): Tags
  /** Whether it is worth tagging at all: for feeds, most of whose items have nothing to do with the subject. */
  mayConcern: FirstLook
  /** For looking names up in commands. */
  lexicon: Lexicon
}

/** Words that a feed gives of a story, at the most; what is longer is the article itself. */
const LONGEST_OPENING = 400

/** What the models judge, before they do: shared by the tagger and the learning script. */
export interface Draft {
  story: ReadStory
  companies: Candidate[]
  places: Candidate[]
  features: StoryFeatures
}

/** Below this score nobody asks why a story is not relevant. */
const TOO_UNLIKELY = 0.02

let loaded: Tagger | null = null

/** Reads the lexicon and the learned weights (about a second) when it is first asked; one tagger serves the whole process. */
export function loadTagger(): Tagger {
  loaded ??= createTagger(loadLexicon(), loadModels())
  return loaded
}

export function createTagger(lexicon: Lexicon, models: Models): Tagger {
  const judge = createJudge(models)
  return { lexicon, tag: (input) => judge(draft(input, lexicon)), mayConcern: createFirstLook(lexicon) }
}

/** Reads a text and finds everything that may become a tag. */
export function draft(input: TaggableText, lexicon: Lexicon): Draft {
  const story = readStory(input, lexicon)
  const companies = companyCandidates(story, lexicon)
  const places = placeCandidates(story, lexicon)
  return { story, companies, places, features: storyFeatures(story, companies, places) }
}

/** Makes the judge that lets the learned weights decide. */
export function createJudge(models: Models): (draft: Draft) => Tags {
  const weights = new StoryWeights(models)
  return ({ story, companies, places, features }) => {
    const told = weights.weigh(features)
    const score = weights.relevance(features, told)
    const kind = score >= models.relevance.threshold ? weights.kind(told) : null
    const stage = kind === 'legislation' ? weights.stage(told) : null
    const keptCompanies = companies.filter(
      ({ features: own }) => probability(models.company, own) >= models.company.threshold
    )
    const keptPlaces = keepPlaces(isLong(story) ? places.filter(isConcerned) : places, models.place, kind)
    const evidence: Evidence[] = [
      ...keptCompanies.flatMap((candidate) => candidateEvidence(story, 'company', candidate)),
      ...keptPlaces.flatMap((candidate) => candidateEvidence(story, 'jurisdiction', candidate)),
      ...(score < TOO_UNLIKELY ? [] : phraseEvidence(story, weights, kind, stage))
    ]
    return {
      relevant: kind !== null,
      score: Math.round(score * 1000) / 1000,
      companies: keptCompanies.map(({ tag }) => tag),
      jurisdictions: keptPlaces.map(({ tag }) => tag),
      kind,
      stage,
      lang: story.lang,
      evidence
    }
  }
}

/** A whole article names many places by the way; the models have learned from openings only. */
function isLong({ tokens }: ReadStory): boolean {
  return tokens.length > LONGEST_OPENING
}

function isConcerned({ features }: Candidate): boolean {
  return !features.has('apart')
}

/** Places that are likely enough; where none is, the likeliest one, unless the story is a company's own policy, which may concern no place. */
function keepPlaces(places: Candidate[], model: LinearModel, kind: Kind | null): Candidate[] {
  const judged = places.map((place) => ({ place, chance: probability(model, place.features) }))
  const kept = judged.filter(({ chance }) => chance >= model.threshold)
  if (kept.length > 0 || kind === null || kind === 'company-policy') return kept.map(({ place }) => place)
  const best = judged.sort((a, b) => b.chance - a.chance)[0]
  return best && best.chance >= model.fallback ? [best.place] : []
}
