import PQueue from 'p-queue'

export interface HostLimits {
  /** Requests to one host at a time; default 2. */
  concurrency?: number
  /** Milliseconds between the starts of two requests to one host; default 200. */
  spacingMs?: number
}

export interface HostLimiter {
  /** Runs the work when the address's host has room. */
  run<T>(address: string, work: () => Promise<T>): Promise<T>
}

/** Keeps us a polite guest: a queue for each host, forgotten when it is empty. */
export function createHostLimiter({ concurrency = 2, spacingMs = 200 }: HostLimits = {}): HostLimiter {
  const queues = new Map<string, PQueue>()

  async function run<T>(address: string, work: () => Promise<T>): Promise<T> {
    const host = URL.canParse(address) ? new URL(address).host : ''
    const queue = queues.get(host) ?? new PQueue({ concurrency, interval: spacingMs, intervalCap: 1 })
    queues.set(host, queue)
    try {
      return await queue.add(work)
    } finally {
      if (queue.size === 0 && queue.pending <= 1 && queues.get(host) === queue) queues.delete(host)
    }
  }

  return { run }
}
