import { TERMINAL_ORIGIN } from '../chat/terminal/platform.js'
import { renderTerminal } from '../chat/terminal/render.js'
import { loadDotEnv, readConfig } from '../config.js'
import { openCore } from '../core.js'
import { createLogger } from '../log.js'
import { type CliCommand, CliUsageError } from './command.js'

export const askCommand: CliCommand = {
  name: 'ask',
  summary: 'one command, one answer: facelaw ask "company Amazon"',
  usage: `usage: facelaw ask "<command>"

Answers one command as chat would, and exits. It may run beside the bot.
  facelaw ask "company Amazon"
  facelaw ask "latest jurisdiction:US/* since:30d"`,
  async run(argv, io) {
    const text = argv
      .join(' ')
      .replace(/^\/?facelaw\s+/, '')
      .trim()
    if (text === '') throw new CliUsageError('there is nothing to ask')
    loadDotEnv()
    const config = readConfig(io.env)
    const core = await openCore({ config, logger: createLogger(io.env.LOG_LEVEL ?? 'error'), share: true })
    try {
      const reply = await core.handler.command({ ...TERMINAL_ORIGIN, text })
      const width = Math.min(io.stdout.columns ?? 100, 100)
      io.stdout.write(
        `${renderTerminal(reply.message, { colour: io.stdout.isTTY === true, width, buttonNumber: null })}\n`
      )
      return reply.message.tone === 'bad' ? 1 : 0
    } finally {
      await core.close()
    }
  }
}
