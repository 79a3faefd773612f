import { hostname } from 'node:os'
import type { ChatPlatform } from './chat/platform.js'
import type { Role } from './roles.js'
import { BEAT_SECONDS, type RunningProcess } from './store/processes.js'
import type { Store } from './store/store.js'

/** A newcomer sends next to nothing until the others have heard of it: the whole limit is theirs until then. */
const NEWCOMER_SHARE = 24

export interface PresenceOptions {
  store: Store
  /** This process's name in claims. */
  id: string
  roles: ReadonlySet<Role>
  version: string
  platforms: readonly ChatPlatform[]
  /** The real clock, whatever a replay's clock says; tests have their own. */
  clock?: () => Date
}

/** This process among the others on the store: says that it lives, and tells the platforms how many share their limits. */
export class Presence {
  private readonly self: Omit<RunningProcess, 'connections'>
  /** All that lived at the last beat, this one among them. */
  private alive: RunningProcess[] = []
  /** When every other process has heard of this one; null before the first beat. */
  private knownAt: number | null = null
  private readonly clock: () => Date

  constructor(private readonly options: PresenceOptions) {
    const { id, roles, version } = options
    this.clock = options.clock ?? (() => new Date())
    this.self = { id, host: hostname(), roles: [...roles], version, startedAt: this.clock() }
  }

  /** To be called every BEAT_SECONDS, and before anything is sent. */
  async beat(): Promise<void> {
    const { store, platforms } = this.options
    const connections = Object.fromEntries(
      platforms.flatMap((platform) => (platform.connection ? [[platform.name, platform.connection()]] : []))
    )
    const now = this.clock()
    this.alive = await store.processes.beat({ ...this.self, connections }, now)
    const senders = this.alive.filter(({ roles }) => roles.includes('sender')).length
    // Who came first needs to wait for nobody.
    this.knownAt ??= now.getTime() + (senders > 1 ? BEAT_SECONDS * 1000 : 0)
    const isNew = now.getTime() < this.knownAt
    for (const platform of platforms) platform.shareWith?.(isNew ? NEWCOMER_SHARE : senders)
  }

  /** Whether another process of this machine has the role. */
  hasNeighbour(role: Role): boolean {
    return this.alive.some(
      ({ id, host, roles }) => id !== this.self.id && host === this.self.host && roles.includes(role)
    )
  }

  /** Ends by its own will. */
  async leave(): Promise<void> {
    await this.options.store.processes.leave(this.self.id)
  }
}
