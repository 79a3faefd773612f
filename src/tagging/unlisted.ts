import { afterName, followedBy, isPossessive, precededBy } from './around.js'
import type { Lexicon } from './lexicon.js'
import type { Mention, ReadStory } from './story.js'

/** A capitalised name that the lexicon does not know and that the text treats like a company. */
export interface UnlistedName {
  name: string
  from: number
  to: number
  /** What speaks for it, as features: `u:suffix`, `u:called`, `u:sued`, … */
  cues: string[]
}

/** Longest name, in words. */
const MAX_WORDS = 4

/** Names that read like companies by the company they keep; the learned weights judge them. */
export function findUnlisted(story: ReadStory, lexicon: Lexicon, listed: Mention[]): UnlistedName[] {
  const taken = new Uint8Array(story.tokens.length)
  for (const { from, to, entries } of story.mentions) {
    // A name of a small plain-word town may well be a company; everything else that the lexicon knows is not.
    if (
      entries.every(
        ({ reading }) =>
          reading.type === 'place' && reading.name.place.level === 'city' && reading.name.place.population < 20_000
      )
    )
      continue
    taken.fill(1, from, to)
  }
  const found: UnlistedName[] = []
  let i = story.titleCased || story.lang === 'de' ? story.titleTokens : 0
  while (i < story.tokens.length) {
    const to = runEnd(story, taken, i)
    if (to === i) {
      i++
      continue
    }
    const name = describeRun(story, lexicon, listed, i, to)
    if (name) found.push(name)
    i = to
  }
  return repeat(story, taken, found)
}

/** Where a run of capitalised words ends; the start itself where none begins. */
function runEnd(story: ReadStory, taken: Uint8Array, from: number): number {
  let to = from
  while (to < story.tokens.length && to - from < MAX_WORDS) {
    const token = story.tokens[to]!
    if (
      taken[to] ||
      !token.capital ||
      /^\d+$/.test(token.word) ||
      (to > from && (token.gap !== ' ' || story.sentences[to] !== story.sentences[from]))
    )
      break
    to++
  }
  return to
}

function describeRun(
  story: ReadStory,
  lexicon: Lexicon,
  listed: Mention[],
  start: number,
  to: number
): UnlistedName | null {
  const { companies: shapes } = lexicon.shapes
  let from = start
  const opens = from === 0 || story.sentences[from - 1] !== story.sentences[from]
  // The first word of a sentence is capital anyway: keep it only when the run goes on or the word is no everyday word.
  if (opens && shapes.notCompanies.has(story.tokens[from]!.word)) from++
  if (from >= to) return null
  const words = story.tokens.slice(from, to).map(({ word }) => word)
  if (words.some((word) => shapes.notCompanies.has(word) && (word !== 'ai' || words.length === 1))) return null
  const before = story.tokens[from - 1]
  if (before && shapes.titles.has(before.word) && story.sentences[from - 1] === story.sentences[from]) return null
  if (lexicon.shapes.organisationNouns.has(story.tokens[to]?.word ?? '') && story.tokens[to]?.capital) return null
  // The Connor of O'Connor; the subject itself in capitals ("Facial Recognition Technology").
  if (before && story.tokens[from]!.gap === "'" && before.word.length < 3) return null
  if (story.hits.some(({ concept, from: at }) => concept === 'face' && at >= from && at < to)) return null
  const text = story.full.slice(story.tokens[from]!.start, story.tokens[to - 1]!.end)
  const cues: string[] = []
  const last = words.at(-1)!
  const following = story.tokens[afterName(story, to)]
  if (words.length > 1 && (shapes.trades.has(last) || shapes.legalForms.has(last)))
    cues.push(shapes.legalForms.has(last) ? 'u:legal' : 'u:trade')
  if (following && shapes.legalForms.has(following.word) && following.capital && story.tokens[to] === following)
    cues.push('u:legal')
  if (words.length > 1 && last === 'ai') cues.push('u:ai')
  if (precededBy(story, from, 'company.nouns')) cues.push('u:noun-before')
  if (precededBy(story, from, 'company.suing')) cues.push('u:sued')
  if (precededBy(story, from, 'company.supplied')) cues.push('u:supplied')
  const next = afterName(story, to)
  if (isPossessive(story, to) && followedBy(story, to, 'company.product', 2)) cues.push('u:product-after')
  if (story.tokens[next]?.gap.startsWith(',') && nounSoon(story, next)) cues.push('u:noun-after')
  if (followedBy(story, to, 'company.acting', 0)) cues.push('u:acting')
  if (listed.some((other) => adjacent(story, other, from, to))) cues.push('u:beside-listed')
  const strong = cues.length
  if (companyWordsIn(story, from)) cues.push('u:company-told')
  if (strong === 0) return null
  if (strong === 1 && cues[0] === 'u:acting') cues.push('u:only-acting')
  if (strong > 1) cues.push('u:several-cues')
  if (/^\p{Lu}\p{Ll}+\p{Lu}/u.test(text) || /\d/.test(text)) cues.push('u:mixed')
  if (text === text.toUpperCase()) cues.push('u:caps')
  if (story.lang === 'de') cues.push('u:german')
  cues.push(`u:words:${words.length}`)
  if (opens && from === start) cues.push('u:opens-sentence')
  return { name: canonical(story, lexicon, from, to), from, to, cues }
}

/** The sentence, or the next one, speaks of a company. */
function companyWordsIn(story: ReadStory, from: number): boolean {
  const sentence = story.sentences[from]!
  return story.hits.some(
    ({ concept, from: at }) =>
      concept === 'company' && (story.sentences[at] === sentence || story.sentences[at] === sentence + 1)
  )
}

function nounSoon(story: ReadStory, at: number): boolean {
  for (let i = at; i < at + 7 && i < story.tokens.length && story.sentences[i] === story.sentences[at]; i++) {
    if (story.startsAt(i, 'company.nouns')) return true
  }
  return false
}

/** The name stands in one list with a company that the lexicon knows. */
function adjacent(story: ReadStory, other: Mention, from: number, to: number): boolean {
  const [left, right] = other.to <= from ? [other.to, from] : [to, other.from]
  if (right < left || right - left > 1 || story.sentences[left - 1] !== story.sentences[right]) return false
  const gap = story.tokens[left]?.gap ?? ''
  return (
    gap.startsWith(',') ||
    (right - left === 1 && /^(and|or|und|et|y|e|en|ed|ou|o|oder)$/.test(story.tokens[left]!.word))
  )
}

/** The name without its legal form. */
function canonical(story: ReadStory, lexicon: Lexicon, from: number, to: number): string {
  let end = to
  while (end - from > 1 && lexicon.shapes.companies.legalForms.has(story.tokens[end - 1]!.word)) end--
  return story.full.slice(story.tokens[from]!.start, story.tokens[end - 1]!.end)
}

/** The same name elsewhere in the story counts too, cues or not. */
function repeat(story: ReadStory, taken: Uint8Array, found: UnlistedName[]): UnlistedName[] {
  const all = [...found]
  for (const name of new Set(found.map((one) => one.name))) {
    const words = name.toLowerCase().split(/[\s-]+/)
    for (let i = 0; i + words.length <= story.tokens.length; i++) {
      if (taken[i] || !story.tokens[i]!.capital || found.some(({ from, to }) => from < i + words.length && to > i))
        continue
      if (
        words.every((word, k) => story.tokens[i + k]!.word === word && (k === 0 || story.tokens[i + k]!.gap === ' '))
      ) {
        all.push({ name, from: i, to: i + words.length, cues: [] })
      }
    }
  }
  return all.sort((a, b) => a.from - b.from)
}
