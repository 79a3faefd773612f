import { DateTime } from 'luxon'
import type { Arguments } from '../src/chat/command.js'
import { UsageError } from '../src/chat/command.js'
import { textMessage } from '../src/chat/message.js'
import type { Reply } from '../src/chat/platform.js'
import { readZone, zoneOption } from '../src/chat/zone.js'
import { composeDigest, firstSchedule } from '../src/digest/digest.js'
import { describeSchedule, nextDigestAt, WEEKDAYS } from '../src/digest/schedule.js'
import type { DigestSchedule } from '../src/model/subscription.js'
import type { Command, CommandContext } from '../src/services.js'

export const digest: Command = {
  name: 'digest',
  description: 'The digest of the last seven days, now; or when the weekly one comes',
  permission: 'anyone',
  options: [
    {
      name: 'action',
      description: 'now (the default), on, or off',
      type: 'text',
      positional: true,
      choices: ['now', 'on', 'off']
    },
    { name: 'day', description: 'Weekday of the weekly digest', type: 'text', choices: WEEKDAYS },
    { name: 'hour', description: 'Hour of the weekly digest, 0 to 23', type: 'number' },
    zoneOption('the weekly digest')
  ],
  examples: ['digest', 'digest day:friday hour:8 zone:Europe/Berlin', 'digest off'],
  async run(context, args) {
    const changes = args.names.some((name) => name !== 'action') || ['on', 'off'].includes(args.one('action') ?? '')
    return changes ? change(context, args) : now(context)
  }
}

/** Seven days, told to the asker alone; the stored window of the weekly digest stays where it is. */
async function now(context: CommandContext): Promise<Reply> {
  const schedule = (await context.services.store.digests.get(context.channel.id)) ?? newSchedule(context)
  const start = DateTime.fromJSDate(context.now).minus({ days: 7 }).toJSDate()
  const message = await composeDigest(context.services, schedule, { start, end: context.now })
  const next = schedule.enabled ? `The weekly digest comes ${describeSchedule(schedule)}.` : 'The weekly digest is off.'
  return { message: { ...message, parts: [...message.parts, { type: 'context', text: next }] } }
}

async function change(context: CommandContext, args: Arguments): Promise<Reply> {
  await context.requireManager()
  const { store } = context.services
  const { workspace, channel, actor } = context
  const before = (await store.digests.get(channel.id)) ?? newSchedule(context)
  const zone = readZone(args)
  const after: DigestSchedule = {
    ...before,
    weekday: readWeekday(args) ?? before.weekday,
    hour: readHour(args) ?? before.hour,
    zone: zone ?? before.zone,
    enabled: args.one('action') !== 'off'
  }
  // Switched on again: what happened while it was off is not told late.
  if (after.enabled && !before.enabled) after.windowStart = context.now
  after.nextAt = nextDigestAt(after, context.now)
  await store.digests.set(after)
  if (zone) await store.channels.adoptZone(workspace.id, zone)
  const detail = after.enabled ? describeSchedule(after) : 'off'
  await store.audit.add(
    {
      workspaceId: workspace.id,
      channelId: channel.id,
      actorId: actor.id,
      actorName: actor.name,
      action: 'digest',
      detail
    },
    context.now
  )
  const text = after.enabled
    ? `The weekly digest comes ${describeSchedule(after)}; the next on ${DateTime.fromJSDate(after.nextAt, { zone: after.zone }).toFormat('d LLLL yyyy')}.`
    : 'The weekly digest is off. `/facelaw digest on` brings it back.'
  return { message: textMessage(text, { tone: 'good' }) }
}

function newSchedule(context: CommandContext): DigestSchedule {
  return { ...firstSchedule(context.channel.id, context.workspace.zone, context.now), enabled: false }
}

function readWeekday(args: Arguments): number | undefined {
  const day = args.one('day')
  return day === undefined ? undefined : WEEKDAYS.indexOf(day as (typeof WEEKDAYS)[number]) + 1
}

function readHour(args: Arguments): number | undefined {
  const hour = args.one('hour')
  if (hour === undefined) return undefined
  if (Number(hour) > 23) throw new UsageError(`\`hour:\` takes 0 to 23, not ${hour}.`)
  return Number(hour)
}
