import { DateTime } from 'luxon'
import { dayOf } from '../ledger/dates.js'
import { type Arguments, type CommandOption, UsageError } from './command.js'
import { dayMeant } from './day-meant.js'

const UNITS = { h: 'hours', d: 'days', w: 'weeks', m: 'months', y: 'years' } as const

/**
 * A moment in the past: `12h`, `30d`, `2w`, `6m`, `1y`, or a day `2020-06-10` (UTC).
 * @throws UsageError that shows the forms.
 */
export function parseSince(text: string, now: Date): Date {
  const match = /^(\d{1,4})\s*([hdwmy])$/i.exec(text)
  if (match) {
    const unit = UNITS[match[2]!.toLowerCase() as keyof typeof UNITS]
    return DateTime.fromJSDate(now, { zone: 'utc' })
      .minus({ [unit]: Number(match[1]) })
      .toJSDate()
  }
  return parseDay(text, 'since')
}

/**
 * A day, `2020-06-10`, from its first moment in UTC.
 * @throws UsageError that names the option and the form.
 */
function parseDay(text: string, option: string): Date {
  const day = DateTime.fromISO(text, { zone: 'utc' })
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !day.isValid) {
    const forms =
      option === 'since' ? 'a length such as 12h, 30d, 2w, 6m or a day such as 2020-06-10' : 'a day such as 2020-06-10'
    throw new UsageError(`\`${option}:\` takes ${forms}, not “${text}”.`)
  }
  return day.toJSDate()
}

/** The option of commands that can answer for another day. */
export const AS_OF_OPTION: CommandOption = {
  name: 'as-of',
  description: 'How it stood on that day: 2021-05-01, 1 May 2021, May 2021 (its last day)',
  type: 'text'
}

/** For which day the ledger is asked; `until` ends the stories when that day is not today. */
export function readMoment(args: Arguments, now: Date): { asOf: string; now: string; until?: Date } {
  const today = dayOf(now)
  const typed = args.one('as-of')
  if (typed === undefined) return { asOf: today, now: today }
  const asOf = /^\d{4}-\d{2}-\d{2}$/.test(typed) ? typed : (dayMeant(typed, now)?.day ?? typed)
  const day = parseDay(asOf, 'as-of')
  return { asOf, now: today, until: new Date(day.getTime() + 86_400_000) }
}
