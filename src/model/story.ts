import type { PublisherKind } from './feed.js'
import type { Evidence, Kind, Stage } from './tags.js'

/** One article as the store keeps it. */
export interface Article {
  id: number
  feedId: number
  storyId: number | null
  title: string
  /** Absolute http(s) address, or null. */
  link: string | null
  summary: string
  outlet: string
  /** Said by a government, regulator, court or legislature itself. */
  official: boolean
  lang: string
  published: Date | null
  seenAt: Date
  evidence: Evidence[]
}

/** One real-world event, told by one or more articles: what people are alerted to. */
export interface Story {
  id: number
  /** Headline, link, outlet and summary of its lead article (the first, or a better source). */
  title: string
  link: string | null
  outlet: string
  summary: string
  lang: string
  companies: string[]
  jurisdictions: string[]
  kind: Kind
  stage: Stage | null
  score: number
  /** As the lead article says; when it says nothing, when we first saw it. */
  published: Date
  firstSeenAt: Date
  updatedAt: Date
  articleCount: number
  /** Outlets that told it, in order of arrival. */
  outlets: string[]
  /** True when it came with the first poll of a feed: kept and searchable, never alerted. */
  quiet: boolean
}

/** One article as a source of its story. */
export interface Source {
  outlet: string
  official: boolean
  publisher: PublisherKind
  title: string
  summary: string
  link: string | null
}
