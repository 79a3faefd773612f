import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type App, createApp } from '../src/app.js'
import { readConfig } from '../src/config.js'
import type { ArchiveFeed } from '../src/demo/archive.js'
import { type ArchiveServer, serveArchive } from '../src/demo/server.js'
import { quietLogger } from './fakes/databases.js'
import { createFakeDiscord, type FakeDiscord } from './fakes/discord/fake-discord.js'
import { copyEmptyPglite } from './fakes/pglite-template.js'
import { platformSettings } from './fakes/settings.js'
import { createFakeSlack, type FakeSlack } from './fakes/slack/fake-slack.js'

/** The seed story and its neighbours, in our own words. */
const FEEDS: ArchiveFeed[] = [
  {
    title: 'The Civic Wire',
    kind: 'news',
    lang: 'en',
    format: 'rss',
    items: [
      {
        date: '2020-06-01T10:00:00Z',
        title: 'Old: a council bans facial recognition',
        text: 'The Oakland City Council banned facial recognition.'
      },
      {
        date: '2020-06-11T20:40:00Z',
        title: 'Microsoft joins the retreat and will not sell facial recognition to police',
        text: 'Microsoft will not sell facial recognition to US police departments until there is a national law grounded in human rights, its president Brad Smith told a Washington Post event on Thursday. The step follows IBM, which left the business, and Amazon, which paused police sales for a year; Clearview AI and Palantir keep selling to police. Washington State passed a law on government use this spring, while a bill in California that the company supported was blocked in the state’s Assembly.'
      },
      {
        date: '2020-06-12T08:00:00Z',
        title: 'Phone maker shows a faster face unlock',
        text: 'The handset opens in a blink.'
      }
    ]
  },
  {
    title: 'Bay City Courier',
    kind: 'news',
    lang: 'en',
    format: 'atom',
    items: [
      { date: '2020-06-01T09:00:00Z', title: 'Ferry riders return', text: 'Boats crossed the bay half empty.' },
      {
        date: '2020-06-12T03:00:00Z',
        title: 'Microsoft will not sell facial recognition to police without a national law',
        text: 'Microsoft president Brad Smith said on Thursday the company will not sell facial recognition to US police departments until there is a national law grounded in human rights.'
      }
    ]
  }
]

let clock: Date
let folder: string
let server: ArchiveServer

beforeEach(async () => {
  clock = new Date('2020-06-02T00:00:00Z')
  folder = await mkdtemp(join(tmpdir(), 'facelaw-app-'))
  await copyEmptyPglite(folder)
  server = await serveArchive(FEEDS, () => clock)
})

afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

function start(env: Record<string, string> = {}, output = new PassThrough()): Promise<App> {
  return createApp({
    config: readConfig({
      FACELAW_DATA_DIR: folder,
      FACELAW_ALLOW_PRIVATE_FEEDS: '1',
      FACELAW_POLL_SECONDS: '1',
      ...env
    }),
    catalogue: server.entries,
    logger: quietLogger,
    now: () => clock,
    terminal: { input: new PassThrough(), output }
  })
}

describe('the bot in the terminal', () => {
  test('tells nothing old, each new story once, and nothing again after a restart', async () => {
    const output = new PassThrough()
    let app = await start({}, output)
    await app.connect()
    expect(await app.pollAndDeliver()).toMatchObject({ polled: 2, first: 2, owed: 0, failed: [] })
    clock = new Date('2020-06-11T21:00:00Z')
    await app.pollAndDeliver()
    await app.stop()
    app = await start({}, output)
    await app.connect()
    clock = new Date('2020-06-12T09:00:00Z')
    await app.pollAndDeliver()
    await app.stop()
    const printed = String(output.read())
    expect(printed.match(/Microsoft joins the retreat/g)).toHaveLength(1)
    expect(printed).not.toMatch(/Oakland|unlock|Ferry|without a national law\n/)
    expect(printed).toContain('Tags: Microsoft, IBM, Amazon, Clearview AI, Palantir; US, US-WA, US-CA; company-policy')
  })
})

describe('the bot on Slack and Discord at once', () => {
  let slack: FakeSlack
  let discord: FakeDiscord
  let app: App

  beforeEach(async () => {
    slack = await createFakeSlack()
    discord = await createFakeDiscord()
    app = await start(platformSettings(slack, discord))
    await app.connect()
    await app.pollAndDeliver()
  })

  afterEach(async () => {
    await app.stop()
    await slack.close()
    await discord.close()
    expect(slack.violations).toEqual([])
    expect(discord.violations).toEqual([])
  })

  test('subscribe with its preview, an alert with its buttons, why, and unsubscribe, on both', async () => {
    await subscribeOnSlack('company:Microsoft')
    await subscribeOnDiscord({ company: 'Microsoft' })
    clock = new Date('2020-06-12T09:00:00Z')
    await app.pollAndDeliver()

    const [onSlack, ...moreOnSlack] = slack.messages('C0GENERAL')
    expect(moreOnSlack).toEqual([])
    expect(onSlack?.text).toMatch(/Microsoft joins the retreat/)
    const [onDiscord, ...moreOnDiscord] = discord.messages()
    expect(moreOnDiscord).toEqual([])
    expect(onDiscord?.embeds[0]?.title).toMatch(/Microsoft joins the retreat/)

    const whySlack = await slack.pressButton(onSlack!, 'Why?', { user: 'U0ANN' })
    expect(JSON.stringify(await whySlack.answer())).toMatch(/Posted here/)
    const whyDiscord = await discord.press(onDiscord!, 'Why?')
    expect(JSON.stringify(whyDiscord.message)).toMatch(/Posted here/)
    expect(whyDiscord.ephemeral).toBe(true)
    const thanks = await discord.press(onDiscord!, 'Not relevant')
    expect(JSON.stringify(thanks.message)).toMatch(/Thank you/)

    const ended = await slack.slashCommand('unsubscribe 1', { user: 'U0ANN', channel: 'C0GENERAL' })
    expect(JSON.stringify(await ended.answer())).toMatch(/Ended subscription 1/)
  })

  test('without Manage Channels nobody changes anything on Discord', async () => {
    const reply = await discord.command('subscribe', { company: 'Microsoft' })
    expect(JSON.stringify(reply.message)).toMatch(/needs the permission “Manage Channels”/)
  })

  test('a channel whose filter does not match hears nothing', async () => {
    await subscribeOnSlack('jurisdiction:EU/*')
    clock = new Date('2020-06-12T09:00:00Z')
    await app.pollAndDeliver()
    expect(slack.messages('C0GENERAL')).toEqual([])
  })

  test('every command answers, on both', async () => {
    clock = new Date('2020-06-12T09:00:00Z')
    await app.pollAndDeliver()
    const lines: [string, Record<string, string>][] = [
      ['help', {}],
      ['latest', {}],
      ['search', { words: 'police' }],
      ['company', { name: 'Amazon' }],
      ['jurisdiction', { name: 'US-WA' }],
      ['compare', { first: 'Amazon', second: 'Microsoft' }],
      ['deadlines', {}],
      ['subscriptions', {}],
      ['digest', {}],
      ['feeds', {}],
      ['why', { story: '1' }],
      ['status', {}]
    ]
    for (const [name, options] of lines) {
      const text = [name, ...Object.values(options)].join(' ')
      const typed = await slack.slashCommand(text, { user: 'U0ANN', channel: 'C0GENERAL' })
      expect(JSON.stringify(await typed.answer())).not.toMatch(/did not work/)
      const reply = await discord.command(name, options)
      expect(JSON.stringify(reply.message)).not.toMatch(/did not work/)
      expect(reply.ephemeral).toBe(true)
    }
  })

  async function subscribeOnSlack(filter: string): Promise<void> {
    const typed = await slack.slashCommand(`subscribe ${filter} mode:alerts`, { user: 'U0ANN', channel: 'C0GENERAL' })
    const preview = await typed.answer()
    expect(JSON.stringify(preview)).toMatch(/last 30 days/)
    const pressed = await slack.pressButton(preview as never, 'Yes, subscribe', { user: 'U0ANN' })
    expect(JSON.stringify(await pressed.answer())).toMatch(/Subscribed, number/)
  }

  async function subscribeOnDiscord(options: Record<string, string>): Promise<void> {
    const manager = { permissions: 'manager' as const }
    const preview = await discord.command('subscribe', { ...options, mode: 'alerts' }, manager)
    expect(JSON.stringify(preview.message)).toMatch(/last 30 days/)
    const done = await discord.press(preview.message, 'Yes, subscribe', manager)
    expect(JSON.stringify(done.message)).toMatch(/Subscribed, number/)
  }
})
