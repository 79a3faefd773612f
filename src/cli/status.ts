import { parseArgs } from 'node:util'
import { renderTerminal } from '../chat/terminal/render.js'
import { loadDotEnv, readConfig } from '../config.js'
import { createLogger } from '../log.js'
import { faultsOf } from '../status/faults.js'
import { readStatus } from '../status/status.js'
import { statusMessage } from '../status/words.js'
import { openStore } from '../store/open.js'
import type { CliCommand } from './command.js'

const WIDTH = 120

export const statusCommand: CliCommand = {
  name: 'status',
  summary: 'how the bot is doing: processes, feeds, messages, connections; exit code 1 when something needs a look',
  usage: `usage: facelaw status

Says how the bot on this database is doing, and what to do next where something is not well. It may run beside the bot,
and asks no platform and no feed ("facelaw doctor" does). Exit code 0: all is well; 1: something needs a look.`,
  async run(argv, io) {
    parseArgs({ args: argv, options: {} })
    loadDotEnv()
    const config = readConfig(io.env)
    const store = await openStore({
      ...(config.databaseUrl && { databaseUrl: config.databaseUrl }),
      dataDir: config.dataDir,
      logger: createLogger(io.env.LOG_LEVEL ?? 'error'),
      share: true
    })
    try {
      const status = await readStatus(store, null, new Date())
      const message = statusMessage(status, { whole: true })
      const width = Math.min(io.stdout.columns ?? WIDTH, WIDTH)
      const text = renderTerminal(message, { colour: io.stdout.isTTY === true, width, buttonNumber: null })
      io.stdout.write(`${text}\n`)
      return faultsOf(status).length === 0 ? 0 : 1
    } finally {
      await store.close()
    }
  }
}
