import { join } from 'node:path'
import { packageRoot } from '../package-root.js'
import { readStepWords } from './phases.js'
import { PhraseBook, readWordLists } from './phrase-book.js'

let acts: PhraseBook | null = null
let settings: PhraseBook | null = null
let actors: PhraseBook | null = null

/**
 * What an article speaks of, whatever its language: the steps of any kind that its words tell (`fined`, `repealed`; a
 * wrong kind of the tagger does not matter), from its headline and its first sentences.
 */
export function findActs(folded: string): Set<string> {
  acts ??= new PhraseBook(readStepWords())
  return acts.find(folded)
}

/** Where it is set, by `lexicon/story-settings.yaml`: `school`, `airport`. Throws when the file cannot be read. */
export function findSettings(folded: string): Set<string> {
  settings ??= new PhraseBook(readWordLists(join(packageRoot, 'lexicon', 'story-settings.yaml')))
  return settings.find(folded)
}

/** Who acts, by `lexicon/story-actors.yaml`: `council`, `regulator`. Throws when the file cannot be read. */
export function findActors(folded: string): Set<string> {
  actors ??= new PhraseBook(readWordLists(join(packageRoot, 'lexicon', 'story-actors.yaml')))
  return actors.find(folded)
}
