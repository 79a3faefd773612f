import { describeFilter, filterToText } from '../src/alerts/filter.js'
import { UsageError } from '../src/chat/command.js'
import { textMessage } from '../src/chat/message.js'
import type { Reply } from '../src/chat/platform.js'
import type { Command, CommandContext } from '../src/services.js'
import { showSubscriptions } from './subscriptions.js'

export const unsubscribe: Command = {
  name: 'unsubscribe',
  description: 'End one of this channel’s subscriptions',
  permission: 'manage',
  options: [
    {
      name: 'number',
      description: 'Its number, as /facelaw subscriptions shows it',
      type: 'subscription',
      positional: true
    }
  ],
  examples: ['unsubscribe', 'unsubscribe 3'],
  async run(context, args) {
    const number = args.one('number')
    return number === undefined ? showSubscriptions(context) : end(context, number)
  },
  async press(context, argument) {
    await context.requireManager()
    return { ...(await end(context, argument)), replace: true }
  }
}

async function end(context: CommandContext, number: string): Promise<Reply> {
  const { store, names } = context.services
  const { channel, actor, now } = context
  const id = /^#?(\d{1,15})$/.exec(number)?.[1]
  const removed = id ? await store.subscriptions.remove(channel.id, Number(id), actor.id, now) : null
  if (!removed) {
    throw new UsageError(`This channel has no subscription ${number}. \`/facelaw subscriptions\` shows their numbers.`)
  }
  await store.audit.add(
    {
      workspaceId: context.workspace.id,
      channelId: channel.id,
      actorId: actor.id,
      actorName: actor.name,
      action: 'unsubscribe',
      detail: `${removed.id}: ${filterToText(removed.filter)}`
    },
    now
  )
  return {
    message: textMessage(`Ended subscription ${removed.id}: ${describeFilter(removed.filter, names)}.`, {
      tone: 'good'
    })
  }
}
