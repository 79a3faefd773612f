import type { Database } from './database.js'
import type { FeedbackTable } from './store.js'
import { cut, LIMITS } from './text.js'

export function feedbackTable({ query }: Database): FeedbackTable {
  return {
    // The same person saying the same again says nothing new.
    async add({ storyId, channelId, actorId, actorName, verdict, detail = '' }, now) {
      await query(
        `insert into feedback (story_id, channel_id, actor_id, actor_name, verdict, detail, title, text, lang, at)
         select s.id, $2, $3, $4, $5, $6, s.title, s.summary, s.lang, $7 from story s where s.id = $1
         on conflict (story_id, actor_id, verdict, detail) do nothing`,
        [storyId, channelId, actorId, cut(actorName, LIMITS.name), verdict, cut(detail, LIMITS.title), now]
      )
    },

    list: (since) =>
      query(
        `select story_id as "storyId", title, text, lang, verdict, nullif(detail, '') as detail, actor_id as "actorId", at
         from feedback where $1::timestamptz is null or at >= $1 order by id`,
        [since]
      )
  }
}
