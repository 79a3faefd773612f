import { companyReading } from './company-candidates.js'
import type { ReadStory } from './story.js'

/** How plainly a story speaks of recognising faces. */
export type TopicLevel = 'plain' | 'told' | 'maker' | 'biometric' | 'none'

export interface Topic {
  level: TopicLevel
  /** Sentences that speak of it, in words of any of these kinds. */
  sentences: Set<number>
  /** How many phrases name it plainly. */
  plain: number
  /** The title speaks of it. */
  inTitle: boolean
}

/**
 * Whether and where a story speaks of recognising faces: by the plain phrase ("facial recognition"), by telling it ("cameras that compare
 * shoppers' faces": a face and an act of recognising in one sentence), by naming a maker or a product that does nothing else, or only by
 * the wider word "biometric".
 */
export function findTopic(story: ReadStory): Topic {
  const at = {
    face: new Set<number>(),
    faces: new Set<number>(),
    recognise: new Set<number>(),
    biometric: new Set<number>(),
    maker: new Set<number>()
  }
  let plain = 0
  for (const { concept, from } of story.hits) {
    if (concept === 'face') plain++
    if (concept === 'face' || concept === 'faces' || concept === 'recognise' || concept === 'biometric')
      at[concept].add(story.sentences[from]!)
  }
  for (const mention of story.mentions) {
    const alias = companyReading(story, mention)
    if (alias?.company.faces && !alias.ambiguous) at.maker.add(story.sentences[mention.from]!)
  }
  const told = [...at.faces].filter((sentence) => at.recognise.has(sentence) || at.biometric.has(sentence))
  const sentences = new Set([...at.face, ...told, ...at.maker, ...at.biometric])
  let inTitle = false
  for (const sentence of sentences) if (sentence < story.firstTextSentence) inTitle = true
  const level =
    at.face.size > 0
      ? 'plain'
      : told.length > 0
        ? 'told'
        : at.maker.size > 0
          ? 'maker'
          : at.biometric.size > 0
            ? 'biometric'
            : 'none'
  return { level, sentences, plain, inTitle }
}
