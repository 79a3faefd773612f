import type { NameEntry } from './names.js'
import { levelsTold } from './place-levels.js'
import type { ReadStory } from './story.js'

/** What a story says of places before any name is resolved. */
export interface PlaceClues {
  /** Country → how much points at it. */
  hints: Map<string, number>
  /** States, cities and counties named, and places of public bodies named. */
  named: Set<string>
  /** Places shown from inside: by a body, a nickname or a large town of theirs, so that the bare name means them. */
  inside: Set<string>
  /** Which levels of government the story speaks of, as `levelsTold` gives them. */
  levels: string[]
}

/** Weight of a hint at a country: what the story says elsewhere decides between Portland and Portland. */
const HINT = { country: 2, state: 3, county: 2, body: 3, demonym: 1.5, money: 0.8, language: 0.8, home: 0.7 }
/** Words of one country's press that count; more of them say no more. */
const MOST_HOME_WORDS = 4
/** A town this large shows its state by itself. */
const LARGE_TOWN = 400_000

/** Reads the clues once a story. */
export function gatherClues(story: ReadStory): PlaceClues {
  const named = new Set<string>()
  const inside = new Set<string>()
  for (const { entries } of story.mentions) {
    for (const { reading } of entries) {
      if (reading.type === 'body' && !reading.body.ambiguous) {
        named.add(reading.body.place.code)
        inside.add(reading.body.place.code)
      }
      if (reading.type !== 'place' || reading.name.use === 'postal') continue
      const { place, use, name } = reading.name
      if (place.level !== 'country') named.add(place.code)
      // "Brüssel" is only Brussels in German, no nickname.
      if (use === 'alias' && entries.length === 1 && !place.capital) inside.add(place.code)
      if (place.parent && name === place.name && (place.population > LARGE_TOWN || place.level === 'county'))
        inside.add(place.parent)
    }
  }
  return { hints: countryHints(story), named, inside, levels: levelsTold(story) }
}

function countryHints(story: ReadStory): Map<string, number> {
  const hints = new Map<string, number>()
  const add = (country: string, weight: number): void => void hints.set(country, (hints.get(country) ?? 0) + weight)
  for (const { entries } of story.mentions) {
    const seen = new Set<string>()
    // Santa Cruz of California is meant first: that an Argentine province bears the name points at no other country.
    const ruled = new Set(entries.flatMap(({ reading }) => (hasRules(reading) ? [reading.name.place.country] : [])))
    for (const { reading } of entries) {
      const [country, weight] = hintOf(story, reading)
      if (!country || seen.has(country) || (ruled.size > 0 && !ruled.has(country))) continue
      seen.add(country)
      add(country, weight / Math.sqrt(entries.length))
    }
  }
  const home = homesOf(story)[0]
  if (home) add(home, HINT.language)
  if (story.lang === 'en') {
    add('US', HINT.home)
    add('GB', HINT.language)
  }
  const told = new Map<string, number>()
  for (const country of story.homesTold) told.set(country, (told.get(country) ?? 0) + 1)
  for (const [country, words] of told) add(country, HINT.home * Math.min(words, MOST_HOME_WORDS))
  if (story.full.includes('$')) add('US', HINT.money)
  if (story.full.includes('£')) add('GB', 2 * HINT.money)
  return hints
}

function hasRules(reading: NameEntry['reading']): reading is Extract<NameEntry['reading'], { type: 'place' }> {
  return reading.type === 'place' && reading.name.place.hasRules
}

function hintOf(story: ReadStory, reading: NameEntry['reading']): [string | null, number] {
  if (reading.type === 'body') return [reading.body.ambiguous ? null : reading.body.place.country, HINT.body]
  if (reading.type === 'demonym') return [reading.language === story.lang ? reading.place.country : null, HINT.demonym]
  if (reading.type !== 'place') return [null, 0]
  const { place, use } = reading.name
  if (use === 'postal') return [null, 0]
  if (place.level === 'country') return [place.country, HINT.country]
  if (place.level === 'state') return [place.country, HINT.state]
  if (place.level === 'county') return [place.country, HINT.county]
  return [place.population > 1_000_000 ? place.country : null, 1]
}

/** Where the press of the story's language is at home, the likeliest first; none where the language is not known. */
export function homesOf({ lang, pack }: ReadStory): string[] {
  return lang === pack.code ? pack.homes : []
}
