import { afterName, followedBy, isPossessive, precededBy, shortlyBefore } from './around.js'
import { joined } from './feature-names.js'
import type { PlaceMention } from './place-resolution.js'
import type { ReadStory } from './story.js'

/** Concepts that speak of a rule being made or applied. */
const RULES = new Set(['law', 'ban', 'enact', 'propose', 'reject', 'loosen', 'lawsuit', 'court', 'fine', 'probe'])
/** Words between a place and a rule that make it that place's rule. */
const RULE_REACH = 4

/** What stands around each mention, as features. */
export function cuesOfAll(story: ReadStory, mentions: PlaceMention[]): Map<PlaceMention, string[]> {
  const shown = mentions.filter(({ pin }) => !pin)
  const rules = ruleWords(story)
  const cues = new Map<PlaceMention, string[]>()
  for (const [at, mention] of shown.entries()) {
    let neighbours = 0
    for (const step of [-2, -1, 1, 2]) {
      const other = shown[at + step]
      if (other && other.place.code !== mention.place.code && near(story, mention, other)) neighbours++
    }
    const own = cuesOf(story, mention, neighbours)
    // "Commissioners for Canada, Quebec and Alberta": what is said of the first holds for the row.
    const before = shown[at - 1]
    if (
      before &&
      near(story, before, mention) &&
      cues.get(before)!.some((cue) => cue === 'civic-before' || cue === 'row-of-civic')
    )
      own.push('row-of-civic')
    if (
      rules.some(
        (token) =>
          token >= mention.from - RULE_REACH &&
          token <= mention.to + RULE_REACH &&
          story.sentences[token] === story.sentences[mention.from]
      )
    )
      own.push('by-rule', joined(own.includes('title') ? 'title' : own.includes('lead') ? 'lead' : 'rest', ':by-rule'))
    cues.set(mention, own)
  }
  // "The federal, Alberta and B.C. commissioners": so does what is said of the last.
  for (let at = shown.length - 2; at >= 0; at--) {
    const [own, next] = [cues.get(shown[at]!)!, cues.get(shown[at + 1]!)!]
    const isCivic = next.includes('civic') || next.includes('row-of-civic')
    if (isCivic && !own.includes('row-of-civic') && near(story, shown[at]!, shown[at + 1]!)) own.push('row-of-civic')
  }
  for (const mention of mentions) if (mention.pin) cues.set(mention, [])
  return cues
}

/** Where the story speaks of a rule. */
function ruleWords(story: ReadStory): number[] {
  return story.hits.filter(({ concept }) => RULES.has(concept)).map(({ from }) => from)
}

/** What speaks for or against one mention. Cues about whose rules it is get stronger with a good mention; see `describe`. */
function cuesOf(story: ReadStory, mention: PlaceMention, neighbours: number): string[] {
  const { from, to } = mention
  const cues: string[] = []
  if (mention.by === 'body') cues.push(joined('body:', mention.body!))
  else cues.push(joined('by:', mention.by))
  // "Washington state", "State of Maine": the name itself says that the state is meant.
  const part = isPartOfPlace(story, mention)
  const civic =
    !part &&
    ((mention.place.level === 'state' && story.tokens.slice(from, to).some(({ word }) => word === 'state')) ||
      followedBy(story, to, 'place.civic', 0) ||
      (mention.by === 'demonym' && followedBy(story, to, 'place.demonymCivic')))
  const civicBefore = precededBy(story, from, 'place.civicBefore')
  const firm = followedBy(story, to, 'place.firm', 1)
  // A court of a county or city mostly judges by the law of the state.
  if (followedBy(story, to, 'place.courts') || precededBy(story, from, 'place.courtsBefore')) cues.push('court-there')
  const negative: string[] = []
  // "Mississippi's capital" is a city, "Israel's AnyVision" a company.
  if (followedBy(story, to, 'place.largest')) negative.push('largest')
  if (isPossessive(story, to) && isCompany(story, afterName(story, to))) negative.push('firm')
  if (precededBy(story, from, 'place.against')) cues.push('against')
  if (isDateline(story, mention)) negative.push('dateline')
  if (followedBy(story, to, 'place.seatAfter') || precededBy(story, from, 'place.seat')) negative.push('seat')
  if (firm) negative.push('firm')
  if (part) negative.push('part')
  if (followedBy(story, to, 'place.person')) negative.push('person')
  if (shortlyBefore(story, from, 'place.compare', 7)) negative.push('compare')
  if (isPartyMark(story, mention)) negative.push('party')
  if (neighbours > 0) negative.push(neighbours > 1 ? 'row' : 'pair')
  const role = civic
    ? 'civic'
    : civicBefore
      ? 'civic-before'
      : isPossessive(story, to)
        ? 'possessive'
        : precededBy(story, from, 'place.in')
          ? 'in'
          : 'bare'
  const where = from < story.titleTokens ? 'title' : story.sentences[from] === story.firstTextSentence ? 'lead' : 'rest'
  const at = joined(where, ':')
  cues.push(joined(at, role), role, where)
  if (from === 0) cues.push('opens')
  for (const cue of negative) cues.push(cue, joined(at, cue))
  if (negative.length === 0) cues.push('clean', joined('clean:', where), joined('clean:', role))
  return cues
}

/** "No U.S. city", "a U.S. first", "ville américaine", "the first in Brazil": the country or state only says where another place lies. */
function isPartOfPlace(story: ReadStory, { from, to, place }: PlaceMention): boolean {
  if (place.level !== 'country' && place.level !== 'state') return false
  if (precededBy(story, from, 'place.partsBefore')) return true
  const own = place.level === 'state' && story.tokens[to]?.word === 'state'
  return !isPossessive(story, to) && !own && followedBy(story, to, 'place.parts', 0)
}

function isCompany(story: ReadStory, at: number): boolean {
  return story.mentions.some(
    ({ from, entries }) =>
      from === at && entries.some(({ reading }) => reading.type === 'company' && !reading.alias.ambiguous)
  )
}

/** "SEATTLE, Wash. (June 2, 2021) –", "Roma, 11 nov. (Adnkronos) -", "Berlin (dpa) -": the first words of the text, closed by a dash or bracket. */
function isDateline(story: ReadStory, { from, to }: PlaceMention): boolean {
  const start = story.titleTokens
  if (from < start || from > start + 4) return false
  const first = story.tokens[start]
  if (!first) return false
  if (story.sentences[from] !== story.firstTextSentence) return false
  for (let i = to; i <= Math.min(to + 9, story.tokens.length - 1); i++) {
    const { gap } = story.tokens[i]!
    if (/[–—]|--| - |\) ?-|^: $/.test(gap))
      return story.tokens.slice(start, from).every(({ capital, word }) => capital || /^\d+$/.test(word))
    if (i === to && (gap === ' ' || gap === "'")) return false
  }
  return false
}

/** "(D-Ore.)", "R-Melbourne": a politician's seat. */
function isPartyMark(story: ReadStory, { from }: PlaceMention): boolean {
  const before = story.tokens[from - 1]
  return (
    before !== undefined &&
    before.word.length === 1 &&
    'dri'.includes(before.word) &&
    before.capital &&
    /^( |\()?/.test(story.tokens[from]!.gap) &&
    story.full[before.end] === '-'
  )
}

function near(story: ReadStory, a: PlaceMention, b: PlaceMention): boolean {
  const [left, right] = a.from < b.from ? [a, b] : [b, a]
  if (story.sentences[left.from] !== story.sentences[right.from]) return false
  const between = right.from - afterName(story, left.to)
  if (between > 3) return false
  const gap = story.tokens[left.to]?.gap ?? ''
  return (
    gap.startsWith(',') ||
    (between === 1 && /^(and|or|und|et|y|e|en|ed|ou|o|oder)$/.test(story.tokens[left.to]!.word)) ||
    between === 0
  )
}
