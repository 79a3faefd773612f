import type { APIEmbed } from 'discord.js'
import { plainText, type Text } from '../message.js'
import { cleanLine, renderText, safeLink, shorten } from './markdown.js'

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits, in characters and pieces. */
export const EMBED_LIMITS = {
  embeds: 10,
  title: 256,
  url: 2048,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  footer: 2048,
  /** All text of all embeds of a message together. */
  total: 6000
}

/** Kept free for "… and 12 more". */
const RESERVE = 40
/** Less room than this is not worth a cut line. */
const WORTHWHILE = 40
const FOOTER_SEPARATOR = ' · '

/**
 * Fills embeds from top to bottom within Discord's limits. Each method answers whether there was room; after the first
 * `false` the caller counts what is left and says so with `more`. One embed shows its text, then its fields, its image
 * and its footer, so that text after fields begins a new one: the order of the message is kept.
 */
export class EmbedWriter {
  private readonly embeds: APIEmbed[] = []
  private used = 0

  /** @param kept characters that lines and fields leave free, for what is to close the message */
  constructor(
    private readonly color: number,
    private kept = 0
  ) {}

  /** Gives the characters free that were kept: what comes now closes the message. */
  close(): void {
    this.kept = 0
  }

  title(text: string, link: string | undefined): void {
    const embed = this.begin()
    embed.title = renderText(cleanLine(text) || 'Untitled', EMBED_LIMITS.title)
    this.used += embed.title.length
    const url = safeLink(link, EMBED_LIMITS.url)
    if (url) embed.url = url
  }

  /** One line or paragraph; `prefix` is markdown of ours (`- `, `-# `), `gap` parts it from the line above. */
  line(text: Text, prefix: string, gap: '\n' | '\n\n'): boolean {
    const whole = renderText(text, Number.POSITIVE_INFINITY)
    if (whole.trim() === '') return true
    const embed = this.forText()
    if (!embed) return false
    const before = embed.description === undefined ? prefix : `${embed.description}${gap}${prefix}`
    const room = Math.min(EMBED_LIMITS.description - before.length, this.room - gap.length - prefix.length)
    if (whole.length > room && embed.description !== undefined) {
      // A full description with room in the message: the line goes on top of the next embed.
      if (this.room - RESERVE > room) return this.startEmbed() && this.line(text, prefix, gap)
      if (room < WORTHWHILE) return false
    }
    if (room <= 0) return false
    const description = before + renderText(text, room)
    this.used += description.length - (embed.description?.length ?? 0)
    embed.description = description
    return true
  }

  /** Small print: the footer where it closes an embed with fields, else a line of subtext. */
  context(text: Text): boolean {
    if (cleanLine(plainText(text)) === '') return true
    const embed = this.embeds.at(-1)
    if (!embed || this.isTextOnly(embed)) return this.line(text, '-# ', '\n')
    if (embed.footer || hasLink(text)) return this.startEmbed() && this.line(text, '-# ', '\n')
    const room = Math.min(EMBED_LIMITS.footer - RESERVE, this.room)
    if (room < WORTHWHILE) return false
    const footer = shorten(cleanLine(plainText(text)), room)
    this.used += footer.length
    embed.footer = { text: footer }
    return true
  }

  field(name: string, value: Text): boolean {
    const last = this.embeds.at(-1)
    const full =
      (last?.fields?.length ?? 0) >= EMBED_LIMITS.fields || last?.image !== undefined || last?.footer !== undefined
    const fieldName = renderText(cleanLine(name) || '–', EMBED_LIMITS.fieldName)
    const room = Math.min(EMBED_LIMITS.fieldValue, this.room - fieldName.length)
    const fieldValue = renderText(value, Math.max(room, 0)).trim() || '–'
    if (room < Math.min(WORTHWHILE, fieldValue.length)) return false
    if ((full || !last) && !this.startEmbed()) return false
    const embed = this.embeds.at(-1)!
    embed.fields = [...(embed.fields ?? []), { name: fieldName, value: fieldValue, inline: true }]
    this.used += fieldName.length + fieldValue.length
    return true
  }

  image(url: string): boolean {
    const last = this.embeds.at(-1)
    if ((!last || last.image || last.footer) && !this.startEmbed()) return false
    this.embeds.at(-1)!.image = { url }
    return true
  }

  /** Says how much found no room, after the small print that closes the message. */
  more(count: number, closing: Text = ''): void {
    const embed = this.embeds.at(-1) ?? this.begin()
    const small = shorten(cleanLine(plainText(closing)), Math.max(0, this.room))
    const note = `${small === '' ? '' : `${small}${FOOTER_SEPARATOR}`}… and ${count} more`
    embed.footer = { text: embed.footer ? `${embed.footer.text}${FOOTER_SEPARATOR}${note}` : note }
  }

  finish(): APIEmbed[] {
    const shown = this.embeds.filter(
      (embed) => embed.title || embed.description || embed.fields || embed.image || embed.footer
    )
    return shown.length > 0 ? shown : [{ description: '–', color: this.color }]
  }

  /** What is left of the message's characters. */
  private get room(): number {
    return EMBED_LIMITS.total - RESERVE - this.kept - this.used
  }

  private begin(): APIEmbed {
    const embed: APIEmbed = { color: this.color }
    this.embeds.push(embed)
    return embed
  }

  private startEmbed(): boolean {
    if (this.embeds.length >= EMBED_LIMITS.embeds) return false
    this.begin()
    return true
  }

  private forText(): APIEmbed | null {
    const last = this.embeds.at(-1)
    if (last && this.isTextOnly(last)) return last
    return this.startEmbed() ? this.embeds.at(-1)! : null
  }

  private isTextOnly(embed: APIEmbed): boolean {
    return !embed.fields && !embed.image && !embed.footer
  }
}

function hasLink(text: Text): boolean {
  return typeof text !== 'string' && text.some((run) => typeof run !== 'string' && run.link !== undefined)
}
