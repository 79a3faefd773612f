import { joined } from './feature-names.js'
import type { ReadStory } from './story.js'

/** Words of the story that are looked at for its level of government. */
const LEVEL_WORDS = 200

/** Which levels of government the story speaks of, by its words: "council" is a city's, "governor" a state's. */
export function levelsTold(story: ReadStory): string[] {
  const told: string[] = []
  for (const [level, use] of [
    ['city', 'place.cityWords'],
    ['state', 'place.stateWords'],
    ['nation', 'place.nationWords']
  ] as const) {
    let title = false
    let text = false
    for (let i = 0; i < Math.min(story.tokens.length, LEVEL_WORDS); i++) {
      if (!story.startsAt(i, use)) continue
      if (i < story.titleTokens) title = true
      else text = true
    }
    if (title) told.push(joined(level, ' in title'))
    if (title || text) told.push(level)
    else told.push(joined('no ', level))
  }
  return told
}
