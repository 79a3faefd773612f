import { WebClient } from '@slack/web-api'
import { REST, Routes } from 'discord.js'
import { commands } from '../commands/index.js'
import { alertMessage } from '../src/alerts/alert-message.js'
import { EVERYTHING, matches } from '../src/alerts/match.js'
import { createNames, type Names } from '../src/alerts/names.js'
import { Sender } from '../src/alerts/sender.js'
import { createDiscordPlatform } from '../src/chat/discord/platform.js'
import { renderMessage } from '../src/chat/discord/render.js'
import type { Message } from '../src/chat/message.js'
import type { ChatPlatform } from '../src/chat/platform.js'
import { createSlackPlatform } from '../src/chat/slack/platform.js'
import { render } from '../src/chat/slack/render.js'
import type { Story } from '../src/model/story.js'
import type { PlatformName } from '../src/model/subscription.js'
import { loadLexicon } from '../src/tagging/lexicon.js'
import { type BenchDatabase, silent, withPostgres } from './database.js'
import type { FakeState } from './fake-process.js'
import { FakeProcess } from './fakes.js'
import { each, median, timed } from './measure.js'
import type { BenchOptions } from './options.js'
import { type Figure, report } from './report.js'
import { relevantArticle } from './samples.js'

const CHANNELS = 10_000
const ROUNDS = 5
/** Posted before anything is timed, so that no round pays for the compiling of the code. */
const WARM_UP = 500
/** The bare loop sends so many requests at once; more make it no faster. */
const BARE_AT_ONCE = 32
/** The paced run: so many channels at Discord's own limit, in requests a second. */
const PACED_CHANNELS = 500
const DISCORD_LIMIT = 50

interface Stand {
  database: BenchDatabase
  fake: FakeProcess
  names: Names
}

/**
 * One story to ten thousand channels, from its article to the last message written down, against a loop of the
 * platform's own client that posts the same message; and how near a paced run comes to Discord's limit.
 */
export async function benchFanOut({ size }: BenchOptions): Promise<void> {
  await withPostgres(async (database) => {
    const fake = await FakeProcess.start()
    const stand = { database, fake, names: createNames(loadLexicon()) }
    try {
      const state = await fake.ask({
        channels: Math.round(CHANNELS * size),
        discordPerSecond: Number.POSITIVE_INFINITY
      })
      report('fan-out', [
        ...(await againstBare(stand, 'discord', state)),
        ...(await againstBare(stand, 'slack', state)),
        ...(await paced(stand, state))
      ])
    } finally {
      await fake.stop()
    }
  })
}

async function againstBare(stand: Stand, platform: 'discord' | 'slack', state: FakeState): Promise<Figure[]> {
  const { channels } = state[platform]
  const few = channels.slice(0, WARM_UP)
  await bareLoop(platform, state, few, `${platform}-warm-`)
  await subscribe(stand.database, platform, few)
  await story(stand, platform, state, Number.POSITIVE_INFINITY)
  await stand.fake.ask({ clear: true })
  await unsubscribe(stand.database)
  await subscribe(stand.database, platform, channels)
  const ours: number[] = []
  const bare: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await timed(() => bareLoop(platform, state, channels, `${platform}-${round}-`)))
    await delivered(stand, platform, channels.length)
    ours.push(await timed(() => story(stand, platform, state, Number.POSITIVE_INFINITY)))
    await delivered(stand, platform, channels.length)
  }
  await unsubscribe(stand.database)
  const perSecond = (times: number[]) => (channels.length * 1000) / median(times)
  return [
    { name: `${platform}: messages a second`, value: perSecond(ours), unit: '/s' },
    { name: `${platform}: its client alone`, value: perSecond(bare), unit: '/s' },
    {
      name: `${platform}: ours to its client's`,
      value: median(ours.map((time, round) => bare[round]! / time)),
      unit: 'times',
      bar: { least: 0.7 }
    }
  ]
}

async function paced(stand: Stand, state: FakeState): Promise<Figure[]> {
  await subscribe(stand.database, 'discord', state.discord.channels.slice(0, PACED_CHANNELS))
  await stand.fake.ask({ discordPerSecond: DISCORD_LIMIT })
  const time = await timed(() => story(stand, 'discord', state))
  const { discord } = await stand.fake.ask({})
  await delivered(stand, 'discord', PACED_CHANNELS)
  return [
    {
      name: 'discord paced: share of 50/s',
      value: (PACED_CHANNELS * 1000) / time / DISCORD_LIMIT,
      unit: 'times',
      bar: { least: 0.95 }
    },
    { name: 'discord paced: answers 429', value: discord.violations.length, unit: '', bar: { most: 0 } }
  ]
}

/** Stores one article of a new event, which is owed to all, and sends until nothing is left. */
async function story({ database, names }: Stand, name: PlatformName, state: FakeState, perSecond?: number) {
  const { store } = database
  const now = new Date()
  const platform = platformOf(name, state, perSecond)
  const feedId = await feedOf(database)
  await store.articles.ingest(feedId, relevantArticle(nextArticle++), {
    quiet: false,
    now,
    choose: () => null,
    matches
  })
  const sender = new Sender({
    store,
    platforms: [platform],
    names,
    owner: 'bench',
    now: () => new Date(),
    logger: silent
  })
  await sender.drain()
  await platform.stop()
}

let nextArticle = 0

function platformOf(name: PlatformName, { discord, slack }: FakeState, requestsPerSecond?: number): ChatPlatform {
  const memory = { get: async () => null, set: async () => {} }
  return name === 'discord'
    ? createDiscordPlatform(
        { token: discord.token, apiUrl: discord.apiUrl, ...(requestsPerSecond !== undefined && { requestsPerSecond }) },
        [...commands],
        memory,
        silent
      )
    : createSlackPlatform({ botToken: slack.token, signingSecret: 'bench', apiUrl: slack.apiUrl }, silent)
}

async function bareLoop(
  platform: 'discord' | 'slack',
  state: FakeState,
  channels: readonly string[],
  nonce: string
): Promise<void> {
  const message = sampleMessage()
  const { apiUrl, token } = state[platform]
  if (platform === 'slack') {
    const client = new WebClient(token, { slackApiUrl: apiUrl })
    const { text, blocks } = render(message)
    await each(channels, BARE_AT_ONCE, (channel) => client.chat.postMessage({ channel, text, blocks } as never))
    return
  }
  const rest = new REST({ api: apiUrl, version: '10', globalRequestsPerSecond: Number.POSITIVE_INFINITY })
  rest.setToken(token)
  const body = renderMessage(message)
  await each(channels, BARE_AT_ONCE, (channel, index) =>
    rest.post(Routes.channelMessages(channel), { body: { ...body, nonce: nonce + index, enforce_nonce: true } })
  )
  rest.clearHashSweeper()
  rest.clearHandlerSweeper()
}

function sampleMessage(): Message {
  const { identity, tags } = relevantArticle(1)
  const now = new Date()
  const told = { ...identity.item, ...tags, id: 1, outlet: 'The Paper', outlets: ['The Paper'], published: now }
  return alertMessage(told as unknown as Story, createNames(loadLexicon()), now)
}

async function subscribe({ sql }: BenchDatabase, platform: PlatformName, channels: string[]): Promise<void> {
  const [workspace] = await sql<{ id: number }>(
    `insert into workspace (platform, external_id, name, created_at) values ($1, 'W1', 'Bench', now())
     on conflict (platform, external_id) do update set name = excluded.name returning id`,
    [platform]
  )
  await sql(
    `with c as (
       insert into channel (workspace_id, platform, external_id, name, created_at)
       select $1, $2, id, id, now() from unnest($3::text[]) as one (id)
       on conflict (workspace_id, external_id) do update set name = excluded.name returning id
     )
     insert into subscription (channel_id, mode, filter, filter_digest, anchors, jurisdictions, kinds, created_by,
       created_by_name, created_at)
     select id, 'alerts', $4, 'all', array['any'], '{}', '{}', 'U1', 'Ada', now() from c`,
    [workspace!.id, platform, channels, JSON.stringify(EVERYTHING)]
  )
  await sql('analyze')
}

async function unsubscribe({ sql }: BenchDatabase): Promise<void> {
  await sql('update subscription set ended_at = now() where ended_at is null')
}

async function feedOf({ sql }: BenchDatabase): Promise<number> {
  const [feed] = await sql<{ id: string }>(
    `insert into feed (url, title, publisher, kind, lang, in_catalogue, fetch_url, next_poll_at, first_polled_at)
     values ('http://paper.example/feed', 'The Paper', 'The Paper', 'news', 'en', true, 'http://paper.example/feed', now(), now())
     on conflict (url) do update set title = excluded.title returning id`
  )
  return Number(feed!.id)
}

/** Each message arrived once; else the figures mean nothing. */
async function delivered({ fake }: Stand, platform: 'discord' | 'slack', wanted: number): Promise<void> {
  const { messages, violations } = (await fake.ask({}))[platform]
  await fake.ask({ clear: true })
  const faults = violations.filter((fault) => !/requests in a second/.test(fault))
  if (faults.length > 0) throw new Error(`the fake refused requests: ${faults.slice(0, 3).join('; ')}`)
  if (messages !== wanted) throw new Error(`${messages} of ${wanted} messages arrived at ${platform}`)
}
