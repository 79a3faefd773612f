import type { Context } from 'hono'
import { calendarOf } from '../ledger/ahead/calendar.js'
import { type DeadlineQuery, deadlines } from '../ledger/ahead/deadlines.js'
import type { Day } from '../ledger/dates.js'
import { findPlace, placeName } from '../ledger/places.js'
import type { Ledger } from '../ledger/record/model.js'
import { findCompany } from '../ledger/record/positions.js'

/** Days ahead that a calendar shows: ten years, further than any law on record. */
const DAYS_AHEAD = 3653
/** Longest name of a company or place that is looked up. */
const NAME_LENGTH = 100

/** Seconds for which a calendar may be kept. */
const FRESH_SECONDS = 3600

/**
 * `GET /deadlines.ics?jurisdiction=US/*&company=Amazon`: the shipped ledger's dates ahead. What a workspace confirmed is
 * its own and is not in here: whoever has the address can read it.
 */
export function calendarPage(context: Context, ledger: Ledger, today: Day): Response {
  return answer(context, ledger, today, 'public')
}

/**
 * `GET /calendars/KEY/deadlines.ics`: the same with what the workspace of that key confirmed. Kept by no cache but the
 * reader's own, and by no search engine.
 */
export async function workspaceCalendarPage(
  context: Context,
  ledgerOf: (key: string) => Promise<Ledger | null>,
  today: Day
): Promise<Response> {
  const ledger = await ledgerOf(context.req.param('key') ?? '')
  if (!ledger) return context.text('There is no such calendar; its address may have been renewed.\n', 404)
  context.header('x-robots-tag', 'noindex')
  context.header('referrer-policy', 'no-referrer')
  return answer(context, ledger, today, 'private')
}

/** The path of a workspace's calendar, with its filter. */
export function calendarPath(key: string, filter: { jurisdiction?: string; company?: string }): string {
  const query = new URLSearchParams(filter).toString()
  return `/calendars/${key}/deadlines.ics${query && `?${query}`}`
}

function answer(context: Context, ledger: Ledger, today: Day, cache: 'public' | 'private'): Response {
  const [jurisdiction, company] = [context.req.query('jurisdiction'), context.req.query('company')]
  const wrong = [jurisdiction, company].find(
    (value) => value !== undefined && (value === '' || value.length > NAME_LENGTH)
  )
  if (wrong !== undefined) return context.text('A jurisdiction or company has 1 to 100 characters.\n', 400)
  if (jurisdiction && !findPlace(ledger, jurisdiction)) return context.text('No such place is on record.\n', 404)
  if (company && !findCompany(ledger, company)) return context.text('No such company is on record.\n', 404)
  const body = calendarFor(ledger, { jurisdiction, company }, today)
  return context.body(body, 200, {
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': 'inline; filename="deadlines.ics"',
    'cache-control': `${cache}, max-age=${FRESH_SECONDS}`,
    'x-content-type-options': 'nosniff'
  })
}

/** The calendar of a filter, from a day on. */
export function calendarFor(
  ledger: Ledger,
  { jurisdiction, company }: { jurisdiction?: string | undefined; company?: string | undefined },
  from: string
): string {
  const query: DeadlineQuery = {
    from,
    within: DAYS_AHEAD,
    ...(jurisdiction && { jurisdiction }),
    ...(company && { company: findCompany(ledger, company)?.name ?? company })
  }
  const place = jurisdiction && placeName(ledger, findPlace(ledger, jurisdiction)?.code ?? jurisdiction)
  const about = [place, query.company].filter(Boolean).join(', ')
  return calendarOf(deadlines(ledger, query), `Facial recognition: dates ahead${about ? `, ${about}` : ''}`, from)
}
