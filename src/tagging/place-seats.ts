import { followedBy, precededBy } from './around.js'
import type { Lexicon } from './lexicon.js'
import type { PlaceClues } from './place-clues.js'
import type { Place } from './places.js'
import type { Mention, ReadStory } from './story.js'

/** Capitals whose bare name in the news is the government that sits there, and the state of the name of one. */
const NATIONS: Readonly<Record<string, string>> = {
  'US-WA': 'US',
  'BE/Brussels': 'EU',
  'AU-ACT/Canberra': 'AU',
  'CA-ON/Ottawa': 'CA'
}

/** "In", in the languages that have it among the words before a place that rules. */
const IN = new Set(['in', 'en'])

/** "Washington", "Brussels" and "Sacramento" stand for the governments that sit there, unless the story shows that the place itself is meant. */
export function seatOfGovernment(
  story: ReadStory,
  lexicon: Lexicon,
  mention: Mention,
  place: Place,
  clues: PlaceClues,
  pinned: boolean
): Place | null {
  const code = seatOfState(story, mention, place, clues) ?? (pinned ? null : seatOfNation(story, mention, place, clues))
  return code === null ? null : (lexicon.places.get(code) ?? null)
}

function seatOfNation(
  story: ReadStory,
  { from, to }: Mention,
  place: Place,
  { hints, inside }: PlaceClues
): string | null {
  const seat = NATIONS[place.code]
  if (!seat || followedBy(story, to, 'place.civic')) return null
  // "Lawmakers in Washington" are the nation's, the "city of Brussels" is a city.
  if (precededBy(story, from, 'place.civicBefore') && !IN.has(story.tokens[from - 1]!.word)) return null
  const name = story.full.slice(story.tokens[from]!.start, story.tokens[to - 1]!.end)
  if (/state/i.test(name) || inside.has(place.code)) return null
  return seat === 'EU' && (hints.get('BE') ?? 0) > 2.5 ? null : seat
}

/** A story of lawmakers and governors, not of a mayor and a council, means the state that is governed from the city. */
function seatOfState(story: ReadStory, { from, to }: Mention, place: Place, { levels }: PlaceClues): string | null {
  if (place.seatOf === null) return null
  if (followedBy(story, to, 'place.stateWords')) return place.seatOf
  if (followedBy(story, to, 'place.civic') || precededBy(story, from, 'place.civicBefore')) return null
  return levels.includes('state') && !levels.includes('city') ? place.seatOf : null
}
