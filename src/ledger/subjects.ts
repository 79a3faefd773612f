import type { FoundAct } from './acts.js'
import type { Quote, Reading } from './change.js'
import type { Phrases } from './phrases.js'
import { isWithin } from './places.js'

/** Who an act is of. `actor`: the company does it itself; `object`: it is done to the company. */
export interface Subject {
  company: string
  role: 'actor' | 'object'
  quote: Quote | null
}

interface Mention {
  value: string
  /** Offsets within the sentence. */
  start: number
  end: number
}

/** Words for a public body in front of the act: then a company named in the sentence is not who acts. */
const BODIES =
  /\b(?:council|legislature|senate|house|lawmakers?|parliament|governor|gov|mayor|court|judges?|commission|commissioner|regulators?|ftc|authority|watchdog|agency|voters|supervisors|assembly|congress|minister|government|police|sheriff|department|city|county|state|cnil|ico|bundestag|bundesrat|stadtrat|gericht|landtag|conseil|tribunal|sénat|assemblée|ayuntamiento|congreso|senado|tribunale|garante|consiglio|senato|câmara|rechter|gemeenteraad|kamer|rat|behörde)\b/iu

/** The company that an act is of, or null when none is named. */
export function companyOf(act: FoundAct, reading: Reading, phrases: Phrases): Subject | null {
  const mentions = mentionsIn(act, reading, 'company:')
  const before = mentions.filter((one) => one.start < act.start && !isCompared(act, one, phrases))
  const after = mentions.filter((one) => one.start >= act.start)
  const lead = act.sentence.text.slice(0, act.start)
  const actor = before[0]
  if (actor) {
    // "A judge fined Clearview AI and ordered it …", "Clearview AI's victory: council bans …"
    const between = lead.slice(actor.end)
    const body =
      BODIES.test(between) &&
      !/\b(?:to|for|by|from|with)\s+(?:\S+\s+){0,3}$/iu.test(between.slice(0, between.search(BODIES)))
    return { company: actor.value, role: body ? 'object' : 'actor', quote: quoteOf(act, actor) }
  }
  const body = BODIES.test(lead)
  const object = after[0]
  if (object) return { company: object.value, role: 'object', quote: quoteOf(act, object) }
  const only = reading.tags.companies[0]
  // "The company said it would …" speaks of the one that the title names.
  if (
    only &&
    !body &&
    act.sentence.field === 'text' &&
    /\b(?:company|firm|it|giant|startup|retailer|maker|entreprise|firma|unternehmen|konzern|empresa|azienda|società|bedrijf|he|she|we)\b/iu.test(
      lead
    )
  )
    return { company: only, role: 'actor', quote: null }
  return only && !body && act.track !== 'rule' && reading.tags.companies.length === 1
    ? { company: only, role: act.track === 'event' ? 'object' : 'actor', quote: null }
    : null
}

/** The place whose rule an act is on, or null when the article names none. */
export function placeOf(
  act: FoundAct,
  reading: Reading,
  phrases: Phrases
): { code: string; quote: Quote | null } | null {
  const named = mentionsIn(act, reading, 'jurisdiction:').filter((one) => !isCompared(act, one, phrases))
  const first = named.find((one) => one.start < act.end) ?? named[0]
  if (first) {
    // "Boston, Massachusetts": the city is meant.
    const finer = named.find(
      (one) => one.value !== first.value && isWithin(one.value, first.value) && Math.abs(one.start - first.end) < 40
    )
    const chosen = finer ?? first
    return { code: chosen.value, quote: quoteOf(act, chosen) }
  }
  const code = reading.tags.jurisdictions[0]
  return code ? { code, quote: null } : null
}

function mentionsIn(act: FoundAct, reading: Reading, kind: string): Mention[] {
  const { sentence } = act
  const mentions: Mention[] = []
  for (const { tag, field, start, end } of reading.tags.evidence) {
    if (field !== sentence.field || !tag.startsWith(kind)) continue
    const [from, to] = [start - sentence.start, end - sentence.start]
    if (from >= 0 && to <= sentence.text.length) mentions.push({ value: tag.slice(kind.length), start: from, end: to })
  }
  return mentions.sort((a, b) => a.start - b.start)
}

/** "Following IBM, Amazon pauses": IBM is a comparison. */
function isCompared(act: FoundAct, { start }: Mention, phrases: Phrases): boolean {
  const before = act.sentence.text.slice(Math.max(0, start - 24), start)
  return phrases.find('compared', before).some(({ end }) => /^\s+(?:the\s)?$/iu.test(before.slice(end)))
}

function quoteOf(act: FoundAct, { start, end }: Mention): Quote {
  const { sentence } = act
  return {
    field: sentence.field,
    start: sentence.start + start,
    end: sentence.start + end,
    words: sentence.text.slice(start, end),
    says: 'subject'
  }
}
