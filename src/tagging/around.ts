import type { ReadStory } from './story.js'

/** The token after a name, past a possessive "'s". */
export function afterName(story: ReadStory, to: number): number {
  const next = story.tokens[to]
  return next && next.gap === "'" && next.word === 's' ? to + 1 : to
}

/** The name carries a possessive: "Oakland's", "Facebooks" does not count. */
export function isPossessive(story: ReadStory, to: number): boolean {
  return afterName(story, to) !== to || (story.tokens[to]?.gap.startsWith("' ") ?? false)
}

/** What may stand between a name and the word behind it; the stop is an abbreviation's ("B.C. commissioners"), as long as the sentence goes on. */
const FOLLOWING = new Set([' ', "'", "' ", '. '])

/** A context phrase of this use begins right behind the name, with at most one word between. */
export function followedBy(story: ReadStory, to: number, use: string, words = 0): boolean {
  const at = afterName(story, to)
  for (let i = at; i <= at + words; i++) {
    const token = story.tokens[i]
    if (!token || story.sentences[i] !== story.sentences[to - 1]) return false
    if (i === at && !FOLLOWING.has(token.gap)) return false
    if (story.startsAt(i, use)) return true
  }
  return false
}

const ARTICLES = new Set(
  'the a an le la les l un une der die das den dem des ein eine einen el los las il lo gli i o os as de het da do della del dell dello all'.split(
    ' '
  )
)

/** The place before the name where a phrase would end, past an article. */
function beforeName(story: ReadStory, from: number): number {
  return from > 0 && ARTICLES.has(story.tokens[from - 1]!.word) && story.sentences[from - 1] === story.sentences[from]
    ? from - 1
    : from
}

/** A context phrase of this use ends right before the name (or before its article). */
export function precededBy(story: ReadStory, from: number, use: string): boolean {
  if (story.endsAt(from, use) && touches(story, from)) return true
  const at = beforeName(story, from)
  return at !== from && story.endsAt(at, use) && touches(story, at)
}

function touches(story: ReadStory, at: number): boolean {
  const gap = story.tokens[at]?.gap
  return gap === ' ' || gap === "'" || gap === ' “' || gap === ' "' || gap === ' «'
}

/** A context phrase of this use ends in the same sentence at most `words` words before the name. */
export function shortlyBefore(story: ReadStory, from: number, use: string, words: number): boolean {
  const sentence = story.sentences[from]
  for (let i = from; i > from - words && i > 0; i--) {
    if (story.sentences[i - 1] !== sentence) return false
    if (story.endsAt(i, use)) return true
  }
  return false
}

/** The sentences that hold a phrase about faces. */
export function faceSentences(story: ReadStory): Set<number> {
  const found = new Set<number>()
  for (const { concept, from } of story.hits)
    if (concept === 'face' || concept === 'biometric') found.add(story.sentences[from]!)
  return found
}
