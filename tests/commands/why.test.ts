import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { EVERYTHING } from '../../src/alerts/match.js'
import type { RequestOrigin } from '../../src/chat/platform.js'
import { TERMINAL_ORIGIN } from '../../src/chat/terminal/platform.js'
import { outcomes } from '../fakes/outcomes.js'
import { Answer, CommandBench, person } from './harness.js'

let bench: CommandBench

const TACOMA = 'https://wire.example/tacoma'
const RENO = 'https://wire.example/reno'

beforeAll(async () => {
  bench = await CommandBench.open(new Date('2026-03-02T12:00:00Z'))
  const { store } = bench.core.services
  const { channel } = await store.channels.ensure(person(), new Date('2026-02-01T00:00:00Z'))
  const asked = {
    channelId: channel.id,
    filter: EVERYTHING,
    mode: 'alerts' as const,
    createdBy: 'u1',
    createdByName: 'Ada'
  }
  await store.subscriptions.add(asked, new Date('2026-02-01T00:00:00Z'))
  await bench.news(
    {
      title: 'Reno council forbids face recognition cameras in casinos',
      link: RENO,
      published: '2026-03-02T11:00:00Z',
      summary: 'Reno, Nevada, will not let casinos use facial recognition on guests, its council decided 5-1.'
    },
    {
      title: 'Tacoma City Council bans facial recognition by police',
      link: TACOMA,
      published: '2026-03-02T10:00:00Z',
      summary: 'The Tacoma City Council voted 7-2 on Monday to forbid its police facial recognition.'
    },
    {
      title: 'Bakery wins a prize for its rye bread',
      link: 'https://wire.example/bread',
      published: '2026-03-02T11:00:00Z',
      summary: 'The jury liked the crust.'
    }
  )
})

afterAll(() => bench.close())

async function askMessage(links: string[], messageId = 'nothing', origin: RequestOrigin = person()): Promise<Answer> {
  const message = { workspaceId: origin.workspace.id, channelId: origin.channel.id, messageId }
  return new Answer(await bench.core.handler.message({ ...origin, command: 'why', message, links }))
}

/** Brings what is owed to the channel, as message ids of that name and a number. */
async function deliver(name: string): Promise<void> {
  const { deliveries } = bench.core.services.store
  const { now } = bench.clock
  for (let count = 1; ; count++) {
    const [claim] = await deliveries.claim({ platforms: ['discord'], owner: 'test', limit: 1, leaseSeconds: 60, now })
    if (!claim) return
    const { channel, delivery } = claim
    const place = { workspaceId: channel.workspaceExternalId, channelId: channel.externalId }
    await outcomes(deliveries).done(delivery.id, 'test', { ...place, messageId: `${name}${count}` }, now)
  }
}

describe('“Why is this here?” of a message', () => {
  test('finds the story of an alert of ours, whatever links it has', async () => {
    await deliver('alert')
    expect((await askMessage([RENO], 'alert1')).text).toMatch(/^Why: Tacoma[\s\S]*Posted here/)
    expect((await askMessage([], 'alert2')).text).toMatch(/^Why: Reno/)
  })

  test('speaks of the channel that was told when it is asked in the thread there', async () => {
    const thread = person({ channel: { id: 'alert1', name: 'thread' } })
    const message = { workspaceId: 'g1', channelId: 'c1', messageId: 'alert1' }
    const answer = new Answer(await bench.core.handler.message({ ...thread, command: 'why', message, links: [] }))
    expect(answer.text).toMatch(/Posted here/)
    const pressed = { ...thread, action: 'why:story 1', message }
    expect(new Answer(await bench.core.handler.button(pressed)).text).toMatch(/Posted here/)
  })

  test('finds a story by a link in anybody’s message; unknown links beside it do not count', async () => {
    expect((await askMessage(['https://nowhere.example/', `${TACOMA}?utm_source=chat`])).text).toMatch(/^Why: Tacoma/)
  })

  test('says why nothing came of a page that was seen', async () => {
    expect((await askMessage(['https://wire.example/bread'])).text).toMatch(/Not relevant: it scored/)
  })

  test('lets people choose where a message tells several stories', async () => {
    const answer = await askMessage([TACOMA, RENO, TACOMA])
    expect(answer.text).toMatch(/tells 2 stories/)
    expect((await bench.press(answer, 'Why 2?')).text).toMatch(/^Why: Reno/)
  })

  test('says what to do about a message without a story', async () => {
    expect((await askMessage(['https://nowhere.example/a'])).text).toMatch(
      /no link in this message that Facelaw knows[\s\S]*nowhere\.example\/a[\s\S]*\/facelaw search/
    )
    const plain = await askMessage([])
    expect(plain.text).toMatch(/none of mine and has no link[\s\S]*\/facelaw why/)
    expect(plain.message.tone).toBe('bad')
  })

  test('tells nobody of another workspace’s messages', async () => {
    const stranger = person({ workspace: { id: 'g2', name: 'Elsewhere' }, channel: { id: 'c1', name: 'x' } })
    expect((await askMessage([], 'alert1', stranger)).text).toMatch(/none of mine/)
  })
})

describe('split and merge', () => {
  const admin = person({ manager: true })

  test('are offered to who may change things, and to nobody else', async () => {
    const labels = (answer: Answer) => answer.buttons.map(({ label }) => label)
    expect(labels(await bench.say('why 1'))).not.toContain('Split or merge…')
    expect(labels(await bench.say('why 1', admin))).toContain('Split or merge…')
    const refused = await bench.core.handler.button({ ...person(), action: 'why:rulings 1', message: null })
    expect(new Answer(refused).text).toMatch(/Manage Channels/)
  })

  test('“Wrong story” leads there; members are thanked', async () => {
    expect((await bench.press(await bench.say('why 2'), 'Wrong story')).text).toMatch(/^\s*Thank you/)
    const led = await bench.press(await bench.say('why 1', admin), 'Wrong story', admin)
    expect(led.text).toMatch(/What belongs to “Tacoma[\s\S]*Thank you[\s\S]*nothing to take out/)
  })

  test('an article is taken out by a button and stays out; both stand in the audit', async () => {
    const { store } = bench.core.services
    await bench.newsOf('Harbour Post', {
      title: 'Tacoma City Council bans facial recognition by its police',
      link: 'https://harbour.example/tacoma',
      published: '2026-03-02T11:30:00Z',
      summary: 'The Tacoma City Council voted 7-2 on Monday to forbid its police facial recognition.'
    })
    expect(await store.stories.find(1)).toMatchObject({ articleCount: 2 })
    const offer = await bench.press(await bench.say('why 1', admin), 'Split or merge…', admin)
    const label = offer.buttons.find((button) => button.label.includes('Harbour Post'))!.label
    const done = await bench.press(offer, label, admin)
    expect(done.text).toMatch(/tells a story of its own now, number \d+/)
    expect(await store.stories.find(1)).toMatchObject({ articleCount: 1 })
    const [entry] = await store.audit.list(1, 1)
    expect(entry).toMatchObject({ action: 'split', actorName: 'Ada' })
  })

  test('stories nearby are put together by a button', async () => {
    const { store } = bench.core.services
    await bench.newsOf('Bay Courier', {
      title: 'Nevada privacy board objects to facial recognition at Reno airport',
      link: 'https://bay.example/reno',
      published: '2026-02-22T11:45:00Z',
      summary:
        'The regulator ordered the airport of Reno to stop its pilot of facial recognition until the rules on biometric data are met.'
    })
    const [article] = await store.articles.byLink('https://bay.example/reno', null)
    expect(article?.storyId).not.toBe(2)
    const offer = await bench.press(await bench.say('why 2', admin), 'Split or merge…', admin)
    const done = await bench.press(offer, `Merge with ${article?.storyId}`, admin)
    expect(done.text).toBe(`\nStory ${article?.storyId} is part of story 2 now.`)
    expect(await store.stories.find(2)).toMatchObject({ articleCount: 2 })
  })

  test('where several servers are told, a wish is kept, and the operator can do it', async () => {
    const { store } = bench.core.services
    const other = {
      platform: 'discord' as const,
      workspace: { id: 'g9', name: 'Others' },
      channel: { id: 'c9', name: 'z' }
    }
    const { channel } = await store.channels.ensure(other, bench.clock.now)
    const theirs = {
      channelId: channel.id,
      filter: EVERYTHING,
      mode: 'alerts' as const,
      createdBy: 'u9',
      createdByName: 'Zoe'
    }
    await store.subscriptions.add(theirs, bench.clock.now)
    const [article] = await store.articles.byLink('https://bay.example/reno', null)
    const wished = await bench.say(`why 2 split:${article?.id}`, admin)
    expect(wished.text).toMatch(/Nothing was changed: others[\s\S]*facelaw ask "why 2"/)
    expect(await store.stories.find(2)).toMatchObject({ articleCount: 2 })
    expect((await bench.say('why 2', TERMINAL_ORIGIN)).text).toMatch(
      new RegExp(`Wished for\\nsplit article ${article?.id} \\(Ada, Newsroom\\)`)
    )
    const done = await bench.say(`why 2 split:${article?.id}`, TERMINAL_ORIGIN)
    expect(done.text).toMatch(/a story of its own now/)
  })
})
