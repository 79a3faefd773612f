import { setTimeout as wait } from 'node:timers/promises'
import { PERMISSIONS } from '../tests/fakes/discord/state.js'
import type { ChaosChannel } from './channels.js'
import { countBacklog, readStored } from './database.js'
import { FAULTS, MOSTLY_KILLS, planFaults } from './faults/plan.js'
import type { MadeFeed } from './newsroom.js'
import { Random } from './random.js'
import { faultsOf, judge, type Verdict, type WellSince } from './verdict.js'
import type { World } from './world.js'

/** When the faults end: after so many seconds, or after so many kills. */
export type Goal = { seconds: number } | { kills: number }

/** What came of a run. */
export interface Outcome {
  verdict: Verdict
  /** Commands that people typed; those that were asked in peace and not answered; those answered more than once. */
  asked: number
  unanswered: string[]
  answeredTwice: string[]
  faults: number
  kills: number
  published: number
  /** Processes that died though nobody killed them, or did not end when asked, and requests that broke a rule. */
  misbehaviour: string[]
  /** Resident memory of the processes at the end, in MiB. */
  memory: number[]
  /** From the last fault until the channels and feeds that were well had been told all, in seconds. */
  settledSeconds: number
  /** How long after its publishing each message came that was published beside the sick ones, in seconds, sorted. */
  besideTheSick: number[]
}

/**
 * No more is published while so much is in hand: the machine looks for what is lost or told twice, not for how much a
 * busy machine can carry, and no Slack channel takes more than a message a second.
 */
const MOST_IN_HAND = 120
/** Between two articles, and between two questions, on average. */
const PUBLISH_MS = 700
const ASK_MS = 2500
/** How long the machine waits for what is owed before it calls it lost; less where it is sure to be lost. */
const PATIENCE_MS = 150_000
const WITHOUT_SAFETY_MS = 60_000
/** How long the machine waits for answers: no person waits longer. */
const ANSWER_MS = 20_000
/** Published and asked while one channel of each platform and one feed are sick, and all else is well. */
const PEACEFUL_ARTICLES = 12
const PEACEFUL_QUESTIONS = 8

/** The course of a run: faults until the goal is reached, then peace with a few sick ones, then all well; then judged. */
export async function runCourse(world: World, goal: Goal): Promise<Outcome> {
  const end = 'seconds' in goal ? Date.now() + goal.seconds * 1000 : Number.POSITIVE_INFINITY
  const over = () => Date.now() >= end || ('kills' in goal && world.kills >= goal.kills)
  const random = new Random(world.options.seed + 1)
  const life = Promise.all([
    again(over, new Random(world.options.seed + 2), PUBLISH_MS, publisherInMeasure(world)),
    again(over, new Random(world.options.seed + 3), ASK_MS, () => world.people.heard && world.people.ask(false))
  ])
  const deck = 'kills' in goal ? MOSTLY_KILLS : FAULTS
  let faults = 0
  for (const { fault, random: own, pauseMs } of planFaults(random, deck)) {
    if (over()) break
    faults++
    world.log(`${fault.name}: ${await fault.begin(world, own)}`)
    await wait('kills' in goal ? pauseMs / 10 : pauseMs)
  }
  await life
  world.mend()
  // What it had in hand, another must take over.
  world.workers[0]!.kill()
  world.log('no more faults; the last process killed is to be stood in for')
  // All is well from when somebody is at work: on a busy machine a start takes long.
  await world.readyWorker(random)
  const calmAt = Date.now()
  const { verdict, silent, ...peace } = await settle(world, random, calmAt)
  const memory = (await Promise.all(world.workers.map((worker) => worker.memory()))).filter((one) => one !== null)
  return {
    verdict,
    asked: world.people.asked,
    unanswered: world.people.unanswered(),
    answeredTwice: world.people.answeredTwice(),
    faults,
    published: world.newsroom.published(),
    misbehaviour: [...silent, ...(await world.end())],
    kills: world.kills,
    memory,
    ...peace
  }
}

/**
 * Publishes when there is room. A database that cannot be asked is being killed: news go on meanwhile, each counted as
 * owed to every channel.
 */
function publisherInMeasure({ database, newsroom, chat }: World): () => Promise<void> {
  let known = { backlog: 0, published: 0 }
  return async () => {
    const published = newsroom.published()
    const channels = chat.channels.length
    const backlog = await countBacklog(database, published, channels).catch(() => null)
    if (backlog !== null) known = { backlog, published }
    const since = (published - known.published) * channels
    if (known.backlog + since < MOST_IN_HAND) newsroom.publish()
  }
}

/** Everything that is not as promised, a line each. */
export function faultsIn({ verdict, unanswered, answeredTwice, misbehaviour }: Outcome): string[] {
  return [
    ...faultsOf(verdict),
    ...unanswered.map((one) => `not answered: ${one}`),
    ...answeredTwice.map((one) => `answered twice: ${one}`),
    ...misbehaviour
  ]
}

async function again(over: () => boolean, random: Random, everyMs: number, work: () => unknown): Promise<void> {
  while (!over()) {
    await work()
    await wait(random.between(everyMs / 2, everyMs * 1.5))
  }
}

/** A few that stay sick for longer: they must slow no other. */
interface Sick {
  channels: ChaosChannel[]
  feed: MadeFeed
  heal(): void
}

function fallSick(world: World, random: Random): Sick {
  const { chat, newsroom } = world
  const onSlack = random.pick(chat.lasting('slack').filter(({ company }) => company === null))
  const onDiscord = chat.channels.find(({ id }) => id === chat.discord.channel.id)!
  const feed = random.pick(newsroom.feeds)
  chat.archive(onSlack.id, true, true)
  chat.discord.denyBot(chat.discord.channel, PERMISSIONS.VIEW_CHANNEL)
  feed.hang()
  return {
    channels: [onSlack, onDiscord],
    feed,
    heal() {
      chat.archive(onSlack.id, false, true)
      chat.discord.denyBot(chat.discord.channel, 0n)
      feed.mend()
    }
  }
}

/** Waits until nothing is missing and nothing is left in the outbox, first of those that are well, then of all. */
async function settle(world: World, random: Random, calmAt: number) {
  const { newsroom, chat } = world
  const patienceMs = world.options.without ? WITHOUT_SAFETY_MS : PATIENCE_MS
  const sick = fallSick(world, random)
  const channels = chat.channels.filter((channel) => !sick.channels.includes(channel))
  const feeds = newsroom.feeds.filter((feed) => feed !== sick.feed)
  const toldAll = async () => judge(feeds, channels, await readStored(world.database), () => calmAt).lost.length === 0
  await world.until(toldAll, patienceMs)
  const settledSeconds = secondsSince(calmAt)
  const silent = (await world.until(async () => world.wellUp, PATIENCE_MS)) ? [] : ['a process did not come up again']
  const peaceAt = Date.now()
  world.log(`${sick.channels.map(({ name }) => name)} and ${sick.feed.name} are sick, all else is well`)
  await peacefulLife(world, silent.length === 0)
  await world.until(toldAll, patienceMs)
  await world.until(async () => world.people.unanswered().length === 0, ANSWER_MS)
  const healedAt = Date.now()
  sick.heal()
  world.log('these are well, too')
  const since: WellSince = (channel, feed) =>
    sick.channels.includes(channel) || feed === sick.feed.name ? healedAt : calmAt
  const verdict = await judgeAtLast(world, since, patienceMs)
  const besideTheSick = verdict.delays
    .filter(({ publishedAt, delay }) => publishedAt > peaceAt && publishedAt + delay < healedAt)
    .map(({ delay }) => delay / 1000)
    .sort((a, b) => a - b)
  return { verdict, settledSeconds, besideTheSick, silent }
}

async function peacefulLife({ newsroom, people }: World, wellUp: boolean): Promise<void> {
  for (let i = 0; i < PEACEFUL_ARTICLES; i++) {
    newsroom.publish()
    if (i < PEACEFUL_QUESTIONS) people.ask(wellUp)
    await wait(PUBLISH_MS / 2)
  }
}

async function judgeAtLast(world: World, since: WellSince, patienceMs: number): Promise<Verdict> {
  const { newsroom, chat, database } = world
  const deleted = new Set(chat.channels.filter((channel) => channel.deleted).map(({ id }) => id))
  let verdict: Verdict | undefined
  let fault: unknown
  const look = async () => {
    const stored = await readStored(database)
    verdict = judge(newsroom.feeds, chat.channels, stored, since)
    const open = stored.deliveries.filter(({ state, channel }) => state === 'owed' && !deleted.has(channel))
    return verdict.lost.length === 0 && open.length === 0
  }
  const noted = (error: unknown) => {
    fault = error
    return false
  }
  await world.until(() => look().catch(noted), patienceMs)
  if (!verdict) throw new Error('The end of the run could not be judged', { cause: fault })
  return verdict
}

function secondsSince(moment: number): number {
  return Math.round((Date.now() - moment) / 1000)
}
