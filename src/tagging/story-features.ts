import { addActs } from './act-features.js'
import type { Candidate } from './company-candidates.js'
import { joined } from './feature-names.js'
import { remembered } from './remembered.js'
import type { ReadStory } from './story.js'
import { findTopic, type Topic } from './topic.js'
import { featuresOfWords, type StoryWords, storyWords } from './word-features.js'

/** What the learned weights read of a story as a whole. */
export interface StoryFeatures {
  /** What is told, of whatever subject: judges kind and stage, and relevance by whether the topic stands beside it. */
  matter: Set<string>
  /** Its words, which judge the same. */
  words: StoryWords
  /** How the story speaks of recognising faces: judges relevance only. */
  topic: string[]
  /** It does not speak of faces at all: the same words then speak of other rules. */
  offTopic: boolean
}

/** Before the features of stories off the topic, among the weights of relevance. */
export const OFF_TOPIC = 'no-topic '

/** Concepts that are the topic itself; the topic's own features speak for them. */
const TOPIC = new Set(['face', 'faces', 'recognise', 'biometric'])

/** Which concepts stand where and which beside faces, who acts, and the words. */
export function storyFeatures(story: ReadStory, companies: Candidate[], places: Candidate[]): StoryFeatures {
  const topic = findTopic(story)
  const matter = new Set<string>()
  addConcepts(story, topic, matter)
  addNames(story, companies, places, matter)
  addActs(story, companies, places, matter)
  return { matter, words: storyWords(story), topic: topicFeatures(topic), offTopic: topic.level === 'none' }
}

/** The names of all features that judge relevance. */
export function relevanceFeatures({ matter, words, topic, offTopic }: StoryFeatures): string[] {
  const told = [...matter, ...featuresOfWords(words)]
  return [...(offTopic ? told.map((feature) => OFF_TOPIC + feature) : told), ...topic]
}

function addConcepts(story: ReadStory, topic: Topic, features: Set<string>): void {
  for (const { concept, from } of story.hits) {
    const names = namesOfConcept(concept)
    const sentence = story.sentences[from]!
    const title = from < story.titleTokens
    features.add(concept)
    features.add(title ? names.title : sentence === story.firstTextSentence ? names.lead : names.rest)
    if (names.isTopic) continue
    if (topic.sentences.has(sentence)) features.add(names.withFace)
    if (title && topic.inTitle) features.add(names.titleWithFace)
  }
}

const namesOfConcept = remembered((concept) => ({
  title: `title:${concept}`,
  lead: `lead:${concept}`,
  rest: `rest:${concept}`,
  withFace: `face+${concept}`,
  titleWithFace: `titleface+${concept}`,
  isTopic: TOPIC.has(concept)
}))

function addNames(story: ReadStory, companies: Candidate[], places: Candidate[], features: Set<string>): void {
  const titled = ({ spans }: Candidate): boolean => spans.some(({ from }) => from < story.titleTokens)
  for (const { spans } of places) {
    for (const { from, reason } of spans) {
      if (!reason.startsWith('names ')) continue
      features.add(reason)
      if (from < story.titleTokens) features.add(joined('title:', reason))
    }
  }
  for (const { from, entries } of story.mentions) {
    if (!entries.some(({ reading }) => reading.type === 'organisation' && reading.advocate)) continue
    features.add('names an advocate')
    if (from < story.titleTokens) features.add('title:names an advocate')
    else if (story.sentences[from] === story.firstTextSentence) features.add('lead:names an advocate')
  }
  features.add(`companies:${Math.min(companies.length, 3)}`)
  features.add(`places:${Math.min(places.length, 3)}`)
  if (companies[0]?.spans[0]?.from === 0) features.add('company-opens')
  if (companies.some(titled)) features.add('company-in-title')
  if (places.some(titled)) features.add('place-in-title')
}

function topicFeatures({ level, plain, inTitle }: Topic): string[] {
  const features = [joined('topic:', level), `plain:${Math.min(plain, 4)}`]
  if (inTitle) features.push('topic-in-title', joined('topic-in-title:', level))
  return features
}
