import { type ChatPlatform, Gone, MessageGone, RetryLater, UnknownOutcome } from '../chat/platform.js'
import type { Logger } from '../log.js'
import type { PlatformName } from '../model/subscription.js'
import { LEASE_SECONDS } from '../renewal.js'
import type { ClaimedEdit } from '../store/outbox/edits.js'
import type { Composer, ComposerOptions } from './composer.js'

export interface EditorOptions extends ComposerOptions {
  platforms: ReadonlyMap<PlatformName, ChatPlatform>
  composer: Composer
  logger: Logger
}

/** Edits made at once: alerts go first, edits can wait. */
const AT_ONCE = 6
/** An edit that went wrong is made again no sooner than this: it can wait, and to make it twice does no harm. */
const AGAIN_SECONDS = 30

/** Keeps sent alerts as the story is: claims the edits that are due, and makes those that change something. */
export class Editor {
  constructor(private readonly options: EditorOptions) {}

  /** Claims and makes what is due at `moment`; resolves with how many there were. Never rejects for one edit's sake. */
  async editDue(moment: Date): Promise<number> {
    const { store, platforms, owner, logger } = this.options
    const claimed = await store.edits.claim({
      platforms: [...platforms.keys()],
      owner,
      limit: AT_ONCE,
      leaseSeconds: LEASE_SECONDS,
      now: moment
    })
    const work = claimed.map((edit) =>
      this.edit(edit).catch((error) =>
        logger.error({ err: error }, 'an edit could not be written down; its lease runs out and it is made again')
      )
    )
    await Promise.all(work)
    return claimed.length
  }

  nextAt(): Promise<Date | null> {
    const { store, platforms, now } = this.options
    return store.edits.nextAt([...platforms.keys()], now())
  }

  private async edit(edit: ClaimedEdit): Promise<void> {
    const { store, platforms, composer, owner, now } = this.options
    const { delivery, channel } = edit
    const platform = platforms.get(channel.platform)
    const story = delivery.storyId === null ? null : await store.stories.find(delivery.storyId)
    if (!platform || !story || edit.shown === null) {
      return store.edits.end(edit, owner, 'there is nothing to show in it any more')
    }
    const settings = await store.channels.alertSettings(channel.id)
    // As old as it was when it was posted: an edit tells what is new, not that time has passed.
    const { message, shown } = await composer.render(delivery, channel, story, delivery.sentAt, settings)
    if (shown !== edit.shown) {
      try {
        await platform.edit(delivery.ref, message)
      } catch (error) {
        return this.failed(edit, error)
      }
    }
    await store.edits.done(edit, owner, shown, now())
  }

  private async failed(edit: ClaimedEdit, error: unknown): Promise<void> {
    const { store, owner, now, logger } = this.options
    const { delivery, channel } = edit
    const log = { delivery: delivery.id, platform: channel.platform, channel: channel.name }
    const text = error instanceof Error ? error.message : String(error)
    const after = (seconds: number) => new Date(now().getTime() + Math.max(seconds, AGAIN_SECONDS) * 1000)
    // A thread of ours that is locked or gone says nothing of the channel.
    const elsewhere = delivery.ref.channelId !== channel.externalId
    if (error instanceof RetryLater) {
      if (error.scope === 'platform') await store.deliveries.blockPlatform(channel.platform, after(error.afterSeconds))
      await store.edits.retry(edit, owner, after(error.afterSeconds))
      logger.info(log, `an edit must wait: ${text}`)
    } else if (error instanceof Gone && !elsewhere) {
      const target = { workspaceId: channel.workspaceExternalId, channelId: channel.externalId }
      await store.channels.pause(channel.platform, target, text, now())
      await store.edits.retry(edit, owner, now())
      logger.warn(log, `the channel is paused, its subscriptions are kept: ${text}`)
    } else if (error instanceof UnknownOutcome) {
      await store.edits.retry(edit, owner, after(AGAIN_SECONDS))
      logger.warn(log, `an edit may or may not have been made, it is made again: ${text}`)
    } else {
      await store.edits.end(edit, owner, text)
      const expected = error instanceof MessageGone || error instanceof Gone
      logger[expected ? 'info' : 'error'](log, `this message is changed no more: ${text}`)
    }
  }
}
