import { holds } from '../model/jurisdiction.js'
import type { Story } from '../model/story.js'
import type { Filter } from '../model/subscription.js'

/** What a filter is held against. */
export type Matchable = Pick<Story, 'title' | 'summary' | 'companies' | 'jurisdictions' | 'kind' | 'stage' | 'lang'>

/** One field of a filter held against a story: what `why` shows. */
export interface FieldCheck {
  field: 'company' | 'jurisdiction' | 'kind' | 'stage' | 'lang' | 'words' | '-words'
  wanted: string[]
  /** What of the story met it (for `-words`: what keeps the story out). */
  met: string[]
  passed: boolean
}

/** A filter that lets everything through. */
export const EVERYTHING: Filter = {
  companies: [],
  jurisdictions: [],
  kinds: [],
  stages: [],
  languages: [],
  words: [],
  withoutWords: []
}

/** AND between the fields, OR inside one; a field that asks for nothing lets everything through. */
export function matches(filter: Filter, story: Matchable): boolean {
  return checkFilter(filter, story).every((check) => check.passed)
}

/** The fields that the filter asks for, each with what met it. */
export function checkFilter(filter: Filter, story: Matchable): FieldCheck[] {
  const text = foldForWords([story.title, story.summary, ...story.companies].join('\n'))
  const has = (word: string) => text.includes(foldForWords(word))
  const checks: FieldCheck[] = [
    check('company', filter.companies, intersect(filter.companies, story.companies)),
    check(
      'jurisdiction',
      filter.jurisdictions,
      story.jurisdictions.filter((place) => filter.jurisdictions.some((asked) => holds(asked, place)))
    ),
    check('kind', filter.kinds, intersect(filter.kinds, [story.kind])),
    check('stage', filter.stages, intersect(filter.stages, story.stage ? [story.stage] : [])),
    check('lang', filter.languages, intersect(filter.languages, [story.lang])),
    check('words', filter.words, filter.words.filter(has))
  ]
  const excluded = filter.withoutWords.filter(has)
  checks.push({ field: '-words', wanted: filter.withoutWords, met: excluded, passed: excluded.length === 0 })
  return checks.filter((one) => one.wanted.length > 0)
}

function check(field: FieldCheck['field'], wanted: string[], met: string[]): FieldCheck {
  return { field, wanted, met, passed: wanted.length === 0 || met.length > 0 }
}

function intersect(wanted: readonly string[], found: readonly string[]): string[] {
  const folded = new Set(found.map((value) => value.toLowerCase()))
  return wanted.filter((value) => folded.has(value.toLowerCase()))
}

/** Lower case, no accents, words parted and enclosed by single spaces, so that `includes` finds whole words and phrases. */
function foldForWords(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
  return ` ${(words ?? []).join(' ')} `
}
