import type { Story } from '../../model/story.js'
import type { Query } from '../database.js'
import { EDIT_COLLECT_SECONDS, EDIT_MINUTES } from '../outbox/edits.js'
import { openLines } from '../outbox/line.js'
import { json } from '../text.js'
import type { StoredArticle } from './article-write.js'
import type { FindChange, ToldArticle } from './articles.js'

/**
 * What follows for those who were told of a story when it grows: their messages are owed an edit, what waited for a
 * second source looks again, and a material change is owed once to each, in its own words.
 *
 * The channels' rows are locked first. So no alert is rendered between this article and what it owes: it either shows
 * the change already, or its channel is owed the reply.
 */
export async function growAlerts(
  query: Query,
  { before, after, told: articles }: { before: Story; after: Story; told: readonly ToldArticle[] },
  article: StoredArticle,
  { now, change }: { now: Date; change?: FindChange }
): Promise<number> {
  const told = await query<{ channelId: number }>(
    `select c.id as "channelId" from channel c
     where c.id in (select channel_id from delivery where story_id = $1 and kind = 'alert')
       and not exists (select from story_silence s where s.story_id = $1 and s.workspace_id = c.workspace_id)
       and ($2 or exists (select from workspace_feed w where w.feed_id = $3 and w.workspace_id = c.workspace_id))
     order by c.id for no key update`,
    [before.id, article.feed.inCatalogue, article.feed.id]
  )
  if (told.length === 0) return 0
  const channelIds = told.map(({ channelId }) => channelId)
  await oweEdits(query, before.id, channelIds, now)
  await wakeWaiting(query, before.id, channelIds, now)
  const found = change?.(before, article, after, articles)
  if (!found) return 0
  return await oweChange(query, before.id, channelIds, { ...found, message: json(found.message) }, now)
}

/** At most one edit a message in ten minutes; articles that come together make one. */
export async function oweEdits(query: Query, storyId: number, channelIds: number[], now: Date): Promise<void> {
  await query(
    `update delivery set edit_asked = edit_asked + 1,
       edit_due_at = coalesce(edit_due_at, greatest(
         $3::timestamptz + interval '${EDIT_COLLECT_SECONDS} seconds', edited_at + interval '${EDIT_MINUTES} minutes'))
     where story_id = $1 and channel_id = any ($2) and kind = 'alert' and edits_ended is null
       and ((state = 'sent' and ref is not null) or (state = 'owed' and attempts > 0))`,
    [storyId, channelIds, now]
  )
}

async function wakeWaiting(query: Query, storyId: number, channelIds: number[], now: Date): Promise<void> {
  const woken = await query<{ channelId: number }>(
    `update delivery set held_until = null
     where story_id = $1 and channel_id = any ($2) and state = 'owed' and held_for = 'source' and held_until > $3
     returning channel_id as "channelId"`,
    [storyId, channelIds, now]
  )
  const channels = woken.map(({ channelId }) => channelId)
  if (channels.length > 0) await openLines(query, channels, now)
}

/** Only to channels whose alert went out, or may have: what is rendered later shows the change by itself. */
async function oweChange(
  query: Query,
  storyId: number,
  channelIds: number[],
  change: { key: string; message: string },
  now: Date
): Promise<number> {
  const owed = await query<{ channelId: number }>(
    `insert into delivery (channel_id, subject, kind, story_id, message, created_at, parent_id, in_thread)
     select d.channel_id, $3 || way.suffix, 'notice', $1, $4, $5, d.id, way.in_thread
     from delivery d join channel c on c.id = d.channel_id
     cross join lateral (values ('', true, array['on', 'both']), (':alert', false, array['off', 'both']))
       as way (suffix, in_thread, threads)
     where d.story_id = $1 and d.channel_id = any ($2) and d.kind = 'alert' and c.threads = any (way.threads)
       and (d.state in ('sent', 'folded') or (d.state = 'owed' and d.attempts > 0))
     order by d.channel_id, way.in_thread desc
     on conflict (channel_id, subject) do nothing
     returning channel_id as "channelId"`,
    [storyId, channelIds, `story:${storyId}:change:${change.key}`, change.message, now]
  )
  const channels = [...new Set(owed.map(({ channelId }) => channelId))]
  if (channels.length > 0) await openLines(query, channels, now)
  return owed.length
}
