import { type Arguments, UsageError } from '../src/chat/command.js'
import { type Part, textMessage } from '../src/chat/message.js'
import type { Reply } from '../src/chat/platform.js'
import { watchList, watchSummary } from '../src/ledger/ahead/watch.js'
import type { Change } from '../src/ledger/change.js'
import { dayOf, isPartialDate } from '../src/ledger/dates.js'
import { STATES, type State } from '../src/ledger/record/model.js'
import { confirm, rulingButtons } from '../src/ledger/reports/news.js'
import { isNews } from '../src/ledger/reports/on-record.js'
import { CONFIRMS, type Confirms, type Proposal } from '../src/ledger/reports/proposal.js'
import { reportedLine } from '../src/ledger/reports/reported.js'
import { workspaceLedger } from '../src/ledger/reports/workspace-ledger.js'
import type { Command, CommandContext } from '../src/services.js'

/** Reported changes shown at once. */
const SHOWN = 8
const READ = 200

export const ledger: Command = {
  name: 'ledger',
  description: 'Changes that news report and nobody has ruled on: confirm, put right, reject',
  permission: 'anyone',
  options: [
    { name: 'confirm', description: 'The number of a reported change that is right', type: 'number' },
    { name: 'reject', description: 'The number of one that is wrong', type: 'number' },
    { name: 'date', description: 'With confirm: the right day, 2026-05-01', type: 'text' },
    { name: 'until', description: 'With confirm: the right last day, or never', type: 'text' },
    { name: 'state', description: 'With confirm: where the company stands', type: 'text', choices: STATES },
    {
      name: 'confirms',
      description: 'What besides people may confirm (an admin rules it)',
      type: 'text',
      choices: CONFIRMS
    }
  ],
  examples: [
    'ledger',
    'ledger confirm:12',
    'ledger confirm:12 date:2026-05-01 until:2027-05-01',
    'ledger confirms:two'
  ],
  async run(context, args) {
    const confirms = args.one('confirms') as Confirms | undefined
    if (confirms) return setConfirms(context, confirms)
    const [yes, no] = [args.one('confirm'), args.one('reject')]
    if (yes && no) throw new UsageError('Give `confirm:` or `reject:`, not both.')
    if (yes) return rule(context, Number(yes), 'confirmed', args)
    if (['date', 'until', 'state'].some((name) => args.one(name)))
      throw new UsageError(
        '`date:`, `until:` and `state:` go with `confirm:`. For example: `/facelaw ledger confirm:12 date:2026-05-01`'
      )
    return no ? rule(context, Number(no), 'rejected', args) : list(context)
  },
  async press(context, argument) {
    const [verb, id] = argument.split(' ')
    if (verb !== 'confirm' && verb !== 'reject') throw new UsageError('This button is of another version of the bot.')
    return rule(context, Number(id), verb === 'confirm' ? 'confirmed' : 'rejected')
  }
}

async function list(context: CommandContext): Promise<Reply> {
  const { store } = context.services
  const own = await workspaceLedger(store, context.services.ledger, context.workspace.id)
  const all = await store.proposals.open(context.workspace.id, READ)
  const open = all.filter((proposal) => isNews(own, proposal.change))
  const rotten = watchSummary(watchList(own, dayOf(context.now)))
  const who = CONFIRM_WORDS[await store.proposals.confirms(context.workspace.id)]
  const foot: Part[] = [{ type: 'context', text: [who, rotten].filter(Boolean).join(' · ') }]
  if (open.length === 0)
    return {
      message: {
        title: { text: 'Reported changes' },
        parts: [{ type: 'text', text: 'Nothing waits for a word.' }, ...foot]
      }
    }
  const shown = open.slice(0, SHOWN)
  const parts: Part[] = [{ type: 'list', items: shown.map((proposal) => reportedLine(own, proposal, all)) }]
  if (open.length > shown.length) parts.push({ type: 'context', text: `and ${open.length - shown.length} more` })
  return {
    message: {
      title: { text: 'Reported changes, not confirmed' },
      parts: [...parts, ...foot],
      buttons: shown.flatMap(({ id }) => rulingButtons(id))
    }
  }
}

const CONFIRM_WORDS: Record<Confirms, string> = {
  people: 'Only people confirm',
  official: 'People or an official source confirm',
  two: 'People or two independent outlets confirm',
  either: 'People, an official source or two independent outlets confirm'
}

async function rule(
  context: CommandContext,
  id: number,
  verdict: 'confirmed' | 'rejected',
  args?: Arguments
): Promise<Reply> {
  await context.requireManager()
  const { store, wakeSender } = context.services
  const { workspace, actor, now } = context
  const proposal = Number.isSafeInteger(id) ? await store.proposals.find(workspace.id, id) : null
  if (!proposal) throw new UsageError(`There is no reported change ${id} here. \`/facelaw ledger\` lists them.`)
  const change = args ? edited(proposal, args) : (proposal.ruled?.change ?? proposal.change)
  const by = { byId: actor.id, byName: actor.name }
  if (verdict === 'confirmed') {
    await confirm(
      { workspaceId: workspace.id, proposal, change, ...by },
      { store, ledger: context.services.ledger, now }
    )
  } else await store.proposals.rule({ workspaceId: workspace.id, id, verdict, change, ...by }, now)
  await store.audit.add(
    {
      workspaceId: workspace.id,
      channelId: context.channel.id,
      actorId: actor.id,
      actorName: actor.name,
      action: verdict === 'confirmed' ? 'ledger-confirm' : 'ledger-reject',
      detail: `${id}: ${change.type} ${change.date}`
    },
    now
  )
  wakeSender()
  const text =
    verdict === 'confirmed'
      ? `Confirmed ${id}: it is part of this workspace’s ledger now, with its sources and your name.`
      : `Rejected ${id}: it is not shown again, whatever further articles say the same.`
  return { message: textMessage(text, { tone: 'good' }) }
}

/** The change as the person puts it right. */
function edited(proposal: Proposal, args: Arguments): Change {
  const change = structuredClone(proposal.ruled?.change ?? proposal.change)
  const [date, until, state] = [args.one('date'), args.one('until'), args.one('state') as State | undefined]
  if (date) {
    change.date = checkDate(date, 'date')
    change.dateTold = true
  }
  if (until && change.type === 'event') throw new UsageError('A fine or a settlement has no last day.')
  if (until && change.type === 'rule') change.ends = until === 'never' ? 'never' : checkDate(until, 'until')
  if (until && change.type === 'position')
    change.end =
      until === 'never'
        ? { date: null, duration: null, condition: 'further notice' }
        : { date: checkDate(until, 'until'), duration: null, condition: null }
  if (state && change.type !== 'position') throw new UsageError('`state:` goes with a change of a company’s position.')
  if (state && change.type === 'position') change.state = state
  return change
}

function checkDate(text: string, option: string): string {
  if (isPartialDate(text)) return text
  throw new UsageError(`\`${option}:\` takes a date such as 2026-05-01, 2026-05 or 2026, not “${text}”.`)
}

async function setConfirms(context: CommandContext, confirms: Confirms): Promise<Reply> {
  await context.requireAdmin()
  const { store } = context.services
  const { workspace, channel, actor, now } = context
  await store.proposals.setConfirms(workspace.id, confirms)
  await store.audit.add(
    {
      workspaceId: workspace.id,
      channelId: channel.id,
      actorId: actor.id,
      actorName: actor.name,
      action: 'rule',
      detail: `confirms:${confirms}`
    },
    now
  )
  return { message: textMessage(`${CONFIRM_WORDS[confirms]} reported changes from now on.`, { tone: 'good' }) }
}
