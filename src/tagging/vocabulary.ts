import type { Ballot, LanguagePack, Languages, Phrase } from './language.js'
import type { NameEntry } from './names.js'
import { remembered } from './remembered.js'
import type { Beginnings, WordTrie } from './word-trie.js'

/** What the lexicon knows of a word in one spelling, gathered when it is first met, so that a text asks one table a word. */
export interface KnownWord {
  /** Lower case, typographic apostrophes as in the text (they separate words). */
  word: string
  /** First character is an upper-case letter or a digit. */
  capital: boolean
  /** All letters are upper case, two or more. */
  caps: boolean
  /** The names that begin with it. */
  names: Beginnings<NameEntry>
  /** The languages that it speaks for, if any. */
  ballot: Ballot | undefined
  /** The phrases of a language that begin with it, by the number of the pack; see `phrasesFrom`. */
  phrases: (Beginnings<Phrase> | undefined)[]
}

/** Makes the table of words; unknown ones enter it too, up to its bound. */
export function createVocabulary(names: WordTrie<NameEntry>, languages: Languages): (spelling: string) => KnownWord {
  return remembered((spelling) => {
    const lower = spelling.toLowerCase()
    const word = lower.length === spelling.length ? lower : spelling
    const first = spelling[0]!
    const capital = first !== lower[0] || (first >= '0' && first <= '9')
    const caps = capital && spelling.length > 1 && spelling === spelling.toUpperCase()
    return {
      word,
      capital,
      caps,
      names: names.beginnings(word),
      // "AI" and "US" are no Italian, no pronoun.
      ballot: caps ? undefined : languages.ballots.get(word),
      phrases: []
    }
  })
}

/** The phrases of a language that begin with the word. */
export function phrasesFrom(
  { number, phrases }: LanguagePack,
  { word, phrases: known }: KnownWord
): Beginnings<Phrase> {
  let own = known[number]
  if (!own) {
    own = phrases.beginnings(word)
    known[number] = own
  }
  return own
}
