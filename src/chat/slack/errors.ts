import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api'
import { Gone, MessageGone, RetryLater, UnknownOutcome } from '../platform.js'

/** The request never left: nothing can have happened. `message` is Node's error code. */
export class NotSent extends Error {
  override name = 'NotSent'
}

/** The request left and no whole answer came back. `message` is Node's error code. */
export class ConnectionCut extends Error {
  override name = 'ConnectionCut'
}

/** Seconds to wait when Slack or the network names no time. */
const WAIT_SECONDS = 30

const REINVITE = 'Invite the bot again with /invite, then the alerts go on.'
const REINSTALL =
  'Install the app to the workspace again ("Install App" at https://api.slack.com/apps) and set the new SLACK_BOT_TOKEN.'
const ASK_ADMIN = 'Ask an admin of the workspace to let the app post here.'

/** Slack's errors that mean "not in this channel", with what mends them (docs.slack.dev, chat.postMessage). */
const GONE: Record<string, string> = {
  channel_not_found: `The channel was deleted, or it is private and the bot is not in it. ${REINVITE}`,
  not_in_channel: `The bot is not in the channel. ${REINVITE}`,
  user_not_in_channel: `The bot is not in the channel. ${REINVITE}`,
  is_archived: 'The channel is archived. Unarchive it, then the alerts go on.',
  messages_tab_disabled: 'Direct messages to the app are switched off. Switch on the Messages tab under "App Home".',
  cannot_dm_bot: 'A bot cannot be written to. Subscribe in a channel.',
  restricted_action: `The workspace does not let the app post here. ${ASK_ADMIN}`,
  restricted_action_read_only_channel: `The channel is read-only for the app. ${ASK_ADMIN}`,
  restricted_action_thread_only_channel: `The channel takes answers in threads only. ${ASK_ADMIN}`,
  restricted_action_non_threadable_channel: `The channel takes no threads. ${ASK_ADMIN}`,
  no_permission: `The app may not post here. ${ASK_ADMIN}`,
  access_denied: `The app may not post here. ${ASK_ADMIN}`,
  ekm_access_denied: `The workspace's key management keeps the app out. ${ASK_ADMIN}`,
  team_access_not_granted: `The app is not let into this workspace. ${ASK_ADMIN}`,
  missing_scope: `The app lacks a permission of manifest.yaml. ${REINSTALL}`
}

/** Nothing can be sent with this token. Channels are not to blame: they go on as soon as a good token is set. */
const TOKEN_REFUSED: Record<string, string> = {
  not_allowed_token_type: `SLACK_BOT_TOKEN is not a bot token (xoxb-…). ${REINSTALL}`,
  account_inactive: `The app was removed from the workspace. ${REINSTALL}`,
  token_revoked: `The bot token was revoked. ${REINSTALL}`,
  token_expired: `The bot token has expired. ${REINSTALL}`,
  invalid_auth: `Slack does not know the bot token. ${REINSTALL}`,
  not_authed: `Slack saw no bot token. ${REINSTALL}`
}

/** Nothing is wrong with the channel, only with this message or its thread (docs.slack.dev, chat.update). */
const MESSAGE_GONE: Record<string, string> = {
  message_not_found: 'The message was deleted.',
  thread_not_found: 'The message that the thread hangs on was deleted.',
  cant_update_message: 'Slack does not let the app change this message.',
  edit_window_closed: 'The workspace does not let messages be changed so late.',
  cannot_reply_to_message: 'This message takes no replies.'
}

const TOKEN_ERRORS = new Set([...Object.keys(TOKEN_REFUSED), 'missing_scope'])

const TOKEN_ADVICE = {
  SLACK_BOT_TOKEN:
    'Copy the "Bot User OAuth Token" (xoxb-…) from "OAuth & Permissions" of your app at https://api.slack.com/apps; install the app there first.',
  SLACK_APP_TOKEN:
    'Make an app-level token (xapp-…) with the scope connections:write under "Basic Information" of your app at https://api.slack.com/apps, and switch on Socket Mode.'
}

/** The whole workspace, not one channel, has had enough for now. */
const TEAM_LIMITS = new Set(['message_limit_exceeded', 'team_quota_exceeded', 'accesslimited'])

/** Refused before anything was done. */
const LATER = new Set(['service_unavailable', 'team_added_to_org', 'request_timeout', 'external_channel_migrating'])

/** Slack's own words for these two: "some aspect of the operation" may have succeeded. */
const UNCLEAR = new Set(['internal_error', 'fatal_error'])

/** What went wrong with a call, in the terms of the contract: see `ChatPlatform`. `doing` is what was tried, in words. */
export function contractError(error: unknown, doing: string): Error {
  if (error instanceof WebAPIRateLimitedError)
    return new RetryLater(`Slack asks us to wait ${error.retryAfter} s before ${doing}.`, error.retryAfter)
  if (error instanceof WebAPIPlatformError) return refusal(error, doing)
  if (error instanceof WebAPIHTTPError) return httpError(error.statusCode, doing)
  if (error instanceof WebAPIRequestError && error.original instanceof NotSent)
    return new RetryLater(
      `Slack cannot be reached for ${doing} (${error.original.message}): check the network; it will be tried again.`,
      WAIT_SECONDS,
      'platform'
    )
  if (isMissingRetryTime(error)) return new RetryLater(`Slack asks us to wait before ${doing}.`, WAIT_SECONDS)
  const cut = error instanceof WebAPIRequestError ? error.original.message : (error as Error).name
  return new UnknownOutcome(`The connection to Slack was cut while ${doing} (${cut}): it may have arrived.`)
}

/** Why Slack could not be reached or refused us when we came: what happened, and what to set. Shows no token. */
export function startError(error: unknown, setting: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN'): Error {
  const code = errorCode(error)
  if (code && TOKEN_ERRORS.has(code))
    return new Error(`Slack refuses ${setting} (${code}). ${TOKEN_ADVICE[setting]}`, { cause: code })
  if (code) return new Error(`Slack refuses to let the bot in (${code}). ${TOKEN_ADVICE[setting]}`, { cause: code })
  if (error instanceof WebAPIRequestError)
    return new Error(
      `Slack cannot be reached (${error.original.message}). Check the network, a proxy or firewall, and SLACK_API_URL if it is set; then start again.`
    )
  if (error instanceof WebAPIHTTPError) return httpError(error.statusCode, 'the first call')
  if (error instanceof WebAPIRateLimitedError) return contractError(error, 'connecting')
  return new Error(`The connection to Slack did not come about: ${(error as Error).message}. Start again in a minute.`)
}

/** Slack's short name of an error, when it is one: `not_in_channel`. */
export function errorCode(error: unknown): string | null {
  return error instanceof WebAPIPlatformError ? String(error.data.error) : null
}

function refusal(error: WebAPIPlatformError, doing: string): Error {
  const code = String(error.data.error)
  const metadata = error.data.response_metadata as { retryAfter?: number; messages?: string[] } | undefined
  const wait = metadata?.retryAfter ?? WAIT_SECONDS
  if (TEAM_LIMITS.has(code))
    return new RetryLater(`The Slack workspace has reached its limit of messages (${code}).`, wait, 'platform')
  if (code === 'ratelimited' || code === 'rate_limited')
    return new RetryLater(`Slack asks us to wait ${wait} s before ${doing}.`, wait)
  if (LATER.has(code)) return new RetryLater(`Slack is not ready for ${doing} (${code}).`, wait, 'platform')
  if (Object.hasOwn(TOKEN_REFUSED, code))
    return new RetryLater(`Slack refused ${doing} (${code}). ${TOKEN_REFUSED[code]}`, WAIT_SECONDS, 'platform')
  if (Object.hasOwn(GONE, code)) return new Gone(`Slack refused ${doing} (${code}). ${GONE[code]}`)
  if (Object.hasOwn(MESSAGE_GONE, code))
    return new MessageGone(`Slack refused ${doing} (${code}). ${MESSAGE_GONE[code]}`)
  if (UNCLEAR.has(code) || !/^\w{1,80}$/.test(code))
    return new UnknownOutcome(`Slack failed in the middle of ${doing} (${code.slice(0, 80)}): it may have arrived.`)
  const details = (metadata?.messages ?? []).join('; ').slice(0, 500)
  return new Error(
    `Slack refused ${doing}: ${code}${details && ` (${details})`}. It would refuse it again, so it is not tried again.`
  )
}

function httpError(status: number, doing: string): Error {
  if (status >= 500) return new UnknownOutcome(`Slack answered ${doing} with HTTP ${status}: it may have arrived.`)
  const reason = `What answers at SLACK_API_URL is not Slack's Web API (HTTP ${status} for ${doing}). Remove the setting, or end it with /api/; check the proxy.`
  return new RetryLater(reason, WAIT_SECONDS, 'platform')
}

/** WebClient throws a bare Error for a 429 that does not say how long. */
function isMissingRetryTime(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Retry header did not contain a valid timeout')
}
