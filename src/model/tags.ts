/** What a story can be about; one main kind a story. The names are a contract (README, "Filters"). */
export const KINDS = [
  'company-policy',
  'legislation',
  'litigation',
  'enforcement',
  'guidance',
  'advocacy',
  'other'
] as const
export type Kind = (typeof KINDS)[number]

/** How far a piece of legislation has come; null for every other kind. */
export const STAGES = ['proposed', 'passed', 'rejected', 'loosened'] as const
export type Stage = (typeof STAGES)[number]

/** Languages that the tagger reads, ISO 639-1. */
export const LANGUAGES = ['en', 'fr', 'de', 'es', 'it', 'pt', 'nl'] as const
export type Language = (typeof LANGUAGES)[number]

/** Where in an article the words that caused a tag stand: UTF-16 offsets, `end` exclusive, as in `String.slice`. */
export interface Evidence {
  /** `company:Amazon`, `jurisdiction:US-WA`, `relevance`, `kind:legislation` or `stage:passed`. */
  tag: string
  field: 'title' | 'text'
  start: number
  end: number
  /** The words themselves, where the text they stand in is not kept (the store keeps summaries, not whole articles). */
  words?: string
  /** Why these words count, for people: `alias`, `product`, `names a court`, `unlisted company`, … */
  reason?: string
}

/** What the tagger says of one article. */
export interface Tags {
  relevant: boolean
  /** 0 to 1: how sure the relevance model is; `relevant` is this against the learned threshold. */
  score: number
  /** Canonical names, in order of first mention, none twice. */
  companies: string[]
  /** Codes (see `src/tagging/` and README), none twice. */
  jurisdictions: string[]
  /** null when not relevant. */
  kind: Kind | null
  /** null unless `kind` is `legislation`. */
  stage: Stage | null
  /** ISO 639-1 as found in the text; `und` when it cannot be told. */
  lang: string
  evidence: Evidence[]
}

/** What the tagger reads: plain text, no markup. */
export interface TaggableText {
  title: string
  text: string
  /** ISO 639-1 of the feed, if it says; a hint, the text decides. */
  lang?: string
  /** ISO 8601. */
  published?: string
}

/** The reason of evidence for a place that no word of the text names: a body (`de politie`) in the press of one country. */
export const IMPLIED_PLACE = 'speaks of a public body, in the press of this country'

/**
 * Whether all that speaks for an article's places is that its language is at home there. English is in too many
 * countries: there, only words that one country's press alone uses imply one.
 */
export function impliesPlaceOnly({ lang, evidence }: Pick<Tags, 'lang' | 'evidence'>): boolean {
  if (lang === 'en') return false
  const places = evidence.filter(({ tag }) => tag.startsWith('jurisdiction:'))
  return places.length > 0 && places.every(({ reason }) => reason === IMPLIED_PLACE)
}
