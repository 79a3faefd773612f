import { storyLine } from '../src/alerts/alert-message.js'
import { describeFilter, FILTER_OPTIONS, filterToText, readFilter } from '../src/alerts/filter.js'
import {
  describeStart,
  LOOK_BACK_DAYS,
  oweStart,
  readStart,
  START_OPTIONS,
  startChoices,
  startToText
} from '../src/alerts/start.js'
import type { Arguments } from '../src/chat/command.js'
import { parseCommandLine } from '../src/chat/command-line.js'
import { type Message, type Part, textMessage } from '../src/chat/message.js'
import type { Reply } from '../src/chat/platform.js'
import { parseSince } from '../src/chat/since.js'
import { firstSchedule } from '../src/digest/digest.js'
import { describeSchedule } from '../src/digest/schedule.js'
import { DELIVERY_MODES, type DeliveryMode } from '../src/model/subscription.js'
import type { Command, CommandContext } from '../src/services.js'

/** Stories that the preview shows. */
const PREVIEW_STORIES = 5

export const subscribe: Command = {
  name: 'subscribe',
  description: 'Alerts and a weekly digest for this channel; shows first what it would have posted',
  permission: 'manage',
  options: [
    ...FILTER_OPTIONS,
    {
      name: 'mode',
      description: 'alerts, the weekly digest, both (the default), or only changes of the ledger',
      type: 'text',
      choices: DELIVERY_MODES
    },
    ...START_OPTIONS
  ],
  examples: [
    'subscribe jurisdiction:US/* kind:legislation',
    'subscribe company:Amazon company:"Clearview AI" mode:alerts',
    'subscribe jurisdiction:EU/* -words:airport last:5',
    'subscribe kind:litigation start:digest'
  ],
  run: preview,
  async press(context, argument) {
    const [answer = '', ...rest] = argument.split(' ')
    if (answer === 'no') return { message: textMessage('Nothing was changed.'), replace: true }
    await context.requireManager()
    const { args } = parseCommandLine(`subscribe ${rest.join(' ')}`, context.services.commands)
    // "Follow" under an answer shows the preview first, as the typed command does.
    return answer === 'follow' ? preview(context, args) : { message: await add(context, args), replace: true }
  }
}

async function preview(context: CommandContext, args: Arguments): Promise<Reply> {
  const { store, names } = context.services
  const filter = readFilter(args, names)
  const mode = readMode(args)
  const start = readStart(args, mode)
  const publishedSince = parseSince(`${LOOK_BACK_DAYS}d`, context.now)
  const { stories, total } = await store.stories.query({
    filter,
    publishedSince,
    visibleTo: context.workspace.id,
    limit: PREVIEW_STORIES,
    offset: 0
  })
  const onlyChanges = mode === 'changes'
  const parts: Part[] = [
    { type: 'text', text: [{ text: describeFilter(filter, names), style: 'bold' }, ` — ${modeText(mode)}.`] },
    {
      type: 'text',
      text: onlyChanges
        ? 'Few and far between: told when news report that a position or a rule changed, and when somebody confirms it.'
        : previewText(total)
    }
  ]
  if (stories.length > 0 && !onlyChanges)
    parts.push({ type: 'list', items: stories.map((story) => storyLine(story, names, context.now)) })
  if (total > stories.length && !onlyChanges)
    parts.push({ type: 'context', text: `… and ${total - stories.length} more` })
  const first = describeStart(start)
  if (first) parts.push({ type: 'text', text: first })
  const again = [filterToText(filter), `mode:${mode}`].filter(Boolean).join(' ')
  const choices = start === null ? startChoices(mode, total) : []
  return {
    message: {
      title: { text: `Subscribe ${channelName(context)}?` },
      parts,
      buttons: [
        { label: 'Yes, subscribe', action: `subscribe:yes ${again} ${startToText(start)}`.trim(), style: 'primary' },
        ...choices.map(({ label, option }) => ({ label, action: `subscribe:yes ${again} ${option}` })),
        { label: 'No', action: 'subscribe:no' }
      ]
    }
  }
}

async function add(context: CommandContext, args: Arguments): Promise<Message> {
  const { store, names, wakeSender } = context.services
  const { channel, actor, now } = context
  const filter = readFilter(args, names)
  const mode = readMode(args)
  const start = readStart(args, mode) ?? { with: 'none' }
  const added = await store.subscriptions.add(
    { channelId: channel.id, filter, mode, createdBy: actor.id, createdByName: actor.name },
    now
  )
  const what = describeFilter(filter, names)
  if (added.already) {
    // Pressed twice, or again after a crash in between: what it starts with is owed once.
    const first = await oweStart(context, added.subscription, start)
    wakeSender()
    return textMessage(
      [`This channel has that subscription already: ${what}.`, first.owed > 0 ? first.text : ''].join('\n').trim()
    )
  }
  const detail = `${filterToText(filter)} mode:${mode} ${startToText(start)}`.trim()
  await store.audit.add(
    {
      workspaceId: context.workspace.id,
      channelId: channel.id,
      actorId: actor.id,
      actorName: actor.name,
      action: 'subscribe',
      detail
    },
    now
  )
  const lines = [`Subscribed, number ${added.subscription.id}: ${what} — ${modeText(mode)}.`]
  if (mode === 'digest' || mode === 'both')
    lines.push(`The digest comes ${describeSchedule(await digestSchedule(context))}. \`/facelaw digest\` changes that.`)
  const first = await oweStart(context, added.subscription, start)
  if (first.text !== '') lines.push(first.text)
  wakeSender()
  return textMessage(lines.join('\n'), { tone: 'good' })
}

async function digestSchedule(context: CommandContext) {
  const { store } = context.services
  const stored = await store.digests.get(context.channel.id)
  if (stored) return stored
  const schedule = firstSchedule(context.channel.id, context.workspace.zone, context.now)
  await store.digests.set(schedule)
  return schedule
}

function readMode(args: Arguments): DeliveryMode {
  return (args.one('mode') as DeliveryMode | undefined) ?? 'both'
}

const MODE_TEXT: Record<DeliveryMode, string> = {
  both: 'alerts and the weekly digest',
  alerts: 'alerts',
  digest: 'the weekly digest only',
  changes: 'changed facts of the ledger only, as they are reported and confirmed'
}

function modeText(mode: DeliveryMode): string {
  return MODE_TEXT[mode]
}

function previewText(total: number): string {
  if (total === 0) return 'In the last 30 days this would have posted nothing.'
  return `In the last 30 days this would have posted ${total} ${total === 1 ? 'story' : 'stories'}, about ${perWeek(total)} a week:`
}

function perWeek(total: number): string {
  const week = (total * 7) / 30
  return week < 1 ? 'less than one' : String(Math.round(week))
}

function channelName({ channel }: CommandContext): string {
  return channel.platform === 'terminal' ? 'this terminal' : `#${channel.name}`
}
