import type { ClaimedDelivery } from '../../model/delivery.js'
import type { Source, Story } from '../../model/story.js'
import type { AlertSettings } from '../../model/subscription.js'
import { alertSettingsOf } from '../alert-settings.js'
import { MOST_SOURCES, STORY } from '../articles/stories.js'
import type { Query } from '../database.js'

/** What claimed deliveries are worded from, read for all of them at once. */
export interface DeliveryContext {
  stories: Map<number, Story>
  /** Why nothing of a story is to be sent in a workspace: by the word of three people, or because it is part of another. */
  unwanted(storyId: number, workspaceId: number): 'silenced' | 'merged' | null
  /** The articles that tell a story, as far as a workspace may see them; the same array for all that see the same. */
  sources(storyId: number, workspaceId: number): readonly Source[]
  /** By channel. */
  settings: Map<number, AlertSettings>
  /** When alerts went out since the moment asked for, oldest first, by channel; only where a cap or a rush may count. */
  sent: Map<number, Date[]>
}

type StoryRow = Story & { mergedInto: number | null; silencedIn: number[] }
type SourceRow = Source & { storyId: number; visibleIn: number[] | null }

export async function deliveryContext(
  query: Query,
  claims: readonly ClaimedDelivery[],
  capSince: Date
): Promise<DeliveryContext> {
  const storyIds = [...new Set(claims.flatMap(({ delivery }) => delivery.storyId ?? []))]
  const settings = await alertSettingsOf(query, [...new Set(claims.map(({ channel }) => channel.id))])
  const counted = claims.filter(({ channel, more }) => countsSent(settings.get(channel.id), more))
  const [stories, sources, sent] = await Promise.all([
    storyRows(query, storyIds),
    sourceRows(query, storyIds),
    sentSince(
      query,
      counted.map(({ channel }) => channel.id),
      capSince
    )
  ])
  const rows = new Map(stories.map((story) => [story.id, story]))
  return {
    stories: new Map(stories.map(({ mergedInto: _, silencedIn: __, ...story }) => [story.id, story])),
    settings,
    sent,
    sources: sourceFinder(sources),
    unwanted(storyId, workspaceId) {
      const story = rows.get(storyId)
      if (story?.mergedInto) return 'merged'
      return story?.silencedIn.includes(workspaceId) ? 'silenced' : null
    }
  }
}

function countsSent(settings: AlertSettings | undefined, more: boolean): boolean {
  return Boolean(settings?.cap) || (settings?.cap === null && more)
}

function storyRows(query: Query, ids: readonly number[]): Promise<StoryRow[]> {
  if (ids.length === 0) return Promise.resolve([])
  return query(
    `select ${STORY}, s.merged_into as "mergedInto",
       array(select workspace_id from story_silence q where q.story_id = s.id) as "silencedIn"
     from story s where s.id = any ($1)`,
    [ids]
  )
}

/** The catalogue's first, oldest first. `visibleIn`: null where the catalogue has the feed, else who added it. */
function sourceRows(query: Query, storyIds: readonly number[]): Promise<SourceRow[]> {
  if (storyIds.length === 0) return Promise.resolve([])
  return query(
    `select a.* from unnest($1::bigint[]) as story (id), lateral (
       select a.story_id as "storyId", a.outlet, a.official, f.kind as publisher, a.title, a.summary, a.link,
         case when not f.in_catalogue
           then array(select workspace_id from workspace_feed w where w.feed_id = f.id) end as "visibleIn"
       from article a join feed f on f.id = a.feed_id
       where a.story_id = story.id order by f.in_catalogue desc, a.id limit ${MOST_SOURCES}
     ) a`,
    [storyIds]
  )
}

function sourceFinder(rows: readonly SourceRow[]): DeliveryContext['sources'] {
  const byStory = new Map<number, SourceRow[]>()
  for (const row of rows) byStory.set(row.storyId, [...(byStory.get(row.storyId) ?? []), row])
  const found = new Map<string, Source[]>()
  return (storyId, workspaceId) => {
    const all = byStory.get(storyId) ?? []
    const same = all.every(({ visibleIn }) => visibleIn === null)
    const key = same ? String(storyId) : `${storyId} ${workspaceId}`
    const known = found.get(key)
    if (known) return known
    const visible = all.filter(({ visibleIn }) => visibleIn === null || visibleIn.includes(workspaceId))
    const sources = visible.map(({ storyId: _, visibleIn: __, ...source }) => source)
    found.set(key, sources)
    return sources
  }
}

async function sentSince(query: Query, channelIds: readonly number[], since: Date): Promise<Map<number, Date[]>> {
  if (channelIds.length === 0) return new Map()
  const rows = await query<{ channelId: number; times: Date[] }>(
    `select channel_id as "channelId", array_agg(sent_at order by sent_at) as times from delivery
     where channel_id = any ($1) and sent_at > $2 and kind = 'alert' and state = 'sent' group by channel_id`,
    [channelIds, since]
  )
  return new Map(rows.map(({ channelId, times }) => [channelId, times]))
}
