import type { Command } from '../src/services.js'
import { readStatus } from '../src/status/status.js'
import { statusMessage } from '../src/status/words.js'

export const status: Command = {
  name: 'status',
  description: 'How the bot is doing, in words',
  permission: 'anyone',
  options: [],
  examples: ['status'],
  async run({ services, workspace, now }) {
    return { message: statusMessage(await readStatus(services.store, workspace.id, now), { whole: false }) }
  }
}
