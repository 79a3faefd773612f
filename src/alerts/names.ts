import { UnknownName } from '../chat/command.js'

/** What the lexicon knows of names; src/tagging/lexicon.ts meets it. */
export interface NameLexicon {
  company(name: string): { name: string } | null
  suggestCompanies(partial: string, limit: number): string[]
  jurisdiction(textOrCode: string): { code: string; name: string } | null
  suggestJurisdictions(partial: string, limit: number): { code: string; name: string }[]
  jurisdictionName(code: string): string
  shortForm(word: string): { code: string; name: string } | null
  namesakes(name: string): { code: string; name: string; level: string; population: number }[]
  otherSubject(question: string): string | null
  companyAt(place: string): string | null
}

/** Names that people type, made canonical; codes made readable. */
export interface Names {
  /** @throws UnknownName with the nearest names */
  company(typed: string): string
  /** A code, `/*` kept. @throws UnknownName with the nearest places */
  place(typed: string): string
  /** `Illinois` */
  placeName(code: string): string
  /** `Illinois (US-IL)`; `United States and all in it (US/*)` */
  placeWithCode(code: string): string
}

/**
 * @param told companies that stories are tagged with, beyond the lexicon: unlisted companies that the tagger recognised.
 */
export function createNames(lexicon: NameLexicon, told: () => ReadonlySet<string> = () => new Set()): Names {
  function placeName(code: string): string {
    return code.endsWith('/*')
      ? `${lexicon.jurisdictionName(code.slice(0, -2))} and all in it`
      : lexicon.jurisdictionName(code)
  }
  return {
    company(typed) {
      const known = lexicon.company(typed)
      if (known) return known.name
      const folded = typed.toLowerCase()
      const unlisted = [...told()].find((name) => name.toLowerCase() === folded)
      if (unlisted) return unlisted
      throw unknown('company', typed, lexicon.suggestCompanies(typed, 3), 'company')
    },
    place(typed) {
      const everything = typed.endsWith('/*')
      const known = lexicon.jurisdiction(everything ? typed.slice(0, -2) : typed)
      if (known) return everything ? `${known.code}/*` : known.code
      const suggestions = lexicon.suggestJurisdictions(typed, 3).map((place) => `${place.name} (${place.code})`)
      throw unknown('place', typed, suggestions, 'jurisdiction')
    },
    placeName,
    placeWithCode: (code) => `${placeName(code)} (${code})`
  }
}

function unknown(what: string, typed: string, suggestions: string[], option: string): UnknownName {
  const hint =
    suggestions.length > 0
      ? `Did you mean ${suggestions.join(', or ')}?`
      : `\`/facelaw search ${typed}\` looks for it in all stories; \`/facelaw ${option}\` takes a name or a code.`
  return new UnknownName(`I know no ${what} called “${typed}”. ${hint}`)
}
