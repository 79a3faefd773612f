import type { ArticleTable } from './articles/articles.js'
import type { ProposalTable } from './articles/proposals.js'
import type { StoryTable } from './articles/stories.js'
import type { AuditTable } from './audit.js'
import type { ButtonTable } from './buttons.js'
import type { CalendarTable } from './calendars.js'
import type { ChannelTable } from './channels.js'
import type { DigestTable } from './digests.js'
import type { FeedbackTable } from './feedback.js'
import type { FeedTable } from './feeds.js'
import type { DeliveryTable } from './outbox/deliveries.js'
import type { EditTable } from './outbox/edits.js'
import type { OverviewTable } from './overview.js'
import type { OwnerTable } from './owners.js'
import type { PollTable } from './polls.js'
import type { ProcessTable } from './processes.js'
import type { ReminderTable } from './reminders.js'
import type { RequestTable } from './requests.js'
import type { ShardTable } from './shards.js'
import type { SubscriptionTable } from './subscriptions.js'

/**
 * The store: the one room that knows SQL. One file a table beside this one; each method is one transaction unless it
 * says otherwise. All times are passed in (`now`), so that tests and replays own the clock.
 */
export interface Store {
  feeds: FeedTable
  polls: PollTable
  articles: ArticleTable
  stories: StoryTable
  channels: ChannelTable
  subscriptions: SubscriptionTable
  deliveries: DeliveryTable
  edits: EditTable
  digests: DigestTable
  feedback: FeedbackTable
  audit: AuditTable
  buttons: ButtonTable
  calendars: CalendarTable
  proposals: ProposalTable
  reminders: ReminderTable
  overview: OverviewTable
  owners: OwnerTable
  processes: ProcessTable
  shards: ShardTable
  requests: RequestTable
  /** Small named values (`discord.commands` hash, …). */
  settings: { get(name: string): Promise<string | null>; set(name: string, value: string): Promise<void> }
  /**
   * The same store for whoever waits for an answer: on PGlite, which does one thing at a time, it goes before all that was
   * asked through this one.
   */
  forPeople: Store
  /** `postgresql` or `pglite`, with the server's version, for `status` and `doctor`. */
  describe(): Promise<{ engine: 'postgresql' | 'pglite'; version: string; migration: number }>
  close(): Promise<void>
}
