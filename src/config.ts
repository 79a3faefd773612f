import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { z } from 'zod'

/** Settings, checked at start. README, "Settings", says what each is for. */
export interface Config {
  /** Undefined: the embedded database in `dataDir`. */
  databaseUrl: string | undefined
  dataDir: string
  /** Paths or addresses that replace the catalogue. */
  feeds: string[] | undefined
  allowPrivateFeeds: boolean
  /** Overrides the learned interval of every feed. */
  pollSeconds: number | undefined
  /** Where the web server listens; undefined: it does not, unless Slack over HTTP needs it. */
  port: number | undefined
  /** Where health pages and metrics alone are served, by a process of any role; undefined: nowhere. */
  metricsPort: number | undefined
  publicUrl: string | undefined
  secret: string | undefined
  /** Said to feed servers in the User-Agent. */
  contact: string
  slack:
    | {
        botToken: string
        appToken?: string
        signingSecret?: string
        apiUrl?: string
      }
    | undefined
  discord: { token: string; apiUrl?: string } | undefined
  logLevel: string
}

/** A setting that cannot be used: the message names it, the reason and an example. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

function httpUrl(example: string) {
  return z
    .string()
    .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
      message: `must be an http(s) address, such as ${example}`
    })
    .optional()
}

function wholeNumber(lowest: number, highest: number, example: string) {
  return z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= lowest && Number(text) <= highest, {
      message: `must be a whole number from ${lowest} to ${highest}, such as ${example}`
    })
    .transform(Number)
    .optional()
}

/** Slack's tokens tell their kind by how they begin; `xoxe.` stands before those that rotate. */
function slackToken(prefix: string, where: string) {
  return z
    .string()
    .refine((text) => text.startsWith(prefix) || text.startsWith(`xoxe.${prefix}`), {
      message: `must start with "${prefix}", such as ${prefix}…; find it at ${where}`
    })
    .optional()
}

const SCHEMA = z.object({
  DATABASE_URL: z
    .string()
    .refine((text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text), {
      message: 'must be a PostgreSQL address, such as postgresql://facelaw:password@localhost:5432/facelaw'
    })
    .optional(),
  FACELAW_DATA_DIR: z.string().default('.facelaw'),
  FACELAW_FEEDS: z.string().optional(),
  FACELAW_ALLOW_PRIVATE_FEEDS: z
    .enum(['0', '1'], { message: 'must be 1 (allow) or 0 (refuse, the default)' })
    .optional(),
  FACELAW_POLL_SECONDS: wholeNumber(1, 86_400, '600'),
  FACELAW_PORT: wholeNumber(0, 65_535, '3000'),
  FACELAW_METRICS_PORT: wholeNumber(0, 65_535, '9464'),
  FACELAW_PUBLIC_URL: httpUrl('https://facelaw.example.org'),
  FACELAW_SECRET: z
    .string()
    .min(16, 'must be at least 16 characters, such as the output of `openssl rand -hex 32`')
    .optional(),
  FACELAW_CONTACT: z.string().default('https://www.npmjs.com/package/facelaw'),
  SLACK_BOT_TOKEN: slackToken('xoxb-', 'api.slack.com/apps, your app, "OAuth & Permissions"'),
  SLACK_APP_TOKEN: slackToken('xapp-', 'api.slack.com/apps, your app, "Basic Information", "App-Level Tokens"'),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_CLIENT_ID: z.string().optional(),
  SLACK_CLIENT_SECRET: z.string().optional(),
  SLACK_API_URL: httpUrl('https://slack.com/api/'),
  DISCORD_TOKEN: z
    .string()
    .refine((text) => !/\s/.test(text), {
      message: 'must be the bot token without spaces; find it at discord.com/developers/applications, your app, "Bot"'
    })
    .optional(),
  DISCORD_API_URL: httpUrl('https://discord.com/api'),
  LOG_LEVEL: z
    .enum(LOG_LEVELS as [string, ...string[]], { message: `must be one of ${LOG_LEVELS.join(', ')}` })
    .default('info')
})

/**
 * Reads and checks the settings; empty values count as not set.
 * @throws ConfigError that names every wrong setting, why, and an example; never a value, which may be a secret.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== '')
  )
  const parsed = SCHEMA.safeParse(given)
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`).join('\n'))
  }
  const s = parsed.data
  return {
    databaseUrl: s.DATABASE_URL,
    dataDir: s.FACELAW_DATA_DIR,
    feeds: s.FACELAW_FEEDS?.split(/[\s,]+/).filter(Boolean),
    allowPrivateFeeds: s.FACELAW_ALLOW_PRIVATE_FEEDS === '1',
    pollSeconds: s.FACELAW_POLL_SECONDS,
    port: s.FACELAW_PORT,
    metricsPort: s.FACELAW_METRICS_PORT,
    publicUrl: s.FACELAW_PUBLIC_URL,
    secret: s.FACELAW_SECRET,
    contact: s.FACELAW_CONTACT,
    slack: slackSettings(s),
    discord: s.DISCORD_TOKEN
      ? { token: s.DISCORD_TOKEN, ...(s.DISCORD_API_URL && { apiUrl: s.DISCORD_API_URL }) }
      : undefined,
    logLevel: s.LOG_LEVEL
  }
}

function slackSettings(s: z.infer<typeof SCHEMA>): Config['slack'] {
  if (!s.SLACK_BOT_TOKEN) {
    if (s.SLACK_APP_TOKEN || s.SLACK_SIGNING_SECRET) {
      throw new ConfigError(
        'SLACK_BOT_TOKEN is missing, though other Slack settings are there: it must start with "xoxb-"; find it at api.slack.com/apps, your app, "OAuth & Permissions".'
      )
    }
    return undefined
  }
  if (!s.SLACK_APP_TOKEN && !s.SLACK_SIGNING_SECRET) {
    throw new ConfigError(
      'SLACK_BOT_TOKEN is set, but Slack cannot reach the bot: set SLACK_APP_TOKEN (such as xapp-1-…, for Socket Mode, no public address needed) or SLACK_SIGNING_SECRET (for signed HTTP requests to FACELAW_PORT).'
    )
  }
  return {
    botToken: s.SLACK_BOT_TOKEN,
    ...(s.SLACK_APP_TOKEN && { appToken: s.SLACK_APP_TOKEN }),
    ...(s.SLACK_SIGNING_SECRET && { signingSecret: s.SLACK_SIGNING_SECRET }),
    ...(s.SLACK_API_URL && { apiUrl: s.SLACK_API_URL })
  }
}

/** Takes `.env` of the working folder into `process.env`; what is set already stays. */
export function loadDotEnv(): void {
  if (existsSync('.env')) loadEnvFile('.env')
}
