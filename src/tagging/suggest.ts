/** A name that can be looked up, and what it leads to. */
export interface Named<T> {
  name: string
  value: T
  /** Greater comes first among equals. */
  weight: number
}

/** How near a name is to what was typed: whole, beginning, beginning of a word, part, then one to three letters off. */
const TIERS = 7
const FIRST_SLIP_TIER = 4

/** Lower case, no accents, one blank between words: how people type names. */
export function foldName(name: string): string {
  const bare = /[\u0080-\uffff]/.test(name) ? name.normalize('NFD').replace(/\p{M}/gu, '') : name
  return bare.toLowerCase().replace(/[’']/g, "'").replace(/\s+/g, ' ').trim()
}

/** Names ordered and marked once, so that a question looks closely only at the few that can be near. */
export class NameIndex<T> {
  private readonly names: Named<T>[]
  /** Which letters a name has, one bit each. */
  private readonly letters: Int32Array

  constructor(names: readonly Named<T>[]) {
    this.names = [...names].sort((a, b) => b.weight - a.weight)
    this.letters = Int32Array.from(this.names, ({ name }) => lettersOf(name))
  }

  /** The nearest names to what somebody typed, at most `limit`; names with typing errors only where no better ones fill the list. */
  nearest(typed: string, limit: number): T[] {
    const wanted = foldName(typed)
    const tiers = Array.from({ length: TIERS }, () => new Set<T>())
    const own = lettersOf(wanted)
    for (let at = 0; at < this.names.length; at++) {
      // Most names lack a letter of what was typed, so that they cannot hold it.
      if ((own & ~this.letters[at]!) !== 0) continue
      const { name, value } = this.names[at]!
      // Enough names begin so: only the very name can still go before them.
      if (tiers[1]!.size >= limit && name.length !== wanted.length) continue
      const tier = tierOf(name, wanted)
      if (tier !== null && tiers[tier]!.size < limit) tiers[tier]!.add(value)
    }
    if (wanted.length > 2 && new Set(tiers.flatMap((tier) => [...tier])).size < limit)
      this.addSlips(wanted, limit, tiers)
    return [...new Set(tiers.flatMap((tier) => [...tier]))].slice(0, limit)
  }

  private addSlips(wanted: string, limit: number, tiers: Set<T>[]): void {
    const allowed = wanted.length < 5 ? 1 : wanted.length < 9 ? 2 : 3
    const own = lettersOf(wanted)
    for (let at = 0; at < this.names.length; at++) {
      // A changed letter adds one kind of letter and takes one away at most.
      if (bits(this.letters[at]! ^ own) > 2 * allowed) continue
      const { name, value } = this.names[at]!
      if (Math.abs(name.length - wanted.length) > allowed) continue
      const distance = editDistance(name, wanted, allowed)
      const tier = tiers[FIRST_SLIP_TIER + distance - 1]
      if (distance > 0 && distance <= allowed && tier && tier.size < limit) tier.add(value)
    }
  }
}

/** Null: not a part of the name. */
function tierOf(name: string, wanted: string): number | null {
  const at = name.indexOf(wanted)
  if (at < 0) return null
  if (at === 0) return name.length === wanted.length ? 0 : 1
  if (name.includes(` ${wanted}`)) return 2
  return wanted.length < 3 ? null : 3
}

function lettersOf(name: string): number {
  let mask = 0
  for (let i = 0; i < name.length; i++) mask |= 1 << (name.charCodeAt(i) % 32)
  return mask
}

/** How many bits are set. */
function bits(mask: number): number {
  let rest = mask - ((mask >>> 1) & 0x55555555)
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333)
  return (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

/** Letters to change, add, drop or swap between two names; more than `limit` comes back as `limit + 1`. */
function editDistance(a: string, b: string, limit: number): number {
  const width = b.length + 1
  // Three rows of the table, used in turn: the last but one is for swaps.
  const rows = [new Uint16Array(width), new Uint16Array(width), new Uint16Array(width)]
  for (let j = 0; j < width; j++) rows[0]![j] = j
  for (let i = 1; i <= a.length; i++) {
    const next = rows[i % 3]!
    const row = rows[(i + 2) % 3]!
    const before = rows[(i + 1) % 3]!
    next.fill(limit + 1)
    next[0] = i
    let least = i
    // Cells further off the diagonal than the limit cannot come back.
    for (let j = Math.max(1, i - limit); j <= Math.min(b.length, i + limit); j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1)
      let cost = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1)
      next[j] = cost
      least = Math.min(least, cost)
    }
    if (least > limit) return limit + 1
  }
  return Math.min(rows[a.length % 3]![b.length]!, limit + 1)
}
