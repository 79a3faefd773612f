import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const Entries = z.record(z.string(), z.array(z.string().min(1)).min(1))

interface Entry {
  name: string
  words: string
  /** Must end where a word of the text ends. */
  whole: boolean
}

/** Entries are found by so many first letters; shorter ones are no use. */
const KEY_LETTERS = 2

/** Words that stand for a name (`fined`, `school`), looked up at the beginning of each word of a text, in one pass. */
export class PhraseBook {
  readonly #entries = new Map<string, Entry[]>()

  /** Lists words under their names; a word may stand under several. */
  constructor(lists: Iterable<readonly [name: string, words: readonly string[]]>) {
    for (const [name, words] of lists)
      for (const word of words) {
        const whole = word.endsWith('$')
        const entry = { name, words: whole ? word.slice(0, -1) : word, whole }
        const key = word.slice(0, KEY_LETTERS)
        const posted = this.#entries.get(key)
        if (posted === undefined) this.#entries.set(key, [entry])
        else posted.push(entry)
      }
  }

  /** The names whose words the text has; the text must be folded (see `words.ts`). */
  find(folded: string): Set<string> {
    const found = new Set<string>()
    for (const { index } of folded.matchAll(WORD_START)) {
      for (const { name, words, whole } of this.#entries.get(folded.slice(index, index + KEY_LETTERS)) ?? []) {
        if (!found.has(name) && folded.startsWith(words, index) && !(whole && isLetter(folded[index + words.length])))
          found.add(name)
      }
    }
    return found
  }
}

const WORD_START = /(?<![\p{L}\p{N}])\p{L}/gu

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /\p{L}/u.test(character)
}

/** Reads lists of words from a file of names over words. Throws when the file is not as expected. */
export function readWordLists(path: string): [name: string, words: string[]][] {
  const file = Entries.safeParse(parse(readFileSync(path, 'utf8')))
  if (!file.success)
    throw new Error(`${path} is not as expected: ${z.prettifyError(file.error)}. Write "name: [words, …]".`)
  return Object.entries(file.data)
}
