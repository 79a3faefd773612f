import { type APIEmbed, type APIMessage, ComponentType } from 'discord.js'
import type { MessagePayload } from './render.js'

/**
 * Whether a message in a channel is this payload, sent before. Small print is left out: it tells ages, which have moved
 * on since. Buttons count most: theirs are the ids of the story.
 */
export function sameMessage(message: APIMessage, payload: MessagePayload): boolean {
  return (
    fingerprint(message.embeds, customIds(message.components ?? [])) ===
    fingerprint(payload.embeds, customIds(payload.components))
  )
}

function fingerprint(embeds: APIEmbed[], ids: string[]): string {
  const texts = embeds.map((embed) => [
    squeeze(embed.title),
    squeeze(withoutSmallPrint(embed.description)),
    (embed.fields ?? []).map((field) => [squeeze(field.name), squeeze(field.value)])
  ])
  return JSON.stringify([texts, ids])
}

/** Discord trims what it stores. */
function squeeze(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim()
}

function withoutSmallPrint(description: string | undefined): string {
  return (description ?? '')
    .split('\n')
    .filter((line) => !line.startsWith('-# '))
    .join('\n')
}

function customIds(rows: readonly { type: number; components?: readonly object[] }[]): string[] {
  return rows
    .filter((row) => row.type === ComponentType.ActionRow)
    .flatMap((row) => row.components ?? [])
    .flatMap((component) => ('custom_id' in component ? [String(component.custom_id)] : []))
}
