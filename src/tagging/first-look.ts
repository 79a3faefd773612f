import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { NUMBERED } from '../model/law-number.js'
import type { TaggableText } from '../model/tags.js'
import { packageRoot } from '../package-root.js'
import { spellings } from './companies.js'
import type { Lexicon } from './lexicon.js'
import { phrasePattern } from './phrase-pattern.js'
import { MAX_CHARACTERS } from './text.js'

/** Whether an item may concern the subject at all. False is certain as far as the gold set can tell; true says little. */
export type FirstLook = (text: TaggableText) => boolean

/** Concepts of the language packs that speak of faces and bodies: one of them is enough. */
const ENOUGH = ['face', 'faces', 'biometric']
/** Concepts that speak of seeing and recognising, of anything: news of every day has them. */
const SEEN = ['recognise', 'surveillance', 'otherbiometric', 'unlock']
/** Concepts of rules, authorities and protest, one of which any story on rules has. */
const RULED =
  'ban law vote enact propose reject legislature lawsuit court settle regulator fine probe breach guidance advocacy police rules rights hearing stopselling'.split(
    ' '
  )

/**
 * A look that costs a small part of tagging: most items of most feeds have no word of the subject in any language, and
 * need no tagger. It is wider than everything that the tagger and the ledger go by: any word of faces or bodies, a company that
 * only recognises faces, words of seeing together with words of rules, and the number of a bill, which the ledger may know.
 */
export function createFirstLook({ languages, companies }: Pick<Lexicon, 'languages' | 'companies'>): FirstLook {
  const own = parse(readFileSync(join(packageRoot, 'lexicon', 'first-look.yaml'), 'utf8')) as {
    enough: string[]
    seen: string[][]
  }
  const packs = [...languages.packs.values()]
  const phrases = (concepts: readonly string[]): string[] =>
    packs.flatMap((pack) => concepts.flatMap((concept) => pack.concepts[concept] ?? []))
  const makers = companies
    .filter(({ faces }) => faces)
    .flatMap(({ name, aliases, products }) => [name, ...aliases, ...products].flatMap(spellings))
  const enough = phrasePattern([...phrases(ENOUGH), ...makers, ...own.enough])
  const seen = phrasePattern([...phrases(SEEN), ...own.seen.flat()])
  const ruled = phrasePattern(phrases(RULED))
  return ({ title, text }) => {
    const full = `${title}\n${text}`.slice(0, MAX_CHARACTERS)
    const lower = full.toLowerCase()
    return enough.test(lower) || (seen.test(lower) && ruled.test(lower)) || NUMBERED.test(full)
  }
}
