import { age } from '../src/alerts/alert-message.js'
import { describeFilter } from '../src/alerts/filter.js'
import { UsageError } from '../src/chat/command.js'
import { type Part, textMessage } from '../src/chat/message.js'
import { PAGE_SIZE, pageButtons, pageLabel } from '../src/chat/paging.js'
import type { Reply } from '../src/chat/platform.js'
import { readPage } from '../src/chat/story-list.js'
import { describeSchedule } from '../src/digest/schedule.js'
import type { Subscription } from '../src/model/subscription.js'
import type { Command, CommandContext } from '../src/services.js'

export const subscriptions: Command = {
  name: 'subscriptions',
  description: 'What this channel gets, who asked for it and when',
  permission: 'anyone',
  options: [
    {
      name: 'changes',
      description: 'Slack: who may change subscriptions (an admin rules it)',
      type: 'text',
      choices: ['anyone', 'admins']
    }
  ],
  examples: ['subscriptions', 'subscriptions changes:admins'],
  async run(context, args) {
    const changes = args.one('changes') as 'anyone' | 'admins' | undefined
    return changes ? rule(context, changes) : showSubscriptions(context)
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

async function rule(context: CommandContext, changes: 'anyone' | 'admins'): Promise<Reply> {
  const { workspace, actor, channel, now } = context
  if (workspace.platform !== 'slack') {
    throw new UsageError(
      'Here the permission “Manage Channels” rules who may change subscriptions; there is nothing to set.'
    )
  }
  await context.requireAdmin()
  const { store } = context.services
  await store.channels.setChanges(workspace.id, changes)
  await store.audit.add(
    {
      workspaceId: workspace.id,
      channelId: channel.id,
      actorId: actor.id,
      actorName: actor.name,
      action: 'rule',
      detail: `changes:${changes}`
    },
    now
  )
  const who = changes === 'admins' ? 'Only admins may' : 'Anyone in a channel may'
  return { message: textMessage(`${who} change subscriptions from now on.`, { tone: 'good' }) }
}
