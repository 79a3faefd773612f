import type { Place, PlaceName } from './places.js'

/** Postal codes that are words of one of the seven languages in small letters: "in", "or", "va", "il". */
const WORDS = new Set('al ar ca co de ga hi ia id il in la ma me mi mo ms mt ne oh ok or pa sc va'.split(' '))
/** Behind the name of a city these can be no other word: "portland me", "tulsa ok". */
const BEHIND_CITY = new Set('hi ma me mi mo oh ok pa va'.split(' '))

/** How short forms of US states are read: in a sentence, and behind the name of a city. */
export interface ShortPlaces {
  /** "VA", "ny", "calif."; null where a word of one of the languages is written so: "in", "me", "mass". */
  inSentence(word: string): Place | null
  /** "ME", "me", "Mass."; behind a comma also "in" and "or". */
  behindCity(word: string, comma: boolean): Place | null
}

/** Postal codes ("VA") and abbreviations of the press ("Calif.") of US states. */
export function createShortPlaces(names: readonly PlaceName[]): ShortPlaces {
  const short = new Map(
    names
      .filter(({ use }) => use === 'postal' || use === 'press')
      .map(({ name, place }): [string, Place] => [name.toLowerCase(), place])
  )
  const isPostal = (word: string): boolean => /^[A-Z]{2}$/.test(word)
  return {
    inSentence(word) {
      const lower = word.toLowerCase()
      const counts = isPostal(word) || (/^[a-z]{2}$/.test(word) ? !WORDS.has(word) : /.\.$/.test(word))
      return counts ? (short.get(lower) ?? null) : null
    },
    behindCity(word, comma) {
      const lower = word.toLowerCase()
      const counts = comma || isPostal(word) || !WORDS.has(lower) || BEHIND_CITY.has(lower)
      return counts ? (short.get(lower) ?? short.get(`${lower}.`) ?? null) : null
    }
  }
}
