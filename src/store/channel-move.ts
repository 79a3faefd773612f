import type { Query } from './database.js'

/**
 * The platform gave a channel a new id that we already know as a channel of its own (somebody typed a command there
 * first): the new one takes over what the old one asked for and is owed; the old one is paused for good.
 */
export async function moveChannel(query: Query, from: number, to: number): Promise<void> {
  await query(
    `update subscription s set channel_id = $2
     where channel_id = $1 and ended_at is null and not exists (
       select from subscription t where t.channel_id = $2 and t.filter_digest = s.filter_digest and t.ended_at is null)`,
    [from, to]
  )
  await query(
    `update digest set channel_id = $2 where channel_id = $1 and not exists (select from digest where channel_id = $2)`,
    [from, to]
  )
  // What was told there was told here: the subject stays taken, whatever its state. What is being sent may arrive.
  await query(
    `update delivery d set channel_id = $2,
       uncertain = d.uncertain or d.id is not distinct from (select line_delivery_id from channel where id = $1)
     where channel_id = $1 and not exists (select from delivery t where t.channel_id = $2 and t.subject = d.subject)`,
    [from, to]
  )
  await query(
    `update channel c set
       line_held = (select o.line_held from channel o where o.id = $1),
       line_ready_at = (select o.line_ready_at from channel o where o.id = $1),
       line_owner = (select o.line_owner from channel o where o.id = $1),
       line_delivery_id = (select o.line_delivery_id from channel o where o.id = $1)
     where c.id = $2 and c.line_ready_at is null`,
    [from, to]
  )
  await query(
    `update channel set paused_reason = 'the platform moved it', line_ready_at = null, line_owner = null, line_delivery_id = null
     where id = $1`,
    [from]
  )
}
