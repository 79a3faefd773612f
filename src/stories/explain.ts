import { relatePlaces } from './places.js'
import { type SignalStrengths, sharedNames, sharedNumbers, sharedRareWords } from './signals.js'
import type { Signature } from './signature.js'
import { daysBetween } from './time-signals.js'
import type { StoryWeights } from './weights.js'

/** Values shown at most of each sort; the count tells the rest. */
const SHOWN = 3

/** Says in words why two articles were held to tell one event. */
export function explain(a: Signature, b: Signature, strengths: SignalStrengths, data: StoryWeights): string {
  const parts: string[] = []
  const same: string[] = []
  if (strengths.sameCompany) same.push('company')
  if (strengths.samePlace) same.push('place')
  if (strengths.sameKind) same.push('kind')
  if (same.length > 0) parts.push(`same ${joinWords(same)}`)
  if (relatePlaces(a.jurisdictions, b.jurisdictions) === 'related') parts.push('one place within the other')
  const settings = [...a.settings].filter((setting) => b.settings.has(setting))
  const acts = [...a.acts].filter((act) => b.acts.has(act))

  const numbers = sharedNumbers(a, b)
  const names = sharedNames(a, b)
  const words = sharedRareWords(a, b, data).filter((word) => !names.some((name) => name.startsWith(word)))
  if (numbers.length > 0) parts.push(list('figure', numbers.map(writeFigure)))
  if (acts.length > 0) parts.push(list('step', acts))
  if (settings.length > 0) parts.push(list('setting', settings))
  if (names.length > 0) parts.push(list('name', names))
  if (words.length > 0) parts.push(`${words.length} rare ${words.length === 1 ? 'word' : 'words'} in common`)

  if (strengths.sameDay) parts.push('the same date in the text')
  else if (strengths.sameMonth) parts.push('the same month in the text')
  else if (strengths.sameWeekday) parts.push('the same weekday in the text')
  const days = daysBetween(a, b)
  if (days !== null) parts.push(describeDays(Math.round(days)))
  return parts.length === 0 ? 'nothing in common' : parts.join(', ')
}

const UNITS: Record<string, string> = { y: 'year', m: 'month', w: 'week' }

/** `30500000` → `30,500,000`, `for 2y` → `2 years`; votes and bills stay. */
function writeFigure(figure: string): string {
  const [, count, unit] = /^for (\d+)([ymw])$/.exec(figure) ?? []
  if (count && unit) return `${count} ${UNITS[unit]}${count === '1' ? '' : 's'}`
  return /^\d+$/.test(figure) ? Number(figure).toLocaleString('en-GB') : figure
}

function list(what: string, values: string[]): string {
  const shown = values.slice(0, SHOWN).join(', ')
  const more = values.length > SHOWN ? ', …' : ''
  return `${values.length} ${what}${values.length === 1 ? '' : 's'} in common (${shown}${more})`
}

function joinWords(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function describeDays(days: number): string {
  if (days === 0) return 'on one day'
  return days === 1 ? '1 day apart' : `${days} days apart`
}
