import type { PGlite } from '@electric-sql/pglite'

/** Frontend messages of the extended query protocol that leave a batch open until Sync (postgresql.org, "Message Formats"). */
const BATCH = new Set([...'PBDECH'].map((letter) => letter.charCodeAt(0)))
const SYNC = Uint8Array.of('S'.charCodeAt(0), 0, 0, 0, 4)

/**
 * PGlite as pglite-socket should see it. All connections share one session; the socket server keeps a connection to
 * itself during a transaction, but not between the Parse, Bind, Execute and Sync of one statement, so that statements
 * too long for one packet got each other's parameters and rows (github.com/electric-sql/pglite/issues/1046; measured
 * with 0.2.17). Here an open batch counts as a transaction.
 *
 * `onBroken` is called when the engine itself gave up (a panic, memory): it must be started anew.
 */
export function withWholeBatches(db: PGlite, onBroken: (error: unknown) => void): PGlite {
  let open = false
  const changed: Partial<PGlite> = {
    isInTransaction: () => open || db.isInTransaction(),
    async execProtocolRawStream(message, options) {
      open = BATCH.has(message[0]!)
      try {
        await db.execProtocolRawStream(message, options)
      } catch (error) {
        onBroken(error)
        throw error
      }
    },
    // Called for ROLLBACK when a client vanished: end its batch first.
    async exec(sql, options) {
      if (open) await db.execProtocolRaw(SYNC)
      open = false
      return await db.exec(sql, options)
    }
  }
  return new Proxy(db, {
    get(target, name) {
      if (name in changed) return changed[name as keyof PGlite]
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    }
  })
}
