import { PERMISSIONS } from '../tests/fakes/discord/state.js'
import type { Failure as SlackFailure } from '../tests/fakes/slack/fake-slack.js'
import type { MadeFeed } from './newsroom.js'
import { KILL_POINTS, type KillPoint } from './preload.js'
import type { Random } from './random.js'
import type { World } from './world.js'

/** Something that goes wrong. All that is left to chance is drawn from `random`, so that the seed decides it. */
export interface Fault {
  name: string
  /** How often it comes, beside the others. */
  weight: number
  /** Begins it; what lasts is ended by `world.later`. Says what was done, in a few words. */
  begin(world: World, random: Random): Promise<string> | string
}

type DiscordFailure = Parameters<World['chat']['discord']['fail']>[0]['with']

const SLACK_POST: SlackFailure[] = [
  { ratelimited: 1 },
  { ratelimited: 3 },
  { status: 500 },
  { status: 502 },
  { error: 'internal_error' },
  'cut-before',
  'cut-after',
  'cut-after',
  'hang'
]
const SLACK_LOOK: SlackFailure[] = [{ ratelimited: 2 }, { status: 502 }, 'cut-before']
const DISCORD_POST: DiscordFailure[] = [
  { rateLimit: 'user', seconds: 2 },
  { rateLimit: 'shared', seconds: 3 },
  { rateLimit: 'global', seconds: 2 },
  { rateLimit: 'network', seconds: 2 },
  { status: 500 },
  { status: 502 },
  'cut',
  'cut-after',
  'cut-after',
  'hold'
]

/** Every fault that the machine knows. */
export const FAULTS: Fault[] = [
  {
    name: 'kill a process',
    weight: 4,
    async begin(world, random) {
      const worker = random.pick(world.workers)
      await worker.untilReady()
      return worker.kill() ? worker.name : `${worker.name} is not up yet`
    }
  },
  {
    name: 'kill a process at a point of its work',
    weight: 8,
    async begin(world, random) {
      const worker = random.pick(world.workers)
      const point = random.pick(Object.keys(KILL_POINTS) as KillPoint[])
      const afterMs = random.pick([0, 0, 1, 2, 3, 5, 10])
      await worker.untilReady()
      const up = worker.killAt({ point, afterMs })
      return up ? `${worker.name}, ${point}, ${afterMs} ms` : `${worker.name} is not up yet`
    }
  },
  {
    name: 'kill all processes when the next message arrives',
    weight: 3,
    begin(world) {
      const before = world.messages()
      const stop = world.onMessage(() => {
        if (world.messages() === before) return
        stop()
        for (const worker of world.workers) worker.kill()
      })
      world.later(10_000, stop)
      return ''
    }
  },
  {
    name: 'kill and restart PostgreSQL',
    weight: 1,
    async begin(world) {
      await world.restartDatabase?.()
      return world.restartDatabase ? '' : 'none here'
    }
  },
  {
    name: 'Slack fails to take a message',
    weight: 5,
    begin(world, random) {
      const failure = random.pick(SLACK_POST)
      const times = random.between(1, 3)
      world.chat.slack.fail('chat.postMessage', failure, times)
      return `${JSON.stringify(failure)} ${times} times`
    }
  },
  {
    name: 'Slack fails to tell its history',
    weight: 2,
    begin(world, random) {
      const failure = random.pick(SLACK_LOOK)
      world.chat.slack.fail('chat.postMessage', 'cut-after')
      world.chat.slack.fail('conversations.history', failure)
      return JSON.stringify(failure)
    }
  },
  {
    name: 'Slack refuses the token once',
    weight: 1,
    begin(world) {
      world.chat.slack.fail('chat.postMessage', { error: 'token_revoked' })
      return ''
    }
  },
  {
    name: 'Slack renews or drops the socket',
    weight: 2,
    begin(world, random) {
      const how = random.pick(['refresh_requested', 'warning', 'drop'] as const)
      if (how === 'drop') world.chat.slack.socket.drop()
      else world.chat.slack.socket.disconnect(how)
      return how
    }
  },
  {
    name: 'a Slack channel is archived and opened again',
    weight: 2,
    begin(world, random) {
      const { slack, channels } = world.chat
      const { id } = random.pick(channels.filter(({ name }) => name.startsWith('slack/')))
      const channel = slack.workspace.channels.get(id)!
      const told = (type: string) => void slack.event({ type, channel: id, user: 'U0ADMIN' })
      channel.archived = true
      told('channel_archive')
      world.later(random.between(500, 5000), () => {
        channel.archived = false
        told('channel_unarchive')
      })
      return id
    }
  },
  {
    name: 'the bot is put out of a Slack channel and invited again',
    weight: 1,
    begin(world, random) {
      const { slack, channels } = world.chat
      const { id } = random.pick(channels.filter(({ name }) => name.startsWith('slack/')))
      const channel = slack.workspace.channels.get(id)!
      channel.member = false
      void slack.event({ type: 'channel_left', channel: id })
      world.later(random.between(500, 5000), () => {
        channel.member = true
        void slack.event({ type: 'member_joined_channel', channel: id, user: 'U0BOT' })
      })
      return id
    }
  },
  {
    name: 'Discord fails to take a message',
    weight: 5,
    begin(world, random) {
      const failure = random.pick(DISCORD_POST)
      const times = random.between(1, 2)
      world.chat.discord.fail({ method: 'POST', path: '/messages', with: failure, times })
      return `${JSON.stringify(failure)} ${times} times`
    }
  },
  {
    name: 'the Discord gateway fails',
    weight: 2,
    begin(world, random) {
      const { gateway } = world.chat.discord
      const how = random.pick(['cut', 'close 4000', 'reconnect', 'invalid session'] as const)
      if (how === 'cut') gateway.drop()
      else if (how === 'close 4000') gateway.drop(4000)
      else if (how === 'reconnect') gateway.askReconnect()
      else gateway.invalidateSessions()
      return how
    }
  },
  {
    name: 'a Discord channel is closed to the bot and opened again',
    weight: 2,
    begin(world, random) {
      const { discord, unreadable } = world.chat
      const denied = random.pick([PERMISSIONS.VIEW_CHANNEL, PERMISSIONS.SEND_MESSAGES, PERMISSIONS.EMBED_LINKS])
      const channel = random.pick([discord.channel, unreadable])
      const usual = channel === unreadable ? PERMISSIONS.READ_MESSAGE_HISTORY : 0n
      discord.denyBot(channel, usual | denied)
      world.later(random.between(500, 5000), () => discord.denyBot(channel, usual))
      return channel.name
    }
  },
  {
    name: 'a feed answers badly',
    weight: 5,
    begin(world, random) {
      const feed = random.pick(world.newsroom.feeds)
      const { name, answers } = badAnswers(feed, random)
      feed.spoil(answers)
      return `${feed.name}: ${name}`
    }
  },
  {
    name: 'a feed tells its items in another way',
    weight: 4,
    begin(world, random) {
      const feed = random.pick(world.newsroom.feeds)
      const manner = random.pick([
        { guidSuffix: `-${random.between(1, 99)}` },
        { order: 'shuffled' },
        { backdated: true },
        { charset: 'windows-1252' },
        { charset: 'utf-16le' }
      ] as const)
      feed.tell(manner)
      world.later(random.between(2000, 10_000), () => feed.mend())
      return `${feed.name}: ${JSON.stringify(manner)}`
    }
  }
]

function badAnswers(feed: MadeFeed, random: Random) {
  const whole = feed.document()
  const length = Buffer.from(whole.body ?? '').length
  return random.pick([
    { name: 'hangs', answers: [{ ...whole, stall: 'headers' as const }] },
    { name: 'hangs in the middle', answers: [{ ...whole, stall: 'body' as const }] },
    { name: '500 twice', answers: [{ status: 500 }, { status: 500 }] },
    { name: '429', answers: [{ status: 429, headers: { 'retry-after': '3' } }] },
    { name: '304 wrongly', answers: [{ status: 304, headers: { etag: '"wrong"' } }] },
    { name: 'garbage', answers: [{ body: random.shuffled([...'<rss>&&]]>\u0007<item><title>Ünder']).join('') }] },
    { name: 'empty', answers: [{ body: '' }] },
    { name: 'cut off', answers: [{ ...whole, cutAfter: random.between(1, length - 1) }] },
    {
      name: 'half a document',
      answers: [{ ...whole, body: Buffer.from(whole.body ?? '').subarray(0, random.between(1, length - 1)) }]
    }
  ])
}

/** The faults of a run in their order, with the pause after each: the same for the same seed. */
export function* planFaults(random: Random): Generator<{ fault: Fault; random: Random; pauseMs: number }> {
  const urn = FAULTS.flatMap((fault) => Array.from({ length: fault.weight }, () => fault))
  for (;;) yield { fault: random.pick(urn), random: random.fork(), pauseMs: random.between(100, 1500) }
}
