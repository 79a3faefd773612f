import { distance } from 'fastest-levenshtein'

/**
 * The candidates that come nearest to what was typed, best first: by their beginning, then by edit distance of at most
 * a third of the length. Case does not count.
 */
export function nearest(typed: string, candidates: readonly string[], limit: number): string[] {
  const wanted = typed.toLowerCase()
  const farthest = Math.max(1, Math.floor(wanted.length / 3))
  return candidates
    .map((candidate) => ({ candidate, cost: cost(wanted, candidate.toLowerCase()) }))
    .filter((scored) => scored.cost <= farthest)
    .sort((a, b) => a.cost - b.cost || a.candidate.localeCompare(b.candidate))
    .slice(0, limit)
    .map((scored) => scored.candidate)
}

function cost(wanted: string, candidate: string): number {
  return wanted.length >= 2 && candidate.startsWith(wanted) ? 0 : distance(wanted, candidate)
}
