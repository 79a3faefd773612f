import { isBelow } from '../model/jurisdiction.js'
import { faceSentences } from './around.js'
import type { Candidate } from './company-candidates.js'
import { joined } from './feature-names.js'
import { impliedPlaces } from './implied-places.js'
import type { Lexicon } from './lexicon.js'
import { gatherClues, type PlaceClues } from './place-clues.js'
import { cuesOfAll } from './place-cues.js'
import { type PlaceMention, resolvePlaces } from './place-resolution.js'
import type { ReadStory } from './story.js'

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

/** The group names a police force of the place. */
function hasPolice(group: PlaceMention[]): boolean {
  return group.some(({ body }) => body === 'police')
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
  // A court above a police force judges what the force does.
  const isCourt = (other: string): boolean =>
    groups.get(other)!.every((mention) => mention.body === 'court' || cues.get(mention)!.includes('court-there'))
  if (isCourt(code) && children.some((other) => hasPolice(groups.get(other)!))) features.add('court-above')
  if (hasPolice(group) && parents.some(isCourt)) features.add('judged-above')
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
  for (const cue of ['dateline', 'seat', 'firm', 'compare', 'party', 'row', 'part'] as const) {
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
