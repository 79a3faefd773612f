import { createFakeDiscord } from '../tests/fakes/discord/fake-discord.js'
import { createFakeSlack } from '../tests/fakes/slack/fake-slack.js'

/** What a bench asks of the fakes: so many channels, an end of rate limits or a new one, a clean table. */
export interface FakeRequest {
  channels?: number
  /** Requests that Discord takes in any second; Infinity: all. */
  discordPerSecond?: number
  /** Forget what was posted. */
  clear?: boolean
  /** Somebody types this to the bot on Slack; it answers when the bot has. */
  command?: string
}

/** How they stand. */
export interface FakeState {
  discord: FakePlatform
  slack: FakePlatform & { appToken: string }
  /** Milliseconds from the command to its answer. */
  answered: number
}

interface FakePlatform {
  apiUrl: string
  token: string
  channels: string[]
  messages: number
  violations: string[]
}

const discord = await createFakeDiscord()
discord.rest.checksSpec = false
const slack = await createFakeSlack()
const discordChannels: string[] = []
const slackChannels: string[] = []

process.on('disconnect', () => process.exit(0))
process.on('message', async (request: FakeRequest) => {
  for (let made = 0; made < (request.channels ?? 0); made++) {
    discordChannels.push(discord.addChannel(`channel-${made}`).id)
    slackChannels.push(slack.workspace.addChannel({ id: `C${made}BENCH`, name: `channel-${made}` }).id)
  }
  if (request.discordPerSecond !== undefined) discord.rest.globalLimit = request.discordPerSecond
  if (request.clear) clear()
  const begun = performance.now()
  if (request.command) await slack.slashCommand(request.command).answer()
  process.send!({ ...state(), answered: performance.now() - begun })
})
process.send!({ ...state(), answered: 0 })

function clear(): void {
  discord.requests.length = 0
  discord.state.messages.length = 0
  discord.forgetNonces()
  slack.calls.length = 0
  slack.workspace.messages.length = 0
}

function state(): Omit<FakeState, 'answered'> {
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
      appToken: slack.appToken,
      channels: slackChannels,
      messages: slack.workspace.messages.length,
      violations: slack.violations
    }
  }
}
