import { type RestAnswer, type RouteCall, refusal } from './routes.js'
import { applyBody, messageShape } from './shapes.js'
import type { FakeInteraction, FakeState } from './state.js'

const EPHEMERAL = 64
/** https://docs.discord.com/developers/interactions/receiving-and-responding */
const TOKEN_MS = 15 * 60 * 1000

const UNKNOWN_INTERACTION = refusal(404, 10062, 'Unknown interaction')
const UNKNOWN_WEBHOOK = refusal(404, 10015, 'Unknown Webhook')

/** The first response: only once, and in time. */
export function answerInteraction({ state, seen, match }: RouteCall): RestAnswer {
  const interaction = state.interactions.find(({ id, token }) => id === match[0] && token === match[1])
  if (!interaction || interaction.expired) return UNKNOWN_INTERACTION
  if (Date.now() - interaction.createdAt > state.firstResponseMs) return UNKNOWN_INTERACTION
  if (interaction.responded !== null) return refusal(400, 40060, 'Interaction has already been acknowledged.')
  const { type, data } = seen.body as { type: number; data?: { flags?: number; choices?: [] } }
  interaction.responded = type
  if (type === 8) interaction.choices = data?.choices ?? []
  if (type === 4 || type === 5) {
    interaction.ephemeral = data?.flags === EPHEMERAL
    interaction.loading = type === 5
    interaction.original = newMessage(state, interaction, type === 4 ? data! : {}, interaction.ephemeral)
  }
  return { status: 204 }
}

export function editOriginal({ state, seen, match }: RouteCall): RestAnswer {
  const interaction = alive(state, match[1]!)
  if (!interaction) return UNKNOWN_WEBHOOK
  if (!interaction.original) return refusal(404, 10008, 'Unknown Message')
  interaction.loading = false
  interaction.edits += 1
  applyBody(interaction.original, seen.body)
  interaction.original.edited_timestamp = new Date().toISOString()
  return { status: 200, body: interaction.original }
}

export function deleteOriginal({ state, match }: RouteCall): RestAnswer {
  const interaction = alive(state, match[1]!)
  if (!interaction) return UNKNOWN_WEBHOOK
  if (!interaction.original) return refusal(404, 10008, 'Unknown Message')
  const at = state.messages.indexOf(interaction.original)
  if (at >= 0) state.messages.splice(at, 1)
  interaction.original = null
  return { status: 204 }
}

/** A follow-up to an answer that is still loading fills it, and is as private as it was. */
export function followUp({ state, seen, match }: RouteCall): RestAnswer {
  const interaction = alive(state, match[1]!)
  if (!interaction) return UNKNOWN_WEBHOOK
  if (interaction.loading && interaction.original) {
    interaction.loading = false
    return { status: 200, body: applyBody(interaction.original, seen.body) }
  }
  const message = newMessage(state, interaction, seen.body, seen.body.flags === EPHEMERAL)
  interaction.followUps.push(message)
  return { status: 200, body: message }
}

/** Private messages are in no channel's list. */
function newMessage(state: FakeState, interaction: FakeInteraction, body: object, ephemeral: boolean) {
  const message = messageShape(state, interaction.channelId, { ...body, flags: ephemeral ? EPHEMERAL : 0 })
  if (!ephemeral) state.messages.push(message)
  return message
}

function alive(state: FakeState, token: string): FakeInteraction | null {
  const interaction = state.interactions.find((candidate) => candidate.token === token)
  if (!interaction || interaction.expired || interaction.responded === null) return null
  return Date.now() - interaction.createdAt > TOKEN_MS ? null : interaction
}
