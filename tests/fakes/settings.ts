import type { FakeDiscord } from './discord/fake-discord.js'
import type { FakeSlack } from './slack/fake-slack.js'

/** Settings of a bot that works on these two, as their tokens are now. */
export function platformSettings(slack: FakeSlack, discord: FakeDiscord): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl
  }
}
