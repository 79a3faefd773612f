import type { Arguments } from '../src/chat/command.js'
import { UsageError } from '../src/chat/command.js'
import { type Part, textMessage } from '../src/chat/message.js'
import type { Reply } from '../src/chat/platform.js'
import { AS_OF_OPTION, readMoment } from '../src/chat/since.js'
import { readZone, zoneOption } from '../src/chat/zone.js'
import { deadlines as findDeadlines } from '../src/ledger/ahead/deadlines.js'
import { localDay, nextMorning, REMIND_DAYS } from '../src/ledger/ahead/reminders.js'
import { deadlineParts } from '../src/ledger/answers.js'
import { dateInWords } from '../src/ledger/dates.js'
import { findPlace } from '../src/ledger/places.js'
import { findCompany } from '../src/ledger/record/positions.js'
import { workspaceLedger } from '../src/ledger/reports/workspace-ledger.js'
import type { Command, CommandContext } from '../src/services.js'
import { calendarPath } from '../src/web/calendar.js'

/** Days ahead that are shown when nothing else is asked. */
const DEFAULT_DAYS = 90
/** Ten years: no law on record reaches further. */
const MOST_DAYS = 3653

export const deadlines: Command = {
  name: 'deadlines',
  description: 'Dates ahead: in force, sunsets, pauses that end, comments that close',
  permission: 'anyone',
  options: [
    { name: 'within', description: 'How far ahead: 90d (the default), 26w, 12m, 2y', type: 'text' },
    { name: 'jurisdiction', description: 'A place; US/* with its states and cities', type: 'jurisdiction' },
    { name: 'company', description: 'A company', type: 'company' },
    {
      name: 'remind',
      description: 'Remind this channel 90, 30, 7 and 1 days before each: on, off',
      type: 'text',
      choices: ['on', 'off']
    },
    zoneOption('the reminders'),
    {
      name: 'calendar',
      description: 'The address of a calendar of these dates; new: another one, which ends the old',
      type: 'text',
      choices: ['show', 'new']
    },
    AS_OF_OPTION
  ],
  examples: [
    'deadlines',
    'deadlines remind:on jurisdiction:US/* zone:America/New_York',
    'deadlines within:1y jurisdiction:EU/*',
    'deadlines calendar:show jurisdiction:US/*',
    'deadlines as-of:2021-06-01'
  ],
  async run(context, args) {
    if (args.one('remind')) return setReminder(context, args)
    if (args.one('zone')) throw new UsageError('`zone:` goes with reminders: `remind:on zone:Europe/Berlin`.')
    return args.one('calendar') ? showCalendar(context, args) : show(context, args)
  }
}

async function show(context: CommandContext, args: Arguments): Promise<Reply> {
  const { names, store } = context.services
  const ledger = await workspaceLedger(store, context.services.ledger, context.workspace.id)
  const [place, company] = [args.one('jurisdiction'), args.one('company')]
  const query = {
    from: readMoment(args, context.now).asOf,
    within: readDays(args.one('within')),
    ...(place && { jurisdiction: names.place(place) }),
    ...(company && { company: names.company(company) })
  }
  const parts = deadlineParts(ledger, findDeadlines(ledger, query), query)
  return { message: { title: { text: `Dates ahead, ${query.within} days from ${dateInWords(query.from)}` }, parts } }
}

async function setReminder(context: CommandContext, args: Arguments): Promise<Reply> {
  await context.requireManager()
  const { names, store } = context.services
  const { channel, workspace, actor, now } = context
  const [place, typed] = [args.one('jurisdiction'), args.one('company')]
  const what = { jurisdiction: place ? names.place(place) : null, company: typed ? names.company(typed) : null }
  const on = args.one('remind') === 'on'
  const named = readZone(args)
  const zone = named ?? workspace.zone
  const times = { zone, toldUntil: localDay(now, zone), nextAt: nextMorning(zone, now) }
  const by = { createdBy: actor.id, createdByName: actor.name }
  const changed = on
    ? await store.reminders.add({ channelId: channel.id, ...what, ...times, ...by }, now)
    : (await store.reminders.end(channel.id, what.jurisdiction || what.company ? what : 'all', now)) > 0
  const about = [what.jurisdiction && names.placeWithCode(what.jurisdiction), what.company].filter(Boolean).join(', ')
  if (!changed)
    return {
      message: textMessage(on ? 'This channel is reminded of these already.' : 'This channel has no such reminder.')
    }
  if (named) await store.channels.adoptZone(workspace.id, named)
  await store.audit.add(
    {
      workspaceId: workspace.id,
      channelId: channel.id,
      actorId: actor.id,
      actorName: actor.name,
      action: on ? 'remind' : 'remind-off',
      detail: about || 'everything'
    },
    now
  )
  const days = REMIND_DAYS.join(', ').replace(/, (\d+)$/, ' and $1')
  const text = on
    ? `This channel is reminded ${days} days before each date${about ? ` of ${about}` : ''}, at 9 in the morning (${zone}), once each.`
    : 'Ended: no more of these reminders.'
  return { message: textMessage(text, { tone: 'good' }) }
}

/** The address of the workspace's own calendar: the shipped ledger and what the workspace confirmed. */
async function showCalendar(context: CommandContext, args: Arguments): Promise<Reply> {
  const { names, store, publicUrl } = context.services
  const { workspace, channel, actor, now } = context
  const [place, typed] = [args.one('jurisdiction'), args.one('company')]
  const filter = { ...(place && { jurisdiction: names.place(place) }), ...(typed && { company: names.company(typed) }) }
  const ledger = await workspaceLedger(store, context.services.ledger, workspace.id)
  if (filter.jurisdiction && !findPlace(ledger, filter.jurisdiction))
    throw new UsageError(
      `Nothing is on record of ${names.placeWithCode(filter.jurisdiction)}, so its calendar would be empty.`
    )
  if (filter.company && !findCompany(ledger, filter.company))
    throw new UsageError(`Nothing is on record of ${filter.company}, so its calendar would be empty.`)
  const renew = args.one('calendar') === 'new'
  if (renew) {
    await context.requireManager()
    const by = { workspaceId: workspace.id, channelId: channel.id, actorId: actor.id, actorName: actor.name }
    await store.audit.add({ ...by, action: 'calendar-new', detail: 'the old address ended' }, now)
  }
  const key = renew ? await store.calendars.renew(workspace.id) : await store.calendars.key(workspace.id)
  const path = calendarPath(key, filter)
  const parts: Part[] = [
    { type: 'text', text: publicUrl ? `${publicUrl.replace(/\/$/, '')}${path}` : path },
    {
      type: 'context',
      text: `Subscribe to it in Google Calendar (From URL) or Outlook (Subscribe from web). It holds what this workspace confirmed, too: whoever has the address can read it. \`calendar:new\` ends it and makes another.${publicUrl ? '' : ' Before it goes the address of this bot’s web server: whoever runs the bot sets FACELAW_PORT and FACELAW_PUBLIC_URL.'}`
    }
  ]
  return {
    message: {
      title: { text: renew ? 'A new calendar address; the old one has ended' : 'Calendar of dates ahead' },
      parts
    }
  }
}

const DAYS = { d: 1, w: 7, m: 30.44, y: 365.25 } as const

function readDays(text: string | undefined): number {
  if (text === undefined) return DEFAULT_DAYS
  const match = /^(\d{1,4})\s*([dwmy])$/i.exec(text)
  if (!match) throw new UsageError(`\`within:\` takes a length such as 90d, 26w, 12m or 2y, not “${text}”.`)
  return Math.min(MOST_DAYS, Math.round(Number(match[1]) * DAYS[match[2]!.toLowerCase() as keyof typeof DAYS]))
}
