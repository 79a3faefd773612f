import { isBelow } from '../model/jurisdiction.js'
import { afterName, followedBy, precededBy } from './around.js'
import type { Lexicon } from './lexicon.js'
import type { BodyKind, PublicBody } from './names.js'
import { homesOf, type PlaceClues } from './place-clues.js'
import { isMemberOf, pinnedPairs } from './place-pins.js'
import { seatOfGovernment } from './place-seats.js'
import type { Place } from './places.js'
import type { Mention, ReadStory } from './story.js'

/** A mention of a place, resolved to one of the places of that name. */
export interface PlaceMention {
  from: number
  to: number
  place: Place
  by: 'name' | 'demonym' | 'body' | 'press' | 'capital'
  /** For `body`: what kind of body. */
  body?: BodyKind
  /** The parent stands right behind: "Portland, Maine". */
  pinned: boolean
  /** This mention is the parent in such a pair, or a member of parliament's state, and names nothing by itself. */
  pin: boolean
  /** Other places bear the name. */
  rivals: number
}

/** A city this large may stand alone; a smaller one needs a word that says it is meant. */
const SELF_EVIDENT = 60_000
/** The same for a city whose name is a plain word, of a country that the story speaks of: Portland, not Police in Poland. */
const PLAIN_EVIDENT = 60_000

/** What a state gains over a country of its name by a county or large town of its own in the story: Georgia. */
const INSIDE = 4
/** What a place gains that is known for rules on the subject, over others of its name. */
const RULES = 1.2
/** How much a story must point at a country before a body of several countries' name is that country's. */
const SURE_BODY = 1.4

/** Every place that the story names, each mention resolved to one place; outlets and organisations are left out. */
export function resolvePlaces(story: ReadStory, lexicon: Lexicon, clues: PlaceClues): PlaceMention[] {
  const found: PlaceMention[] = []
  const pins = pinnedPairs(story)
  for (const [index, mention] of story.mentions.entries()) {
    const resolved = resolve(story, lexicon, mention, clues, pins.get(index))
    if (resolved) found.push({ ...resolved, pin: [...pins.values()].includes(mention) || isMemberOf(story, mention) })
  }
  return found
}

type Resolved = Omit<PlaceMention, 'pin'>

function resolve(
  story: ReadStory,
  lexicon: Lexicon,
  mention: Mention,
  clues: PlaceClues,
  pin: Mention | undefined
): Resolved | null {
  const { from, to, entries } = mention
  const span = { from, to, pinned: pin !== undefined, rivals: entries.length - 1 }
  if (entries.some(({ reading }) => reading.type === 'outlet' || reading.type === 'organisation')) return null
  const bodies = entries.flatMap(({ reading }) => (reading.type === 'body' ? [reading.body] : []))
  if (bodies.length > 0) {
    const body = bodyMeant(bodies, clues)
    return body && { ...span, place: body.place, by: 'body', body: body.kind }
  }
  const demonym = entries.find(({ reading }) => reading.type === 'demonym' && reading.language === story.lang)?.reading
  if (demonym?.type === 'demonym') return { ...span, place: georgian(demonym.place, clues, lexicon), by: 'demonym' }
  if (isPartOfOtherName(story, lexicon, mention) || isSurname(story, lexicon, mention)) return null
  let best: { place: Place; score: number; use: string } | null = null
  for (const { reading } of entries) {
    if (reading.type === 'company' && !reading.alias.ambiguous) return null
    if (reading.type !== 'place') continue
    const { place, use } = reading.name
    if (!useFits(story, mention, use)) continue
    // "SP, Grüne" are Swiss parties: a postal code is written where the press of its country is at home.
    if (use === 'postal' && !homesOf(story).includes(place.country)) continue
    const sharesName = entries.some(
      ({ reading: other }) => other.type === 'place' && other.name.place.code === place.parent
    )
    const score = rank(place, clues, pin, sharesName)
    if (!best || score > best.score) best = { place, score, use }
  }
  const seat = best && seatOfGovernment(story, lexicon, mention, best.place, clues, span.pinned)
  if (seat) return { ...span, place: seat, by: 'capital' }
  if (!best || !standsAlone(story, mention, lexicon, best.place, span.pinned, clues)) return null
  return { ...span, place: best.place, by: best.use === 'press' || best.use === 'postal' ? 'press' : 'name' }
}

/** Of the public bodies of one name, the one whose country the story points at most; null where it points at none. */
function bodyMeant(bodies: readonly PublicBody[], { hints, named }: PlaceClues): PublicBody | null {
  let best: PublicBody | null = null
  let most = 0
  for (const body of bodies) {
    const hint = hints.get(body.place.country) ?? 0
    const { place } = body
    const sure = place.level === 'country' ? hint >= SURE_BODY : named.has(place.code) || named.has(place.parent ?? '')
    if (body.ambiguous && !sure) continue
    if (!best || hint > most) {
      best = body
      most = hint
    }
  }
  return best
}

/** "Georgian" speaks of the country; where all else is American it is a rare word for the state. */
function georgian(place: Place, { hints }: PlaceClues, lexicon: Lexicon): Place {
  return place.code === 'GE' && (hints.get('US') ?? 0) > 8 ? lexicon.places.get('US-GA')! : place
}

/** Postal codes stand behind a comma, press abbreviations behind a comma or in brackets, or at the head of a title. */
function useFits(story: ReadStory, { from, to }: Mention, use: string): boolean {
  if (use === 'name' || use === 'alias') return true
  const gap = story.tokens[from]!.gap
  if (gap === ', ' || gap === ' (' || gap === ',') return true
  // "New Va. law": an abbreviation with its full stop before a word of government.
  if (use === 'press') return story.full[story.tokens[to - 1]!.end] === '.' && story.startsAt(to, 'place.civic')
  // A bare "NY AG" or "WA passes": only two clear cases, most postal codes are words.
  return (
    story.tokens[from]!.word !== 'in' &&
    (from === 0 || followedBy(story, to, 'place.civic')) &&
    /^(ny|nj|wa|tx|fl|nh|nyc|va|vt|dc)$/.test(story.tokens[from]!.word)
  )
}

/** Cities whose bare name means the state around them where the story tells of neither. */
const STATE_FIRST = new Set(['US-NY/New York City', 'BR-SP/São Paulo', 'BR-RJ/Rio de Janeiro', 'CA-QC/Québec'])

function rank(
  place: Place,
  { hints, named, inside, levels }: PlaceClues,
  pin: Mention | undefined,
  sharesName: boolean
): number {
  const hint = Math.min(8, hints.get(place.country) ?? 0)
  if (pin?.entries.some(({ reading }) => reading.type === 'place' && isBelow(place.code, reading.name.place.code)))
    return 100 + Math.log10(place.population + 10)
  if (place.level === 'union') return 20
  if (place.level === 'country') return 8 + hint / 2
  if (place.level === 'state') return 5 + hint * 0.8 + (inside.has(place.code) ? INSIDE : 0)
  // Singapore is a country, Hong Kong a territory: the city of the name is the same.
  if (sharesName && place.parent === place.country) return 0
  if (sharesName) return cityMeant(place, inside, levels) ? 30 : 0
  const parentNamed = place.parent !== null && named.has(place.parent) && place.parent !== place.country
  return (
    Math.log10(place.population + 10) +
    hint * 0.7 +
    (parentNamed ? 4 : 0) +
    (place.capital ? 1 : 0) +
    (place.hasRules ? RULES : 0)
  )
}

/** New York and its state, Geneva and its canton: the words of the story tell which is meant. */
function cityMeant(city: Place, inside: Set<string>, levels: string[]): boolean {
  if (inside.has(city.code)) return true
  const told = (level: string): boolean => levels.includes(level)
  if (told('city in title') !== told('state in title')) return told('city in title')
  if (told('city') !== told('state')) return told('city')
  return !STATE_FIRST.has(city.code)
}

/** "Washington Post", "University of Cambridge", "Jackson Smith": the place is only a part of another name. */
function isPartOfOtherName(story: ReadStory, lexicon: Lexicon, { from, to }: Mention): boolean {
  const next = story.tokens[to]
  if (next && next.gap === ' ' && next.capital && story.sentences[to] === story.sentences[to - 1]) {
    if (lexicon.shapes.outletNouns.has(next.word) && !story.titleCased) return true
    if (lexicon.shapes.outletNouns.has(next.word) && from >= story.titleTokens) return true
    if (lexicon.shapes.organisationNouns.has(next.word)) return true
  }
  return lexicon.shapes.organisationBefore
    .scan(story.tokens.slice(Math.max(0, from - 2), from))
    .some(({ to: end }) => end === Math.min(2, from))
}

/** "Jim Jordan", and "Jordan" in the same story: what stands behind a given name anywhere is somebody's name. */
function isSurname(story: ReadStory, { shapes }: Lexicon, { from, to }: Mention): boolean {
  if (to - from > 1) return false
  const word = story.tokens[from]!.word
  return story.mentions.some((other) => {
    const before = story.tokens[other.from - 1]
    if (!before || other.to - other.from > 1 || story.tokens[other.from]!.word !== word) return false
    if (other.from < story.titleTokens && story.titleCased) return false
    if (story.tokens[other.from]!.gap !== ' ' || !before.capital || !shapes.companies.givenNames.has(before.word))
      return false
    // "San Jose California": the given name is part of another name.
    return !story.mentions.some(({ to: end }) => end === other.from)
  })
}

/** A small or plainly named town counts only where the text says that a place is meant. */
function standsAlone(
  story: ReadStory,
  { from, to }: Mention,
  lexicon: Lexicon,
  place: Place,
  pinned: boolean,
  { named, hints }: PlaceClues
): boolean {
  if (place.level === 'union' || place.level === 'country' || pinned) return true
  if (place.level === 'county') return true
  const civic = followedBy(story, to, 'place.civic', 0) || precededBy(story, from, 'place.civicBefore')
  if (place.level === 'state') return true
  if (!civic && (isPersonName(story, from, to) || isTitled(story, lexicon, from))) return false
  const isWord = place.plain && (place.population < PLAIN_EVIDENT || !isSpokenOf(story, place, hints))
  if (place.capital || (civic && !isWord)) return true
  if (isWord) return false
  if (place.population >= SELF_EVIDENT) return true
  return (place.parent !== null && named.has(place.parent)) || precededBy(story, from, 'place.in')
}

/** The story points at the place's country, or its press may be at home there. */
function isSpokenOf(story: ReadStory, { country }: Place, hints: PlaceClues['hints']): boolean {
  return hints.has(country) || homesOf(story).includes(country)
}

/** "Senators Warren and Casey": the name of an office makes a person of the names behind it. */
function isTitled(story: ReadStory, { shapes }: Lexicon, from: number): boolean {
  const { titles } = shapes.companies
  const title = (at: number): boolean => at >= 0 && titles.has(story.tokens[at]!.word)
  if (story.tokens[from]!.gap !== ' ') return false
  return title(from - 1) || (title(from - 3) && /^(and|et|und|y|e|en)$/.test(story.tokens[from - 1]!.word))
}

/** A capitalised word right before or behind makes a person of a name, outside headlines in title case. */
function isPersonName(story: ReadStory, from: number, to: number): boolean {
  if (from < story.titleTokens && story.titleCased) return false
  const before = story.tokens[from - 1]
  const known = (at: number): boolean => story.mentions.some((mention) => mention.from <= at && mention.to > at)
  if (
    before &&
    story.tokens[from]!.gap === ' ' &&
    before.capital &&
    !before.caps &&
    story.sentences[from - 1] === story.sentences[from] &&
    !(from - 1 === 0 || story.sentences[from - 2] !== story.sentences[from - 1]) &&
    !known(from - 1) &&
    !/^\d/.test(before.word)
  )
    return true
  const next = story.tokens[to]
  return Boolean(
    next &&
      next.gap === ' ' &&
      next.capital &&
      afterName(story, to) === to &&
      !known(to) &&
      story.sentences[to] === story.sentences[to - 1] &&
      !story.startsAt(to, 'place.civic') &&
      story.lang !== 'de' &&
      !/^\d/.test(next.word)
  )
}
