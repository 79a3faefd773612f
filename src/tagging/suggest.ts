/** A name that can be looked up, and what it leads to. */
export interface Named<T> {
  name: string
  value: T
  /** Greater comes first among equals. */
  weight: number
}

/** Lower case, no accents, one blank between words: how people type names. */
export function foldName(name: string): string {
  const bare = /[\u0080-\uffff]/.test(name) ? name.normalize('NFD').replace(/\p{M}/gu, '') : name
  return bare.toLowerCase().replace(/[’']/g, "'").replace(/\s+/g, ' ').trim()
}

/** The nearest names to what somebody typed: beginnings first, then parts, then names a few letters off. At most `limit`. */
export function nearest<T>(names: readonly Named<T>[], typed: string, limit: number): T[] {
  const wanted = foldName(typed)
  const scored: { value: T; score: number; weight: number }[] = []
  for (const { name, value, weight } of names) {
    const score = closeness(name, wanted)
    if (score > 0) scored.push({ value, score, weight })
  }
  scored.sort((a, b) => b.score - a.score || b.weight - a.weight)
  const found: T[] = []
  for (const { value } of scored) {
    if (!found.includes(value)) found.push(value)
    if (found.length >= limit) break
  }
  return found
}

/** 0: too far. */
function closeness(name: string, wanted: string): number {
  if (wanted === '') return 1
  if (name === wanted) return 100
  if (name.startsWith(wanted)) return 80
  if (name.includes(` ${wanted}`)) return 60
  if (wanted.length < 3) return 0
  if (name.includes(wanted)) return 40
  const allowed = wanted.length < 5 ? 1 : wanted.length < 9 ? 2 : 3
  if (Math.abs(name.length - wanted.length) > allowed) return 0
  const distance = editDistance(name, wanted, allowed)
  return distance > allowed ? 0 : 30 - distance * 5
}

/** Letters to change, add, drop or swap between two names; more than `limit` comes back as `limit + 1`. */
function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1)
      next.push(cost)
      least = Math.min(least, cost)
    }
    if (least > limit) return limit + 1
    before = row
    row = next
  }
  return row[b.length]!
}
