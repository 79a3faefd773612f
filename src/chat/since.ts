import { DateTime } from 'luxon'
import { UsageError } from './command.js'

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
export function parseDay(text: string, option: string): Date {
  const day = DateTime.fromISO(text, { zone: 'utc' })
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !day.isValid) {
    const forms = option === 'since' ? 'a length such as 12h, 30d, 2w, 6m or a day such as 2020-06-10' : 'a day such as 2020-06-10'
    throw new UsageError(`\`${option}:\` takes ${forms}, not “${text}”.`)
  }
  return day.toJSDate()
}
