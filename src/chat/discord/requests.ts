import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  PermissionFlagsBits
} from 'discord.js'
import type { Command } from '../command.js'
import { textMessage } from '../message.js'
import type { CommandHandler, RequestOrigin } from '../platform.js'
import type { Answers } from './answers.js'
import { APPLICATION_COMMAND } from './commands.js'
import { linksOf } from './links.js'
import { actionOf } from './render.js'
import { SeenOnce } from './seen.js'
import { suggestChoices } from './suggestions.js'

const SERVERS_ONLY = textMessage('Facelaw works in the channels of a server. Type the command in one of them.')

/** Turns what people type and press on Discord into requests to the core, and gives its replies. */
export class Requests {
  private readonly seen = new SeenOnce()

  constructor(
    private readonly handler: CommandHandler,
    private readonly commands: readonly Command[],
    private readonly answers: Answers
  ) {}

  /** Runs each interaction once, however often the gateway tells it. Never rejects. */
  async take(interaction: Interaction): Promise<void> {
    if (!this.seen.first(interaction.id)) return
    if (interaction.isAutocomplete()) await this.suggest(interaction)
    else if (interaction.isChatInputCommand()) await this.command(interaction)
    else if (interaction.isButton()) await this.button(interaction)
    else if (interaction.isMessageContextMenuCommand()) await this.menu(interaction)
  }

  private async command(interaction: ChatInputCommandInteraction): Promise<void> {
    if (interaction.commandName !== APPLICATION_COMMAND) return
    if (!(await this.answers.deferCommand(interaction))) return
    const origin = originOf(interaction)
    if (!origin) return this.answers.answerCommand(interaction, { message: SERVERS_ONLY })
    const given = interaction.options.data[0]
    const request = {
      ...origin,
      name: given?.name ?? 'help',
      options: (given?.options ?? []).map(({ name, value }) => ({ name, value: String(value ?? '') }))
    }
    await this.answers.answerCommand(interaction, await this.handler.command(request))
  }

  private async button(interaction: ButtonInteraction): Promise<void> {
    if (!(await this.answers.deferButton(interaction))) return
    const origin = originOf(interaction)
    if (!origin) return this.answers.answerButton(interaction, { message: SERVERS_ONLY })
    // A private message cannot be edited as a channel's message can: only the answer to this press reaches it.
    const hangs = interaction.message.flags?.has(MessageFlags.Ephemeral) ? null : interaction.message.id
    const message = hangs ? { workspaceId: origin.workspace.id, channelId: origin.channel.id, messageId: hangs } : null
    const reply = await this.handler.button({ ...origin, action: actionOf(interaction.customId), message })
    await this.answers.answerButton(interaction, reply)
  }

  /** An entry of a message's own menu; known by its label, which is all that Discord tells. */
  private async menu(interaction: MessageContextMenuCommandInteraction): Promise<void> {
    const command = this.commands.find(({ onMessage }) => onMessage?.label === interaction.commandName)
    if (!command || !(await this.answers.deferCommand(interaction))) return
    const origin = originOf(interaction)
    if (!origin) return this.answers.answerCommand(interaction, { message: SERVERS_ONLY })
    const { targetMessage, targetId } = interaction
    const message = { workspaceId: origin.workspace.id, channelId: origin.channel.id, messageId: targetId }
    const request = { ...origin, command: command.name, message, links: linksOf(targetMessage) }
    await this.answers.answerCommand(interaction, await this.handler.message(request))
  }

  private async suggest(interaction: AutocompleteInteraction): Promise<void> {
    const { name, value } = interaction.options.getFocused(true)
    const request = {
      command: interaction.options.getSubcommand(false) ?? '',
      option: name,
      partial: String(value),
      workspace: { id: interaction.guildId ?? '', name: interaction.guild?.name ?? '' }
    }
    await this.answers.suggest(interaction, await suggestChoices(request, this.commands, this.handler))
  }
}

/** Null in direct messages, which the registration rules out but an old one may not. */
function originOf(
  interaction: ChatInputCommandInteraction | ButtonInteraction | MessageContextMenuCommandInteraction
): RequestOrigin | null {
  if (!interaction.guildId || !interaction.channelId) return null
  const { channel, guild, user } = interaction
  const channelName = channel && 'name' in channel && channel.name ? channel.name : interaction.channelId
  return {
    platform: 'discord',
    actor: { id: user.id, name: user.globalName ?? user.username },
    workspace: { id: interaction.guildId, name: guild?.name ?? interaction.guildId },
    channel: { id: interaction.channelId, name: channelName },
    isManager: async () => interaction.memberPermissions?.has(PermissionFlagsBits.ManageChannels) ?? false
  }
}
