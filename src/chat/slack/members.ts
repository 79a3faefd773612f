import type { WebClient } from '@slack/web-api'
import type { Logger } from '../../log.js'
import { contractError } from './errors.js'

/** How long an answer of users.info counts: short, so that a new admin need not wait. */
const CACHE_MILLISECONDS = 60_000

/** Who is an owner or admin of the workspace. */
export class Members {
  private readonly known = new Map<string, { manager: boolean; until: number }>()

  constructor(
    private readonly client: WebClient,
    private readonly logger: Logger
  ) {}

  /** False when Slack does not say; the reason is in the log. */
  async isManager(userId: string): Promise<boolean> {
    const now = Date.now()
    const cached = this.known.get(userId)
    if (cached && cached.until > now) return cached.manager
    for (const [id, entry] of this.known) if (entry.until <= now) this.known.delete(id)
    try {
      const { user } = await this.client.users.info({ user: userId })
      const manager = Boolean(user?.is_admin || user?.is_owner || user?.is_primary_owner)
      this.known.set(userId, { manager, until: now + CACHE_MILLISECONDS })
      return manager
    } catch (error) {
      const reason = contractError(error, 'asking who is an admin').message
      this.logger.warn({ user: userId, reason }, 'cannot tell whether this person is an admin; treated as not')
      return false
    }
  }
}
