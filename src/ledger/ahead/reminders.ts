import { DateTime } from 'luxon'
import type { Message } from '../../chat/message.js'
import type { Logger } from '../../log.js'
import type { Reminder } from '../../store/reminders.js'
import type { Store } from '../../store/store.js'
import { addDays, type Day, daysBetween, rangeOf } from '../dates.js'
import type { Ledger } from '../record/model.js'
import { workspaceLedger } from '../reports/workspace-ledger.js'
import { type Deadline, deadlines } from './deadlines.js'

/** Days before a date on which channels that asked are reminded. */
export const REMIND_DAYS = [90, 30, 7, 1] as const

/** The hour, on the clock of the channel's zone, at which reminders go out. */
const HOUR = 9
/** Channels reminded in one tick; the rest follow at the next. */
const DUE_LIMIT = 100

/**
 * Owes the reminders of every channel whose morning has come. What is stored is up to which day it was told, so that a
 * restart, a sleep or a clock set back neither repeats nor skips one; after a sleep only the nearest reminder of a date
 * is owed, the ones before it have lost their use.
 */
export async function oweDueReminders(
  { store, ledger, logger }: { store: Store; ledger: Ledger; logger: Logger },
  now: Date
): Promise<number> {
  const due = await store.reminders.due(now, DUE_LIMIT)
  let owed = 0
  for (const reminder of due) {
    try {
      const own = await workspaceLedger(store, ledger, reminder.workspaceId)
      const today = localDay(now, reminder.zone)
      // A clock that ran ahead was set right: what it told by mistake the outbox knows, what it skipped is told now.
      const toldUntil = reminder.toldUntil > today ? addDays(today, -1) : reminder.toldUntil
      const messages = remindersFor(own, { ...reminder, toldUntil }, today)
      const next = { toldUntil: today, nextAt: nextMorning(reminder.zone, now) }
      if (await store.reminders.complete(reminder, next, messages, now)) owed += messages.length
    } catch (error) {
      logger.error({ err: error, reminder: reminder.id }, 'reminders could not be made; they are tried again shortly')
    }
  }
  return owed
}

/**
 * The reminders of a day: each date ahead whose 90th, 30th, 7th or last day before has come since the channel was last
 * told. Their subjects say which date and which day, so that the outbox owes each once.
 */
export function remindersFor(
  ledger: Ledger,
  asked: Pick<Reminder, 'jurisdiction' | 'company' | 'toldUntil'>,
  today: Day
): { subject: string; message: Message }[] {
  const query = {
    from: today,
    within: REMIND_DAYS[0],
    ...(asked.jurisdiction && { jurisdiction: asked.jurisdiction }),
    ...(asked.company && { company: asked.company })
  }
  return deadlines(ledger, query).flatMap((deadline) => {
    const step = stepOf(deadline, asked.toldUntil, today)
    return step === null
      ? []
      : [{ subject: `reminder:${deadline.id}:${deadline.date}:${step}`, message: reminderMessage(deadline) }]
  })
}

/** The nearest step that was reached after the day that was told last; null when none was, or the date has come. */
function stepOf(deadline: Deadline, toldUntil: Day, today: Day): number | null {
  const day = rangeOf(deadline.date).first
  if (daysBetween(today, day) < 1) return null
  const reached = REMIND_DAYS.filter((days) => {
    const due = addDays(day, -days)
    return due > toldUntil && due <= today
  })
  return reached.at(-1) ?? null
}

function reminderMessage(deadline: Deadline): Message {
  const [source] = deadline.sources
  return {
    title: { text: 'Date ahead', ...(source && { link: source }) },
    parts: [{ type: 'text', text: deadline.sentence }],
    tone: 'alert'
  }
}

/** The day on the clock of a zone. */
export function localDay(now: Date, zone: string): Day {
  return DateTime.fromJSDate(now, { zone }).toISODate()!
}

/** The next nine o'clock of a zone after a moment; where a clock change skips it, the hour that follows. */
export function nextMorning(zone: string, after: Date): Date {
  const local = DateTime.fromJSDate(after, { zone })
  const today = local.startOf('day').set({ hour: HOUR })
  const next = today.toJSDate() > after ? today : local.startOf('day').plus({ days: 1 }).set({ hour: HOUR })
  return next.toJSDate()
}
