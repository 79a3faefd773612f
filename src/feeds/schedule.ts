import type { FeedItem, FeedState, PollResult } from '../model/feed.js'

export interface ScheduleSettings {
  /** Seconds between polls of every feed (FACELAW_POLL_SECONDS); null: learned from each feed. */
  pollSeconds: number | null
  /** 0 to 1, for jitter; `Math.random` by default. */
  random?: () => number
}

export interface PollPlan {
  nextPollAt: Date
  /** The interval as learned, without jitter and back-off. */
  intervalSeconds: number
  /** The server asked us not to come before; null: it did not. */
  holdUntil: Date | null
}

const MINUTE = 60
const HOUR = 60 * MINUTE
export const MIN_INTERVAL = 5 * MINUTE
export const MAX_INTERVAL = 6 * HOUR
/** Longest wait of all: for a failing feed, and for a server that asks for more. A feed is never given up silently. */
export const MAX_WAIT = 24 * HOUR

/** Where somebody set the pace, a failing feed waits at most so many times as long, or half a minute where that is longer. */
const SET_PACE_FACTOR = 4
const SET_PACE_WAIT = 30

/** Polls come up to this share earlier or later, so that feeds of one interval do not all come at once. */
const JITTER = 0.1

/**
 * When to poll a feed again. The interval is about half of the time between the feed's changes, from 5 minutes to 6
 * hours: a change pulls it towards that, a quiet poll lets it grow. It is never shorter than the feed's own `ttl`.
 * Failures double the wait up to 24 hours (much less where the pace is set), Retry-After is waited out, and both end with the first success.
 */
export function planNext(
  state: FeedState,
  result: PollResult,
  newItems: number,
  now: Date,
  settings: ScheduleSettings
): PollPlan {
  const random = settings.random ?? Math.random
  const jitter = 1 + (random() * 2 - 1) * JITTER
  const learned = clamp(state.intervalSeconds, MIN_INTERVAL, MAX_WAIT)
  if (result.outcome === 'failed') {
    const base = settings.pollSeconds ?? learned
    const longest = settings.pollSeconds === null ? MAX_WAIT : Math.max(base * SET_PACE_FACTOR, SET_PACE_WAIT)
    const wait = Math.min(base * 2 ** Math.min(state.failures, 20), longest)
    const asked = result.retryAfterSeconds
    const holdUntil = asked === null ? null : after(now, clamp(asked, 1, MAX_WAIT))
    const nextPollAt = later(after(now, Math.min(wait * jitter, MAX_WAIT)), holdUntil)
    return { nextPollAt, intervalSeconds: learned, holdUntil }
  }
  const intervalSeconds = settings.pollSeconds ?? learn(state, result, newItems, learned, now)
  return { nextPollAt: after(now, intervalSeconds * jitter), intervalSeconds, holdUntil: null }
}

function learn(
  state: FeedState,
  result: Exclude<PollResult, { outcome: 'failed' }>,
  newItems: number,
  learned: number,
  now: Date
): number {
  const quiet = secondsSince(state.lastChangeAt ?? state.firstPolledAt, now)
  if (result.outcome === 'unchanged' || (newItems === 0 && state.firstPolledAt !== null)) {
    // Grows by a fifth, but only as far as the feed has been quiet, so that one quiet poll changes little.
    const ceiling = clamp(quiet / 2, learned, Math.max(learned, MAX_INTERVAL))
    return Math.round(Math.min(learned * 1.2, ceiling))
  }
  const ttl = Math.min(result.feed.ttlSeconds ?? 0, MAX_WAIT)
  const gap = state.firstPolledAt === null ? usualGap(result.feed.items) : quiet / newItems
  const target = clamp((gap ?? 2 * learned) / 2, MIN_INTERVAL, MAX_INTERVAL)
  const interval = state.firstPolledAt === null ? target : (Math.min(learned, MAX_INTERVAL) + target) / 2
  return Math.floor(Math.max(interval, ttl))
}

/** Median seconds between the dated items of a feed that we see for the first time; null when it tells nothing. */
function usualGap(items: FeedItem[]): number | null {
  const times = items
    .flatMap(({ published }) => (published === null ? [] : [Date.parse(published)]))
    .sort((a, b) => b - a)
  const gaps = times
    .slice(1, 20)
    .map((time, at) => (times[at]! - time) / 1000)
    .sort((a, b) => a - b)
  return gaps.length < 3 ? null : gaps[Math.floor(gaps.length / 2)]!
}

function secondsSince(then: Date | null, now: Date): number {
  return then === null ? 0 : Math.max(0, (now.getTime() - then.getTime()) / 1000)
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}

function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + Math.round(seconds * 1000))
}

function later(a: Date, b: Date | null): Date {
  return b !== null && b > a ? b : a
}
