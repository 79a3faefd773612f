import type { App, MessageShortcut, RespondFn } from '@slack/bolt'
import { linksInText, webLinks } from '../links.js'
import type { RequestOrigin } from '../platform.js'
import { acknowledge, type RequestServices, repeatKeys, typedText } from './requests.js'

/**
 * Message shortcuts: the "…" menu of any message, also in channels that the bot is not in
 * (docs.slack.dev/interactivity/implementing-shortcuts). Their callback_id is the name of our command.
 */
export function listenToShortcuts(app: App, services: RequestServices): void {
  app.shortcut({ type: 'message_action' }, async ({ shortcut, ack, respond, context }) => {
    await acknowledge(ack, services.logger)
    const keys = repeatKeys(context, [shortcut.trigger_id, shortcut.response_url, shortcut.action_ts])
    if (await services.repeats.isRepeat(keys)) return
    await services.inHand(answerShortcut(services, shortcut, respond))
  })
}

async function answerShortcut(services: RequestServices, shortcut: MessageShortcut, respond: RespondFn): Promise<void> {
  const { user, channel, message } = shortcut
  const workspace = shortcut.team ?? { id: user.team_id ?? '', domain: '' }
  const origin: RequestOrigin = {
    platform: 'slack',
    actor: { id: user.id, name: user.name || user.username || user.id },
    workspace: { id: workspace.id, name: workspace.domain || workspace.id },
    channel: { id: channel.id, name: channel.name || channel.id },
    isManager: () => services.members.isManager(user.id)
  }
  const about = { workspaceId: workspace.id, channelId: channel.id, messageId: shortcut.message_ts || message.ts }
  const request = { ...origin, command: shortcut.callback_id, message: about, links: linksOf(message) }
  const reply = await services.handler().message(request)
  // An answer outside the message's thread would stand far from it.
  const thread = typeof message.thread_ts === 'string' ? message.thread_ts : undefined
  await services.answerer.answer({ user: user.id, channel: channel.id, respond, thread }, reply)
}

/** Names of the fields in which blocks and attachments hold the address of a page; images and avatars are no pages. */
const PAGE_FIELDS = new Set(['url', 'title_link', 'from_url', 'original_url', 'app_unfurl_url'])
/** How deep blocks are looked into; Slack nests no deeper than lists inside rich text inside attachments. */
const DEPTH = 10

/** The addresses of a message: of its text first, as people wrote it, then of its blocks and of what is attached. */
export function linksOf(message: { text?: string; blocks?: unknown; attachments?: unknown }): string[] {
  const parted = (message.text ?? '').replace(/<https?:[^>]*>/g, ' $& ')
  const written = linksInText(typedText(parted))
  return webLinks([...written, ...addressesIn(message.blocks, DEPTH), ...addressesIn(message.attachments, DEPTH)])
}

function addressesIn(value: unknown, depth: number): unknown[] {
  if (typeof value !== 'object' || value === null || depth === 0) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    PAGE_FIELDS.has(name) && typeof inner === 'string' ? [inner] : addressesIn(inner, depth - 1)
  )
}
