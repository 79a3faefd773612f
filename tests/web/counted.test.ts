import { expect, test } from '@jest/globals'
import { textMessage } from '../../src/chat/message.js'
import { type ChatPlatform, type CommandHandler, Gone, RetryLater, UnknownOutcome } from '../../src/chat/platform.js'
import { TERMINAL_ORIGIN } from '../../src/chat/terminal/platform.js'
import type { FeedState, PollResult } from '../../src/model/feed.js'
import { countedPlatform, countedPoll, timedHandler } from '../../src/web/counted.js'
import { Figures } from '../../src/web/figures.js'

const PLACE = { workspaceId: 'T1', channelId: 'C1' }
const REF = { ...PLACE, messageId: '1' }

async function told(figures: Figures, name: string): Promise<string[]> {
  const text = await figures.registry.getSingleMetricAsString(name)
  return text.split('\n').filter((line) => line.startsWith(name) && !line.includes('_bucket'))
}

test('posts and edits are counted by what came of them, and fail as before', async () => {
  const figures = new Figures()
  const outcomes = [
    null,
    new RetryLater('later', 1),
    new Gone('gone'),
    new UnknownOutcome('?'),
    new Error('refused'),
    null
  ]
  const platform: ChatPlatform = {
    name: 'slack',
    start: async () => {},
    stop: async () => {},
    edit: async () => {},
    async post() {
      const error = outcomes.shift()
      if (error) throw error
      return REF
    }
  }
  const counted = countedPlatform(platform, figures)
  const posts = await Promise.allSettled(Array.from({ length: 6 }, () => counted.post(PLACE, textMessage('a'), '1')))
  expect(posts.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'rejected',
    'rejected',
    'fulfilled'
  ])
  await counted.edit(REF, textMessage('b'))
  expect(await told(figures, 'facelaw_deliveries_total')).toEqual([
    'facelaw_deliveries_total{platform="slack",outcome="sent"} 2',
    'facelaw_deliveries_total{platform="slack",outcome="later"} 1',
    'facelaw_deliveries_total{platform="slack",outcome="gone"} 1',
    'facelaw_deliveries_total{platform="slack",outcome="unknown"} 1',
    'facelaw_deliveries_total{platform="slack",outcome="refused"} 1'
  ])
  expect(await told(figures, 'facelaw_edits_total')).toEqual(['facelaw_edits_total{platform="slack",outcome="sent"} 1'])
})

test('polls are counted by what came of them', async () => {
  const figures = new Figures()
  const results = [{ outcome: 'unchanged' }, { outcome: 'failed', failure: 'dns' }] as PollResult[]
  const poll = countedPoll(async () => results.shift()!, figures)
  expect(await poll({} as FeedState)).toEqual({ outcome: 'unchanged' })
  await poll({} as FeedState)
  expect(await told(figures, 'facelaw_polls_total')).toEqual([
    'facelaw_polls_total{outcome="unchanged"} 1',
    'facelaw_polls_total{outcome="dns"} 1'
  ])
})

test('answers are timed by command; what people make up is one name', async () => {
  const figures = new Figures()
  const reply = async () => ({ message: textMessage('Done.') })
  const handler: CommandHandler = {
    command: reply,
    button: reply,
    message: reply,
    suggest: async () => [],
    changed: async () => {}
  }
  const timed = timedHandler(handler, ['latest', 'why', 'help'], figures)
  await timed.command({ ...TERMINAL_ORIGIN, text: 'Latest company:Amazon' })
  await timed.command({ ...TERMINAL_ORIGIN, text: '' })
  await timed.command({ ...TERMINAL_ORIGIN, text: '}{"\n gibberish' })
  await timed.command({ ...TERMINAL_ORIGIN, name: 'latest', options: [] })
  await timed.button({ ...TERMINAL_ORIGIN, action: 'why:12', message: null })
  const counts = (await told(figures, 'facelaw_command_duration_seconds')).filter((line) => line.includes('_count'))
  expect(counts).toEqual([
    'facelaw_command_duration_seconds_count{platform="terminal",command="latest"} 2',
    'facelaw_command_duration_seconds_count{platform="terminal",command="help"} 1',
    'facelaw_command_duration_seconds_count{platform="terminal",command="unknown"} 1',
    'facelaw_command_duration_seconds_count{platform="terminal",command="why"} 1'
  ])
})
