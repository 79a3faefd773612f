import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js'
import { Gone, MessageGone, RetryLater, UnknownOutcome } from '../platform.js'

/** How long the outbox waits where Discord names no time. */
const UNREACHABLE_SECONDS = 30
const BLOCKED_SECONDS = 45
/** Whoever starts again with the new token waits no longer than this for his alerts. */
export const TOKEN_REFUSED_SECONDS = 30

/** The connection was never made, so nothing can have arrived. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT'
])

/**
 * Refusals that a person in the server must mend, by Discord's code
 * (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json).
 */
const GONE: Record<number, string> = {
  [RESTJSONErrorCodes.UnknownChannel]: 'The channel was deleted. Subscribe again from another channel.',
  [RESTJSONErrorCodes.UnknownGuild]: 'The bot is no longer in this server. Add it again to go on.',
  [RESTJSONErrorCodes.MissingAccess]:
    'The bot cannot see this channel. Give its role View Channel here, or add it to the server again.',
  [RESTJSONErrorCodes.MissingPermissions]:
    'The bot may not post here. Give its role View Channel, Send Messages and Embed Links in this channel.',
  // Ours are never empty: without Embed Links Discord takes the embeds out and finds nothing left.
  [RESTJSONErrorCodes.CannotSendAnEmptyMessage]:
    'The bot may not post embeds here. Give its role Embed Links in this channel.',
  [RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel]:
    'This channel takes no messages. Subscribe again from a text channel.',
  [RESTJSONErrorCodes.ThreadLocked]: 'The thread is locked. Unlock it, or subscribe again from another channel.',
  [RESTJSONErrorCodes.InvalidActionOnArchivedThread]:
    'The thread is archived. Open it again, or subscribe again from another channel.'
}

/** Discord is willing, but not now (edits of old messages, writes to one channel or server). */
const LATER = new Set<number | string>([
  RESTJSONErrorCodes.MaximumNumberOfEditsToMessagesOlderThanOneHourReached,
  RESTJSONErrorCodes.ChannelSendRateLimit,
  RESTJSONErrorCodes.ServerSendRateLimit
])

/**
 * What a failed post or edit means to the outbox: RetryLater, Gone, UnknownOutcome, or a plain Error for what another
 * try would not mend. No message of these holds the token or an address.
 */
export function toDeliveryError(error: unknown): Error {
  if (error instanceof RetryLater) return error
  if (error instanceof RateLimitError) return rateLimited(error)
  if (error instanceof DiscordAPIError) return refused(error)
  if (error instanceof HTTPError) {
    return new UnknownOutcome(`Discord answered ${error.status}: it may or may not have taken the message.`)
  }
  const code = errorCode(error)
  if (NEVER_SENT.has(code)) {
    return new RetryLater(`Discord cannot be reached (${code}). It is tried again.`, UNREACHABLE_SECONDS, 'platform')
  }
  return new UnknownOutcome(`The connection to Discord broke off (${code}): the message may or may not have arrived.`)
}

/** The bot's token is no longer taken: nothing can be sent until somebody puts in a new one. */
export function tokenRefused(): RetryLater {
  return new RetryLater(
    'Discord no longer takes the bot token: it was reset. Put the new one into DISCORD_TOKEN and start again; what is owed is kept.',
    TOKEN_REFUSED_SECONDS,
    'platform'
  )
}

/** An error as a log may have it: discord.js's own carry the address, which holds tokens of interactions. */
export function describeError(error: unknown): {
  name: string
  message: string
  code?: string | number
  status?: number
} {
  if (error instanceof DiscordAPIError) {
    return { name: 'DiscordAPIError', message: error.message, code: error.code, status: error.status }
  }
  if (error instanceof HTTPError) return { name: 'HTTPError', message: error.message, status: error.status }
  if (error instanceof RateLimitError) return { name: 'RateLimitError', message: `rate limited on ${error.route}` }
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) }
}

/** The system's or undici's code of a network failure (it may lie deeper, as a cause), else the error's name. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown'
  if ('code' in error && typeof error.code === 'string') return error.code
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) return errorCode(error.errors[0])
  if ('cause' in error && error.cause) return errorCode(error.cause)
  return 'name' in error ? String(error.name) : 'unknown'
}

/** An answer without buckets comes from the network in front of Discord, which has shut out the whole address. */
function rateLimited(error: RateLimitError): RetryLater {
  const milliseconds = Math.max(error.timeToReset, error.retryAfter, error.sublimitTimeout)
  const shutOut = error.scope === 'user' && error.limit === Number.POSITIVE_INFINITY
  const scope = error.global || error.scope === 'global' || shutOut ? 'platform' : 'channel'
  return new RetryLater('Discord asks to wait (rate limit).', Math.ceil(milliseconds / 1000), scope)
}

function refused(error: DiscordAPIError): Error {
  if (error.status === 401) return tokenRefused()
  const reason = GONE[Number(error.code)]
  if (reason) return new Gone(reason)
  if (LATER.has(error.code)) return new RetryLater(`Discord asks to wait: ${error.message}`, BLOCKED_SECONDS)
  if (typeof error.code !== 'number') {
    const reason = `The network in front of Discord refuses this address (${error.status}). It is tried again.`
    return new RetryLater(reason, BLOCKED_SECONDS, 'platform')
  }
  if (error.code === RESTJSONErrorCodes.UnknownMessage) return new MessageGone('The message was deleted on Discord.')
  if (error.status === 403 || error.status === 404) {
    return new Gone(`Discord refuses messages here (${error.message}). Check the bot's permissions in this channel.`)
  }
  return new Error(`Discord refused the message (${error.status}, code ${error.code}): ${error.message}`)
}
