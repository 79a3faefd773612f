import { matches } from '../../alerts/match.js'
import { type Message, textMessage } from '../../chat/message.js'
import type { Logger } from '../../log.js'
import type { Story } from '../../model/story.js'
import type { Filter } from '../../model/subscription.js'
import type { Store } from '../../store/store.js'
import type { Change } from '../change.js'
import type { Ledger } from '../record/model.js'
import { changeLine, quotesInWords, sourcesInWords } from './change-words.js'
import { disputesOf } from './disputes.js'
import { isNews } from './on-record.js'
import { aboutOf, type Confirms, openAmong, type Proposal, selfConfirmed } from './proposal.js'
import { workspaceLedger } from './workspace-ledger.js'

interface NewsDeps {
  store: Store
  ledger: Ledger
  logger: Logger
}

/** Proposals looked at in one tick; the rest follow at the next. */
const WAITING_LIMIT = 50

/** By what name a workspace's own rule rules. */
const RULE_NAME: Record<Exclude<Confirms, 'people'>, string> = {
  official: 'the rule “official source”',
  two: 'the rule “two independent outlets”',
  either: 'the rule “official source or two independent outlets”'
}

/**
 * Tells of every change that was reported since the last look, to the channels that asked for changes only, and
 * confirms it where a workspace's rule says so. Told once a channel, whatever dies in between: the outbox knows the
 * subject. Returns how many messages are owed anew.
 */
export async function oweReportedChanges({ store, ledger, logger }: NewsDeps, now: Date): Promise<number> {
  const waiting = await store.proposals.waiting(WAITING_LIMIT)
  if (waiting.length === 0) return 0
  const listeners = await store.proposals.listeners()
  let owed = 0
  for (const one of waiting) {
    try {
      for (const listener of listeners) owed += await look(one.id, listener, { store, ledger, now })
      await store.proposals.looked(one)
    } catch (error) {
      logger.error({ err: error, proposal: one.id }, 'a reported change could not be told; it is tried again shortly')
    }
  }
  return owed
}

type Listener = Awaited<ReturnType<Store['proposals']['listeners']>>[number]
type Work = { store: Store; ledger: Ledger; now: Date }

async function look(id: number, { workspaceId, confirms, subscriptions }: Listener, { store, ledger, now }: Work) {
  const proposal = await store.proposals.find(workspaceId, id)
  if (!proposal || proposal.quiet || proposal.ruled) return 0
  const own = await workspaceLedger(store, ledger, workspaceId)
  if (!isNews(own, proposal.change)) return 0
  const all = await store.proposals.about(workspaceId, [aboutOf(proposal.change)])
  // What a workspace rejected does not come back in other words.
  if (!openAmong(all).some((one) => one.id === id)) return 0
  const change = selfConfirmed(
    proposal,
    confirms,
    all.filter((one) => one.ruled?.verdict !== 'rejected')
  )
  if (change && confirms !== 'people')
    return confirm({ workspaceId, proposal, change, byId: null, byName: RULE_NAME[confirms] }, { store, ledger, now })
  return tell(store, subscriptions, proposal.change, `change:${id}:reported`, reportMessage(own, proposal, all), now)
}

/** Whose word it is, and what it says. */
export interface Confirmation {
  workspaceId: number
  proposal: Proposal
  /** As reported, or as the person put it right. */
  change: Change
  /** Null: the workspace's own rule. */
  byId: string | null
  byName: string
}

/** Confirms a change for a workspace and owes it to the channels that asked for changes. Returns how many. */
export async function confirm(
  { workspaceId, proposal, change, byId, byName }: Confirmation,
  { store, ledger, now }: Work
) {
  const before = await workspaceLedger(store, ledger, workspaceId)
  const said = await store.proposals.rule(
    { workspaceId, id: proposal.id, verdict: 'confirmed', change, byId, byName },
    now
  )
  if (!said) return 0
  const listener = (await store.proposals.listeners()).find((one) => one.workspaceId === workspaceId)
  // A correction is news of its own.
  const subject = proposal.ruled
    ? `change:${proposal.id}:corrected:${now.toISOString()}`
    : `change:${proposal.id}:confirmed`
  const text = `${changeLine(before, change)}. Confirmed by ${byName}; ${sourcesInWords(proposal)}.`
  const link = proposal.sources.find((source) => source.link)?.link
  const message: Message = {
    title: { text: 'Changed', ...(link && { link }) },
    ...textMessage(text, { tone: 'alert' })
  }
  return tell(store, listener?.subscriptions ?? [], change, subject, message, now)
}

/** A reported change with the words it rests on, and buttons for those who may rule on it. */
function reportMessage(ledger: Ledger, proposal: Proposal, others: readonly Proposal[]): Message {
  const link = proposal.sources.find((source) => source.link)?.link
  const disputes = disputesOf(proposal, others)
  return {
    title: { text: disputes.length > 0 ? 'Reported, disputed' : 'Reported, not confirmed', ...(link && { link }) },
    parts: [
      { type: 'text', text: [{ text: changeLine(ledger, proposal.change), style: 'bold' }] },
      {
        type: 'context',
        text: `${sourcesInWords(proposal)} · rests on ${quotesInWords(proposal)} · number ${proposal.id}`
      },
      ...disputes.map((text) => ({ type: 'context' as const, text: `Disputed: ${text}` }))
    ],
    buttons: rulingButtons(proposal.id),
    tone: 'alert'
  }
}

/** Confirm and Reject; an edit is typed: `/facelaw ledger confirm:12 date:2026-05-01`. */
export function rulingButtons(id: number): NonNullable<Message['buttons']> {
  return [
    { label: `Confirm ${id}`, action: `ledger:confirm ${id}` },
    { label: `Reject ${id}`, action: `ledger:reject ${id}` }
  ]
}

async function tell(
  store: Store,
  subscriptions: { channelId: number; filter: Filter }[],
  change: Change,
  subject: string,
  message: Message,
  now: Date
): Promise<number> {
  let owed = 0
  const asked = subscriptions.filter(({ filter }) => wants(filter, change))
  for (const channelId of new Set(asked.map((one) => one.channelId)))
    if (await store.deliveries.owe({ channelId, subject, kind: 'notice', message }, now)) owed++
  return owed
}

/** Whether a filter of companies, places and kinds asks for a change; words and languages are the articles' own. */
function wants(filter: Filter, change: Change): boolean {
  const story: Pick<Story, 'title' | 'summary' | 'companies' | 'jurisdictions' | 'kind' | 'stage' | 'lang'> = {
    title: '',
    summary: '',
    companies: change.type === 'rule' ? [] : [change.company],
    jurisdictions: change.type === 'rule' ? [change.place] : change.type === 'event' ? change.places : change.scope,
    kind: change.type === 'rule' ? 'legislation' : change.type === 'position' ? 'company-policy' : 'enforcement',
    stage: null,
    lang: ''
  }
  return matches({ ...filter, stages: [], languages: [], words: [], withoutWords: [] }, story)
}
