import { loadDotEnv, readConfig } from '../config.js'
import { createLogger } from '../log.js'
import { openStore } from '../store/open.js'
import type { CliCommand } from './command.js'

export const migrateCommand: CliCommand = {
  name: 'migrate',
  summary: 'brings the database to this version (run does so by itself)',
  usage: 'usage: facelaw migrate\n\nApplies the migrations that the database lacks. A failed one leaves it as it was.',
  async run(_argv, io) {
    loadDotEnv()
    const config = readConfig(io.env)
    const store = await openStore({
      ...(config.databaseUrl && { databaseUrl: config.databaseUrl }),
      dataDir: config.dataDir,
      logger: createLogger(io.env.LOG_LEVEL ?? 'warn')
    })
    try {
      const { engine, version, migration } = await store.describe()
      io.stderr.write(`${engine} ${version} is at migration ${migration}.\n`)
      return 0
    } finally {
      await store.close()
    }
  }
}
