import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PlatformName } from '../model/subscription.js'
import type { Message } from './message.js'

/** Where a message goes, in the platform's own ids. */
export interface ChannelRef {
  workspaceId: string
  channelId: string
}

/** A message that a platform has taken: what is needed to edit it or to answer in its thread. */
export interface MessageRef extends ChannelRef {
  /** Slack's `ts`, Discord's message id. */
  messageId: string
}

/** The outbox's id of a delivery: the same for every try of it, so that a platform can tell a repeat. */
export type DeliveryId = string

export interface PostOptions {
  /** Post as an answer in this message's thread. */
  thread?: MessageRef
  /**
   * True when an earlier try of this delivery may have arrived (a crash or a cut connection after sending).
   * The platform must then not post it twice where it can tell.
   */
  uncertain?: boolean
  /** With `uncertain`: since when the message was owed. It cannot have arrived before, so that nobody need look further back. */
  owedSince?: Date
  /**
   * Asked right before the message is sent: false when another process may have taken over this delivery, as after a
   * long look or a long wait. The platform then sends nothing and rejects with RetryLater.
   */
  stillOurs?: () => boolean
}

/** Somebody who typed or pressed something. */
export interface Actor {
  /** The platform's id. */
  id: string
  name: string
}

/** Where a request came from and who made it. */
export interface RequestOrigin {
  platform: PlatformName
  actor: Actor
  workspace: { id: string; name: string }
  channel: { id: string; name: string }
  /** Discord: has Manage Channels here. Slack: is an owner or admin of the workspace. Terminal: always. */
  isManager(): Promise<boolean>
}

/** A slash command. Slack and the terminal hand over what was typed, Discord its typed options. */
export type CommandRequest = RequestOrigin &
  ({ text: string } | { name: string; options: { name: string; value: string }[] })

/** A pressed button. `message` is where it hung, when the platform says so. */
export type ButtonRequest = RequestOrigin & { action: string; message: MessageRef | null }

/** What the menu of a message offers was picked there; `links` are the addresses in it, in their order. */
export type MessageRequest = RequestOrigin & { command: string; message: MessageRef; links: string[] }

/** An answer to one person (the default), or to the whole channel. */
export interface Reply {
  message: Message
  /** True: everyone in the channel sees it. */
  public?: boolean
  /** Buttons only: put this in the place of the message that held the button. */
  replace?: boolean
}

/** Half-typed option of a command (Discord's autocomplete). */
export interface SuggestRequest {
  command: string
  option: string
  partial: string
  workspace: { id: string; name: string }
}
export interface Suggestion {
  label: string
  value: string
}

/** What the core offers to every platform. Its promises never reject: an error becomes a `Reply` that says what to do. */
export interface CommandHandler {
  command(request: CommandRequest): Promise<Reply>
  button(request: ButtonRequest): Promise<Reply>
  /** Slack's message shortcut, Discord's message command: `command` is the one whose `onMessage` was picked. */
  message(request: MessageRequest): Promise<Reply>
  suggest(request: SuggestRequest): Promise<Suggestion[]>
  /** The platform says that a channel is gone, renamed or back, or that the bot was removed from the workspace. */
  changed(change: ChannelChange): Promise<void>
}

export type ChannelChange =
  | { type: 'channel-gone'; platform: PlatformName; channel: ChannelRef; reason: string }
  | { type: 'channel-back'; platform: PlatformName; channel: ChannelRef }
  | { type: 'channel-renamed'; platform: PlatformName; channel: ChannelRef; name: string }
  | { type: 'channel-moved'; platform: PlatformName; channel: ChannelRef; to: string }
  | { type: 'workspace-gone'; platform: PlatformName; workspaceId: string; reason: string }

/**
 * The contract that every chat platform meets. The core knows no more of a platform than this.
 * `post` and `edit` reject with RetryLater, Gone or UnknownOutcome; anything else is a fault of ours (a refused
 * payload) and is not tried again.
 */
export interface ChatPlatform {
  readonly name: PlatformName
  /** Resolves when the platform is connected; rejects with a message that says how to mend it (bad token, no network). */
  start(handler: CommandHandler, options?: StartOptions): Promise<void>
  post(channel: ChannelRef, message: Message, delivery: DeliveryId, options?: PostOptions): Promise<MessageRef>
  /** Rejects with MessageGone, too. */
  edit(ref: MessageRef, message: Message): Promise<void>
  /** An address that opens the message in people's clients; null when there is none. */
  permalink?(ref: MessageRef): string | null
  /** Writes to one person directly. Rejects when that cannot be done, for whatever reason. */
  tell?(workspaceId: string, personId: string, message: Message): Promise<void>
  /** So many processes send to this platform now: each keeps to its part of a limit that all share. */
  shareWith?(senders: number): void
  /** How it stands with the connection, for `status`. */
  connection?(): ConnectionState
  /** Finishes what is in hand, closes every connection. */
  stop(): Promise<void>
  /** Requests that the web server must hand to this platform (Slack over HTTP). */
  readonly routes?: HttpRoute[]
}

export interface StartOptions {
  /** False: post and edit only; commands, presses and events go to other processes. True when left out. */
  receive?: boolean
}

/** How a process is connected to a platform, in words such as "receives commands" or "stands by". */
export interface ConnectionState {
  well: boolean
  words: string
}

export interface HttpRoute {
  path: string
  listener(request: IncomingMessage, response: ServerResponse): void
}

/** The platform asks us to wait (HTTP 429, or it is down: 5xx before anything was taken). */
export class RetryLater extends Error {
  override name = 'RetryLater'
  constructor(
    message: string,
    readonly afterSeconds: number,
    /** What must wait: this channel, or everything we send to the platform. */
    readonly scope: 'channel' | 'platform' = 'channel'
  ) {
    super(message)
  }
}

/** What a platform rejects with when `stillOurs` says no: nothing was sent, whoever holds the delivery now sends it. */
export function takenOver(): RetryLater {
  return new RetryLater('Another process may have taken over this delivery; nothing was sent.', 1)
}

/** The channel cannot be posted to: deleted, archived, bot removed, permission missing. Pause it, keep its subscriptions. */
export class Gone extends Error {
  override name = 'Gone'
}

/** Only this message cannot be changed or answered any more: deleted, or the time for edits is over. The channel is well. */
export class MessageGone extends Error {
  override name = 'MessageGone'
}

/** The message may or may not have arrived: the connection was cut or timed out after the request was sent. */
export class UnknownOutcome extends Error {
  override name = 'UnknownOutcome'
}
