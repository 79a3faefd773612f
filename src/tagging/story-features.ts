import type { Candidate } from './company-candidates.js'
import type { ReadStory } from './story.js'

/** Concepts that say something only together with faces. */
const FACE = new Set(['face', 'biometric'])

/** What the learned weights of relevance, kind and stage read: which concepts stand where, and which beside faces. */
export function storyFeatures(story: ReadStory, companies: Candidate[], places: Candidate[]): Set<string> {
  const features = new Set<string>()
  const faceAt = new Set<number>()
  const strictAt = new Set<number>()
  let strict = 0
  for (const { concept, from } of story.hits) {
    const sentence = story.sentences[from]!
    if (FACE.has(concept)) faceAt.add(sentence)
    if (concept === 'face') {
      strictAt.add(sentence)
      strict++
    }
  }
  const titleFace = [...strictAt].some((sentence) => sentence < story.firstTextSentence)
  for (const { concept, from } of story.hits) {
    const sentence = story.sentences[from]!
    const title = from < story.titleTokens
    features.add(concept)
    features.add(`${title ? 'title' : sentence === story.firstTextSentence ? 'lead' : 'rest'}:${concept}`)
    if (faceAt.has(sentence) && !FACE.has(concept)) features.add(`face+${concept}`)
    if (title && titleFace && !FACE.has(concept)) features.add(`titleface+${concept}`)
  }
  features.add(`faces:${Math.min(strict, 4)}`)
  if (strict === 0) features.add(faceAt.size > 0 ? 'only-biometric' : 'no-face')
  for (const { spans } of places) {
    for (const { from, reason } of spans) {
      if (!reason.startsWith('names ')) continue
      features.add(reason)
      if (from < story.titleTokens) features.add(`title:${reason}`)
    }
  }
  features.add(`companies:${Math.min(companies.length, 3)}`)
  features.add(`places:${Math.min(places.length, 3)}`)
  const first = companies[0]?.spans[0]
  if (first && first.from === 0) features.add('company-opens')
  if (companies.some(({ spans }) => spans.some(({ from }) => from < story.titleTokens)))
    features.add('company-in-title')
  if (places.some(({ spans }) => spans.some(({ from }) => from < story.titleTokens))) features.add('place-in-title')
  return features
}

/** Concepts whose words are shown as the evidence of relevance. */
export const RELEVANCE_EVIDENCE = new Set([
  'face',
  'biometric',
  'ban',
  'law',
  'enact',
  'propose',
  'reject',
  'lawsuit',
  'court',
  'fine',
  'probe',
  'regulator',
  'guidance',
  'stopselling',
  'advocacy'
])
