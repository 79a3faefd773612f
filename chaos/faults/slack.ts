import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Failure } from '../../tests/fakes/slack/fake-slack.js'
import type { Random } from '../random.js'
import type { World } from '../world.js'
import type { Fault } from './fault.js'

const POST: Failure[] = [
  { ratelimited: 1 },
  { ratelimited: 3 },
  { status: 500 },
  { status: 502 },
  { status: 404 },
  { error: 'internal_error' },
  { error: 'service_unavailable' },
  'cut-before',
  'cut-after',
  'cut-after',
  'cut-within',
  'hang'
]
const LOOK: Failure[] = [{ ratelimited: 2 }, { status: 502 }, 'cut-before', 'cut-within']
const TOKEN_ERRORS = ['token_revoked', 'invalid_auth', 'account_inactive', 'token_expired']
/** Less than the time limit of a request (10 s), more than another process takes to look for work (5 s). */
const SLOW_MS = [6500, 8500] as const

/** What Slack does to us. */
export const SLACK: Fault[] = [
  {
    name: 'Slack fails to take a message',
    weight: 6,
    begin(world, random) {
      const failure = random.pick(POST)
      const times = random.between(1, 3)
      world.chat.slack.fail('chat.postMessage', failure, times)
      return `${JSON.stringify(failure)} ${times} times`
    }
  },
  {
    name: 'Slack is slow to take messages',
    weight: 2,
    sharp: true,
    async begin(world, random) {
      const slow = random.between(...SLOW_MS)
      await world.allReady()
      world.chat.slack.fail('chat.postMessage', { slow }, 3)
      // Nobody dies meanwhile: this one is about the living.
      await wait(slow)
      return `${slow} ms, 3 times`
    }
  },
  {
    name: 'Slack fails to tell its history',
    weight: 2,
    begin(world, random) {
      const failure = random.pick(LOOK)
      world.chat.slack.fail('chat.postMessage', 'cut-after')
      world.chat.slack.fail('conversations.history', failure)
      return JSON.stringify(failure)
    }
  },
  {
    name: 'Slack fails to change a message',
    weight: 1,
    begin(world, random) {
      const failure = random.pick<Failure>([{ ratelimited: 2 }, { status: 500 }, 'cut-after', 'hang'])
      world.chat.slack.fail('chat.update', failure, 2)
      return `${JSON.stringify(failure)} twice`
    }
  },
  {
    name: 'Slack refuses the token for a while',
    weight: 1,
    begin(world, random) {
      const error = random.pick(TOKEN_ERRORS)
      world.chat.slack.fail('chat.postMessage', { error }, random.between(1, 2))
      return error
    }
  },
  {
    name: 'the Slack token is revoked, and all start again with a new one',
    weight: 1,
    begin(world, random) {
      world.chat.slack.botToken = `xoxb-${randomUUID()}`
      return world.restartLater(random.between(500, 3000))
    }
  },
  {
    name: 'the Slack app token is revoked, and all start again with a new one',
    weight: 1,
    begin(world, random) {
      world.chat.slack.appToken = `xapp-${randomUUID()}`
      world.chat.slack.socket.disconnect('link_disabled')
      world.chat.slack.socket.drop()
      return world.restartLater(random.between(500, 3000))
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
      const id = pickChannel(world, random)
      world.chat.archive(id, true, true)
      world.later(random.between(500, 5000), () => world.chat.archive(id, false, true))
      return id
    }
  },
  {
    name: 'a Slack channel is archived and opened again, and nobody tells us',
    weight: 1,
    begin(world, random) {
      const id = pickChannel(world, random)
      world.chat.archive(id, true, false)
      world.later(random.between(500, 5000), () => world.chat.archive(id, false, false))
      return id
    }
  },
  {
    name: 'the bot is put out of a Slack channel and invited again',
    weight: 2,
    begin(world, random) {
      const { slack } = world.chat
      const channel = slack.workspace.channels.get(pickChannel(world, random))!
      // To a bot that is out of it, a private channel does not exist.
      channel.private = random.next() < 0.5
      channel.member = false
      void slack.event({ type: 'channel_left', channel: channel.id })
      world.later(random.between(500, 5000), () => {
        channel.member = true
        void slack.event({ type: 'member_joined_channel', channel: channel.id, user: 'U0BOT' })
      })
      return `${channel.id}, ${channel.private ? 'private' : 'public'}`
    }
  },
  {
    name: 'a Slack channel is deleted for good',
    weight: 1,
    begin: (world) => world.chat.deleteOn('slack')
  }
]

/** One of those that last to the end. */
function pickChannel(world: World, random: Random): string {
  return random.pick(world.chat.lasting('slack')).id
}
