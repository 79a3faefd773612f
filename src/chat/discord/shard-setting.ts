/** How the gateway is split: into so many shards, or as many as Discord advises; `only`: which of them are ours. */
export interface ShardSetting {
  count: number | 'auto'
  only?: readonly number[]
}

/** Discord gives large bots 16 shards and more; nobody needs so many. */
const MOST_SHARDS = 10_000

/**
 * Reads `--shards`: `auto`, a number (`8`), or some of a number (`0-3/8`, `0,2,5/8`).
 * @throws Error that says what it should look like.
 */
export function readShards(text: string): ShardSetting {
  if (text === 'auto') return { count: 'auto' }
  const parts = /^(?:([\d,-]+)\/)?(\d+)$/.exec(text.trim())
  const count = Number(parts?.[2])
  const only = parts?.[1]?.split(',').flatMap(numbersOf)
  const fits = only?.every((number) => number < count) ?? true
  if (!parts || !(count >= 1 && count <= MOST_SHARDS) || !fits || only?.length === 0) {
    throw new Error(
      `--shards ${text} cannot be read: it is auto, a number of shards such as 8, or some of them, such as 0-3/8 or 0,2,5/8 (they count from 0)`
    )
  }
  return { count, ...(only && { only: [...new Set(only)] }) }
}

/** `3`, or all from `0-3`; Infinity, which fits nowhere, for anything else. */
function numbersOf(text: string): number[] {
  const parts = /^(\d+)(?:-(\d+))?$/.exec(text)
  if (!parts) return [Number.POSITIVE_INFINITY]
  const [from, to] = [Number(parts[1]), Number(parts[2] ?? parts[1])]
  if (to < from || to > MOST_SHARDS) return [Number.POSITIVE_INFINITY]
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}
