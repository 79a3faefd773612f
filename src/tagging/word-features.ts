import type { ReadStory } from './story.js'

/** The words of a story that are part of no name, each once, in small letters. */
export interface StoryWords {
  anywhere: ReadonlySet<string>
  inTitle: ReadonlySet<string>
}

/** Words looked at one by one; a long article says at its head what it is about. */
const WORDS = 160
/**
 * Letters at which a word is cut, beside the whole word: rough stems that serve all the languages. They carry over to texts that say it in
 * words never learned from; the whole word tells tense and negation (chosen by leaving out one file of the gold set at a time).
 */
const CUTS = [4, 6]
/** In the title one stem is enough: titles are short, so that more of a word only repeats what `CUTS` say. */
const TITLE_CUT = 6

/** The words of a story: little ones, too, which tell of tense, of negation, and of what is still to come. */
export function storyWords({ tokens, titleTokens, mentions }: ReadStory): StoryWords {
  const end = Math.min(WORDS, tokens.length)
  const named = new Uint8Array(end)
  for (const { from, to } of mentions) named.fill(1, from, to)
  const anywhere = new Set<string>()
  const inTitle = new Set<string>()
  for (let i = 0; i < end; i++) {
    const { word } = tokens[i]!
    if (named[i] || (word[0]! >= '0' && word[0]! <= '9')) continue
    anywhere.add(word)
    if (i < titleTokens) inTitle.add(word)
  }
  return { anywhere, inTitle }
}

/** The features that a word gives its story wherever it stands. */
export function wordFeatures(word: string): string[] {
  return [...new Set([...CUTS.map((letters) => word.slice(0, letters)), word])].map((piece) => `w:${piece}`)
}

/** The feature that a word of the title gives on top. */
export function titleWordFeature(word: string): string {
  return `tw:${word.slice(0, TITLE_CUT)}`
}

/** All features of a story's words: two words of one stem count twice. */
export function featuresOfWords({ anywhere, inTitle }: StoryWords): string[] {
  return [...[...anywhere].flatMap(wordFeatures), ...[...inTitle].map(titleWordFeature)]
}
