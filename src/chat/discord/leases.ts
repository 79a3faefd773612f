/** How many shards there are, and which of them this process keeps connected: held ones, `spare` of them one too many. */
export interface HeldShards {
  count: number
  held: number[]
  spare: number
}

/** Who keeps which shard when several processes run one bot; the store decides. */
export interface ShardLeases {
  /** Renews what we hold and takes what is free: of `only`, or a fair share of all `count`. The agreed count wins. */
  claim(count: number, only?: readonly number[]): Promise<HeldShards>
  /** Gives shards back. */
  release(numbers: readonly number[]): Promise<void>
  /** Gives all back and takes no more. */
  leave(): Promise<void>
  /** Into how many shards the living processes split the gateway; null: none is alive. */
  agreedCount(): Promise<number | null>
  /** Books the next IDENTIFY of a bucket, `seconds` after the one before; returns the milliseconds to wait. */
  bookIdentify(bucket: number, seconds: number): Promise<number>
}

/** For a process that is alone with its bot: it keeps every shard. */
export function aloneOnAll(): ShardLeases {
  const freeAt = new Map<number, number>()
  return {
    claim: async (count, only) => ({ count, held: only ? [...only] : allOf(count), spare: 0 }),
    release: async () => {},
    leave: async () => {},
    agreedCount: async () => null,
    async bookIdentify(bucket, seconds) {
      const at = Math.max(Date.now(), freeAt.get(bucket) ?? 0)
      freeAt.set(bucket, at + seconds * 1000)
      return at - Date.now()
    }
  }
}

/** The numbers of all shards. */
export function allOf(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number)
}
