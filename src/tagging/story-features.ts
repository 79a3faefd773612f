import type { Candidate } from './company-candidates.js'
import type { ReadStory } from './story.js'
import { findTopic, type Topic } from './topic.js'

/** What the learned weights read of a story as a whole. */
export interface StoryFeatures {
  relevance: Set<string>
  kind: Set<string>
  stage: Set<string>
}

/** Concepts that are the topic itself; the topic's own features speak for them. */
const TOPIC = new Set(['face', 'faces', 'recognise', 'biometric'])
/** Who acts in a sentence, and what is done: their pairs tell a regulator's fine from a court's ruling on it. */
const ACTORS = new Set(['legislature', 'executive', 'regulator', 'court', 'advocacy', 'police', 'company', 'guidance'])
const ACTS = new Set([
  'ban',
  'law',
  'vote',
  'enact',
  'propose',
  'reject',
  'loosen',
  'widen',
  'lawsuit',
  'court',
  'settle',
  'fine',
  'probe',
  'breach',
  'guidance',
  'policy',
  'stopselling',
  'rules',
  'hearing',
  'advocacy'
])
/** What the stage of a bill hangs on; who uses the technology, and how, does not matter there. */
const STAGE_CONCEPTS = new Set([
  'ban',
  'law',
  'vote',
  'enact',
  'propose',
  'reject',
  'loosen',
  'widen',
  'legislature',
  'executive',
  'rules',
  'policy',
  'hearing',
  'advocacy'
])
/** Words looked at one by one; a long article says at its head what it is about. */
const WORDS = 160
/** Letters of a word that count: a rough stem that serves all the languages. */
const STEM = 6

/** Which concepts and words stand where, and which beside faces. */
export function storyFeatures(story: ReadStory, companies: Candidate[], places: Candidate[]): StoryFeatures {
  const topic = findTopic(story)
  const matter = new Set<string>()
  addConcepts(story, topic, matter)
  addNames(story, companies, places, matter)
  addActs(story, companies, matter)
  addWords(story, matter)
  return { relevance: withTopic(topic, matter), kind: matter, stage: onlyStage(matter) }
}

function addConcepts(story: ReadStory, topic: Topic, features: Set<string>): void {
  for (const { concept, from } of story.hits) {
    const sentence = story.sentences[from]!
    const title = from < story.titleTokens
    features.add(concept)
    features.add(`${title ? 'title' : sentence === story.firstTextSentence ? 'lead' : 'rest'}:${concept}`)
    if (TOPIC.has(concept)) continue
    if (topic.sentences.has(sentence)) features.add(`face+${concept}`)
    if (title && topic.inTitle) features.add(`titleface+${concept}`)
  }
}

function addNames(story: ReadStory, companies: Candidate[], places: Candidate[], features: Set<string>): void {
  const titled = ({ spans }: Candidate): boolean => spans.some(({ from }) => from < story.titleTokens)
  for (const { spans } of places) {
    for (const { from, reason } of spans) {
      if (!reason.startsWith('names ')) continue
      features.add(reason)
      if (from < story.titleTokens) features.add(`title:${reason}`)
    }
  }
  features.add(`companies:${Math.min(companies.length, 3)}`)
  features.add(`places:${Math.min(places.length, 3)}`)
  if (companies[0]?.spans[0]?.from === 0) features.add('company-opens')
  if (companies.some(titled)) features.add('company-in-title')
  if (places.some(titled)) features.add('place-in-title')
}

function addActs(story: ReadStory, companies: Candidate[], features: Set<string>): void {
  for (const [name, sentence] of [
    ['title', 0],
    ['lead', story.firstTextSentence]
  ] as const) {
    const hits = story.hits.filter(({ from }) =>
      name === 'title' ? from < story.titleTokens : from >= story.titleTokens && story.sentences[from] === sentence
    )
    const acts = new Set(hits.map(({ concept }) => concept).filter((concept) => ACTS.has(concept)))
    const actors = hits
      .filter(({ concept }) => ACTORS.has(concept))
      .map(({ concept, from }) => ({ actor: concept, from }))
    for (const { spans } of companies) {
      for (const { from } of spans)
        if (
          name === 'title' ? from < story.titleTokens : from >= story.titleTokens && story.sentences[from] === sentence
        )
          actors.push({ actor: 'company', from })
    }
    actors.sort((a, b) => a.from - b.from)
    if (actors[0]) features.add(`${name} actor:${actors[0].actor}`)
    for (const { actor } of actors) for (const act of acts) if (act !== actor) features.add(`${name} ${actor}&${act}`)
    if (hits[0]) features.add(`${name} first:${hits.find(({ concept }) => ACTS.has(concept))?.concept ?? 'none'}`)
    for (const one of acts) for (const other of acts) if (one < other) features.add(`${name} ${one}&${other}`)
  }
}

function onlyStage(matter: Set<string>): Set<string> {
  const features = new Set<string>()
  for (const feature of matter) {
    const concepts = feature.replace(/^(title|lead|rest|face\+|titleface\+)[: ]?/, '').split('&')
    if (
      feature.startsWith('w:') ||
      feature.startsWith('tw:') ||
      concepts.every((concept) =>
        STAGE_CONCEPTS.has(concept.replace(/^(face|titleface)\+/, '').replace(/^(actor|first):/, ''))
      )
    )
      features.add(feature)
  }
  return features
}

function addWords(story: ReadStory, features: Set<string>): void {
  const named = new Set<number>()
  for (const { from, to } of story.mentions) for (let i = from; i < to; i++) named.add(i)
  for (let i = 0; i < Math.min(WORDS, story.tokens.length); i++) {
    const { word } = story.tokens[i]!
    if (named.has(i) || word.length < 3 || story.functionWords.has(word) || (word[0]! >= '0' && word[0]! <= '9'))
      continue
    const stem = word.slice(0, STEM)
    features.add(`w:${stem}`)
    if (i < story.titleTokens) features.add(`tw:${stem}`)
  }
}

/** Rules count only where the story speaks of faces: without that, the same words speak of other rules. */
function withTopic(topic: Topic, matter: Set<string>): Set<string> {
  const features = new Set<string>()
  const prefix = topic.level === 'none' ? 'no-topic ' : ''
  for (const feature of matter) features.add(prefix + feature)
  features.add(`topic:${topic.level}`)
  features.add(`plain:${Math.min(topic.plain, 4)}`)
  if (topic.inTitle) features.add('topic-in-title').add(`topic-in-title:${topic.level}`)
  return features
}
