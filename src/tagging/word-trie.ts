import { gapBetween, type Token } from './text.js'

/** A pattern found in the words of a text: tokens `from` (inclusive) to `to` (exclusive). */
export interface TrieMatch<T> {
  from: number
  to: number
  value: T
}

/** Where patterns go on behind their first word. */
export type Beginnings<T> = readonly Node<T>[]

interface Node<T> {
  next: Map<string, Node<T>> | null
  /** Stems ("regulat" of "regulat*"), tried at the lengths in `stemLengths`. */
  stems: Map<string, Node<T>> | null
  stemLengths: number[]
  values: T[] | null
}

const NONE: readonly never[] = []
/** Most names are one word of plain letters. */
const PLAIN_WORD = /^[A-Za-z]+$/

/**
 * Finds many names and phrases in one pass over the words of a text: a trie whose letters are words.
 *
 * Aho-Corasick over characters finds "art" in "start" and needs a boundary check a hit; over words, the boundaries are given, a name
 * has two or three letters, and nearly every word of a text begins no name, so that the cost hardly depends on the size of the
 * lexicon.
 */
export class WordTrie<T> {
  private readonly root: Node<T> = emptyNode()

  /** `pattern`: words, with "*" behind a word for any ending. Case does not count; blanks and hyphens are one. */
  add(pattern: string, value: T): void {
    if (PLAIN_WORD.test(pattern)) {
      const node = step(this.root, pattern.toLowerCase(), false)
      node.values ??= []
      node.values.push(value)
      return
    }
    const parts = [...pattern.matchAll(/[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}+&]*(\*?)/gu)]
    let node = this.root
    let last = 0
    for (const [index, part] of parts.entries()) {
      const word = part[0].toLowerCase()
      const gap = index === 0 ? '' : gapBetween(pattern, last, part.index)
      last = part.index + part[0].length
      const stem = part[1] === '*'
      node = step(node, gapKey(gap, stem ? word.slice(0, -1) : word), stem)
    }
    if (parts.length === 0) return
    node.values ??= []
    node.values.push(value)
  }

  /** The patterns that begin with a word. */
  beginnings(word: string): Beginnings<T> {
    const exact = this.root.next?.get(word)
    const stems = stemsOf(this.root, word)
    return exact ? [exact, ...stems] : stems
  }

  /**
   * All patterns that stand in the words, also overlapping ones, in order of their first word. `begin` tells the patterns that begin with
   * a word, for those who keep them at hand.
   */
  scan(
    tokens: readonly Token[],
    begin = ({ word }: Token): Beginnings<T> => this.beginnings(word),
    limit = tokens.length
  ): TrieMatch<T>[] {
    const found: TrieMatch<T>[] = []
    const end = Math.min(limit, tokens.length)
    for (let i = 0; i < end; i++) {
      const nodes = begin(tokens[i]!)
      for (let n = 0; n < nodes.length; n++) this.walk(nodes[n]!, tokens, i, i + 1, found)
    }
    return found
  }

  private walk(node: Node<T>, tokens: readonly Token[], from: number, to: number, found: TrieMatch<T>[]): void {
    if (node.values) for (const value of node.values) found.push({ from, to, value })
    const token = tokens[to]
    if (!token || (!node.next && !node.stems)) return
    const key = gapKey(token.gap, token.word)
    const exact = node.next?.get(key)
    if (exact) this.walk(exact, tokens, from, to + 1, found)
    for (const stem of stemsOf(node, key)) this.walk(stem, tokens, from, to + 1, found)
  }
}

function emptyNode<T>(): Node<T> {
  return { next: null, stems: null, stemLengths: [], values: null }
}

function gapKey(gap: string, word: string): string {
  return gap === '' || gap === ' ' ? word : `${gap}${word}`
}

function step<T>(node: Node<T>, key: string, stem: boolean): Node<T> {
  if (stem) {
    node.stems ??= new Map()
    if (!node.stemLengths.includes(key.length))
      node.stemLengths = [...node.stemLengths, key.length].sort((a, b) => a - b)
  } else node.next ??= new Map()
  const map = (stem ? node.stems : node.next)!
  const known = map.get(key)
  if (known) return known
  const fresh = emptyNode<T>()
  map.set(key, fresh)
  return fresh
}

/** The nodes behind the stems that the word begins with, shortest first. */
function stemsOf<T>({ stems, stemLengths }: Node<T>, key: string): readonly Node<T>[] {
  if (!stems) return NONE
  const found: Node<T>[] = []
  for (const length of stemLengths) {
    if (length > key.length) break
    const stem = stems.get(key.slice(0, length))
    if (stem) found.push(stem)
  }
  return found
}
