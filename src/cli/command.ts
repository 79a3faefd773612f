/** One `facelaw <subcommand>`; one file each in this folder, listed in main.ts. */
export interface CliCommand {
  name: string
  /** One line for `facelaw --help`. */
  summary: string
  /** Shown on wrong usage and by `facelaw <name> --help`. */
  usage: string
  /** Returns the exit code: 0 success, 1 failure. Throws CliUsageError for wrong usage (exit 2). */
  run(argv: string[], io: CliStreams): Promise<number>
}

/** stdout carries what machines read, stderr words for people. */
export interface CliStreams {
  stdin: NodeJS.ReadStream
  stdout: NodeJS.WriteStream
  stderr: NodeJS.WriteStream
  env: NodeJS.ProcessEnv
}

/** Wrong usage: main.ts prints the message and the usage, and exits with 2. */
export class CliUsageError extends Error {
  override name = 'CliUsageError'
}
