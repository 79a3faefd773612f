import type { Kind, Stage } from './tags.js'

/**
 * What a channel wants to hear of. AND between the fields, OR inside one; an empty list asks for nothing of that field.
 * Jurisdictions form a tree: `US-CA` holds `US-CA/San Francisco`; `US/*` is the country with its states and cities;
 * `EU/*` is the Union with its member states.
 */
export interface Filter {
  companies: string[]
  jurisdictions: string[]
  kinds: Kind[]
  stages: Stage[]
  languages: string[]
  /** Words or quoted phrases; any one in title, summary or tags is enough. Case and accents do not count. */
  words: string[]
  /** `-words:` any one of these keeps a story out. */
  withoutWords: string[]
}

/** How a channel hears: at once, in the weekly digest, or both; `changes`: only of facts of the ledger that change. */
export const DELIVERY_MODES = ['alerts', 'digest', 'both', 'changes'] as const
export type DeliveryMode = (typeof DELIVERY_MODES)[number]

export type PlatformName = 'slack' | 'discord' | 'terminal'

/** A Slack team, a Discord guild, or the terminal. */
export interface Workspace {
  id: number
  platform: PlatformName
  /** The platform's own id. */
  externalId: string
  name: string
  /** IANA zone. */
  zone: string
  /** Who may change subscriptions where the platform has no permission for it (Slack). */
  changes: 'anyone' | 'admins'
}

/** A place in a workspace that messages go to. */
export interface Channel {
  id: number
  workspaceId: number
  platform: PlatformName
  /** The platform's own ids. */
  externalId: string
  workspaceExternalId: string
  name: string
  /** Why nothing is sent at present (archived, bot removed, no permission); null when all is well. */
  pausedReason: string | null
}

export interface Subscription {
  id: number
  channelId: number
  filter: Filter
  mode: DeliveryMode
  /** The platform's id of who asked, and the name at that time. */
  createdBy: string
  createdByName: string
  createdAt: Date
}

/** When a channel's digest goes out. */
export interface DigestSchedule {
  channelId: number
  /** 1 Monday to 7 Sunday, as in ISO 8601. */
  weekday: number
  /** 0 to 23, in `zone`. */
  hour: number
  /** IANA zone. */
  zone: string
  /** False: this channel wants no digest. */
  enabled: boolean
  /** Everything up to here has been told; the next window starts here. */
  windowStart: Date
  nextAt: Date
}

/** How a channel wants its alerts; the defaults lean to few messages. */
export interface AlertSettings {
  /** A material change is a reply in the thread (`on`), a new alert that links the first (`off`), or both. */
  threads: 'on' | 'off' | 'both'
  /** `full` shows more of the text and the sources one by one. */
  style: 'compact' | 'full'
  /** What one unofficial source alone tells: told and labelled, or kept up to an hour for a second one. */
  singleSource: 'label' | 'wait'
  /** Nothing is told from this hour to that one (0 to 23; may span midnight), in this IANA zone. */
  quiet: { from: number; until: number; zone: string } | null
  /** Rules that come into force and deadlines pass quiet hours and the cap. */
  urgent: boolean
  /**
   * Most alerts an hour; what is beyond waits and is told in one list. 0: no cap, each by itself. Null, unless the channel
   * says otherwise: nothing waits, but in a rush (RUSH_STORIES an hour) what stands in line is told in lists.
   */
  cap: number | null
}
