import { afterName, followedBy, precededBy } from './around.js'
import type { Lexicon } from './lexicon.js'
import type { BodyKind, NameEntry } from './names.js'
import { type Place, parentCode } from './places.js'
import type { Mention, ReadStory } from './story.js'

/** A mention of a place, resolved to one of the places of that name. */
export interface PlaceMention {
  from: number
  to: number
  place: Place
  by: 'name' | 'demonym' | 'body' | 'press'
  /** For `body`: what kind of body. */
  body?: BodyKind
  /** The parent stands right behind: "Portland, Maine". */
  pinned: boolean
  /** This mention is the parent in such a pair and names nothing by itself. */
  pin: boolean
  /** Other places bear the name. */
  rivals: number
}

/** Weight of a hint at a country: what the story says elsewhere decides between Portland and Portland. */
const HINT = { country: 2, state: 3, body: 3, demonym: 1.5, money: 0.8, language: 0.8, home: 0.6 }
const LANGUAGE_HOMES: Record<string, string[]> = {
  en: ['US', 'GB'],
  fr: ['FR'],
  de: ['DE'],
  es: ['ES'],
  it: ['IT'],
  pt: ['BR'],
  nl: ['NL']
}
/** A city this large may stand alone; a smaller one needs a word that says it is meant. */
const SELF_EVIDENT = 150_000

/** Every place that the story names, each mention resolved to one place; outlets and organisations are left out. */
export function resolvePlaces(story: ReadStory, lexicon: Lexicon): PlaceMention[] {
  const hints = countryHints(story)
  const states = new Set<string>()
  for (const { entries } of story.mentions) {
    for (const { reading } of entries) {
      if (reading.type === 'place' && reading.name.place.level === 'state' && reading.name.use !== 'postal')
        states.add(reading.name.place.code)
      if (reading.type === 'body') states.add(reading.body.place.code)
    }
  }
  const found: PlaceMention[] = []
  const pins = pinnedPairs(story)
  for (const [index, mention] of story.mentions.entries()) {
    const resolved = resolve(story, lexicon, mention, hints, states, pins.get(index))
    if (resolved) found.push({ ...resolved, pin: [...pins.values()].includes(mention) })
  }
  return found
}

function countryHints(story: ReadStory): Map<string, number> {
  const hints = new Map<string, number>()
  const add = (country: string, weight: number): void => void hints.set(country, (hints.get(country) ?? 0) + weight)
  for (const { entries } of story.mentions) {
    const seen = new Set<string>()
    for (const { reading } of entries) {
      const [country, weight] = hintOf(story, reading)
      if (!country || seen.has(country)) continue
      seen.add(country)
      add(country, weight / Math.sqrt(entries.length))
    }
  }
  for (const home of LANGUAGE_HOMES[story.lang] ?? []) add(home, HINT.language)
  if (story.lang === 'en') add('US', HINT.home)
  if (story.full.includes('$')) add('US', HINT.money)
  if (story.full.includes('£')) add('GB', 2 * HINT.money)
  return hints
}

function hintOf(story: ReadStory, reading: NameEntry['reading']): [string | null, number] {
  if (reading.type === 'body') return [reading.body.ambiguous ? null : reading.body.place.country, HINT.body]
  if (reading.type === 'demonym') return [reading.language === story.lang ? reading.place.country : null, HINT.demonym]
  if (reading.type !== 'place') return [null, 0]
  const { place, use } = reading.name
  if (use === 'postal') return [null, 0]
  if (place.level === 'country') return [place.country, HINT.country]
  if (place.level === 'state') return [place.country, HINT.state]
  return [place.population > 1_000_000 ? place.country : null, 1]
}

/** Mentions that a parent right behind pins down: index of the city's mention → the parent's mention. */
function pinnedPairs(story: ReadStory): Map<number, Mention> {
  const pins = new Map<number, Mention>()
  for (let i = 0; i + 1 < story.mentions.length; i++) {
    const mention = story.mentions[i]!
    const next = story.mentions[i + 1]!
    if (next.from !== mention.to) continue
    const gap = story.tokens[next.from]!.gap
    const parents = next.entries.filter(
      ({ reading }) =>
        reading.type === 'place' && reading.name.place.level !== 'city' && reading.name.place.level !== 'county'
    )
    if (parents.length === 0) continue
    const postalOnly = parents.every(({ reading }) => reading.type === 'place' && reading.name.use === 'postal')
    const comma = gap === ', ' || gap === ' ('
    if (!comma && !(gap === ' ' && !postalOnly)) continue
    const fits = mention.entries.some(({ reading }) => {
      if (reading.type !== 'place' || (reading.name.place.level !== 'city' && reading.name.place.level !== 'county'))
        return false
      return parents.some(
        (parent) => parent.reading.type === 'place' && holds(parent.reading.name.place.code, reading.name.place.code)
      )
    })
    if (fits) pins.set(i, next)
  }
  return pins
}

function holds(parent: string, child: string): boolean {
  for (let code = parentCode(child); code; code = parentCode(code)) if (code === parent) return true
  return false
}

type Resolved = Omit<PlaceMention, 'pin'>

function resolve(
  story: ReadStory,
  lexicon: Lexicon,
  mention: Mention,
  hints: Map<string, number>,
  states: Set<string>,
  pin: Mention | undefined
): Resolved | null {
  const { from, to, entries } = mention
  const span = { from, to, pinned: pin !== undefined, rivals: entries.length - 1 }
  if (entries.some(({ reading }) => reading.type === 'outlet' || reading.type === 'organisation')) return null
  const body = entries.find(({ reading }) => reading.type === 'body')?.reading
  if (body?.type === 'body') {
    const { place, kind, ambiguous } = body.body
    if (ambiguous && (hints.get(place.country) ?? 0) < 3 && !states.has(place.code)) return null
    return { ...span, place, by: 'body', body: kind }
  }
  const demonym = entries.find(({ reading }) => reading.type === 'demonym' && reading.language === story.lang)?.reading
  if (demonym?.type === 'demonym') return { ...span, place: georgian(demonym.place, hints, lexicon), by: 'demonym' }
  if (isPartOfOtherName(story, lexicon, mention)) return null
  let best: { place: Place; score: number; use: string } | null = null
  for (const { reading } of entries) {
    if (reading.type === 'company' && !reading.alias.ambiguous) return null
    if (reading.type !== 'place') continue
    const { place, use } = reading.name
    if (!useFits(story, mention, use)) continue
    const score = rank(place, hints, states, pin)
    if (!best || score > best.score) best = { place, score, use }
  }
  if (!best || !standsAlone(story, mention, best.place, span.pinned, states)) return null
  return { ...span, place: best.place, by: best.use === 'press' || best.use === 'postal' ? 'press' : 'name' }
}

/** "Georgian" speaks of the country; where all else is American it is a rare word for the state. */
function georgian(place: Place, hints: Map<string, number>, lexicon: Lexicon): Place {
  return place.code === 'GE' && (hints.get('US') ?? 0) > 8 ? lexicon.places.get('US-GA')! : place
}

/** Postal codes stand behind a comma, press abbreviations behind a comma or in brackets, or at the head of a title. */
function useFits(story: ReadStory, { from, to }: Mention, use: string): boolean {
  if (use === 'name' || use === 'alias') return true
  const gap = story.tokens[from]!.gap
  if (gap === ', ' || gap === ' (' || gap === ',') return true
  if (use === 'press') return false
  // A bare "NY AG" or "WA passes": only two clear cases, most postal codes are words.
  return (
    story.tokens[from]!.word !== 'in' &&
    (from === 0 || followedBy(story, to, 'place.civic')) &&
    /^(ny|nj|wa|tx|fl|nh|nyc|va|vt|dc)$/.test(story.tokens[from]!.word)
  )
}

function rank(place: Place, hints: Map<string, number>, states: Set<string>, pin: Mention | undefined): number {
  const hint = Math.min(8, hints.get(place.country) ?? 0)
  if (pin?.entries.some(({ reading }) => reading.type === 'place' && holds(reading.name.place.code, place.code)))
    return 100 + Math.log10(place.population + 10)
  if (place.level === 'union') return 20
  if (place.level === 'country') return 8 + hint / 2
  if (place.level === 'state') return 6.5 + hint * 0.8
  const parentNamed = place.parent !== null && states.has(place.parent) && place.parent !== place.country
  return Math.log10(place.population + 10) + hint * 0.7 + (parentNamed ? 4 : 0) + (place.capital ? 1 : 0)
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

/** A small or plainly named town counts only where the text says that a place is meant. */
function standsAlone(
  story: ReadStory,
  { from, to }: Mention,
  place: Place,
  pinned: boolean,
  states: Set<string>
): boolean {
  if (place.level === 'union' || place.level === 'country' || pinned) return true
  if (place.level === 'county') return true
  const civic = followedBy(story, to, 'place.civic', 0) || precededBy(story, from, 'place.civicBefore')
  if (place.level === 'state') return true
  if (isPersonName(story, from, to) && !civic) return false
  if (place.capital || civic) return true
  if (place.plain) return place.population > 400_000 && precededBy(story, from, 'place.in')
  if (place.population >= SELF_EVIDENT) return true
  return (place.parent !== null && states.has(place.parent)) || precededBy(story, from, 'place.in')
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
