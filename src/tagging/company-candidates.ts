import { afterName, faceSentences, followedBy, isPossessive, precededBy, shortlyBefore } from './around.js'
import type { CompanyAlias } from './companies.js'
import { joined } from './feature-names.js'
import type { Lexicon } from './lexicon.js'
import type { Mention, ReadStory } from './story.js'
import { findUnlisted } from './unlisted.js'

/** A stretch of tokens that speaks of a candidate, and why it counts. */
export interface Span {
  from: number
  to: number
  reason: string
}

/** Something that may become a tag: the learned weights decide by its features. */
export interface Candidate {
  /** Company name or jurisdiction code. */
  tag: string
  spans: Span[]
  features: Set<string>
}

/** All companies that the story may be about, listed and unlisted, in order of first mention. */
export function companyCandidates(story: ReadStory, lexicon: Lexicon): Candidate[] {
  const found = new Map<string, Candidate>()
  const at = (tag: string): Candidate => {
    let candidate = found.get(tag)
    if (!candidate) {
      candidate = { tag, spans: [], features: new Set() }
      found.set(tag, candidate)
    }
    return candidate
  }
  const readings: { mention: Mention; alias: CompanyAlias }[] = []
  for (const mention of story.mentions) {
    const alias = companyReading(story, mention)
    if (alias) readings.push({ mention, alias })
  }
  const sure = new Set(readings.filter(({ alias }) => !alias.ambiguous).map(({ alias }) => alias.company.name))
  for (const { mention, alias } of readings) {
    const known = sure.has(alias.company.name)
    if (alias.ambiguous && !known && !contextHolds(story, alias)) continue
    const candidate = at(ownerInText(alias, sure))
    candidate.spans.push({ from: mention.from, to: mention.to, reason: alias.product ? 'product' : 'alias' })
    candidate.features.add('listed')
    if (!alias.product) candidate.features.add('by-name')
    if (!alias.ambiguous) candidate.features.add('plain-name')
  }
  for (const { name, from, to, cues } of findUnlisted(
    story,
    lexicon,
    readings.map(({ mention }) => mention)
  )) {
    const candidate = at(name)
    candidate.spans.push({ from, to, reason: 'unlisted company' })
    for (const cue of cues) candidate.features.add(cue)
  }
  const candidates = [...found.values()].sort((a, b) => a.spans[0]!.from - b.spans[0]!.from)
  describe(story, candidates)
  return candidates
}

/** The company that a name means here; null where words beside it show another thing. */
export function companyReading(story: ReadStory, mention: Mention): CompanyAlias | null {
  let best: CompanyAlias | null = null
  for (const { reading } of mention.entries) {
    if (reading.type === 'outlet' || reading.type === 'organisation') return null
    if (reading.type === 'company' && (!best || isPlainer(story, reading.alias, best))) best = reading.alias
  }
  if (!best) return null
  const before = story.tokens[mention.from - 1]
  const after = story.tokens[mention.to]
  if (before && best.notAfter.has(before.word) && before.gap !== '.') return mention.from === 0 ? best : null
  if (after && best.notBefore.has(after.word)) return null
  return best
}

/** Of two companies of one name (ANA of Portugal and of Japan), the one that needs no context or has it. */
function isPlainer(story: ReadStory, alias: CompanyAlias, other: CompanyAlias): boolean {
  if (!other.ambiguous) return false
  return !alias.ambiguous || (contextHolds(story, alias) && !contextHolds(story, other))
}

/** A subsidiary keeps its own name unless the text names the owner. */
function ownerInText(alias: CompanyAlias, named: Set<string>): string {
  const { name, parent } = alias.company
  return parent && named.has(parent) ? parent : name
}

function contextHolds(story: ReadStory, alias: CompanyAlias): boolean {
  const own = alias.alias.toLowerCase().split(/\W+/)
  for (const word of alias.context) {
    if (!own.includes(word) && story.has(word)) return true
  }
  return false
}

function describe(story: ReadStory, candidates: Candidate[]): void {
  const faces = faceSentences(story)
  const inTitle = candidates.filter(({ spans }) => spans.some(({ from }) => from < story.titleTokens))
  const spots = candidates.flatMap(({ spans }) => spans)
  for (const candidate of candidates) {
    const { spans, features } = candidate
    const listed = features.has('listed')
    const kind = listed ? '' : 'u:'
    const titled = inTitle.includes(candidate)
    features.add(`${kind}count:${Math.min(3, spans.length)}`)
    if (titled) features.add(`${kind}title`)
    else if (inTitle.length > 0) features.add(`${kind}others-in-title`)
    if (spans.some(({ from }) => story.sentences[from] === story.firstTextSentence)) features.add(`${kind}lead`)
    features.add(`${kind}rank:${Math.min(3, candidates.indexOf(candidate))}`)
    features.add(`among:${Math.min(4, candidates.length)}`)
    if (spans.some(({ from }) => faces.has(story.sentences[from]!))) features.add(`${kind}by-face`)
    const cues = spans.map((span) => cuesOf(story, span, spots))
    for (const cue of cues.flat()) features.add(joined(kind, cue))
    for (const cue of ['scraped', 'outlet']) if (cues.every((own) => own.includes(cue))) features.add(`only-${cue}`)
  }
}

function cuesOf(story: ReadStory, { from, to }: Span, spots: Span[]): string[] {
  const cues: string[] = []
  const next = afterName(story, to)
  if (isPossessive(story, to)) cues.push('possessive')
  if (followedBy(story, to, 'company.product', 2)) cues.push('product-after')
  if (followedBy(story, to, 'company.acting', 1)) cues.push('acting')
  if (precededBy(story, from, 'company.suing')) cues.push('sued')
  if (precededBy(story, from, 'company.nouns')) cues.push('noun-before')
  if (story.tokens[next]?.gap.startsWith(',') && within(story, next, 8, 'company.nouns')) cues.push('noun-after')
  if (precededBy(story, from, 'company.supplied')) cues.push('supplied')
  if (shortlyBefore(story, from, 'company.scraped', 12)) cues.push('scraped')
  if (precededBy(story, from, 'company.outlets')) cues.push('outlet')
  const neighbours =
    spots.filter((other) => Math.abs(other.from - to) <= 2 || Math.abs(from - other.to) <= 2).length - 1
  if (neighbours > 0) cues.push(neighbours > 1 ? 'listed-among' : 'paired')
  if (from === 0) cues.push('opens')
  if (precededBy(story, from, 'place.compare')) cues.push('compared')
  return cues
}

function within(story: ReadStory, at: number, words: number, use: string): boolean {
  for (let i = at; i < at + words && i < story.tokens.length; i++) {
    if (story.sentences[i] !== story.sentences[at]) return false
    if (story.startsAt(i, use)) return true
  }
  return false
}
