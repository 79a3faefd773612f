import type { Candidate } from './company-candidates.js'
import { joined } from './feature-names.js'
import type { Lexicon } from './lexicon.js'
import type { PlaceContext } from './place-candidates.js'
import type { PlaceMention } from './place-resolution.js'
import { parentCode } from './places.js'
import type { PhraseHit, ReadStory } from './story.js'

/** Where the press of a language is at home: "Parliament" without a country is that country's. */
const HOMES: Record<string, string> = { en: 'US', fr: 'FR', de: 'DE', es: 'ES', it: 'IT', pt: 'BR', nl: 'NL' }
/** Words that speak of a country's own institutions. */
const INSTITUTIONS = new Set(['legislature', 'executive', 'regulator', 'court', 'law', 'national', 'police', 'enact'])
/** Spans shown for an implied place. */
const SPANS = 3

/** Places that a story means without their name: the country or state around a city, and the home country of a story that names none. */
export function impliedPlaces(
  context: PlaceContext,
  lexicon: Lexicon,
  mentions: PlaceMention[],
  groups: Map<string, PlaceMention[]>
): Candidate[] {
  const { story, cues, levels } = context
  const found = new Map<string, Candidate>()
  for (const mention of mentions) {
    const { place } = mention
    if (place.level !== 'city' && place.level !== 'county' && place.level !== 'state') continue
    for (let code = parentCode(place.code); code; code = parentCode(code)) {
      const level = lexicon.places.get(code)?.level
      if (groups.has(code) || !level) continue
      let candidate = found.get(code)
      if (!candidate) {
        candidate = { tag: code, spans: [], features: new Set([joined('implied:', level)]) }
        for (const words of levels) candidate.features.add(joined(joined('implied ', level), joined('~', words)))
        found.set(code, candidate)
      }
      candidate.spans.push({ from: mention.from, to: mention.to, reason: `holds ${place.name}` })
      candidate.features.add(joined('implied by ', place.level))
      if (place.capital) candidate.features.add('implied by capital').add(joined('implied by capital:', level))
      if (mention.pinned) candidate.features.add('implied by pinned')
      for (const cue of cues.get(mention)!) candidate.features.add(joined('implied ', cue))
      if (groups.size > 1) candidate.features.add('implied among others')
    }
  }
  if (
    groups.size === 0 ||
    [...groups.keys()].every((code) =>
      groups.get(code)!.every(({ from, to }) => story.startsAt(to, 'place.firm') && from > 0)
    )
  ) {
    const home = homeOf(story, lexicon, levels)
    if (home && !found.has(home.tag) && !groups.has(home.tag)) found.set(home.tag, home)
  }
  return [...found.values()]
}

function homeOf(story: ReadStory, lexicon: Lexicon, levels: string[]): Candidate | null {
  const code = HOMES[story.lang]
  if (!code || !lexicon.places.has(code)) return null
  const hits = story.hits.filter(({ concept }) => INSTITUTIONS.has(concept))
  if (hits.length === 0) return null
  const features = new Set(['home', `home:${story.lang}`, ...levels.map((words) => `home~${words}`)])
  for (const { concept, from } of hits) {
    features.add(joined('home ', concept))
    if (from < story.titleTokens) features.add(joined('home title:', concept))
    features.add(`home:${story.lang === 'en' ? 'en' : 'other'} ${concept}`)
  }
  return { tag: code, spans: hits.slice(0, SPANS).map(asSpan), features }
}

function asSpan({ from, to }: PhraseHit): Candidate['spans'][number] {
  return { from, to, reason: 'speaks of a public body, in the press of this country' }
}
