import type { Lexicon } from './lexicon.js'
import type { Mention, ReadStory } from './story.js'
import { endsInLetters, isCompanyNoun, type Run, unlistedCues } from './unlisted-cues.js'

/** A capitalised name that the lexicon does not know and that the text treats like a company. */
export interface UnlistedName {
  name: string
  from: number
  to: number
  /** What speaks for it, as features: `u:legal`, `u:noun-before`, `u:sued`, … */
  cues: string[]
}

/** Longest name, in words. */
const MAX_WORDS = 4

/** Names that read like companies by the company they keep; the learned weights judge them. */
export function findUnlisted(story: ReadStory, lexicon: Lexicon, listed: Mention[]): UnlistedName[] {
  const taken = takenTokens(story, lexicon)
  const surnames = surnamesIn(story, lexicon)
  const found: UnlistedName[] = []
  let i = story.titleCased || story.lang === 'de' ? story.titleTokens : 0
  while (i < story.tokens.length) {
    const to = runEnd(story, taken, i)
    if (to === i) {
      i++
      continue
    }
    const run = bareRun(story, lexicon, surnames, i, to)
    const cues = run ? unlistedCues(story, lexicon, listed, run) : []
    if (run && cues.length > 0)
      found.push({ name: canonical(story, lexicon, run.from, run.to), from: run.from, to: run.to, cues })
    i = to
  }
  return repeat(story, taken, oneName(found))
}

/**
 * What the lexicon knows is no unlisted company, save small towns, and towns by which a company is named ("Halden
 * Markets"), wherever the story says the word.
 */
function takenTokens(story: ReadStory, lexicon: Lexicon): Uint8Array {
  const taken = new Uint8Array(story.tokens.length)
  const cities = story.mentions.filter(isCity)
  const namesakes = new Set(cities.filter((city) => opensCompany(story, lexicon, city)).map(wordsOf))
  for (const mention of story.mentions) {
    const free = isCity(mention) && (isSmall(mention) || namesakes.has(wordsOf(mention)))
    if (!free) taken.fill(1, mention.from, mention.to)
  }
  return taken

  function wordsOf({ from, to }: Mention): string {
    return story.tokens
      .slice(from, to)
      .map(({ word }) => word)
      .join(' ')
  }
}

function isCity({ entries }: Mention): boolean {
  return entries.every(({ reading }) => reading.type === 'place' && reading.name.place.level === 'city')
}

function isSmall({ entries }: Mention): boolean {
  return entries.every(({ reading }) => reading.type === 'place' && reading.name.place.population < 20_000)
}

/** A word of trade or a legal form stands right behind the name and ends it: not "Oakland Surveillance Ordinance". */
function opensCompany(story: ReadStory, { shapes }: Lexicon, { to }: Mention): boolean {
  const last = story.tokens[to]
  const next = story.tokens[to + 1]
  if (!last?.capital || last.gap !== ' ' || (to < story.titleTokens && story.titleCased)) return false
  if (next?.capital && next.gap === ' ' && to + 1 !== story.titleTokens) return false
  return shapes.companies.trades.has(last.word) || shapes.companies.legalForms.has(last.word)
}

/** Words that follow a given name somewhere in the story: its people, called by their surnames further on. */
function surnamesIn(story: ReadStory, { shapes }: Lexicon): Set<string> {
  const found = new Set<string>()
  for (let i = 1; i < story.tokens.length; i++) {
    const token = story.tokens[i]!
    const before = story.tokens[i - 1]!
    if (token.capital && token.gap === ' ' && before.capital && shapes.companies.givenNames.has(before.word))
      found.add(token.word)
  }
  return found
}

/** Where a run of capitalised words ends; the start itself where none begins. "Co-op" runs on past its hyphen. */
function runEnd(story: ReadStory, taken: Uint8Array, from: number): number {
  let to = from
  while (to < story.tokens.length && to - from < MAX_WORDS) {
    const token = story.tokens[to]!
    const hyphened = to > from && story.full[token.start - 1] === '-' && story.tokens[to - 1]!.end === token.start - 1
    if (
      taken[to] ||
      !(token.capital || hyphened) ||
      /^\d+$/.test(token.word) ||
      (to > from && (token.gap !== ' ' || story.sentences[to] !== story.sentences[from]))
    )
      break
    to++
  }
  return to
}

/** The name within a run: without the article and the company word before it ("Das Unternehmen Nordkamera"); null where it is none. */
function bareRun(story: ReadStory, lexicon: Lexicon, surnames: Set<string>, start: number, to: number): Run | null {
  const { companies: shapes, organisationNouns } = lexicon.shapes
  let from = start
  const opens = from === 0 || story.sentences[from - 1] !== story.sentences[from]
  if (from < to && shapes.notCompanies.has(story.tokens[from]!.word)) from++
  let noun = false
  // "Supermercados Ruiseñor" keeps its trade, "Hersteller Nordkamera" loses the word.
  while (to - from > 1 && isCompanyNoun(story, lexicon, from) && !shapes.trades.has(story.tokens[from]!.word)) {
    from++
    noun = true
  }
  if (from >= to) return null
  const words = story.tokens.slice(from, to).map(({ word }) => word)
  if (words.some((word) => shapes.notCompanies.has(word) && (word !== 'ai' || words.length === 1))) return null
  // "Big AI safety bill", "Responsible AI".
  if (words.at(-1) === 'ai' && words.slice(0, -1).every((word) => shapes.qualifiers.has(word))) return null
  // "Il Comune", "der Senat": a public body by its bare title.
  if (words.length === 1 && story.startsAt(from, 'place.civic')) return null
  if (words.length === 1 && surnames.has(words[0]!)) return null
  const before = story.tokens[from - 1]
  const sameSentence = from > 0 && story.sentences[from - 1] === story.sentences[from]
  if ((before && sameSentence && shapes.titles.has(before.word)) || shapes.titles.has(words[0]!)) return null
  const next = story.tokens[to]
  if (next?.capital && organisationNouns.has(next.word)) return null
  // The Connor of O'Connor; the subject itself in capitals ("Facial Recognition Technology").
  if (before && story.tokens[from]!.gap === "'" && before.word.length < 3) return null
  if (story.hits.some(({ concept, from: at }) => concept === 'face' && at >= from && at < to)) return null
  return { from, to, words, noun, opens: opens && from === start }
}

/** The name without its legal form. */
function canonical(story: ReadStory, lexicon: Lexicon, from: number, to: number): string {
  let end = endsInLetters(story, { from, to }) ? to - 1 : to
  while (end - from > 1 && lexicon.shapes.companies.legalForms.has(story.tokens[end - 1]!.word)) end--
  return story.full.slice(story.tokens[from]!.start, story.tokens[end - 1]!.end)
}

/** "Corvane" and "Corvane Fitness" of one story are one company, under the longer name. */
function oneName(found: UnlistedName[]): UnlistedName[] {
  return found.map((one) => {
    const longer = found.find(({ name }) => name.startsWith(`${one.name} `))
    return longer ? { ...one, name: longer.name } : one
  })
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
