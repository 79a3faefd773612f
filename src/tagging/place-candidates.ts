import { isBelow } from '../model/jurisdiction.js'
import { afterName, faceSentences, followedBy, isPossessive, precededBy, shortlyBefore } from './around.js'
import type { Candidate } from './company-candidates.js'
import { joined } from './feature-names.js'
import { impliedPlaces } from './implied-places.js'
import type { Lexicon } from './lexicon.js'
import { gatherClues, type PlaceClues } from './place-clues.js'
import { type PlaceMention, resolvePlaces } from './place-resolution.js'
import type { ReadStory } from './story.js'

/** Concepts that speak of a rule being made or applied. */
const RULES = new Set(['law', 'ban', 'enact', 'propose', 'reject', 'loosen', 'lawsuit', 'court', 'fine', 'probe'])
/** Words between a place and a rule that make it that place's rule. */
const RULE_REACH = 4

/** What is read once a story and shared by its places. */
export interface PlaceContext {
  story: ReadStory
  cues: Map<PlaceMention, string[]>
  faces: Set<number>
  clues: PlaceClues
  /** Which levels of government the story speaks of. */
  levels: string[]
}

/** All places whose rules the story may be about, in order of first mention, with the features that the weights judge. */
export function placeCandidates(story: ReadStory, lexicon: Lexicon): Candidate[] {
  const clues = gatherClues(story)
  const mentions = resolvePlaces(story, lexicon, clues)
  const groups = new Map<string, PlaceMention[]>()
  for (const mention of mentions) {
    if (mention.pin) continue
    const { code } = mention.place
    groups.set(code, [...(groups.get(code) ?? []), mention])
  }
  const context = { story, cues: cuesOfAll(story, mentions), faces: faceSentences(story), clues, levels: clues.levels }
  const candidates: Candidate[] = []
  for (const [code, group] of groups) {
    const features = new Set<string>()
    describe(code, group, groups, context, features)
    candidates.push({
      tag: code,
      spans: group.map(({ from, to, by, body }) => ({
        from,
        to,
        reason: body ? REASONS[body] : (SHOWN[by] ?? by)
      })),
      features
    })
  }
  return [...candidates, ...impliedPlaces(context, lexicon, mentions, groups)]
}

const SHOWN: Record<string, string> = { press: 'name', capital: 'seat of the government' }

const REASONS = {
  regulator: 'names a regulator',
  court: 'names a court',
  legislature: 'names a legislature',
  police: 'names a police force',
  ministry: 'names a ministry',
  agency: 'names a public agency',
  law: 'names a law or its people'
}

function cuesOfAll(story: ReadStory, mentions: PlaceMention[]): Map<PlaceMention, string[]> {
  const shown = mentions.filter(({ pin }) => !pin)
  const rules = ruleWords(story)
  const cues = new Map<PlaceMention, string[]>()
  for (const [at, mention] of shown.entries()) {
    let neighbours = 0
    for (const step of [-2, -1, 1, 2]) {
      const other = shown[at + step]
      if (other && other.place.code !== mention.place.code && near(story, mention, other)) neighbours++
    }
    const own = cuesOf(story, mention, neighbours)
    // "Commissioners for Canada, Quebec and Alberta": what is said of the first holds for the row.
    const before = shown[at - 1]
    if (
      before &&
      near(story, before, mention) &&
      cues.get(before)!.some((cue) => cue === 'civic-before' || cue === 'row-of-civic')
    )
      own.push('row-of-civic')
    if (
      rules.some(
        (token) =>
          token >= mention.from - RULE_REACH &&
          token <= mention.to + RULE_REACH &&
          story.sentences[token] === story.sentences[mention.from]
      )
    )
      own.push('by-rule', joined(own.includes('title') ? 'title' : own.includes('lead') ? 'lead' : 'rest', ':by-rule'))
    cues.set(mention, own)
  }
  for (const mention of mentions) if (mention.pin) cues.set(mention, [])
  return cues
}

/** Where the story speaks of a rule. */
function ruleWords(story: ReadStory): number[] {
  return story.hits.filter(({ concept }) => RULES.has(concept)).map(({ from }) => from)
}

/** What speaks for or against one mention. Cues about whose rules it is get stronger with a good mention; see `describe`. */
function cuesOf(story: ReadStory, mention: PlaceMention, neighbours: number): string[] {
  const { from, to } = mention
  const cues: string[] = []
  if (mention.by === 'body') cues.push(joined('body:', mention.body!))
  else cues.push(joined('by:', mention.by))
  // "Washington state", "State of Maine": the name itself says that the state is meant.
  const civic =
    (mention.place.level === 'state' && story.tokens.slice(from, to).some(({ word }) => word === 'state')) ||
    followedBy(story, to, 'place.civic', 0) ||
    (mention.by === 'demonym' && followedBy(story, to, 'place.demonymCivic'))
  const civicBefore = precededBy(story, from, 'place.civicBefore')
  const firm = followedBy(story, to, 'place.firm', 1)
  // A court of a county or city mostly judges by the law of the state.
  if (followedBy(story, to, 'place.courts') || precededBy(story, from, 'place.courtsBefore')) cues.push('court-there')
  const negative: string[] = []
  // "Mississippi's capital" is a city, "Israel's AnyVision" a company.
  if (followedBy(story, to, 'place.largest')) negative.push('largest')
  if (isPossessive(story, to) && isCompany(story, afterName(story, to))) negative.push('firm')
  if (precededBy(story, from, 'place.against')) cues.push('against')
  if (isDateline(story, mention)) negative.push('dateline')
  if (followedBy(story, to, 'place.seatAfter') || precededBy(story, from, 'place.seat')) negative.push('seat')
  if (firm) negative.push('firm')
  if (followedBy(story, to, 'place.person')) negative.push('person')
  if (shortlyBefore(story, from, 'place.compare', 7)) negative.push('compare')
  if (isPartyMark(story, mention)) negative.push('party')
  if (neighbours > 0) negative.push(neighbours > 1 ? 'row' : 'pair')
  const role = civic
    ? 'civic'
    : civicBefore
      ? 'civic-before'
      : isPossessive(story, to)
        ? 'possessive'
        : precededBy(story, from, 'place.in')
          ? 'in'
          : 'bare'
  const where = from < story.titleTokens ? 'title' : story.sentences[from] === story.firstTextSentence ? 'lead' : 'rest'
  const at = joined(where, ':')
  cues.push(joined(at, role), role, where)
  if (from === 0) cues.push('opens')
  for (const cue of negative) cues.push(cue, joined(at, cue))
  if (negative.length === 0) cues.push('clean', joined('clean:', where), joined('clean:', role))
  return cues
}

function isCompany(story: ReadStory, at: number): boolean {
  return story.mentions.some(
    ({ from, entries }) =>
      from === at && entries.some(({ reading }) => reading.type === 'company' && !reading.alias.ambiguous)
  )
}

function describe(
  code: string,
  group: PlaceMention[],
  groups: Map<string, PlaceMention[]>,
  { story, cues, faces, levels }: PlaceContext,
  features: Set<string>
): void {
  const { place } = group[0]!
  const level = place.level
  features.add(joined('level:', level))
  features.add(`count:${Math.min(4, group.length)}`)
  if (group.some(({ from }) => faces.has(story.sentences[from]!))) features.add('by-face')
  if (group.some(({ by }) => by === 'body')) features.add('any-body')
  else if (group.every(({ by }) => by === 'demonym')) features.add('only-demonym')
  const codes = [...groups.keys()]
  const children = codes.filter((other) => other !== code && isBelow(other, code))
  const parents = codes.filter((other) => other !== code && isBelow(code, other))
  if (children.length > 0) features.add('has-child').add(joined(level, ':has-child'))
  if (parents.length > 0) features.add('has-parent')
  if (codes.some((other) => other !== code && other.slice(0, 2) !== code.slice(0, 2))) features.add('others-abroad')
  features.add(`among:${Math.min(4, codes.length)}`)
  const titled = codes.filter((other) => groups.get(other)!.some(({ from }) => from < story.titleTokens))
  if (titled.length > 0 && !titled.includes(code))
    features.add('others-in-title').add(joined(level, ':others-in-title'))
  const first = codes.sort((a, b) => groups.get(a)![0]!.from - groups.get(b)![0]!.from).indexOf(code)
  features.add(`rank:${Math.min(3, first)}`)
  const most = Math.max(...codes.map((other) => groups.get(other)!.length))
  if (group.length === most) features.add('most')
  if (level === 'city' && place.population < 100_000) features.add('small')
  if (level === 'city' && group.every((mention) => mention.rivals > 2 && !mention.pinned)) features.add('ambiguous')
  if (group.some(({ pinned }) => pinned)) features.add('pinned')
  for (const cue of ['dateline', 'seat', 'firm', 'compare', 'party', 'row'] as const) {
    if (features.has(cue) && !features.has('clean')) features.add(`only:${cue}`)
  }
  for (const mention of group) {
    for (const cue of cues.get(mention)!) {
      features.add(cue)
      if (cue.includes(':')) features.add(joined(level, joined(' ', cue)))
    }
  }
  // Named by the way: nobody there acts, and no rule or face is spoken of beside it.
  if (!['title', 'lead', 'any-body', 'civic', 'by-rule', 'by-face'].some((cue) => features.has(cue)))
    features.add('apart').add(joined(level, ':apart'))
  for (const words of levels) features.add(joined(level, joined('~', words)))
  if (group.every((mention) => cues.get(mention)!.includes('court-there'))) features.add(joined(level, ':only-court'))
  features.add(joined(level, story.lang === 'en' ? ':english' : ':foreign'))
  if (group.some(({ from }) => from === 0)) features.add(joined(level, ' opens'))
  if (titled.length === 1 && titled[0] === code) features.add('alone-in-title').add(joined(level, ' alone-in-title'))
  for (const role of ['civic', 'title', 'any-body', 'clean', 'by-face', 'lead'])
    if (features.has(role)) features.add(joined(level, joined(':', role)))
}

/** "SEATTLE, Wash. (June 2, 2021) –", "Roma, 11 nov. (Adnkronos) -", "Berlin (dpa) -": the first words of the text, closed by a dash or bracket. */
function isDateline(story: ReadStory, { from, to }: PlaceMention): boolean {
  const start = story.titleTokens
  if (from < start || from > start + 4) return false
  const first = story.tokens[start]
  if (!first) return false
  if (story.sentences[from] !== story.firstTextSentence) return false
  for (let i = to; i <= Math.min(to + 9, story.tokens.length - 1); i++) {
    const { gap } = story.tokens[i]!
    if (/[–—]|--| - |\) ?-|^: $/.test(gap))
      return story.tokens.slice(start, from).every(({ capital, word }) => capital || /^\d+$/.test(word))
    if (i === to && (gap === ' ' || gap === "'")) return false
  }
  return false
}

/** "(D-Ore.)", "R-Melbourne": a politician's seat. */
function isPartyMark(story: ReadStory, { from }: PlaceMention): boolean {
  const before = story.tokens[from - 1]
  return (
    before !== undefined &&
    before.word.length === 1 &&
    'dri'.includes(before.word) &&
    before.capital &&
    /^( |\()?/.test(story.tokens[from]!.gap) &&
    story.full[before.end] === '-'
  )
}

function near(story: ReadStory, a: PlaceMention, b: PlaceMention): boolean {
  const [left, right] = a.from < b.from ? [a, b] : [b, a]
  if (story.sentences[left.from] !== story.sentences[right.from]) return false
  const between = right.from - afterName(story, left.to)
  if (between > 3) return false
  const gap = story.tokens[left.to]?.gap ?? ''
  return (
    gap.startsWith(',') ||
    (between === 1 && /^(and|or|und|et|y|e|en|ed|ou|o|oder)$/.test(story.tokens[left.to]!.word)) ||
    between === 0
  )
}
