import { afterName, followedBy, isPossessive, precededBy } from './around.js'
import { joined } from './feature-names.js'
import type { Lexicon } from './lexicon.js'
import type { Mention, ReadStory } from './story.js'

/** A run of capitalised words that may name a company. */
export interface Run {
  from: number
  to: number
  words: string[]
  /** A capitalised company word stood before the name in the run (German, Dutch, headlines). */
  noun: boolean
  /** It opens a sentence, where a capital says nothing. */
  opens: boolean
}

/** Small words that may stand between a company word and its name: "cadena de supermercados X". */
const LINKS = new Set('de di da do du d del della des of van für pour per para'.split(' '))
/** Pronouns that speak of a thing rather than a person, by language: "X, which runs 41 stores". */
const WHICH = new Set(['en which', 'nl dat', 'fr qui', 'it che', 'es que', 'pt que'])
/** Pronouns that speak of people only. */
const PEOPLE = new Set(['who', 'whose', 'whom'])
/** Words between a company word and its name at most. */
const LINKED = 3
/** Legal forms that are written in small letters, too, and are no words of any of the languages. */
const SMALL_FORMS = new Set(['plc', 'ltd', 'inc', 'gmbh', 'srl', 'llc'])
/** Cues that hold in German too, where every noun has a capital. */
const FIRM = ['u:legal', 'u:trade', 'u:ai', 'u:noun-before', 'u:noun-after', 'u:mixed', 'u:mixed-first']

/** "CloudWalk", "FaceScan": names of companies and products, seldom of anything else. */
const INNER_CAPITAL = /^\p{Lu}\p{Ll}{2,}\p{Lu}\p{Ll}/u

/** "Hersteller", "Handelskette": a word of the list, or one that ends like such. */
export function isCompanyNoun(story: ReadStory, { shapes }: Lexicon, at: number): boolean {
  if (story.startsAt(at, 'company.nouns')) return true
  const { word } = story.tokens[at]!
  return shapes.companies.nounEndings.some((ending) => word.length > ending.length && word.endsWith(ending))
}

/** "Corvane S.A.": a stop parts the letters of the legal form, and the run of capitals ends between them. */
export function endsInLetters({ tokens }: ReadStory, { from, to }: Pick<Run, 'from' | 'to'>): boolean {
  const [last, next] = [tokens[to - 1]!, tokens[to]]
  return to - from > 1 && last.word.length === 1 && next?.gap === '.' && next.word.length === 1
}

/** What speaks for a company, as features; none where nothing does. */
export function unlistedCues(story: ReadStory, lexicon: Lexicon, listed: Mention[], run: Run): string[] {
  const { from, to, words } = run
  if (precededBy(story, from, 'company.tellers') || isNameOfOther(story, run)) return []
  const shape = shapeCues(story, lexicon, run)
  if (shape.length === 0 && isPerson(story, lexicon, run)) return []
  const cues = [...shape, ...contextCues(story, lexicon, run)]
  if (listed.some((other) => adjacent(story, other, from, to))) cues.push('u:beside-listed')
  if (cues.length === 0) return []
  if (story.lang === 'de' && !cues.some((cue) => FIRM.includes(cue))) return []
  if (cues.length === 1) cues.push(`u:only ${cues[0]}`)
  else cues.push('u:several-cues')
  if (companyWordsIn(story, from)) cues.push('u:company-told')
  const text = story.full.slice(story.tokens[from]!.start, story.tokens[to - 1]!.end)
  if (text === text.toUpperCase()) cues.push('u:caps')
  const bare = bareWords(lexicon, run)
  const { length } = bare
  cues.push(`u:words:${length}`)
  // Some trades end names of other things as often ("Artificial Intelligence", "Public Security").
  if (cues.includes('u:trade')) cues.push(joined('u:trade ', bare.at(-1)!))
  if (run.opens) cues.push('u:opens-sentence', `u:opens-sentence:${length}`)
  if (run.opens && words.length === 1 && isWordElsewhere(story, words[0]!)) cues.push('u:plain-word')
  return cues
}

/** The name itself: legal form, trade, inner capitals. */
function shapeCues(story: ReadStory, lexicon: Lexicon, run: Run): string[] {
  const shapes = lexicon.shapes.companies
  const cues: string[] = []
  const bare = bareWords(lexicon, run)
  const last = bare.at(-1)!
  if (bare.length < run.words.length || endsInLetters(story, run) || legalFormBehind(story, lexicon, run))
    cues.push('u:legal')
  if (bare.length > 1 && (shapes.trades.has(last) || shapes.trades.has(bare[0]!))) cues.push('u:trade')
  if (bare.length > 1 && last === 'ai') cues.push('u:ai')
  const text = story.full.slice(story.tokens[run.from]!.start, story.tokens[run.to - 1]!.end)
  // "AnhPhu Nguyen", "LaToya Cantrell": inner capitals are common in given names, too.
  if (INNER_CAPITAL.test(text)) cues.push(bare.length > 1 ? 'u:mixed-first' : 'u:mixed')
  return cues
}

/** The words of the name without its legal form. */
function bareWords({ shapes }: Lexicon, { words }: Run): string[] {
  let end = words.length
  while (end > 1 && shapes.companies.legalForms.has(words[end - 1]!)) end--
  return words.slice(0, end)
}

/** "Corvane Foods plc", "Corvane, Inc.": the legal form stands behind the run of capitals. */
function legalFormBehind(story: ReadStory, { shapes }: Lexicon, { from, to }: Run): boolean {
  const next = story.tokens[to]
  if (!next || !shapes.companies.legalForms.has(next.word) || story.sentences[to] !== story.sentences[from])
    return false
  return next.capital || (next.gap === ' ' && SMALL_FORMS.has(next.word))
}

/** How the text speaks of it. */
function contextCues(story: ReadStory, lexicon: Lexicon, { from, to, noun }: Run): string[] {
  const cues: string[] = []
  const next = afterName(story, to)
  if (noun || precededBy(story, from, 'company.nouns') || nounJustBefore(story, lexicon, from))
    cues.push('u:noun-before')
  if (precededBy(story, from, 'company.suing')) cues.push('u:sued')
  if (precededBy(story, from, 'company.supplied')) cues.push('u:supplied')
  if (isPossessive(story, to) && followedBy(story, to, 'company.product', 2)) cues.push('u:product-after')
  if (story.tokens[next]?.gap.startsWith(',') && nounSoon(story, lexicon, next)) cues.push('u:noun-after')
  if (followedBy(story, to, 'company.acting', 0)) cues.push('u:acting')
  if (WHICH.has(`${story.lang} ${story.tokens[next]?.word}`) && story.tokens[next]!.gap === ', ') cues.push('u:which')
  return cues
}

/** "Modehändler X", "cadena de supermercados X": a company word right before, or before a short link. */
function nounJustBefore(story: ReadStory, lexicon: Lexicon, from: number): boolean {
  if (story.tokens[from]!.gap !== ' ') return false
  for (let i = from - 1; i >= Math.max(0, from - 1 - LINKED); i--) {
    const token = story.tokens[i]!
    if (story.sentences[i] !== story.sentences[from]) return false
    if (i < from - 1 && (token.gap.includes(',') || story.tokens[i + 1]!.gap !== ' ')) return false
    if (isCompanyNoun(story, lexicon, i)) return i === from - 1 || LINKS.has(story.tokens[i + 1]!.word)
    if (i < from - 1 && token.capital) return false
  }
  return false
}

/** "X, the maker of …": a company word shortly behind the name. */
function nounSoon(story: ReadStory, lexicon: Lexicon, at: number): boolean {
  for (let i = at; i < at + 7 && i < story.tokens.length && story.sentences[i] === story.sentences[at]; i++) {
    if (isCompanyNoun(story, lexicon, i)) return true
  }
  return false
}

/** The sentence, or the next one, speaks of a company. */
function companyWordsIn(story: ReadStory, from: number): boolean {
  const sentence = story.sentences[from]!
  return story.hits.some(
    ({ concept, from: at }) =>
      concept === 'company' && (story.sentences[at] === sentence || story.sentences[at] === sentence + 1)
  )
}

/** "Robert Williams", "Oldfield, who …", "Parks, 31": a person. */
function isPerson(story: ReadStory, { shapes }: Lexicon, { to, words }: Run): boolean {
  if (words.length > 1 && shapes.companies.givenNames.has(words[0]!)) return true
  const next = story.tokens[to]
  return next?.gap === ', ' && (PEOPLE.has(next.word) || /^\d\d$/.test(next.word))
}

/** "King's Cross", "St James's Park": what looks like the owner opens the name of something else; not "Nordkamera's FaceScan system". */
function isNameOfOther(story: ReadStory, { to }: Run): boolean {
  const next = story.tokens[afterName(story, to)]
  if (!isPossessive(story, to) || !next?.capital || next.caps || next.gap !== ' ') return false
  if (to < story.titleTokens && story.titleCased) return false
  return !INNER_CAPITAL.test(story.full.slice(next.start, next.end))
}

/** The word stands in small letters elsewhere, so that its capital is only the sentence's. */
function isWordElsewhere(story: ReadStory, word: string): boolean {
  return story.tokens.some((token) => token.word === word && !token.capital)
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
