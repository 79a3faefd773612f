import { InteractionResponseType, MessageFlags, type REST, Routes } from 'discord.js'
import type { Logger } from '../../log.js'
import { textMessage } from '../message.js'
import type { Reply } from '../platform.js'
import { describeError } from './errors.js'
import { type MessagePayload, renderMessage } from './render.js'

/** What is needed to answer an interaction. Its token is good for 15 minutes. */
export interface Asked {
  id: string
  applicationId: string
  token: string
}

export interface Choice {
  name: string
  value: string
}

/** Answers interactions over HTTP. Every request carries the interaction's own token and none of ours. */
export class Answers {
  constructor(
    private readonly rest: REST,
    private readonly logger: Logger
  ) {}

  /**
   * "Facelaw is thinking…", for the one who asked, so that Discord's 3 seconds always hold. False when Discord no longer
   * takes it: too late, or another process of this bot was first; then nothing may be run.
   */
  deferCommand(asked: Asked): Promise<boolean> {
    return this.acknowledge(asked, {
      type: InteractionResponseType.DeferredChannelMessageWithSource,
      data: { flags: MessageFlags.Ephemeral }
    })
  }

  /** Takes the press without showing anything: whether the message changes or a new one comes is known later. */
  deferButton(asked: Asked): Promise<boolean> {
    return this.acknowledge(asked, { type: InteractionResponseType.DeferredMessageUpdate })
  }

  async suggest(asked: Asked, choices: Choice[]): Promise<void> {
    await this.acknowledge(asked, {
      type: InteractionResponseType.ApplicationCommandAutocompleteResult,
      data: { choices }
    })
  }

  /**
   * A deferred private answer stays private, and a follow-up before it is filled would fill it. So a public reply fills
   * it first, follows up for everyone, and takes the filling away.
   */
  async answerCommand(asked: Asked, reply: Reply): Promise<void> {
    await this.guarded(asked, async () => {
      if (!reply.public) return this.editOriginal(asked, renderMessage(reply.message))
      await this.editOriginal(
        asked,
        renderMessage(textMessage('The answer is below, for everyone.', { tone: 'quiet' }))
      )
      await this.followUp(asked, renderMessage(reply.message), false)
      await this.rest.delete(Routes.webhookMessage(asked.applicationId, asked.token), { auth: false })
    })
  }

  /** After a taken press `@original` is the message that holds the button. */
  async answerButton(asked: Asked, reply: Reply): Promise<void> {
    await this.guarded(asked, async () => {
      const payload = renderMessage(reply.message)
      if (reply.replace) await this.editOriginal(asked, payload)
      else await this.followUp(asked, payload, !reply.public)
    })
  }

  private async acknowledge(asked: Asked, body: object): Promise<boolean> {
    try {
      await this.rest.post(Routes.interactionCallback(asked.id, asked.token), { body, auth: false })
      return true
    } catch (error) {
      this.logger.warn(
        { interaction: asked.id, error: describeError(error) },
        'discord: an interaction could not be taken'
      )
      return false
    }
  }

  /** After 15 minutes the token is void, and nobody can be answered any more: a line in the log is all that is left. */
  private async guarded(asked: Asked, answer: () => Promise<void>): Promise<void> {
    try {
      await answer()
    } catch (error) {
      this.logger.error({ interaction: asked.id, error: describeError(error) }, 'discord: an answer could not be given')
    }
  }

  private async editOriginal(asked: Asked, body: MessagePayload): Promise<void> {
    await this.rest.patch(Routes.webhookMessage(asked.applicationId, asked.token), { body, auth: false })
  }

  private async followUp(asked: Asked, payload: MessagePayload, ephemeral: boolean): Promise<void> {
    const body = ephemeral ? { ...payload, flags: MessageFlags.Ephemeral } : payload
    await this.rest.post(Routes.webhook(asked.applicationId, asked.token), { body, auth: false })
  }
}
