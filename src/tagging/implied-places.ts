import { parentCode } from '../model/jurisdiction.js'
import { IMPLIED_PLACE } from '../model/tags.js'
import type { Candidate } from './company-candidates.js'
import { joined } from './feature-names.js'
import type { Lexicon } from './lexicon.js'
import type { PlaceContext } from './place-candidates.js'
import { homesOf } from './place-clues.js'
import type { PlaceMention } from './place-resolution.js'
import type { PhraseHit, ReadStory } from './story.js'

/** Words that speak of a country's own institutions. */
const INSTITUTIONS = new Set(['legislature', 'executive', 'regulator', 'court', 'law', 'national', 'police', 'enact'])
/** Words that may stand between "federal" and the state named with it. */
const LINKS = new Set('and et y e und en of the de du del der des di da do la l le les die das von'.split(' '))
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
  const policy = tellsPolicy(story)
  for (const mention of mentions) {
    const { place } = mention
    if (place.level !== 'city' && place.level !== 'county' && place.level !== 'state') continue
    for (let code = parentCode(place.code); code; code = parentCode(code)) {
      const level = lexicon.places.get(code)?.level
      if (groups.has(code) || !level) continue
      let candidate = found.get(code)
      if (!candidate) {
        candidate = { tag: code, spans: [], features: new Set([joined('implied:', level)]) }
        candidate.features.add(joined(joined('implied:', level), story.lang === 'en' ? ':english' : ':foreign'))
        if (policy) candidate.features.add('implied policy')
        for (const words of levels) candidate.features.add(joined(joined('implied ', level), joined('~', words)))
        found.set(code, candidate)
      }
      candidate.spans.push({ from: mention.from, to: mention.to, reason: `holds ${place.name}` })
      candidate.features.add(joined('implied by ', place.level))
      if (place.capital) candidate.features.add('implied by capital').add(joined('implied by capital:', level))
      if (level === 'country' && isBesideFederal(story, mention.from)) candidate.features.add('implied beside federal')
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
    const home = homeOf(context)
    if (home && !found.has(home.tag) && !groups.has(home.tag)) found.set(home.tag, home)
  }
  return [...found.values()]
}

/** "The federal, Alberta and B.C. commissioners", "commissaires fédéral et de l'Alberta"; not "a federal court in Illinois". */
function isBesideFederal(story: ReadStory, from: number): boolean {
  for (let i = from; i > 0; i--) {
    if (story.endsAt(i, 'place.federal')) return true
    if (!LINKS.has(story.tokens[i - 1]!.word)) return false
  }
  return false
}

/** "Parliament" without a country: of the countries where the press of the language is at home, the one that most points at. */
function homeOf({ story, clues, levels }: PlaceContext): Candidate | null {
  const homes = homesOf(story)
  let code = homes[0]
  if (!code) return null
  for (const other of homes) if ((clues.hints.get(other) ?? 0) > (clues.hints.get(code) ?? 0)) code = other
  const hits = story.hits.filter(({ concept }) => INSTITUTIONS.has(concept))
  if (hits.length === 0) return null
  const features = new Set([
    'home',
    `home:${story.lang}`,
    code === homes[0] ? 'home first' : 'home told',
    ...levels.map((words) => `home~${words}`)
  ])
  if (tellsPolicy(story)) features.add('home policy')
  for (const { concept, from } of hits) {
    features.add(joined('home ', concept))
    if (from < story.titleTokens) features.add(joined('home title:', concept))
    features.add(`home:${story.lang === 'en' ? 'en' : 'other'} ${concept}`)
  }
  return { tag: code, spans: hits.slice(0, SPANS).map(asSpan), features }
}

/** A company's own policy may concern no place. */
function tellsPolicy(story: ReadStory): boolean {
  return story.hits.some(({ concept, from }) => concept === 'stopselling' && from < story.titleTokens)
}

function asSpan({ from, to }: PhraseHit): Candidate['spans'][number] {
  return { from, to, reason: IMPLIED_PLACE }
}
