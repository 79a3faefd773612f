const made = new Map<string, Map<string, string>>()

/** Most names kept; words are without end. */
const MOST = 200_000
let count = 0

/**
 * `head + tail`, the same string object each time: the tables of weights look names up by their hash, which a fresh string would have to
 * compute again for every story.
 */
export function joined(head: string, tail: string): string {
  let tails = made.get(head)
  if (!tails) {
    tails = new Map()
    made.set(head, tails)
  }
  const known = tails.get(tail)
  if (known !== undefined) return known
  if (count++ > MOST) {
    made.clear()
    count = 0
  }
  const name = head + tail
  tails.set(tail, name)
  return name
}
