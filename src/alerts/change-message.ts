import { DateTime } from 'luxon'
import type { Message } from '../chat/message.js'
import type { FindChange } from '../store/articles/articles.js'
import type { MaterialChange } from '../stories/material-change.js'
import { firstSentence } from './sentences.js'

/** The reply that tells of a material change: what changed, who says so, and what it was before. */
export function changeMessage(
  change: Pick<MaterialChange, 'what'>,
  before: Pick<Parameters<FindChange>[0], 'id' | 'title'>,
  article: Parameters<FindChange>[1]
): Message {
  const day = DateTime.fromJSDate(article.published ?? article.seenAt, { zone: 'utc' }).setLocale('en-GB')
  const sentence = firstSentence(article.summary)
  return {
    title: article.link ? { text: article.title, link: article.link } : { text: article.title },
    parts: [
      { type: 'text', text: [{ text: change.what, style: 'bold' }] },
      ...(sentence === '' || sentence === article.title ? [] : [{ type: 'text' as const, text: sentence }]),
      {
        type: 'context',
        text: `${article.outlet}${article.official ? ' (official)' : ''} · ${day.toFormat('d MMMM yyyy')} · first told as “${before.title}”`
      }
    ],
    buttons: [{ label: 'Why?', action: `why:story ${before.id}` }],
    tone: 'alert'
  }
}
