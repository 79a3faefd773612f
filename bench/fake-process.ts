import { createFakeDiscord } from '../tests/fakes/discord/fake-discord.js'
import { createFakeSlack } from '../tests/fakes/slack/fake-slack.js'

/** What a bench asks of the fakes: so many channels, an end of rate limits or a new one, a clean table. */
export interface FakeRequest {
  channels?: number
  /** Requests that Discord takes in any second; Infinity: all. */
  discordPerSecond?: number
  /** Forget what was posted. */
  clear?: boolean
}

/** How they stand. */
export interface FakeState {
  discord: { apiUrl: string; token: string; channels: string[]; messages: number; violations: string[] }
  slack: { apiUrl: string; token: string; channels: string[]; messages: number; violations: string[] }
}

const discord = await createFakeDiscord()
discord.rest.checksSpec = false
const slack = await createFakeSlack()
const discordChannels: string[] = []
const slackChannels: string[] = []

process.on('disconnect', () => process.exit(0))
process.on('message', (request: FakeRequest) => {
  for (let made = 0; made < (request.channels ?? 0); made++) {
    discordChannels.push(discord.addChannel(`channel-${made}`).id)
    slackChannels.push(slack.workspace.addChannel({ id: `C${made}BENCH`, name: `channel-${made}` }).id)
  }
  if (request.discordPerSecond !== undefined) discord.rest.globalLimit = request.discordPerSecond
  if (request.clear) clear()
  process.send!(state())
})
process.send!(state())

function clear(): void {
  discord.requests.length = 0
  discord.state.messages.length = 0
  discord.forgetNonces()
  slack.calls.length = 0
  slack.workspace.messages.length = 0
}

function state(): FakeState {
  return {
    discord: {
      apiUrl: discord.apiUrl,
      token: discord.token,
      channels: discordChannels,
      messages: discord.state.messages.length,
      violations: discord.violations
    },
    slack: {
      apiUrl: slack.apiUrl,
      token: slack.botToken,
      channels: slackChannels,
      messages: slack.workspace.messages.length,
      violations: slack.violations
    }
  }
}
