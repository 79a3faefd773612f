import { isBelow } from '../model/jurisdiction.js'
import type { Mention, ReadStory } from './story.js'

/** Words for "in" between a city and the place that holds it. */
const IN = new Set('in en dans nel nella em no na im'.split(' '))

/** "(PODE-SP)", "(PT/RJ)": a member of a national parliament by party and state; the state has no part in the story. */
export function isMemberOf(story: ReadStory, { from, to }: Mention): boolean {
  const party = story.tokens[from - 1]
  const behind = story.full[story.tokens[to - 1]!.end]
  if (!party?.caps || party.word.length === 1 || !party.gap.endsWith('(') || behind !== ')') return false
  return /^[-/]$/.test(story.full.slice(party.end, story.tokens[from]!.start))
}

/** Mentions that a parent right behind pins down: index of the city's mention → the parent's mention. */
export function pinnedPairs(story: ReadStory): Map<number, Mention> {
  const pins = new Map<number, Mention>()
  for (let i = 0; i + 1 < story.mentions.length; i++) {
    const mention = story.mentions[i]!
    const next = story.mentions[i + 1]!
    if (next.from !== mention.to && !isLinked(story, mention, next)) continue
    const gap = story.tokens[mention.to]!.gap
    const parents = next.entries.filter(
      ({ reading }) =>
        reading.type === 'place' && reading.name.place.level !== 'city' && reading.name.place.level !== 'county'
    )
    if (parents.length === 0) continue
    const postalOnly = parents.every(({ reading }) => reading.type === 'place' && reading.name.use === 'postal')
    const comma = gap === ', ' || gap === ' ('
    if (!comma && !(gap === ' ' && !postalOnly)) continue
    const fits = mention.entries.some(({ reading }) => {
      if (reading.type !== 'place' || (reading.name.place.level !== 'city' && reading.name.place.level !== 'county'))
        return false
      return parents.some(
        (parent) => parent.reading.type === 'place' && isBelow(reading.name.place.code, parent.reading.name.place.code)
      )
    })
    if (fits) pins.set(i, next)
  }
  return pins
}

/** "Hangzhou, in Zhejiang province", "Béziers, dans l'Hérault": the parent stands behind a word for "in". */
function isLinked(story: ReadStory, { to }: Mention, { from }: Mention): boolean {
  const words = from - to
  if ((words !== 1 && words !== 2) || story.tokens[to]!.gap !== ', ') return false
  return IN.has(story.tokens[to]!.word) && story.tokens[from]!.gap.length === 1
}
