import { DiscordAPIError, GatewayCloseCodes, HTTPError } from 'discord.js'
import { errorCode } from './errors.js'

const TOKEN =
  'Discord refused the bot token: DISCORD_TOKEN is wrong or was reset. Open https://discord.com/developers/applications, choose the application, Bot, Reset Token, and put the new token into DISCORD_TOKEN.'
const INTENTS =
  'Discord refused the intents of the bot. Facelaw asks for Guilds only, which needs no approval: check that DISCORD_TOKEN belongs to a bot and DISCORD_API_URL (if set) to a server that knows it.'
const SHARDS =
  'Discord asks this bot for more shards: one may have 2,500 servers at most. Start all its processes with --shards auto, or with a higher number; the split changes when none of them is connected any more.'

/** Why the bot could not start, in words that say what to do. Never holds the token. */
export function explainStart(error: unknown, api: string): Error {
  const text = error instanceof Error ? error.message : String(error)
  if (errorCode(error) === 'TokenInvalid' || text === 'Authentication failed' || statusOf(error) === 401) {
    return new Error(TOKEN)
  }
  if (text === 'Used disallowed intents' || text === 'Used invalid intents') return new Error(INTENTS)
  if (text === 'Sharding is required') return new Error(SHARDS)
  const limit = /^Not enough sessions remaining.*resets at (\S+)/.exec(text)
  if (limit) {
    return new Error(
      `Discord lets the bot connect no more today: it was started too often (1,000 times in 24 hours). Find what restarts it, and start it after ${limit[1]}.`
    )
  }
  if (text === 'no READY in time') {
    return new Error(`Discord (${api}) did not get the bot ready in time. Check the network, or try again later.`)
  }
  const status = statusOf(error)
  if (status) {
    return new Error(
      `Discord (${api}) answered ${status} when the bot wanted to connect. Try again later; check DISCORD_API_URL if it is set.`
    )
  }
  return new Error(
    `Discord (${api}) cannot be reached (${errorCode(error)}). Check the network and the proxy, and DISCORD_API_URL if it is set.`
  )
}

/** Why a connection that was up has ended for good. */
export function explainClose(code: number): string {
  if (code === GatewayCloseCodes.AuthenticationFailed) return TOKEN
  if (code === GatewayCloseCodes.DisallowedIntents || code === GatewayCloseCodes.InvalidIntents) return INTENTS
  if (code === GatewayCloseCodes.ShardingRequired || code === GatewayCloseCodes.InvalidShard) return SHARDS
  return `Discord closed the connection for good (${code}). It is tried again in a minute; commands are not answered until then.`
}

function statusOf(error: unknown): number | null {
  return error instanceof DiscordAPIError || error instanceof HTTPError ? error.status : null
}
