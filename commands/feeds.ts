import { age } from '../src/alerts/alert-message.js'
import { type Arguments, UsageError } from '../src/chat/command.js'
import { type Part, type Text, textMessage } from '../src/chat/message.js'
import { pageButtons, pageLabel } from '../src/chat/paging.js'
import type { Reply } from '../src/chat/platform.js'
import { readPage } from '../src/chat/story-list.js'
import type { DiscoveredFeed } from '../src/feeds/discover.js'
import { entryFor } from '../src/feeds/entry.js'
import { FetchError } from '../src/feeds/fetch-error.js'
import type { FeedState } from '../src/model/feed.js'
import type { Command, CommandContext } from '../src/services.js'

type ListedFeed = FeedState & { own: boolean }

/** Feeds of one page. */
const ROWS = 12
/** Feeds of one site that are offered. */
const OFFERED = 5

export const feeds: Command = {
  name: 'feeds',
  description: 'What is watched and how well; add or remove a feed of your own',
  permission: 'anyone',
  options: [
    {
      name: 'action',
      description: 'list (the default), health, add, remove',
      type: 'text',
      positional: true,
      choices: ['list', 'health', 'add', 'remove']
    },
    { name: 'address', description: 'A feed, or a page that has one', type: 'text', positional: true }
  ],
  examples: [
    'feeds',
    'feeds health',
    'feeds add https://www.example.org/news',
    'feeds remove https://www.example.org/feed.xml'
  ],
  async run(context, args) {
    const action = args.one('action') ?? 'list'
    if (action === 'list' || action === 'health') return showFeeds(context, action, 0)
    await context.requireManager()
    const address = readAddress(args, action)
    return action === 'add' ? discover(context, address) : removeByAddress(context, address)
  },
  async press(context, argument) {
    const page = readPage(argument)
    if (page)
      return { ...(await showFeeds(context, page.line === 'health' ? 'health' : 'list', page.page)), replace: true }
    await context.requireManager()
    const address = argument.replace(/^add /, '')
    return { ...(await add(context, address)), replace: true }
  }
}

async function showFeeds(context: CommandContext, action: 'list' | 'health', page: number): Promise<Reply> {
  const all = await context.services.store.feeds.list(context.workspace.id)
  const rows = action === 'health' ? all.filter((feed) => feed.failures > 0 || feed.lastSuccessAt === null) : all
  const failing = all.filter((feed) => feed.failures > 0).length
  const parts: Part[] = [{ type: 'text', text: `${all.length} feeds are watched, ${failing} failing.` }]
  if (action === 'health' && rows.length === 0) parts.push({ type: 'text', text: 'All of them answer.' })
  const shown = rows.slice(page * ROWS, (page + 1) * ROWS)
  if (shown.length > 0) {
    parts.push({
      type: 'list',
      items: shown.map((feed) => (action === 'health' ? healthLine : listLine)(feed, context.now))
    })
  }
  const label = pageLabel(page, rows.length, ROWS)
  if (label) parts.push({ type: 'context', text: label })
  const buttons = pageButtons(page, rows.length, (to) => `feeds:page ${to} ${action}`, ROWS)
  return { message: { title: { text: action === 'health' ? 'Feeds that need a look' : 'Feeds' }, parts, buttons } }
}

function listLine(feed: ListedFeed, now: Date): Text {
  const state =
    feed.failures > 0
      ? `failing, ${feed.failures} in a row`
      : feed.lastSuccessAt
        ? `read ${age(feed.lastSuccessAt, now)}`
        : 'not read yet'
  return [
    { text: feed.entry.title, link: feed.entry.url },
    ` — ${feed.entry.kind}${feed.entry.jurisdiction ? `, ${feed.entry.jurisdiction}` : ''}, ${feed.entry.lang}${feed.own ? ', your own' : ''}; ${state}`
  ]
}

function healthLine(feed: ListedFeed, now: Date): Text {
  if (feed.failures === 0) return [{ text: feed.entry.title, link: feed.entry.url }, ' — not read yet']
  const since = feed.lastSuccessAt ? `last read ${age(feed.lastSuccessAt, now)}` : 'never read'
  return [
    { text: feed.entry.title, link: feed.entry.url },
    ` — ${feed.lastError ?? 'failing'}; ${feed.failures} ${feed.failures === 1 ? 'time' : 'times'} in a row, ${since}; next try ${feed.nextPollAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  ]
}

/** @throws UsageError that says why the address cannot be read */
async function findFeeds({ services }: CommandContext, address: string): Promise<DiscoveredFeed[]> {
  try {
    return await services.discoverFeeds(address)
  } catch (error) {
    if (error instanceof FetchError) throw new UsageError(`${address} cannot be read: ${error.message}.`)
    throw error
  }
}

/** Finds the feed behind an address; one is added at once, of several the person picks. */
async function discover(context: CommandContext, address: string): Promise<Reply> {
  const found = await findFeeds(context, address)
  const [only, ...others] = found
  if (!only) {
    throw new UsageError(
      `No feed was found at ${address}. Look on the site for “RSS”, “Atom” or a feed sign, and give me that address.`
    )
  }
  if (others.length === 0) return add(context, only.url)
  return {
    message: {
      title: { text: 'Which feed?' },
      parts: [
        {
          type: 'list',
          ordered: true,
          items: found
            .slice(0, OFFERED)
            .map((feed) => [{ text: feed.title || feed.url, style: 'bold' }, ` ${feed.url}`])
        }
      ],
      buttons: found
        .slice(0, OFFERED)
        .map((feed, index) => ({ label: `Add ${index + 1}`, action: `feeds:add ${feed.url}` }))
    }
  }
}

async function add(context: CommandContext, url: string): Promise<Reply> {
  const { store } = context.services
  const [found] = await findFeeds(context, url)
  if (!found) throw new UsageError(`There is no feed at ${url} any more.`)
  const entry = entryFor(found.url, found.title ? { title: found.title, publisher: found.title } : {})
  if (!entry) throw new UsageError(`${found.url} is no address that can be watched.`)
  const { feed, already } = await store.feeds.addToWorkspace(context.workspace.id, entry, context.actor.id, context.now)
  if (already) return { message: textMessage(`${feed.entry.title} is watched already.`) }
  await audit(context, 'feeds add', feed.entry.url)
  return {
    message: textMessage(
      `Added: ${feed.entry.title} (${feed.entry.url}). What it holds now is kept but not posted; what comes next is told where it fits a subscription.`,
      { tone: 'good' }
    )
  }
}

async function removeByAddress(context: CommandContext, address: string): Promise<Reply> {
  const { store } = context.services
  const all = await store.feeds.list(context.workspace.id)
  const feed =
    all.find((candidate) => candidate.entry.url === address) ??
    all.find((candidate) => candidate.entry.title === address)
  if (!feed) throw new UsageError(`No feed with this address is watched: ${address}. \`/facelaw feeds\` lists them.`)
  if (!(await store.feeds.removeFromWorkspace(context.workspace.id, feed.id))) {
    throw new UsageError(
      `${feed.entry.title} belongs to the catalogue that whoever runs this bot keeps; only feeds that were added here can be removed here.`
    )
  }
  await audit(context, 'feeds remove', feed.entry.url)
  return { message: textMessage(`Removed: ${feed.entry.title}. Its stories stay.`, { tone: 'good' }) }
}

async function audit(
  { services, workspace, channel, actor, now }: CommandContext,
  action: string,
  detail: string
): Promise<void> {
  await services.store.audit.add(
    { workspaceId: workspace.id, channelId: channel.id, actorId: actor.id, actorName: actor.name, action, detail },
    now
  )
}

/** Slack wraps typed addresses into `<https://…|label>`. */
function readAddress(args: Arguments, action: string): string {
  const typed = args.one('address')?.replace(/^<([^|>]+)(?:\|[^>]*)?>$/, '$1')
  if (!typed)
    throw new UsageError(
      `\`feeds ${action}\` needs an address, for example: \`/facelaw feeds ${action} https://www.example.org/news\``
    )
  return /^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`
}
