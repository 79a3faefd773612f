import { type Day, daysBetween, rangeOf } from '../dates.js'
import type { Phrases } from './phrases.js'
import { findDates } from './when.js'

/** News is told within so many days; what is further back is another event. */
export const NEWS_DAYS = 45

/** Does a sentence name a day of the last weeks? */
export function namesDay(text: string, phrases: Phrases, published: Day): boolean {
  return findDates(text, phrases, published, 'past').some(({ date }) => {
    const back = daysBetween(rangeOf(date).first, published)
    return date.length === 10 && back >= 0 && back <= NEWS_DAYS
  })
}
