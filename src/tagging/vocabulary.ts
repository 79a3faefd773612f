import { joined } from './feature-names.js'
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
  /** The features of a story that has the word: anywhere, and in the title. */
  anywhere: string
  inTitle: string
  /** What a language knows of it, by the number of the pack; see `wordIn`. */
  packs: (PackWord | undefined)[]
}

interface PackWord {
  /** The phrases that begin with it. */
  phrases: Beginnings<Phrase>
  /** One of the commonest words of the language, which says nothing of the matter; see `littleWords`. */
  common: boolean
}

/** Letters of a word that count as a feature: a rough stem that serves all the languages. */
const STEM = 6

/** Makes the table of words; unknown ones enter it too, up to its bound. */
export function createVocabulary(names: WordTrie<NameEntry>, languages: Languages): (spelling: string) => KnownWord {
  return remembered((spelling) => {
    const lower = spelling.toLowerCase()
    const word = lower.length === spelling.length ? lower : spelling
    const first = spelling[0]!
    const capital = first !== lower[0] || (first >= '0' && first <= '9')
    const caps = capital && spelling.length > 1 && spelling === spelling.toUpperCase()
    const stem = word.slice(0, STEM)
    return {
      word,
      capital,
      caps,
      names: names.beginnings(word),
      // "AI" and "US" are no Italian, no pronoun.
      ballot: caps ? undefined : languages.ballots.get(word),
      anywhere: joined('w:', stem),
      inTitle: joined('tw:', stem),
      packs: []
    }
  })
}

/** What a language knows of the word. */
export function wordIn({ number, phrases, functionWords }: LanguagePack, { word, packs }: KnownWord): PackWord {
  let known = packs[number]
  if (!known) {
    known = { phrases: phrases.beginnings(word), common: functionWords.has(word) }
    packs[number] = known
  }
  return known
}
