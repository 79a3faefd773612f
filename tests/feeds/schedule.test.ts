import { describe, expect, test } from '@jest/globals'
import { MAX_INTERVAL, MAX_WAIT, MIN_INTERVAL, planNext } from '../../src/feeds/schedule.js'
import type { FeedItem, FeedState, ParsedFeed, PollResult } from '../../src/model/feed.js'

const START = new Date('2026-11-23T10:00:00Z')
const HOUR = 3600

function state(changes: Partial<FeedState> = {}): FeedState {
  return {
    id: 1,
    entry: { url: 'u', title: 't', publisher: 'p', kind: 'news', jurisdiction: null, lang: 'en' },
    fetchUrl: 'u',
    etag: null,
    lastModified: null,
    bodyHash: null,
    firstPolledAt: START,
    lastPolledAt: START,
    lastSuccessAt: START,
    lastChangeAt: START,
    intervalSeconds: HOUR,
    failures: 0,
    lastError: null,
    nextPollAt: START,
    ...changes
  }
}

function items(feed: Partial<ParsedFeed> = {}): PollResult {
  const whole: ParsedFeed = {
    title: 't',
    format: 'rss',
    link: null,
    ttlSeconds: null,
    items: [],
    breaksOff: false,
    warnings: [],
    ...feed
  }
  return { outcome: 'items', feed: whole, etag: null, lastModified: null, bodyHash: 'h', movedTo: null }
}

const unchanged: PollResult = { outcome: 'unchanged', etag: null, lastModified: null, movedTo: null }
const failed = (retryAfterSeconds: number | null = null): PollResult => ({
  outcome: 'failed',
  failure: 'timeout',
  message: '',
  retryAfterSeconds
})
const settings = { pollSeconds: null, random: () => 0.5 }
const later = (seconds: number) => new Date(START.getTime() + seconds * 1000)

/** Polls a feed that changes every `period` seconds, and returns the interval it settles at. */
function settle(period: number, start: number): number {
  let feed = state({ intervalSeconds: start })
  let now = START
  let changes = 0
  for (let poll = 0; poll < 300; poll++) {
    const due = Math.floor((now.getTime() - START.getTime()) / 1000 / period)
    const fresh = due - changes
    changes = due
    const { nextPollAt, intervalSeconds } = planNext(feed, fresh > 0 ? items() : unchanged, fresh, now, settings)
    feed = { ...feed, intervalSeconds, lastChangeAt: fresh > 0 ? now : feed.lastChangeAt }
    now = nextPollAt
  }
  return feed.intervalSeconds
}

describe('the interval', () => {
  test.each([MIN_INTERVAL, HOUR, MAX_INTERVAL])(
    'follows how often a feed changes, wherever it starts (%d s)',
    (start) => {
      expect(settle(60, start)).toBe(MIN_INTERVAL)
      const hourly = settle(HOUR, start)
      expect(hourly).toBeGreaterThan(HOUR / 4)
      expect(hourly).toBeLessThan(HOUR * 1.5)
      expect(settle(30 * 24 * HOUR, start)).toBe(MAX_INTERVAL)
    }
  )

  test('starts from the dates of the items that are there', () => {
    const dated = (gapSeconds: number): FeedItem[] =>
      Array.from({ length: 10 }, (_, at) => ({
        id: null,
        title: `${at}`,
        link: null,
        summary: '',
        published: later(-at * gapSeconds).toISOString()
      }))
    const first = state({ firstPolledAt: null, lastChangeAt: null })
    expect(planNext(first, items({ items: dated(HOUR) }), 10, START, settings).intervalSeconds).toBe(HOUR / 2)
    expect(planNext(first, items({ items: dated(1) }), 10, START, settings).intervalSeconds).toBe(MIN_INTERVAL)
    expect(planNext(first, items(), 0, START, settings).intervalSeconds).toBe(HOUR)
  })

  test('is never shorter than the ttl, on this poll and on quiet ones after it', () => {
    const plan = planNext(state(), items({ ttlSeconds: 4 * HOUR }), 5, later(600), settings)
    expect(plan.intervalSeconds).toBe(4 * HOUR)
    const next = planNext(state({ intervalSeconds: plan.intervalSeconds }), unchanged, 0, later(4 * HOUR), settings)
    expect(next.intervalSeconds).toBeGreaterThanOrEqual(4 * HOUR)
  })

  test('is what the setting says, where there is one', () => {
    const plan = planNext(state(), items({ ttlSeconds: HOUR }), 1, START, { pollSeconds: 2, random: () => 0.5 })
    expect(plan).toEqual({ intervalSeconds: 2, nextPollAt: later(2), holdUntil: null })
  })

  test('is spread by a tenth each way', () => {
    const at = (random: number) =>
      planNext(state(), unchanged, 0, START, { pollSeconds: 1000, random: () => random }).nextPollAt
    expect([at(0), at(1)]).toEqual([later(900), later(1100)])
  })
})

describe('failures', () => {
  test('double the wait, to a day at most, for ever', () => {
    const waits = [0, 1, 2, 3, 4, 5, 10, 1000].map(
      (failures) =>
        (planNext(state({ failures }), failed(), 0, START, settings).nextPollAt.getTime() - START.getTime()) / 1000
    )
    expect(waits).toEqual([1, 2, 4, 8, 16, 24, 24, 24].map((hours) => hours * HOUR))
  })

  test('leave what was learned', () => {
    expect(planNext(state({ failures: 7 }), failed(), 0, START, settings).intervalSeconds).toBe(HOUR)
  })

  test('double the wait of a pace that somebody set, to half a minute or four times the pace', () => {
    const wait = (pollSeconds: number, failures: number) =>
      (planNext(state({ failures }), failed(), 0, START, { ...settings, pollSeconds }).nextPollAt.getTime() -
        START.getTime()) /
      1000
    expect([0, 1, 4, 5, 50].map((failures) => wait(1, failures))).toEqual([1, 2, 16, 30, 30])
    expect([0, 1, 2, 50].map((failures) => wait(300, failures))).toEqual([300, 600, 1200, 1200])
  })

  test('Retry-After is waited out, a day at most', () => {
    const asked = planNext(state(), failed(2 * HOUR), 0, START, settings)
    expect(asked).toMatchObject({ holdUntil: later(2 * HOUR), nextPollAt: later(2 * HOUR) })
    const forever = planNext(state(), failed(10 * 365 * 24 * HOUR), 0, START, { ...settings, pollSeconds: 1 })
    expect(forever.holdUntil).toEqual(later(MAX_WAIT))
  })
})
