#!/usr/bin/env node
import { version } from '../version.js'
import { type CliCommand, type CliStreams, CliUsageError } from './command.js'

/** Loaded only when asked for: `facelaw tag` must not pay for a Discord client. */
const SUBCOMMANDS: Record<string, () => Promise<CliCommand>> = {
  run: async () => (await import('./run.js')).runCommand,
  demo: async () => (await import('./demo.js')).demoCommand,
  ask: async () => (await import('./ask.js')).askCommand,
  tag: async () => (await import('./tag.js')).tagCommand,
  'check-feed': async () => (await import('./check-feed.js')).checkFeedCommand,
  import: async () => (await import('./import.js')).importCommand,
  export: async () => (await import('./export.js')).exportCommand,
  status: async () => (await import('./status.js')).statusCommand,
  doctor: async () => (await import('./doctor.js')).doctorCommand,
  migrate: async () => (await import('./migrate.js')).migrateCommand
}

async function help(): Promise<string> {
  const commands = await Promise.all(Object.values(SUBCOMMANDS).map((load) => load()))
  const width = Math.max(...commands.map((command) => command.name.length))
  return [
    'facelaw: facial-recognition regulation, watched for you',
    '',
    'usage: facelaw <subcommand> [arguments]',
    '',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    '`facelaw <subcommand> --help` says more. Settings are read from the environment and from .env (see .env.example).'
  ].join('\n')
}

async function main(argv: string[], io: CliStreams): Promise<number> {
  const [name, ...rest] = argv
  if (name === '--version') {
    io.stdout.write(`${version}\n`)
    return 0
  }
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const stream = name === undefined ? io.stderr : io.stdout
    stream.write(`${await help()}\n`)
    return name === undefined ? 2 : 0
  }
  const load = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined
  if (!load) {
    io.stderr.write(`facelaw: there is no subcommand "${name}".\n\n${await help()}\n`)
    return 2
  }
  const command = await load()
  if (rest.includes('--help') || rest.includes('-h')) {
    io.stdout.write(`${command.usage}\n`)
    return 0
  }
  try {
    return await command.run(rest, io)
  } catch (error) {
    if (error instanceof CliUsageError || isParseArgsError(error)) {
      io.stderr.write(`facelaw ${name}: ${(error as Error).message}\n\n${command.usage}\n`)
      return 2
    }
    io.stderr.write(`facelaw ${name}: ${error instanceof Error ? error.message : String(error)}\n`)
    if (io.env.LOG_LEVEL === 'debug' && error instanceof Error) io.stderr.write(`${error.stack}\n`)
    return 1
  }
}

/** node:util's parseArgs throws these for unknown options and missing values. */
function isParseArgsError(error: unknown): boolean {
  return error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader went away (`facelaw export … | head`): nothing left to say.
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})
process.exitCode = await main(process.argv.slice(2), process)
