import { age } from '../src/alerts/alert-message.js'
import { describeFilter } from '../src/alerts/filter.js'
import { ALERT_OPTIONS, changeSettings, describeSettings } from '../src/alerts/settings.js'
import { type Arguments, UsageError } from '../src/chat/command.js'
import { type Part, textMessage } from '../src/chat/message.js'
import { PAGE_SIZE, pageButtons, pageLabel } from '../src/chat/paging.js'
import type { Reply } from '../src/chat/platform.js'
import { readPage } from '../src/chat/story-list.js'
import { describeSchedule } from '../src/digest/schedule.js'
import type { Subscription } from '../src/model/subscription.js'
import type { Command, CommandContext } from '../src/services.js'

export const subscriptions: Command = {
  name: 'subscriptions',
  description: 'What this channel gets, who asked for it and when; and how it wants its alerts',
  permission: 'anyone',
  options: [
    {
      name: 'changes',
      description: 'Slack: who may change subscriptions (an admin rules it)',
      type: 'text',
      choices: ['anyone', 'admins']
    },
    ...ALERT_OPTIONS
  ],
  examples: [
    'subscriptions',
    'subscriptions quiet:22-7 zone:Europe/Berlin urgent:pass',
    'subscriptions cap:5 single-source:wait threads:off',
    'subscriptions changes:admins'
  ],
  async run(context, args) {
    const changes = args.one('changes') as 'anyone' | 'admins' | undefined
    const settings = args.names.some((name) => ALERT_OPTIONS.some((option) => option.name === name))
    const answers = [
      ...(changes ? [await rule(context, changes)] : []),
      ...(settings ? [await changeAlerts(context, args)] : [])
    ]
    if (answers.length === 0) return showSubscriptions(context)
    return { message: textMessage(answers.join('\n'), { tone: 'good' }) }
  },
  async press(context, argument) {
    return { ...(await showSubscriptions(context, readPage(argument)?.page ?? 0)), replace: true }
  }
}

/** The channel's subscriptions with a button to end each; `unsubscribe` without a number shows the same. */
export async function showSubscriptions(context: CommandContext, page = 0): Promise<Reply> {
  const { store } = context.services
  const all = await store.subscriptions.list(context.channel.id)
  if (all.length === 0) {
    return {
      message: textMessage('This channel has no subscriptions yet. For example: `/facelaw subscribe jurisdiction:US/*`')
    }
  }
  const shown = all.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE)
  const parts: Part[] = [{ type: 'list', items: shown.map((subscription) => line(subscription, context)) }]
  const settings = await store.channels.alertSettings(context.channel.id)
  parts.push({ type: 'text', text: `Alerts: ${describeSettings(settings)}.` })
  const schedule = await store.digests.get(context.channel.id)
  if (schedule?.enabled) parts.push({ type: 'text', text: `Digest: ${describeSchedule(schedule)}.` })
  if (context.channel.pausedReason) {
    parts.push({ type: 'text', text: `Nothing was sent lately: ${context.channel.pausedReason} Trying again now.` })
  }
  const label = pageLabel(page, all.length)
  if (label) parts.push({ type: 'context', text: label })
  return {
    message: {
      title: { text: 'Subscriptions of this channel' },
      parts,
      buttons: [
        ...shown.map(({ id }) => ({ label: `End ${id}`, action: `unsubscribe:${id}` })),
        ...pageButtons(page, all.length, (to) => `subscriptions:page ${to}`)
      ]
    }
  }
}

function line(subscription: Subscription, { services, now }: CommandContext) {
  const mode = subscription.mode === 'both' ? 'alerts and digest' : subscription.mode
  return [
    { text: `${subscription.id}`, style: 'bold' as const },
    `: ${describeFilter(subscription.filter, services.names)} — ${mode}; ${subscription.createdByName}, ${age(subscription.createdAt, now)}`
  ]
}

async function rule(context: CommandContext, changes: 'anyone' | 'admins'): Promise<string> {
  const { workspace } = context
  if (workspace.platform !== 'slack') {
    throw new UsageError(
      'Here the permission “Manage Channels” rules who may change subscriptions; there is nothing to set.'
    )
  }
  await context.requireAdmin()
  await context.services.store.channels.setChanges(workspace.id, changes)
  await audit(context, 'rule', `changes:${changes}`)
  const who = changes === 'admins' ? 'Only admins may' : 'Anyone in a channel may'
  return `${who} change subscriptions from now on.`
}

async function changeAlerts(context: CommandContext, args: Arguments): Promise<string> {
  await context.requireManager()
  const { services, workspace, channel, now } = context
  const before = await services.store.channels.alertSettings(channel.id)
  const after = changeSettings(before, args, workspace.zone)
  await services.store.channels.setAlertSettings(channel.id, after, now)
  if (after.quiet) await services.store.channels.adoptZone(workspace.id, after.quiet.zone)
  await audit(context, 'alerts', `${describeSettings(before)} → ${describeSettings(after)}`)
  services.wakeSender()
  return `Alerts of this channel from now on: ${describeSettings(after)}.`
}

async function audit({ services, workspace, channel, actor, now }: CommandContext, action: string, detail: string) {
  const entry = { workspaceId: workspace.id, channelId: channel.id, actorId: actor.id, actorName: actor.name }
  await services.store.audit.add({ ...entry, action, detail }, now)
}
