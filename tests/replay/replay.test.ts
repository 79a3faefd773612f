import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readItems } from '../../scripts/learning/items.js'
import { type App, createApp } from '../../src/app.js'
import { exportCommand } from '../../src/cli/export.js'
import { readConfig } from '../../src/config.js'
import { type ArchiveServer, serveArchive } from '../../src/demo/server.js'
import { quietLogger } from '../fakes/databases.js'
import { createFakeDiscord, type FakeDiscord } from '../fakes/discord/fake-discord.js'
import { createFakeSlack, type FakeSlack } from '../fakes/slack/fake-slack.js'
import { ARTICLES, replayFeeds } from './articles.js'

const START = new Date('2020-12-01T00:00:00Z')
const MINUTE = 60_000
const LIMIT_MS = 300_000
/** The only event whose story changes materially while it is under way. */
const CHANGING = ['maine-law']

let clock = START
let folder: string
/** One host a feed: a bot is slow to ask one host often. */
let servers: ArchiveServer[]
let slack: FakeSlack
let discord: FakeDiscord
let app: App
/** When each message was seen changed, by its id. */
const editTimes = new Map<string, number[]>()

function env() {
  return {
    FACELAW_DATA_DIR: folder,
    FACELAW_ALLOW_PRIVATE_FEEDS: '1',
    FACELAW_POLL_SECONDS: '1',
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facelaw-replay-'))
  servers = await Promise.all(replayFeeds().map((feed) => serveArchive([feed], () => clock)))
  slack = await createFakeSlack()
  discord = await createFakeDiscord()
  app = await createApp({
    config: readConfig(env()),
    catalogue: servers.flatMap(({ entries }) => entries),
    logger: quietLogger,
    now: () => clock,
    terminal: { input: new PassThrough(), output: new PassThrough() }
  })
  await app.connect()
  await app.pollAndDeliver()
  await subscribeEverywhere()
  const dates = [...new Set(ARTICLES.map((article) => article.date))].sort()
  for (const date of dates) {
    await stepTo(new Date(new Date(date).getTime() + MINUTE))
    await stepTo(new Date(new Date(date).getTime() + 15 * MINUTE))
  }
}, LIMIT_MS)

afterAll(async () => {
  await app.stop()
  await Promise.all([slack, discord, ...servers].map((one) => one.close()))
  await rm(folder, { recursive: true, force: true })
})

async function subscribeEverywhere(): Promise<void> {
  const typed = await slack.slashCommand('subscribe mode:alerts', { user: 'U0ADMIN', channel: 'C0GENERAL' }).answer()
  await slack.pressButton(typed, 'Yes, subscribe', { user: 'U0ADMIN' }).answer()
  const preview = await discord.command('subscribe', { mode: 'alerts' }, { permissions: 'manager' })
  await discord.press(preview.message, 'Yes, subscribe', { permissions: 'manager' })
}

async function stepTo(moment: Date): Promise<void> {
  clock = moment
  const before = new Map(slack.messages().map((message) => [message.ts, message.edits]))
  await app.pollAndDeliver()
  for (const { ts, edits } of slack.messages()) {
    const more = edits - (before.get(ts) ?? 0)
    if (more > 0) editTimes.set(ts, [...(editTimes.get(ts) ?? []), ...Array(more).fill(clock.getTime())])
  }
}

/** The event whose article a message shows; its headline is one of the event's. */
function eventOf(text: string): string | null | undefined {
  return ARTICLES.find(({ title }) => text.includes(title))?.event
}

function titlesOnSlack() {
  return slack.messages().map((message) => ({ text: JSON.stringify(message.blocks), thread: message.thread_ts }))
}

async function why(title: string): Promise<string> {
  const article = ARTICLES.find((one) => one.title === title)!
  const items = await app.core.services.store.stories.query({ limit: 100, offset: 0, search: `"${title}"` })
  const story = items.stories[0]
  const asked = story ? String(story.id) : `https://example.org/${article.date}`
  return JSON.stringify(await slack.slashCommand(`why ${asked}`, { user: 'U0MEMBER', channel: 'C0GENERAL' }).answer())
}

const events = [...new Set(ARTICLES.map(({ event }) => event).filter((event) => event !== null))]

describe('a replay of two years', () => {
  test('holds sixty articles of a dozen events and more', () => {
    expect(ARTICLES.length).toBeGreaterThanOrEqual(60)
    expect(events.length).toBeGreaterThanOrEqual(12)
  })

  test.each(events)('%s: one parent on Slack, one on Discord', (event) => {
    const parents = titlesOnSlack().filter(({ text, thread }) => !thread && eventOf(text) === event)
    expect(parents.map(({ text }) => text.slice(0, 200))).toHaveLength(1)
    const onDiscord = discord.messages().filter((message) => eventOf(message.embeds[0]?.title ?? '') === event)
    expect(onDiscord).toHaveLength(1)
  })

  test('nothing irrelevant is posted', () => {
    for (const { text } of titlesOnSlack()) expect(eventOf(text)).not.toBeNull()
    expect(slack.messages().filter(({ thread_ts }) => !thread_ts)).toHaveLength(events.length)
  })

  test('threads hold material changes only', () => {
    const replies = titlesOnSlack().filter(({ thread }) => thread)
    for (const { text } of replies) expect(CHANGING).toContain(eventOf(text))
    expect(replies).toHaveLength(CHANGING.length)
    expect(replies[0]?.text).toContain('Passed (was proposed)')
  })

  test('alerts grow by edits, none sooner than ten minutes after another', () => {
    expect(editTimes.size).toBeGreaterThanOrEqual(8)
    for (const times of editTimes.values())
      for (const [index, time] of times.entries())
        if (index > 0) expect(time - times[index - 1]!).toBeGreaterThanOrEqual(10 * MINUTE)
  })

  test('a public body stands first, marked; what two outlets tell is no longer one source', () => {
    const of = (event: string) => titlesOnSlack().find(({ text, thread }) => !thread && eventOf(text) === event)!.text
    expect(of('italy-fine')).toContain('Garante Privacy Notices (official)')
    expect(of('uk-fine')).toContain('ICO Notices (official)')
    expect(of('texas-meta')).not.toContain('One source so far.')
    expect(of('portland-maine')).toContain('One source so far.')
  })

  test('nothing broke a rule of either platform', () => {
    expect(slack.violations).toEqual([])
    expect(discord.violations).toEqual([])
  })
})

describe('why', () => {
  test.each([
    [
      'Minneapolis bars police from using facial recognition',
      [/Posted here/, /matches/, /a copy of the same text|in common/]
    ],
    ['Italy fines Clearview AI 20 million euros', [/Clearview AI/, /Garante Privacy Notices/, /Edited/]],
    ['Greece fines Clearview AI 20 million euros', [/Posted here/, /GR|Greece/]],
    ['Texas sues Meta over facial recognition in Facebook photos', [/Meta/, /US-TX/, /litigation/]],
    ['New Orleans rolls back its ban on facial recognition', [/Posted here/, /US-LA/]],
    [
      'Facebook to shut down its face recognition system and delete a billion templates',
      [/company-policy/, /Posted here/]
    ],
    ['European Parliament calls for ban on police facial recognition in public', [/EU/, /began the story/]],
    ['UK watchdog fines Clearview AI 7.5 million pounds', [/enforcement/, /What decided/]],
    ['Portland, Maine, adds penalties to its facial recognition ban', [/Posted here/, /told by one article/]]
  ] as [string, RegExp[]][])('%s', async (title, expected) => {
    const answer = await why(title)
    for (const words of expected) expect(answer).toMatch(words)
  })

  test('of an address that no feed brought', async () => {
    const typed = slack.slashCommand('why https://nowhere.example/a', { user: 'U0MEMBER', channel: 'C0GENERAL' })
    expect(JSON.stringify(await typed.answer())).toMatch(/None of the feeds brought this address/)
  })

  test('of a silent one: seen, and too little about rules', async () => {
    const link = 'https://harbour-courier.example/2022/05/05/bakery-wins-prize-for-its-rye-bread'
    const typed = slack.slashCommand(`why ${link}`, { user: 'U0MEMBER', channel: 'C0GENERAL' })
    expect(JSON.stringify(await typed.answer())).toMatch(/Not relevant: it scored/)
  })
})

describe('what people rule', () => {
  test('an article is taken out of its story by who may, and it stands in the audit', async () => {
    const [story] = (await app.core.services.store.stories.query({ limit: 1, offset: 0, search: 'Minneapolis' }))
      .stories
    const articles = await app.core.services.store.articles.ofStory(story!.id, null)
    const line = { story: String(story!.id), split: articles.at(-1)!.id }
    const refused = await discord.command('why', line)
    expect(JSON.stringify(refused.message)).toMatch(/Manage Channels/)
    const done = await discord.command('why', line, { permissions: 'manager' })
    expect(JSON.stringify(done.message)).toMatch(/tells a story of its own now/)
    const [entry] = await app.core.services.store.audit.list(2, 1)
    expect(entry).toMatchObject({ action: 'split' })
  })
})

describe('what people say of it', () => {
  test('is thanked for, kept, and exported in the form that learning reads', async () => {
    const parent = slack.messages().find((message) => JSON.stringify(message.blocks).includes('Texas'))!
    const thanks = await slack.pressButton(parent, 'Not relevant', { user: 'U0MEMBER' }).answer()
    expect(JSON.stringify(thanks)).toMatch(/Thank you/)
    const answer = await slack.pressButton(parent, 'Why?', { user: 'U0MEMBER' }).answer()
    const wrong = await slack.pressButton(answer, 'Wrong tag: Meta', { user: 'U0MEMBER' }).answer()
    expect(JSON.stringify(wrong)).toMatch(/wrong tag/)
    const stdout = new PassThrough()
    const io = { stdin: new PassThrough(), stdout, stderr: new PassThrough(), env: env() }
    expect(await exportCommand.run(['feedback'], io as never)).toBe(0)
    const file = join(folder, 'feedback.jsonl')
    await writeFile(file, String(stdout.read()))
    const lessons = readItems(file).filter(({ origin }) => origin === 'feedback')
    expect(lessons).toMatchObject([{ relevant: false }, { wrongTag: 'company:Meta' }])
  })

  test('settings are changed by who may, kept in the audit, and shown', async () => {
    const typed = slack.slashCommand('subscriptions quiet:22-7 zone:Europe/Berlin cap:5 single-source:wait', {
      user: 'U0ADMIN',
      channel: 'C0GENERAL'
    })
    expect(JSON.stringify(await typed.answer())).toMatch(/quiet 22–7 \(Europe\/Berlin\) · at most 5 an hour/)
    const [entry] = await app.core.services.store.audit.list(1, 1)
    expect(entry).toMatchObject({ action: 'alerts', actorName: expect.any(String) })
    const refused = await discord.command('subscriptions', { cap: 5 })
    expect(JSON.stringify(refused.message)).toMatch(/Manage Channels/)
  })
})
