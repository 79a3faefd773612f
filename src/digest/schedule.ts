import { DateTime } from 'luxon'
import type { DigestSchedule } from '../model/subscription.js'

/** Monday 09:00 of the workspace's zone, unless a channel says otherwise. */
export const DEFAULT_WEEKDAY = 1
export const DEFAULT_HOUR = 9

/** ISO 8601: Monday is 1. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/**
 * The first moment after `after` at which the schedule's weekday and hour are on its zone's clock. An hour that a clock
 * change skips moves to the next one that exists; an hour that comes twice is taken once, the first time.
 */
export function nextDigestAt(schedule: Pick<DigestSchedule, 'weekday' | 'hour' | 'zone'>, after: Date): Date {
  const start = DateTime.fromJSDate(after, { zone: schedule.zone })
  const thisWeek = start.set({ weekday: schedule.weekday as 1 | 2 | 3 | 4 | 5 | 6 | 7 }).startOf('day')
  for (const week of [0, 1, 2]) {
    const day = thisWeek.plus({ weeks: week })
    const moment = day.set({ hour: schedule.hour })
    if (moment.toJSDate() > after) return moment.toJSDate()
  }
  throw new RangeError(`no digest time after ${after.toISOString()}: the schedule is broken`)
}

/** `Monday 09:00, Europe/Berlin`. */
export function describeSchedule(schedule: Pick<DigestSchedule, 'weekday' | 'hour' | 'zone'>): string {
  const day = WEEKDAYS[schedule.weekday - 1]!
  return `${day.charAt(0).toUpperCase()}${day.slice(1)} ${String(schedule.hour).padStart(2, '0')}:00, ${schedule.zone}`
}
