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

/** How a channel hears: at once, in the weekly digest, or both. */
export const DELIVERY_MODES = ['alerts', 'digest', 'both'] as const
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
