import { type Arguments, type CommandOption, UsageError } from '../chat/command.js'
import { readZone, zoneOption } from '../chat/zone.js'
import type { AlertSettings } from '../model/subscription.js'
import { RUSH_STORIES } from './calm.js'

/** Options of `subscriptions` that say how a channel wants its alerts. */
export const ALERT_OPTIONS: CommandOption[] = [
  {
    name: 'threads',
    description: 'Changes of a told story: on (a reply in its thread), off (a new alert that links it), both',
    type: 'text',
    choices: ['on', 'off', 'both']
  },
  { name: 'style', description: 'Alerts: compact, or full', type: 'text', choices: ['compact', 'full'] },
  {
    name: 'single-source',
    description: 'One unofficial source alone: label it, or wait up to an hour for a second',
    type: 'text',
    choices: ['label', 'wait']
  },
  { name: 'quiet', description: 'Quiet hours, such as 22-7, or off', type: 'text' },
  zoneOption('the quiet hours'),
  {
    name: 'urgent',
    description: 'Rules in force and deadlines: pass quiet hours and the cap, or wait',
    type: 'text',
    choices: ['pass', 'wait']
  },
  {
    name: 'cap',
    description: 'Most alerts an hour, the rest waits and comes in one list; 0: each by itself',
    type: 'number'
  }
]

const MOST_AN_HOUR = 1000

/** The settings with what was given changed. `zone`: the workspace's, for quiet hours that name none. */
export function changeSettings(before: AlertSettings, args: Arguments, zone: string): AlertSettings {
  const after = { ...before }
  const threads = args.one('threads') as AlertSettings['threads'] | undefined
  const style = args.one('style') as AlertSettings['style'] | undefined
  const single = args.one('single-source') as AlertSettings['singleSource'] | undefined
  const urgent = args.one('urgent')
  const cap = args.one('cap')
  if (threads) after.threads = threads
  if (style) after.style = style
  if (single) after.singleSource = single
  if (urgent) after.urgent = urgent === 'pass'
  if (cap !== undefined) after.cap = readCap(cap)
  after.quiet = readQuiet(before.quiet, args, zone)
  return after
}

function readCap(cap: string): number {
  if (Number(cap) > MOST_AN_HOUR) throw new UsageError(`\`cap:\` takes 0 to ${MOST_AN_HOUR}, not ${cap}.`)
  return Number(cap)
}

function readQuiet(before: AlertSettings['quiet'], args: Arguments, workspaceZone: string): AlertSettings['quiet'] {
  const [typed, zone] = [args.one('quiet'), readZone(args)]
  if (typed?.toLowerCase() === 'off') return null
  if (typed === undefined) {
    if (zone === undefined) return before
    if (before === null) throw new UsageError('`zone:` goes with quiet hours: `quiet:22-7 zone:Europe/Berlin`.')
    return { ...before, zone }
  }
  const match = /^(\d{1,2})(?::00)?\s*[-–]\s*(\d{1,2})(?::00)?$/.exec(typed)
  const [from, until] = [Number(match?.[1]), Number(match?.[2])]
  if (!match || from > 23 || until > 23 || from === until) {
    throw new UsageError(`\`quiet:\` takes two hours of the day, such as 22-7, or off; not “${typed}”.`)
  }
  return { from, until, zone: zone ?? before?.zone ?? workspaceZone }
}

function describeCap(cap: AlertSettings['cap']): string {
  if (cap === null) return `in a rush (${RUSH_STORIES} an hour) what stands in line comes in lists`
  return cap === 0 ? 'no cap' : `at most ${cap} an hour`
}

/** `changes in the thread · compact · one source: labelled · quiet 22–7 (Europe/Berlin) · at most 5 an hour`. */
export function describeSettings({ threads, style, singleSource, quiet, urgent, cap }: AlertSettings): string {
  const changes = { on: 'in the thread', off: 'as new alerts', both: 'in the thread and as new alerts' }[threads]
  const hours = quiet
    ? `quiet ${quiet.from}–${quiet.until} (${quiet.zone})${urgent ? ', but for rules in force and deadlines' : ''}`
    : 'no quiet hours'
  return [
    `changes ${changes}`,
    style,
    singleSource === 'wait' ? 'a single source waits for a second' : 'a single source is labelled',
    hours,
    describeCap(cap)
  ].join(' · ')
}
