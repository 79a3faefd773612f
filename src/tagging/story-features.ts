import { addActs } from './act-features.js'
import type { Candidate } from './company-candidates.js'
import { joined } from './feature-names.js'
import type { ReadStory } from './story.js'
import { findTopic, type Topic } from './topic.js'

/** What the learned weights read of a story as a whole. */
export interface StoryFeatures {
  relevance: readonly string[]
  /** What is told, of whatever subject: judges kind and stage. */
  matter: Set<string>
}

/** Concepts that are the topic itself; the topic's own features speak for them. */
const TOPIC = new Set(['face', 'faces', 'recognise', 'biometric'])
/** Words looked at one by one; a long article says at its head what it is about. */
const WORDS = 160
/** Letters of a word that count: a rough stem that serves all the languages. */
const STEM = 6
/** Words whose stems are kept at hand. */
const WORDS_KEPT = 100_000

/** Which concepts and words stand where, and which beside faces. */
export function storyFeatures(story: ReadStory, companies: Candidate[], places: Candidate[]): StoryFeatures {
  const topic = findTopic(story)
  const matter = new Set<string>()
  addConcepts(story, topic, matter)
  addNames(story, companies, places, matter)
  addActs(story, companies, places, matter)
  addWords(story, matter)
  return { relevance: withTopic(topic, matter), matter }
}

function addConcepts(story: ReadStory, topic: Topic, features: Set<string>): void {
  for (const { concept, from } of story.hits) {
    const sentence = story.sentences[from]!
    const title = from < story.titleTokens
    features.add(concept)
    features.add(joined(title ? 'title:' : sentence === story.firstTextSentence ? 'lead:' : 'rest:', concept))
    if (TOPIC.has(concept)) continue
    if (topic.sentences.has(sentence)) features.add(joined('face+', concept))
    if (title && topic.inTitle) features.add(joined('titleface+', concept))
  }
}

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
  const named = new Set<number>()
  for (const { from, to } of story.mentions) for (let i = from; i < to; i++) named.add(i)
  for (let i = 0; i < Math.min(WORDS, story.tokens.length); i++) {
    const { word } = story.tokens[i]!
    if (named.has(i) || word.length < 3 || story.functionWords.has(word) || (word[0]! >= '0' && word[0]! <= '9'))
      continue
    const { anywhere, inTitle } = namesOfWord(word)
    features.add(anywhere)
    if (i < story.titleTokens) features.add(inTitle)
  }
}

interface WordNames {
  anywhere: string
  inTitle: string
}

const wordNames = new Map<string, WordNames>()

function namesOfWord(word: string): WordNames {
  const known = wordNames.get(word)
  if (known) return known
  if (wordNames.size > WORDS_KEPT) wordNames.clear()
  const stem = word.slice(0, STEM)
  const names = { anywhere: joined('w:', stem), inTitle: joined('tw:', stem) }
  wordNames.set(word, names)
  return names
}

/** Rules count only where the story speaks of faces: without that, the same words speak of other rules. */
function withTopic(topic: Topic, matter: Set<string>): string[] {
  const features = [...matter]
  if (topic.level === 'none') for (let i = 0; i < features.length; i++) features[i] = joined('no-topic ', features[i]!)
  features.push(joined('topic:', topic.level), `plain:${Math.min(topic.plain, 4)}`)
  if (topic.inTitle) features.push('topic-in-title', joined('topic-in-title:', topic.level))
  return features
}
