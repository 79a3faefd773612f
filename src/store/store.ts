import type { Message } from '../chat/message.js'
import type { ChannelRef, MessageRef } from '../chat/platform.js'
import type { Change } from '../ledger/change.js'
import type { Confirms, Proposal, Ruling } from '../ledger/proposal.js'
import type { FeedEntry, FeedItem, FeedState, PollResult } from '../model/feed.js'
import type { Article, Source, Story } from '../model/story.js'
import type {
  AlertSettings,
  Channel,
  DeliveryMode,
  DigestSchedule,
  Filter,
  PlatformName,
  Subscription,
  Workspace
} from '../model/subscription.js'
import type { Kind, Stage, Tags } from '../model/tags.js'

/**
 * The store: the one room that knows SQL. One file a table beside this one; each method is one transaction unless it
 * says otherwise. All times are passed in (`now`), so that tests and replays own the clock.
 */
export interface Store {
  feeds: FeedTable
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
  proposals: ProposalTable
  reminders: ReminderTable
  /** Small named values (`discord.commands` hash, …). */
  settings: { get(name: string): Promise<string | null>; set(name: string, value: string): Promise<void> }
  /** `postgresql` or `pglite`, with the server's version, for `status` and `doctor`. */
  describe(): Promise<{ engine: 'postgresql' | 'pglite'; version: string; migration: number }>
  close(): Promise<void>
}

export interface FeedTable {
  /**
   * Makes the catalogue's feeds be exactly these: new ones are added, changed ones updated, dropped ones retired
   * (kept with their articles, no longer polled unless a workspace added them).
   */
  syncCatalogue(entries: FeedEntry[], now: Date): Promise<{ added: number; updated: number; retired: number }>
  /** A workspace's own feed. Shares the row (and the fetch) with everyone who has the same address. */
  addToWorkspace(
    workspaceId: number,
    entry: FeedEntry,
    addedBy: string,
    now: Date
  ): Promise<{ feed: FeedState; already: boolean }>
  removeFromWorkspace(workspaceId: number, feedId: number): Promise<boolean>
  /** Names a feed that was known by its host alone after its own title. */
  setName(feedId: number, name: string): Promise<void>
  /** Catalogue feeds and the workspace's own, by title. `own`: the workspace added it itself. */
  list(workspaceId: number | null): Promise<(FeedState & { own: boolean })[]>
  find(feedId: number): Promise<FeedState | null>
  /**
   * Claims feeds that are due, for `leaseSeconds`, in one statement; no two processes get the same feed.
   * `anyTime` (`run --once`) claims every feed that was not polled since `now` and whose server did not ask us to wait.
   */
  claimDue(options: {
    now: Date
    limit: number
    leaseSeconds: number
    owner: string
    anyTime?: boolean
  }): Promise<FeedState[]>
  /** Lengthens `owner`'s claims of these feeds to `leaseSeconds` from `now`. */
  renewClaims(options: { feedIds: number[]; owner: string; leaseSeconds: number; now: Date }): Promise<void>
  /** Writes what a poll learned and frees the claim. Called after the items are stored, never before: a lost ETag costs a fetch, a lost item is lost. */
  recordPoll(
    feedId: number,
    result: PollResult,
    plan: { nextPollAt: Date; intervalSeconds: number; newItems: number; holdUntil: Date | null },
    now: Date
  ): Promise<void>
  counts(): Promise<{ active: number; failing: number; silent: number; never: number }>
}

/** The keys by which an item is known again within its feed, strongest first; made by `src/feeds/identity.ts`. */
export interface ItemIdentity {
  item: FeedItem
  /** `guid:…`, `url:…`, `title:…`; an item is known when its deciding keys are (see identity.ts). */
  keys: string[]
  /** Which sets of keys make it the same article: any one set whose keys are all stored. */
  sameIf: string[][]
}

/** A tagged new article on its way in. */
export interface NewArticle {
  identity: ItemIdentity
  tags: Tags
  /** What it says has changed of rules and positions; kept as proposals in the same transaction. */
  changes?: Change[]
}

/** How the store asks the stories room to which story an article belongs; null: a new one. Pure; see src/stories/. */
export type ChooseStory = (
  article: { item: FeedItem; tags: Tags; outlet: string; seenAt: Date },
  candidates: StoryCandidate[]
) => { storyId: number; reason: string } | null

export interface StoryCandidate {
  story: Story
  /** Too old to tell the same event; the article may be the next step of it. */
  distant?: boolean
  /** Title and opening of each of its articles (at most the newest 12). */
  articles: {
    title: string
    summary: string
    lang: string
    outlet: string
    link: string | null
    published: Date | null
    seenAt: Date
  }[]
}

/** Whether a story passes a filter; pure; see src/alerts/match.ts. */
export type MatchFilter = (filter: Filter, story: Story) => boolean

/**
 * What changed in a story by an article that joined it, when that is worth telling; null: nothing. `key` names the
 * change: it is told once. Pure; see src/alerts/material-change.ts.
 */
export type FindChange = (
  before: Story,
  article: Pick<Article, 'title' | 'summary' | 'link' | 'outlet' | 'official' | 'published' | 'seenAt'> & {
    kind: Kind | null
    stage: Stage | null
  },
  after: Story
) => { key: string; stage: Stage | null; message: Message } | null

/** An article with what `why` tells of it. */
export type SeenArticle = Article & {
  relevant: boolean
  score: number
  feedTitle: string
  /** It came with the first poll of its feed. */
  quiet: boolean
  /** Why it joined its story; null when it began one. */
  storyReason: string | null
}

export interface ArticleTable {
  /** Those of the items that the feed has not brought before, in order. */
  filterNew(feedId: number, identities: ItemIdentity[]): Promise<ItemIdentity[]>
  /**
   * Stores one article and all that follows from it in ONE transaction: the article with its keys and evidence, the
   * story it starts or joins, the story's tags, and a delivery owed to each channel with a matching subscription that
   * is older than the story (`unique (channel, subject)` for ever). A story of a quiet article (first poll) owes none.
   * An irrelevant article is kept (for `why`) without a story. Returns null when another process stored it first.
   */
  ingest(
    feedId: number,
    article: NewArticle,
    options: { quiet: boolean; now: Date; choose: ChooseStory; matches: MatchFilter; change?: FindChange }
  ): Promise<{ articleId: number; storyId: number | null; started: boolean; owed: number } | null>
  /** Articles whose link is this page (tracking parameters and scheme do not count), newest first. */
  byLink(link: string): Promise<SeenArticle[]>
  ofStory(storyId: number): Promise<SeenArticle[]>
}

export interface StoryQuery {
  filter?: Filter
  /** Only stories first seen in [since, until). */
  since?: Date
  until?: Date
  /** Only stories published at or after this moment (what people mean by `since:30d`). */
  publishedSince?: Date
  /** Only stories published before this moment (answers as of a day). */
  publishedUntil?: Date
  /** Only stories that a feed of the catalogue told, or one that this workspace added; without it, all. */
  visibleTo?: number
  /** Full-text search over headlines, summaries and tags (PostgreSQL websearch syntax); ranks by relevance, then age. */
  search?: string
  limit: number
  offset: number
}

export interface StoryTable {
  /** Newest first (by `published`), with the whole count. */
  query(query: StoryQuery): Promise<{ stories: Story[]; total: number }>
  find(storyId: number): Promise<Story | null>
  /** The articles that tell it, oldest first, as far as this workspace may see them. */
  sources(storyId: number, workspaceId: number): Promise<Source[]>
  /**
   * Takes an article out of its story: it begins one of its own, which is owed like any new one; it, and what copies it,
   * never joins the old one again. Null when there is no such article, or its story has no other. `by`: a name.
   */
  split(
    articleId: number,
    by: string,
    options: { now: Date; matches: MatchFilter }
  ): Promise<{ from: number; to: number } | null>
  /** Puts two stories together; `apart`: a person ruled that they are two. Messages about `from` become those of `into`. */
  merge(from: number, into: number, by: string, now: Date): Promise<'done' | 'apart' | 'unknown'>
  /** Since when nothing more of it is told in this workspace, by the word of three people; null: it is. */
  silencedAt(storyId: number, workspaceId: number): Promise<Date | null>
  /** Why nothing of it is to be sent in this workspace: by the word of three people, or because it is part of another. */
  unwanted(storyId: number, workspaceId: number): Promise<'silenced' | 'merged' | null>
  /** Every company and jurisdiction that any story has, with how many stories. */
  tagCounts(): Promise<{ companies: Map<string, number>; jurisdictions: Map<string, number> }>
}

export interface ChannelTable {
  /** Finds or makes the workspace and the channel, and keeps their names fresh. */
  ensure(
    ref: { platform: PlatformName; workspace: { id: string; name: string }; channel: { id: string; name: string } },
    now: Date
  ): Promise<{ workspace: Workspace; channel: Channel; created: boolean }>
  find(channelId: number): Promise<{ workspace: Workspace; channel: Channel } | null>
  setZone(workspaceId: number, zone: string): Promise<void>
  setChanges(workspaceId: number, changes: 'anyone' | 'admins'): Promise<void>
  /** Nothing is sent while paused; what is owed stays owed. */
  pause(platform: PlatformName, channel: ChannelRef, reason: string, now: Date): Promise<void>
  pauseWorkspace(platform: PlatformName, workspaceId: string, reason: string, now: Date): Promise<void>
  resume(platform: PlatformName, channel: ChannelRef): Promise<void>
  /**
   * Lifts the pauses whose time has come (after 15 s, then twice as long each time, at most 6 hours) where something is
   * owed: nobody may have heard that the channel is back. Returns how many.
   */
  retryPaused(now: Date): Promise<number>
  rename(platform: PlatformName, channel: ChannelRef, name: string): Promise<void>
  /** How a channel wants its alerts. */
  alertSettings(channelId: number): Promise<AlertSettings>
  /** What waited by an older wish is looked at again at once. */
  setAlertSettings(channelId: number, settings: AlertSettings, now: Date): Promise<void>
  /** The platform gave the channel a new id. */
  move(platform: PlatformName, channel: ChannelRef, to: string): Promise<void>
}

export interface SubscriptionTable {
  add(
    subscription: { channelId: number; filter: Filter; mode: DeliveryMode; createdBy: string; createdByName: string },
    now: Date
  ): Promise<{ subscription: Subscription; already: boolean }>
  /** Ends it; kept for the audit. Only within this channel. */
  remove(channelId: number, subscriptionId: number, by: string, now: Date): Promise<Subscription | null>
  list(channelId: number): Promise<Subscription[]>
  /** Every subscription in force, with where it stands, by workspace, channel and age (`export`). */
  all(): Promise<{ workspace: Workspace; channel: Channel; subscription: Subscription }[]>
  counts(): Promise<{ subscriptions: number; channels: number }>
}

/** `folded`: told as a line of another's list; `dropped`: no longer wanted before it was sent. */
export type DeliveryState = 'owed' | 'sent' | 'failed' | 'folded' | 'dropped'

/** Why a delivery waits by the channel's own wish: quiet hours, the cap an hour, a second source. */
export type HoldReason = 'quiet' | 'cap' | 'source'

/** What a later article added to a story, so that it matches a channel that it did not match before. */
export interface LateReason {
  companies: string[]
  jurisdictions: string[]
  outlet: string
}

export interface Delivery {
  id: string
  channelId: number
  /** `story:12`, `digest:2026-11-23T09:00:00.000Z`, `notice:…`: told once a channel, for ever. */
  subject: string
  kind: 'alert' | 'digest' | 'notice'
  storyId: number | null
  /** The message of a digest or notice; an alert is rendered from its story when it is sent. */
  message: Message | null
  state: DeliveryState
  /** How many times a send was begun. More than 0 on a claim: an earlier try may have arrived. */
  attempts: number
  uncertain: boolean
  createdAt: Date
  sentAt: Date | null
  ref: MessageRef | null
  lastError: string | null
  /** The alert whose story this message carries on. */
  parentId: string | null
  /** Said in the parent's thread; else a message of its own that links the parent. */
  inThread: boolean
  late: LateReason | null
  heldUntil: Date | null
  heldFor: HoldReason | null
  foldedInto: string | null
  /** How often the message was changed after it was sent. */
  edits: number
  editedAt: Date | null
  editsEnded: string | null
}

export interface ClaimedDelivery {
  delivery: Delivery
  channel: Channel
}

/** A sent message whose story has grown. */
export interface ClaimedEdit {
  delivery: Delivery & { ref: MessageRef; sentAt: Date }
  channel: Channel
  /** Digest of the message as it was last shown. */
  shown: string | null
  /** How often the story had grown when this was claimed. */
  asked: number
}

/**
 * Changes of messages that were sent. Owed in the transaction in which the story grows, at most one a message in ten
 * minutes; to make one twice does no harm, so that no outcome is ever uncertain.
 */
export interface EditTable {
  /** Claims what is due, in one statement, of channels that are not paused on platforms that are not blocked. */
  claim(options: {
    platforms: PlatformName[]
    owner: string
    limit: number
    leaseSeconds: number
    now: Date
  }): Promise<ClaimedEdit[]>
  /** Made, or nothing to change (`shown` is what stands there). Due again when the story grew meanwhile. */
  done(edit: ClaimedEdit, owner: string, shown: string, now: Date): Promise<void>
  /** To be made again at `until`. */
  retry(edit: ClaimedEdit, owner: string, until: Date): Promise<void>
  /** This message is changed no more; the channel goes on. */
  end(edit: ClaimedEdit, owner: string, why: string): Promise<void>
  nextAt(platforms: PlatformName[], now: Date): Promise<Date | null>
}

export interface DeliveryTable {
  /** Owes a message that is not a story's alert; false when that subject was owed before. */
  owe(
    delivery: { channelId: number; subject: string; kind: 'digest' | 'notice'; message: Message },
    now: Date
  ): Promise<boolean>
  /** Owes alerts for stories that are already stored (subscribe with `last:5`); subjects owed before are left alone. */
  oweStories(channelId: number, storyIds: number[], now: Date): Promise<number>
  /**
   * Claims the head of each channel's line, in one statement: oldest owed delivery of channels that are neither paused
   * nor blocked nor leased, of these platforms. A claim whose lease ran out is given again with `uncertain: true`.
   */
  claim(options: {
    platforms: PlatformName[]
    owner: string
    limit: number
    leaseSeconds: number
    now: Date
  }): Promise<ClaimedDelivery[]>
  /** Lengthens the leases of these deliveries to `leaseSeconds` from `now`; gives the ids that are still `owner`'s. */
  renew(options: { ids: string[]; owner: string; leaseSeconds: number; now: Date }): Promise<string[]>
  /** Only while the lease is `owner`'s. */
  done(id: string, owner: string, ref: MessageRef, now: Date, shown?: string): Promise<void>
  /** Not sent yet, by the channel's own wish; the rest of the line goes on. */
  hold(id: string, owner: string, held: { until: Date; reason: HoldReason }, now: Date): Promise<void>
  /** Nobody wants it any more. */
  drop(id: string, owner: string, why: string, now: Date): Promise<void>
  /** Takes the alerts that the cap keeps waiting into this one. Returns the stories that it now tells, its own first. */
  fold(id: string, owner: string): Promise<number[]>
  /** When alerts were sent to a channel after that moment, oldest first. */
  sentSince(channelId: number, since: Date): Promise<Date[]>
  find(id: string): Promise<Delivery | null>
  /** All that a channel was or is to be told of a story, oldest first. */
  ofStory(channelId: number, storyId: number): Promise<Delivery[]>
  /** Not taken, for sure: give back the claim, wait until `until` (this channel's whole line waits, order is kept). */
  retry(id: string, owner: string, until: Date, error: string): Promise<void>
  /** May have arrived: give back the claim, mark uncertain. */
  unknown(id: string, owner: string, until: Date, error: string): Promise<void>
  /** A fault of ours (refused payload): never tried again, kept with its error; the line goes on. */
  fail(id: string, owner: string, error: string, now: Date): Promise<void>
  /** Nothing of this platform goes out before `until`. */
  blockPlatform(platform: PlatformName, until: Date): Promise<void>
  /** Earliest moment at which something that is owed can be sent; null when nothing is. */
  nextAt(platforms: PlatformName[], now: Date): Promise<Date | null>
  forStory(channelId: number, storyId: number): Promise<Delivery | null>
  counts(now: Date): Promise<{ owed: number; oldestOwedAt: Date | null; failed: number }>
}

export interface DigestTable {
  get(channelId: number): Promise<DigestSchedule | null>
  set(schedule: DigestSchedule): Promise<void>
  /**
   * The due digests, each claimed by moving nothing: `complete` does the work in one transaction. Two processes may see
   * the same one; `complete` lets only the first through.
   */
  due(now: Date, limit: number): Promise<DigestSchedule[]>
  /**
   * In one transaction: owes the digest message, moves the window to [windowEnd, …) and the due time to `nextAt`.
   * False when somebody else did (the stored windowStart is no longer the given one).
   */
  complete(
    channelId: number,
    window: { start: Date; end: Date },
    message: Message,
    nextAt: Date,
    now: Date
  ): Promise<boolean>
}

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

/** What stands behind a button whose argument is longer than a platform takes. */
export interface ButtonTable {
  /** A short key for this payload (the same payload gives the same key). */
  keep(payload: string, now: Date): Promise<string>
  /** null when it is unknown or older than 90 days; by the system's clock when no `now` is given. */
  read(key: string, now?: Date): Promise<string | null>
}

/** Changes that news tell of, and what workspaces ruled of them. Rows are never changed or deleted. */
export interface ProposalTable {
  /** Those on these companies and places that the workspace sees and has not ruled on, newest first. */
  about(workspaceId: number, about: string[]): Promise<Proposal[]>
  find(workspaceId: number, id: number): Promise<Proposal | null>
  /** All that wait for a word, newest first. */
  open(workspaceId: number, limit: number): Promise<Proposal[]>
  /** Those whose last word is a confirmation, with every confirmation in its order (corrections follow what they correct). */
  confirmed(workspaceId: number): Promise<{ proposal: Proposal; words: Ruling[] }[]>
  /** Writes down a word. False when it was said already, or when a rule (`byId` null) comes after somebody's word. */
  rule(
    ruling: {
      workspaceId: number
      id: number
      verdict: Ruling['verdict']
      change: Change
      byId: string | null
      byName: string
    },
    now: Date
  ): Promise<boolean>
  confirms(workspaceId: number): Promise<Confirms>
  setConfirms(workspaceId: number, confirms: Confirms): Promise<void>
  /** Proposals to be told of, or confirmed by a rule; an article that comes meanwhile makes one wait again. */
  waiting(limit: number): Promise<{ id: number; lookAt: Date }[]>
  looked(waiting: { id: number; lookAt: Date }): Promise<void>
  /** Workspaces that want to hear of changes, or whose rule may confirm them. */
  listeners(): Promise<
    { workspaceId: number; confirms: Confirms; subscriptions: { channelId: number; filter: Filter }[] }[]
  >
}

/** A channel that asked to be reminded of dates ahead. */
export interface Reminder {
  id: number
  channelId: number
  workspaceId: number
  /** A code, `/*` for the tree below it; null: everywhere. */
  jurisdiction: string | null
  company: string | null
  /** IANA zone: whose morning it is. */
  zone: string
  /** The last day, in that zone, whose reminders were owed. ISO 8601. */
  toldUntil: string
  nextAt: Date
}

export interface ReminderTable {
  /** False when the channel asked for the same before. */
  add(
    reminder: Omit<Reminder, 'id' | 'workspaceId'> & { createdBy: string; createdByName: string },
    now: Date
  ): Promise<boolean>
  /** Ends them; returns how many. */
  end(
    channelId: number,
    what: { jurisdiction: string | null; company: string | null } | 'all',
    now: Date
  ): Promise<number>
  list(channelId: number): Promise<Reminder[]>
  /** Those whose time has come, of channels that are not paused. Two processes may see the same; see `complete`. */
  due(now: Date, limit: number): Promise<Reminder[]>
  /**
   * In one transaction: owes the messages (each subject once a channel, for ever) and moves the due time. False, and
   * nothing is done, when somebody else did it first.
   */
  complete(
    reminder: Reminder,
    next: { toldUntil: string; nextAt: Date },
    messages: { subject: string; message: Message }[],
    now: Date
  ): Promise<boolean>
}
