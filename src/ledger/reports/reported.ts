import type { Button, Part } from '../../chat/message.js'
import type { Store } from '../../store/store.js'
import type { Ledger } from '../record/model.js'
import { changeLine, sourcesInWords } from './change-words.js'
import { disputesOf } from './disputes.js'
import { rulingButtons } from './news.js'
import { isNews } from './on-record.js'
import { openAmong, type Proposal } from './proposal.js'

/** Reported changes that one answer shows with buttons. */
const SHOWN = 3

/** What news report on companies and places and nobody has ruled on: as reported, never as the fact. */
export async function reportedParts(
  store: Pick<Store, 'proposals'>,
  ledger: Ledger,
  workspaceId: number,
  about: string[]
): Promise<{ parts: Part[]; buttons: Button[] }> {
  const all = await store.proposals.about(workspaceId, about)
  const fresh = openAmong(all).filter((proposal) => isNews(ledger, proposal.change))
  if (fresh.length === 0) return { parts: [], buttons: [] }
  const shown = fresh.slice(0, SHOWN)
  const items = shown.map((proposal) => reportedLine(ledger, proposal, all))
  if (fresh.length > shown.length) items.push([`and ${fresh.length - shown.length} more: /facelaw ledger`])
  return {
    parts: [
      { type: 'heading', text: 'Reported, not confirmed' },
      { type: 'list', items }
    ],
    buttons: shown.flatMap(({ id }) => rulingButtons(id))
  }
}

/**
 * One reported change: its number, what changes, how many say so, each a link, and what speaks against it.
 * @param others further proposals on the same company or place
 */
export function reportedLine(
  ledger: Ledger,
  proposal: Proposal,
  others: readonly Proposal[]
): Extract<Part, { type: 'list' }>['items'][number] & object {
  const link = proposal.sources.find((source) => source.link)?.link
  const line = changeLine(ledger, proposal.change)
  const sources = sourcesInWords(proposal)
  const disputes = disputesOf(proposal, others)
  return [
    { text: `${proposal.id}`, style: 'bold' },
    `: reported${disputes.length > 0 ? ', disputed' : ''}: ${line} — `,
    link ? { text: sources, link } : sources,
    ...(disputes.length > 0 ? [`; disputed: ${disputes.join('; ')}`] : [])
  ]
}
