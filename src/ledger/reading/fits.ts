import type { Reading } from '../change.js'
import type { FoundAct } from './acts.js'
import type { Phrases } from './phrases.js'
import type { Sentence } from './sentences.js'
import { companyOf, placeOf } from './subjects.js'
import { isLedBy } from './when.js'

/** A company so many characters behind an act is what it is done to. */
const BESIDE = 40
/** Acts that take away what was ordered. */
const UNDONE: ReadonlySet<FoundAct['act']> = new Set(['repealed', 'struck-down', 'enjoined'])

/**
 * Acts of a company need one, and no public body that does it; acts on a rule need a place, and no company that does it;
 * what suspends a law without a court in sight suspends something else ("mayor suspends pilot").
 */
export function fits(act: FoundAct, lead: Sentence[], reading: Reading, phrases: Phrases): boolean {
  if (act.act === 'enjoined' && !lead.some(({ text }) => phrases.has('courts', text))) return false
  // "From today, visitors must …": a rule, where one is named.
  if (act.act === 'in-force' && !lead.some(({ text }) => phrases.has('laws', text))) return false
  const company = companyOf(act, reading, phrases)
  if (act.track === 'rule') return company?.role !== 'actor' && isOfPlace(act, reading, phrases)
  if (!company) return false
  return act.track === 'event' || act.act === 'barred-by-order' || company.role === 'actor'
}

/**
 * A transit agency's policy binds the agency: no nation, no state has changed its rules; nor has it when a regulator takes
 * back what it ordered a company.
 */
function isOfPlace(act: FoundAct, reading: Reading, phrases: Phrases): boolean {
  const place = placeOf(act, reading, phrases)
  if (!place) return false
  const actor = act.sentence.text.slice(0, act.start)
  if (act.act === 'repealed' && phrases.has('regulators', actor) && reading.tags.companies.length > 0) return false
  // "The regulator has forbidden Walgreens …": it tells one company what to do.
  if (act.act === 'passed' && phrases.has('regulators', actor) && companyOf(act, reading, phrases)?.quote) return false
  // In the United States what is tabled is put aside.
  const words = act.sentence.text.slice(act.start, act.end)
  if (act.act === 'proposed' && place.code.startsWith('US') && phrases.has('tabled', words)) return false
  if (UNDONE.has(act.act) && isAgainstCompany(act, reading, phrases)) return false
  // "The court halts police use of …": where no law is named, the court is, and no company.
  if (act.act === 'enjoined' && phrases.has('topicparts', words) && !phrases.has('laws', words))
    if (!phrases.has('courts', `${actor} ${words}`) || companyOf(act, reading, phrases)?.quote) return false
  // "The town council repealed the town's ban": where no town is known, its nation's rules are not meant.
  return place.code.includes('/') || !(phrases.has('lesser', actor) || phrases.has('towns', `${actor} ${words}`))
}

/** "overturns ban on Worldcoin", "lifted an order that kept Worldcoin from …": an order to one, no rule for all. */
function isAgainstCompany({ sentence, start, end }: FoundAct, { tags }: Reading, phrases: Phrases): boolean {
  return tags.evidence.some((one) => {
    const at = one.start - sentence.start
    if (!one.tag.startsWith('company:') || one.field !== sentence.field || at < start || at > end + BESIDE) return false
    return isLedBy('against', sentence.text, at, phrases)
  })
}
