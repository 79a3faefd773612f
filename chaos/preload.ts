import pg from 'pg'

/**
 * Loaded before Facelaw in the machine's own processes (`node --import`), never by the product. It can end the process at
 * a chosen statement, and take one safety away to see whether the machine notices.
 */

/** Moments at which the machine ends a process: when the statement is sent, or so many milliseconds later. */
export const KILL_POINTS = {
  'article stored': /insert into article \(/,
  'story stored': /insert into story as s/,
  'delivery owed': /insert into delivery/,
  'line taken': /set line_owner = \$4/,
  'message posted, not written down': /sent_at = case when o.state = 'sent'/,
  'poll written down': /last_polled_at = p\.at/,
  'feeds claimed': /set claimed_by = \$4/,
  'channel paused': /set paused_reason = \$\d/
} as const

export type KillPoint = keyof typeof KILL_POINTS
export type Safety = 'nonce' | 'lease' | 'transaction'

/** What the machine tells a process: end yourself when you come to this point. */
export interface KillOrder {
  point: KillPoint
  afterMs: number
}

/** Where the outbox says how long a claim lives, when it is made and when it is renewed; and a lease that ends at once. */
export const LEASES = [
  [/set line_owner = \$4/, 'make_interval(secs => $5)', 'make_interval(secs => 0 * $5)'],
  [/set line_ready_at = \$1/, 'make_interval(secs => $2)', 'make_interval(secs => 0 * $2)']
] as const

/** `nonce` is taken away in the fakes, not here. */
function weakened(sql: string, without: string | undefined): string {
  if (without !== 'lease') return sql
  const lease = LEASES.find(([statement]) => statement.test(sql))
  return lease ? sql.replace(lease[1], lease[2]) : sql
}

function install(without: string | undefined): void {
  let order: KillOrder | null = null
  process.on('message', (message: KillOrder) => {
    order = message
  })
  process.channel?.unref()

  const send = pg.Client.prototype.query as (this: unknown, ...args: unknown[]) => unknown
  pg.Client.prototype.query = function query(this: unknown, ...args: unknown[]) {
    if (typeof args[0] !== 'string') return send.apply(this, args)
    if (order && KILL_POINTS[order.point].test(args[0])) {
      if (order.afterMs === 0) process.kill(process.pid, 'SIGKILL')
      else setTimeout(() => process.kill(process.pid, 'SIGKILL'), order.afterMs)
      order = null
    }
    const answer = send.apply(this, [weakened(args[0], without), ...args.slice(1)])
    if (without === 'transaction' && KILL_POINTS['article stored'].test(args[0])) {
      // The article is stored for good before its story and its alerts are.
      void send.call(this, 'commit')
      void send.call(this, 'begin')
    }
    return answer
  } as typeof pg.Client.prototype.query
}

// The machine imports this module too, for its names.
if (process.env.FACELAW_CHAOS_PRELOAD === '1') install(process.env.FACELAW_CHAOS_WITHOUT)
