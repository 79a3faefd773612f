import type { ShardTable } from '../../store/shards.js'
import type { ShardLeases } from './leases.js'

/** Discord's shards, shared out among all processes on the store. By the real clock, as Discord counts. */
export function storedLeases(shards: ShardTable, owner: string): ShardLeases {
  const platform = 'discord' as const
  return {
    claim: (count, only) => shards.claim({ platform, owner, count, only }, new Date()),
    release: (numbers) => shards.release(platform, owner, numbers),
    leave: () => shards.leave(platform, owner),
    agreedCount: () => shards.agreedCount(platform, new Date()),
    async bookIdentify(bucket, seconds) {
      const now = new Date()
      const at = await shards.bookIdentify(platform, bucket, seconds, now)
      return Math.max(0, at.getTime() - now.getTime())
    }
  }
}
