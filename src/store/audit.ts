import type { Database } from './database.js'
import { cut, LIMITS } from './text.js'

export interface AuditTable {
  add(
    entry: {
      workspaceId: number
      channelId: number | null
      actorId: string
      actorName: string
      action: string
      detail: string
    },
    now: Date
  ): Promise<void>
  list(workspaceId: number, limit: number): Promise<{ actorName: string; action: string; detail: string; at: Date }[]>
}

export function auditTable({ query }: Database): AuditTable {
  return {
    async add({ workspaceId, channelId, actorId, actorName, action, detail }, now) {
      await query(
        `insert into audit (workspace_id, channel_id, actor_id, actor_name, action, detail, at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [workspaceId, channelId, actorId, cut(actorName, LIMITS.name), action, cut(detail, LIMITS.error), now]
      )
    },

    list: (workspaceId, limit) =>
      query(
        `select actor_name as "actorName", action, detail, at from audit
         where workspace_id = $1 order by id desc limit $2`,
        [workspaceId, limit]
      )
  }
}
