import type { Part, Text } from '../chat/message.js'
import { contextPart } from './answers.js'
import { dateInWords } from './dates.js'
import { type Ledger, type Moment, STATES, type State } from './record/model.js'
import { positionAsOf, type SubjectAnswer } from './record/positions.js'
import { STATE_WORDS } from './words.js'

/** The subject that most who ask for all companies have in mind. */
const FIRST_SUBJECT = 'police'

/**
 * Every company on record in one line, by where it stood: on sales to police where it has taken a position on them, else
 * on what tells most of it. What lapsed on paper, or is not known, is told apart and never as a state.
 */
export function overviewParts(ledger: Ledger, moment: Moment): Part[] {
  const lines = new Map<State | null, Text[]>()
  for (const { name } of [...ledger.companies].sort((a, b) => a.name.localeCompare(b.name, 'en'))) {
    const { subjects } = positionAsOf(ledger, name, moment)
    const told = subjects.find((one) => one.subject === FIRST_SUBJECT && one.status !== 'not-known') ?? subjects[0]
    const state = told?.state ?? null
    lines.set(state, [...(lines.get(state) ?? []), lineOf(name, told)])
  }
  const parts: Part[] = []
  for (const state of [...STATES, null]) {
    const items = lines.get(state)
    if (!items) continue
    parts.push({ type: 'heading', text: state ? STATE_WORDS[state] : 'Not known' }, { type: 'list', items })
  }
  return [...parts, contextPart(ledger, moment)]
}

function lineOf(name: string, told: SubjectAnswer | undefined): Text {
  if (!told || told.status === 'not-known') return [{ text: name, style: 'bold' }]
  const since = told.status === 'known' ? `, since ${dateInWords(told.since!)}` : ', lapsed on paper'
  return [{ text: name, style: 'bold' }, `: ${told.label}${since}${told.certain ? '' : ' [uncertain]'}`]
}
