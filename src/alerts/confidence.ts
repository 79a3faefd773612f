import type { Source } from '../model/story.js'
import { countIndependent } from '../stories/independence.js'

/** How well a story is borne out: a public body says it, or publishers independent of each other do, or one alone. */
export type Confidence = 'official' | 'several' | 'single'

/** Pure; see `countIndependent` for what counts as independent. */
export function confidenceOf(sources: readonly Source[]): Confidence {
  if (sources.some((source) => source.official)) return 'official'
  return countIndependent(sources) >= 2 ? 'several' : 'single'
}

/** Outlets, each once, the best first: public bodies, then research and news, then those with an interest. */
export function rankOutlets(sources: readonly Source[]): { outlet: string; official: boolean; link: string | null }[] {
  const outlets = new Map<string, Source>()
  for (const source of sources) {
    const known = outlets.get(source.outlet)
    if (!known || (source.official && !known.official)) outlets.set(source.outlet, source)
  }
  return [...outlets.values()].sort((a, b) => rank(a) - rank(b))
}

const RANKS: Partial<Record<Source['publisher'], number>> = { research: 1, news: 2, ngo: 3, company: 4 }

function rank(source: Source): number {
  return source.official ? 0 : (RANKS[source.publisher] ?? 2)
}
