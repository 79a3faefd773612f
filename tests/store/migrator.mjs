// A newer version that starts: node migrator.mjs <DATABASE_URL> <SQL of one more migration>
// It says each statement before it sends it, so that it can be killed there.
import { writeSync } from 'node:fs'
import pg from 'pg'
import { createLogger } from '../../dist/src/log.js'
import { openDatabase } from '../../dist/src/store/database.js'
import { migrate, readMigrations } from '../../dist/src/store/migrate.js'

const [databaseUrl, sql] = process.argv.slice(2)
const send = pg.Client.prototype.query
pg.Client.prototype.query = function query(...args) {
  writeSync(1, `${String(args[0]).trim().slice(0, 40).replaceAll('\n', ' ')}\n`)
  return send.apply(this, args)
}

const database = openDatabase({ connectionString: databaseUrl }, createLogger('silent'))
const known = await readMigrations()
const newest = { number: known.length + 1, name: 'of-a-newer-version', sql, checksum: `sum of ${sql}`, breaking: false }
try {
  await migrate(database, [...known, newest], createLogger('silent'))
} catch (error) {
  process.stderr.write(error.message)
  process.exitCode = 1
}
await database.close()
