import type { Change } from '../change.js'
import { dateInWords } from '../dates.js'
import { RULE_ACT_WORDS, STATE_SHORT } from './change-words.js'
import { disagrees, type Proposal, type ProposalSource, tellersOf } from './proposal.js'
import { contradicts } from './succession.js'

/**
 * What speaks against a reported change, each in a few words with how many say so: outlets that deny it, that name
 * another day, and reports that lead elsewhere. Empty: nothing does.
 */
export function disputesOf(proposal: Proposal, others: readonly Proposal[]): string[] {
  const disputes: string[] = []
  const denied = proposal.sources.filter(({ change }) => change.denied)
  if (denied.length > 0) disputes.push(`denied in ${outletsIn(denied)}`)
  const tellers = tellersOf(proposal)
  if (tellers.some(({ change }) => disagrees(change, proposal.change)))
    disputes.push(`the day is told as ${days(tellers)}`)
  for (const other of others) {
    if (other.id === proposal.id || other.ruled?.verdict === 'rejected') continue
    if (contradicts(other.change, proposal.change))
      disputes.push(
        `${count(tellers)} ${wordOf(proposal.change)}, ${count(tellersOf(other))} ${wordOf(other.change)} (number ${other.id})`
      )
  }
  return disputes
}

/** "5 January 2027 (2) and 12 January 2027 (1)". */
function days(tellers: readonly ProposalSource[]): string {
  const outlets = new Map<string, Set<string>>()
  for (const { change, outlet } of tellers) {
    if (!change.dateTold) continue
    outlets.set(change.date, (outlets.get(change.date) ?? new Set()).add(outlet))
  }
  return [...outlets].map(([date, { size }]) => `${dateInWords(date)} (${size})`).join(' and ')
}

function count(sources: readonly ProposalSource[]): string {
  const number = new Set(sources.map(({ outlet }) => outlet)).size
  return number === 1 ? '1 outlet says' : `${number} outlets say`
}

function outletsIn(sources: readonly ProposalSource[]): string {
  return [...new Set(sources.map(({ outlet }) => outlet))].join(', ')
}

function wordOf(change: Change): string {
  if (change.type === 'rule') return RULE_ACT_WORDS[change.act].word
  return change.type === 'position' ? STATE_SHORT[change.state] : change.act
}
