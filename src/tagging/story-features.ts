import { addActs } from './act-features.js'
import type { Candidate } from './company-candidates.js'
import { joined } from './feature-names.js'
import { remembered } from './remembered.js'
import type { ReadStory } from './story.js'
import { findTopic, type Topic } from './topic.js'
import { wordIn } from './vocabulary.js'

/** What the learned weights read of a story as a whole. */
export interface StoryFeatures {
  /** What is told, of whatever subject: judges kind and stage, and relevance by whether the topic stands beside it. */
  matter: Set<string>
  /** How the story speaks of recognising faces: judges relevance only. */
  topic: string[]
  /** It does not speak of faces at all: the same words then speak of other rules. */
  offTopic: boolean
}

/** Before the features of stories off the topic, among the weights of relevance. */
export const OFF_TOPIC = 'no-topic '

/** Concepts that are the topic itself; the topic's own features speak for them. */
const TOPIC = new Set(['face', 'faces', 'recognise', 'biometric'])
/** Words looked at one by one; a long article says at its head what it is about. */
const WORDS = 160

/** Which concepts and words stand where, and which beside faces. */
export function storyFeatures(story: ReadStory, companies: Candidate[], places: Candidate[]): StoryFeatures {
  const topic = findTopic(story)
  const matter = new Set<string>()
  addConcepts(story, topic, matter)
  addNames(story, companies, places, matter)
  addActs(story, companies, places, matter)
  addWords(story, matter)
  return { matter, topic: topicFeatures(topic), offTopic: topic.level === 'none' }
}

/** The names of all features that judge relevance. */
export function relevanceFeatures({ matter, topic, offTopic }: StoryFeatures): string[] {
  return [...(offTopic ? [...matter].map((feature) => OFF_TOPIC + feature) : matter), ...topic]
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

function addWords(story: ReadStory, features: Set<string>): void {
  const end = Math.min(WORDS, story.tokens.length)
  const named = new Uint8Array(end)
  for (const { from, to } of story.mentions) named.fill(1, from, to)
  for (let i = 0; i < end; i++) {
    const { known, word } = story.tokens[i]!
    if (named[i] || word.length < 3 || wordIn(story.pack, known).common || (word[0]! >= '0' && word[0]! <= '9'))
      continue
    features.add(known.anywhere)
    if (i < story.titleTokens) features.add(known.inTitle)
  }
}

/**
 * The commonest words of its language in a story, which say nothing of the matter but much of how far it has come: tense, negation,
 * "by", "until". They judge the stage only, and are read only where there is one to judge.
 */
export function littleWords({ tokens, pack }: ReadStory): Set<string> {
  const features = new Set<string>()
  const end = Math.min(WORDS, tokens.length)
  for (let i = 0; i < end; i++) {
    const { known, word } = tokens[i]!
    if (wordIn(pack, known).common) features.add(joined('little:', word))
  }
  return features
}

function topicFeatures({ level, plain, inTitle }: Topic): string[] {
  const features = [joined('topic:', level), `plain:${Math.min(plain, 4)}`]
  if (inTitle) features.push('topic-in-title', joined('topic-in-title:', level))
  return features
}
