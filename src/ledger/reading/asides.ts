import type { Phrases } from './phrases.js'

/**
 * A sentence without what tells only when and by how many votes something was done ("approved, by 18 votes to 12 on
 * Tuesday, the bill"), so that a verb stands beside what it speaks of. Blanks stand in their place: offsets hold.
 */
export function withoutAsides(text: string, phrases: Phrases): string {
  let bare = text
  for (const { start, end } of phrases.find('asides', text)) {
    const [before, after] = [/,\s*$/u.exec(bare.slice(0, start)), /^\s*,/u.exec(bare.slice(end))]
    // A pair of commas goes with what it sets apart; one alone ends a clause.
    const from = before && after ? before.index : start
    const to = before && after ? end + after[0].length : end
    bare = bare.slice(0, from) + ' '.repeat(to - from) + bare.slice(to)
  }
  return bare
}
