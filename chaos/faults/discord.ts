import { randomUUID } from 'node:crypto'
import { guildShape } from '../../tests/fakes/discord/shapes.js'
import { PERMISSIONS } from '../../tests/fakes/discord/state.js'
import type { World } from '../world.js'
import type { Fault } from './fault.js'

type Failure = Parameters<World['chat']['discord']['fail']>[0]['with']

const POST: Failure[] = [
  { rateLimit: 'user', seconds: 2 },
  { rateLimit: 'shared', seconds: 3 },
  { rateLimit: 'global', seconds: 2 },
  { rateLimit: 'network', seconds: 2 },
  { status: 500 },
  { status: 502 },
  'cut',
  'cut-after',
  'cut-after',
  'cut-within',
  'hold',
  { slow: 7000 }
]
const GATEWAY = ['cut', 'close 4000', 'close 4009', 'reconnect', 'invalid session'] as const

/** What Discord does to us. */
export const DISCORD: Fault[] = [
  {
    name: 'Discord fails to take a message',
    weight: 6,
    begin(world, random) {
      const failure = random.pick(POST)
      const times = random.between(1, 2)
      world.chat.discord.fail({ method: 'POST', path: '/messages', with: failure, times })
      return `${JSON.stringify(failure)} ${times} times`
    }
  },
  {
    name: 'Discord refuses the token for a while',
    weight: 1,
    begin(world) {
      world.chat.discord.fail({ method: 'POST', path: '/messages', with: { status: 401 } })
      return ''
    }
  },
  {
    name: 'the Discord token is reset, and all start again with the new one',
    weight: 1,
    begin(world, random) {
      world.chat.newDiscordToken(`MTA0.${randomUUID()}`)
      return world.restartLater(random.between(500, 3000))
    }
  },
  {
    name: 'the Discord gateway fails',
    weight: 4,
    begin(world, random) {
      const { gateway } = world.chat.discord
      const how = random.pick(GATEWAY)
      if (how === 'cut') gateway.drop()
      else if (how === 'reconnect') gateway.askReconnect()
      else if (how === 'invalid session') gateway.invalidateSessions()
      else gateway.drop(Number(how.slice('close '.length)))
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
      const usual = world.chat.usuallyDenied(channel)
      discord.denyBot(channel, usual | denied)
      world.later(random.between(500, 5000), () => discord.denyBot(channel, usual))
      return channel.name
    }
  },
  {
    name: 'the bot is removed from the Discord server and added again',
    weight: 1,
    begin(world, random) {
      const { discord } = world.chat
      const { guild } = discord
      discord.removeGuild(guild)
      world.later(random.between(500, 5000), () => {
        discord.state.guilds.push(guild)
        discord.gateway.dispatch('GUILD_CREATE', guildShape(discord.state, guild))
      })
      return ''
    }
  },
  {
    name: 'the Discord server is unavailable for a while',
    weight: 1,
    begin(world, random) {
      const { discord } = world.chat
      discord.removeGuild(discord.guild, true)
      world.later(random.between(500, 5000), () =>
        discord.gateway.dispatch('GUILD_CREATE', guildShape(discord.state, discord.guild))
      )
      return ''
    }
  },
  {
    name: 'a Discord channel is deleted for good',
    weight: 1,
    begin: (world) => world.chat.deleteOn('discord')
  }
]
