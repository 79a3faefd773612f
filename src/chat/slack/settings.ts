/** What Slack needs to be reached; the values come from the environment (see config.ts and the README's settings table). */
export interface SlackSettings {
  /** SLACK_BOT_TOKEN: the "Bot User OAuth Token", xoxb-… */
  botToken: string
  /** SLACK_APP_TOKEN: an app-level token with connections:write, xapp-…; set: Socket Mode. */
  appToken?: string | undefined
  /** SLACK_SIGNING_SECRET; set and no app token: requests come over HTTP and are checked with it. */
  signingSecret?: string | undefined
  /** SLACK_API_URL: another server that speaks Slack's Web API, for tests; ends like Slack's own with /api/. */
  apiUrl?: string | undefined
  /** How long a request may take before it counts as cut; 20,000 unless a test says otherwise. */
  requestMilliseconds?: number | undefined
}

/** The address that Slack sends commands, buttons and events to when it is not Socket Mode (manifest.yaml names it too). */
export const EVENTS_PATH = '/slack/events'

/** Throws a sentence that says what to set, and never shows a value. */
export function checkSettings(settings: SlackSettings): void {
  checkSecret('SLACK_BOT_TOKEN', settings.botToken, 'xoxb-', 'OAuth & Permissions')
  if (settings.appToken) checkSecret('SLACK_APP_TOKEN', settings.appToken, 'xapp-', 'Basic Information')
  if (!settings.appToken && !settings.signingSecret)
    throw new Error(
      'SLACK_BOT_TOKEN is set, but Facelaw does not know how Slack will reach it. Set SLACK_APP_TOKEN (xapp-…, Socket Mode: ' +
        'needs no public address) or SLACK_SIGNING_SECRET (Slack calls ' +
        `your server at ${EVENTS_PATH}); both are under "Basic Information" of your app at https://api.slack.com/apps.`
    )
  if (settings.apiUrl && !/^https?:\/\//.test(settings.apiUrl))
    throw new Error('SLACK_API_URL is not an http or https address. Example: http://127.0.0.1:4000/api/')
}

function checkSecret(name: string, value: string, prefix: string, page: string): void {
  const where = `Copy the token that starts with ${prefix} from "${page}" of your app at https://api.slack.com/apps.`
  if (!/^[\x21-\x7e]+$/.test(value))
    throw new Error(
      `${name} is empty or holds characters that no token has (a space, a line end, a quote mark?). ${where}`
    )
  if (/^(?:xoxb|xapp)-/.test(value) && !value.startsWith(prefix))
    throw new Error(`${name} holds the wrong kind of token. ${where}`)
}
