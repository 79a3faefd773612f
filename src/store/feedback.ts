import type { Database, Query } from './database.js'
import { cut, LIMITS } from './text.js'

export interface FeedbackTable {
  /**
   * Keeps it once a person. With three different people of a workspace who said `not-relevant`, nothing more of the
   * story is told there (`silenced`); `people` counts them.
   */
  add(
    feedback: {
      storyId: number
      channelId: number
      actorId: string
      actorName: string
      verdict: string
      detail?: string
    },
    now: Date
  ): Promise<{ people: number; silenced: boolean }>
  /** What people wished to be split or merged and could not rule for all workspaces, oldest first; for the operator. */
  wishes(storyId: number): Promise<{ wish: string; actorName: string; workspace: string; at: Date }[]>
  /** For the learning script: what people said, with the words they saw. */
  list(since: Date | null): Promise<
    {
      storyId: number
      title: string
      text: string
      lang: string
      verdict: string
      detail: string | null
      actorId: string
      at: Date
    }[]
  >
}

/** So many different people of one workspace end a story's updates there. */
const ENOUGH_PEOPLE = 3

export function feedbackTable({ query, transaction }: Database): FeedbackTable {
  return {
    // The same person saying the same again says nothing new.
    add: ({ storyId, channelId, actorId, actorName, verdict, detail = '' }, now) =>
      transaction(async (inside) => {
        await inside(
          `insert into feedback (story_id, channel_id, actor_id, actor_name, verdict, detail, title, text, lang, at)
           select s.id, $2, $3, $4, $5, $6, s.title, s.summary, s.lang, $7 from story s where s.id = $1
           on conflict (story_id, actor_id, verdict, detail) do nothing`,
          [storyId, channelId, actorId, cut(actorName, LIMITS.name), verdict, cut(detail, LIMITS.title), now]
        )
        if (verdict !== 'not-relevant') return { people: 0, silenced: false }
        return await silence(inside, storyId, channelId, now)
      }),

    wishes: (storyId) =>
      query(
        `select f.detail as wish, f.actor_name as "actorName", w.name as workspace, f.at
         from feedback f join channel c on c.id = f.channel_id join workspace w on w.id = c.workspace_id
         where f.story_id = $1 and f.verdict = 'wrong-story' and f.detail <> '' order by f.id`,
        [storyId]
      ),

    list: (since) =>
      query(
        `select story_id as "storyId", title, text, lang, verdict, nullif(detail, '') as detail, actor_id as "actorId", at
         from feedback where $1::timestamptz is null or at >= $1 order by id`,
        [since]
      )
  }
}

async function silence(query: Query, storyId: number, channelId: number, now: Date) {
  const [count] = await query<{ people: number; workspaceId: number }>(
    `select count(distinct f.actor_id) as people, w.id as "workspaceId"
     from workspace w join channel c on c.workspace_id = w.id
     join feedback f on f.channel_id = c.id and f.story_id = $1 and f.verdict = 'not-relevant'
     where w.id = (select workspace_id from channel where id = $2)
     group by w.id`,
    [storyId, channelId]
  )
  const { people, workspaceId } = count!
  if (people < ENOUGH_PEOPLE) return { people, silenced: false }
  await query('insert into story_silence (workspace_id, story_id, at) values ($1, $2, $3) on conflict do nothing', [
    workspaceId,
    storyId,
    now
  ])
  await query(
    `update delivery d set edit_due_at = null, edits_ended = $3 from channel c
     where d.story_id = $2 and c.id = d.channel_id and c.workspace_id = $1 and d.edits_ended is null`,
    [workspaceId, storyId, `${ENOUGH_PEOPLE} people here said it is not relevant`]
  )
  return { people, silenced: true }
}
