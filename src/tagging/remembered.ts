/** Answers kept by one table; words are without end, so that a full table is emptied. */
const MOST = 100_000

/** The same function, which keeps what it answered for a word and answers with the same object again. */
export function remembered<T>(make: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>()
  return (word) => {
    const answer = known.get(word)
    if (answer !== undefined) return answer
    if (known.size >= MOST) known.clear()
    const fresh = make(word)
    known.set(word, fresh)
    return fresh
  }
}
