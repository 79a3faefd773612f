import { withParents } from './places.js'
import type { Signature } from './signature.js'
import { rarity, type StoryWeights } from './weights.js'

/** Articles kept a key, the newest: what bounds the cost of one more article however many came before. */
const KEPT_PER_KEY = 64
/** Rarest words of an article that it is filed under, beside its companies and places. */
const WORD_KEYS = 16
/** Articles handed on for full comparison. */
const MOST_CANDIDATES = 40

interface Key {
  key: string
  weight: number
}

/**
 * Finds the few earlier articles that may tell the same event, by company, place, name, figure and rare word: what the
 * store does with its own indexes, in memory. Adding and asking cost the same whether it holds a thousand or a million.
 */
export class CandidateIndex {
  readonly #postings = new Map<string, number[]>()
  readonly #data: StoryWeights

  constructor(data: StoryWeights) {
    this.#data = data
  }

  /** Files an article under its keys; ids must rise from call to call. */
  add(id: number, article: Signature): void {
    for (const { key } of this.#keysOf(article)) {
      const posted = this.#postings.get(key)
      if (posted === undefined) this.#postings.set(key, [id])
      else if (posted.push(id) > 2 * KEPT_PER_KEY) posted.splice(0, posted.length - KEPT_PER_KEY)
    }
  }

  /** At most 40 ids, those with the most and rarest keys in common first, newer before older. */
  find(article: Signature): number[] {
    const weights = new Map<number, number>()
    for (const { key, weight } of this.#keysOf(article)) {
      const posted = this.#postings.get(key) ?? []
      for (const id of posted.slice(-KEPT_PER_KEY)) weights.set(id, (weights.get(id) ?? 0) + weight)
    }
    const ranked = [...weights].sort(([a, left], [b, right]) => right - left || b - a)
    return ranked.slice(0, MOST_CANDIDATES).map(([id]) => id)
  }

  #keysOf(article: Signature): Key[] {
    const data = this.#data
    const anchors = [
      ...article.companies.map((name) => ({
        key: `company ${name}`,
        weight: rarity(data.companies[name], data.events)
      })),
      ...[...new Set(article.jurisdictions.flatMap(withParents))].map((code) => ({
        key: `place ${code}`,
        weight: rarity(data.places[code], data.events)
      }))
    ]
    const pairs = article.companies.flatMap((name) =>
      article.jurisdictions.map((code) => ({ key: `both ${name} ${code}`, weight: 1 }))
    )
    const words = [...article.stems.keys()].map((word) => ({
      key: `word ${word}`,
      weight: rarity(data.stems[word], data.events) * (article.titleStems.has(word) ? 1.2 : 1)
    }))
    words.sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1))
    const numbers = [...article.numbers].map((number) => ({ key: `number ${number}`, weight: 1 }))
    return [...anchors, ...pairs, ...words.slice(0, WORD_KEYS), ...numbers]
  }
}
