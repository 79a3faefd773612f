import { createHash } from 'node:crypto'
import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator'
import { addDays, type Day, dateInWords, precision, rangeOf } from '../dates.js'
import type { Deadline } from './deadlines.js'

/** Events of one calendar; no ledger has more dates ahead, and a reader should not load for ever. */
export const CALENDAR_EVENTS = 2000
/** Seconds after which calendars may ask again. */
const REFRESH_SECONDS = 12 * 60 * 60

/**
 * Dates ahead as an iCalendar document (RFC 5545): whole-day events with ids that stay when a date moves, and a sequence
 * number that grows with each move. Free time: nobody's day is blocked by a law.
 * @param name what the calendar shows as its title
 * @param today the day of the document
 */
export function calendarOf(dates: readonly Deadline[], name: string, today: Day): string {
  const calendar = ical({
    name: plain(name),
    prodId: { company: 'facelaw', product: 'deadlines', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    scale: 'gregorian',
    ttl: REFRESH_SECONDS
  })
  for (const deadline of dates.slice(0, CALENDAR_EVENTS)) {
    const first = rangeOf(deadline.date).first
    const changed = changedOn(deadline, today)
    const [url] = deadline.sources
    calendar.createEvent({
      id: `${uidOf(deadline.id)}@facelaw`,
      start: midnight(first),
      // The end of a whole-day event is the day after it.
      end: midnight(addDays(first, 1)),
      allDay: true,
      stamp: midnight(changed),
      lastModified: midnight(changed),
      sequence: deadline.was.length,
      summary: `${deadline.says}${precision(deadline.date) === 'day' ? '' : ` (${dateInWords(deadline.date)}, day not known)`}`,
      // Nothing that changes from day to day ("in 30 days"): it would be stale in every calendar.
      description: [deadline.told, ...deadline.sources].join('\n'),
      transparency: ICalEventTransparency.TRANSPARENT,
      ...(url && { url })
    })
  }
  const document = dates.length > 0 ? calendar.toString() : withZone(calendar.toString())
  // Every line ends so, the last one, too (RFC 5545, section 3.1); the library leaves it out.
  return `${document}\r\n`
}

/** Without what a text must escape (RFC 5545, section 3.3.11): readers do not agree on names that hold a comma. */
function plain(name: string): string {
  return name.replace(/\s*[\\;,\s]+\s*/gu, (gap) => (/\S/u.test(gap) ? ' · ' : ' '))
}

/** A calendar must hold something (RFC 5545, section 3.6), or readers refuse it: where nothing lies ahead, a time zone. */
function withZone(document: string): string {
  const zone = [
    'BEGIN:VTIMEZONE',
    'TZID:Etc/UTC',
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    'TZOFFSETFROM:+0000',
    'TZOFFSETTO:+0000',
    'TZNAME:UTC',
    'END:STANDARD',
    'END:VTIMEZONE'
  ]
  return document.replace(/END:VCALENDAR$/, [...zone, 'END:VCALENDAR'].join('\r\n'))
}

/** Record ids hold slashes; a digest keeps the id short, whatever a file names. */
function uidOf(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 32)
}

/**
 * When the date was last set, as far as is known: a document made twice of the same records is the same, so that
 * calendars see no change where there is none.
 */
function changedOn({ known }: Deadline, today: Day): Day {
  const day = rangeOf(known).first
  return day < today ? day : today
}

function midnight(day: Day): Date {
  return new Date(`${day}T00:00:00Z`)
}
