import type { FoundAct } from './acts.js'
import { withoutAsides } from './asides.js'
import type { Phrases } from './phrases.js'

/** Acts that stop what they are done to. */
const STOPPING: ReadonlySet<FoundAct['act']> = new Set(['rejected', 'enjoined', 'delayed'])
/** What stands further before an act than this does not speak of it. */
export const CLAUSE = 110
/** How far behind a bill stands what it was to do. */
const AIM = 90
/** So few words between "the debate" and a law speak of the law. */
const BESIDE = /^\s+(?:\S+\s+){1,4}$/u

/**
 * "rejects a challenge to the ban", "blocks a vote on the bill": the law is not what is rejected, or blocked; and who
 * "drops its appeal over face recognition" goes on with it.
 */
export function isOfSomethingElse({ sentence, track, act, start, end }: FoundAct, phrases: Phrases): boolean {
  if (phrases.has('parts', sentence.text.slice(start, end))) return true
  if (track === 'event') return false
  if (track === 'position') return phrases.has('instead', sentence.text.slice(start, end))
  if (act === 'repealed' && phrases.find('outof', sentence.text.slice(end)).some((from) => from.start < AIM / 2))
    return true
  // What stands between two commas is no object: "approved, in a final vote, the law".
  const words = withoutAsides(sentence.text, phrases)
    .slice(start, end)
    .replace(/,[^,]*,/gu, ',')
  if (STOPPING.has(act) && [words, sentence.text.slice(end)].some((part) => isToUndo(part, phrases))) return true
  // "The law, after a long debate, takes effect": what stands behind the law is no object; but "who wrote the law dies".
  if (phrases.find('laws', words).some((law) => law.start === 0))
    return isBehindAnother(
      sentence.text.slice(Math.max(0, start - CLAUSE), start).replace(/^.*[,;:]/u, ''),
      act,
      phrases
    )
  if (phrases.has('instead', words)) return true
  // A repeal that fails leaves the law where it was.
  if (STOPPING.has(act) && phrases.has('undoing', words)) return true
  // An effort for a ban that is rejected is a ban rejected; one to repeal it is none.
  return act !== 'rejected' && act !== 'repealed' && phrases.has('efforts', words)
}

/** "who wrote the law dies", "the debate on the law is put off": before the law stands who, or what, is meant. */
function isBehindAnother(before: string, act: FoundAct['act'], phrases: Phrases): boolean {
  if (phrases.has('persons', before)) return true
  // A vote on a ban that fails is a ban that fails.
  return act !== 'rejected' && phrases.find('instead', before).some(({ end }) => BESIDE.test(before.slice(end)))
}

/**
 * "(turned down a measure) that would have undone the ban", "(einen Antrag abgelehnt), das Verbot aufzuheben": what
 * follows a bill tells what it was to do to a law.
 */
function isToUndo(behind: string, phrases: Phrases): boolean {
  const [clause = '', next = ''] = /^[^.;:!?—–]*/u
    .exec(behind)![0]
    .slice(0, 2 * AIM)
    .split(',')
  const [undone] = phrases.find('undoing', clause)
  if (undone && undone.start <= AIM / 2 && phrases.has('laws', clause.slice(undone.end))) return true
  // Where the verb stands at the end, so does the law before it, and all behind a comma.
  return phrases.find('undoing', next).some(({ start }) => phrases.has('laws', next.slice(0, start)))
}
