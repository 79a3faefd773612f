import { type Logger, pino } from 'pino'

export type { Logger }

/** Field names whose values never reach a log, wherever they stand. */
const SECRET_FIELDS = ['token', 'secret', 'password', 'authorization', 'signingSecret', 'appToken', 'botToken']

/** Errors of errors, at most. */
const MOST_CAUSES = 3

/** Structured logs on stderr: stdout belongs to alerts and to machine output. */
export function createLogger(level: string): Logger {
  const paths = SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
  const serializers = { err: (error: unknown) => loggedError(error) }
  return pino({ level, redact: { paths, censor: '[hidden]' }, serializers }, pino.destination({ fd: 2, sync: true }))
}

/**
 * What a log has of an error: its name, message, code, stack and causes. Libraries hang more on it (pg's pool a whole
 * connection with its keys), which helps nobody and may be secret.
 */
export function loggedError(error: unknown, causes = MOST_CAUSES): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) }
  const { name, message, stack, cause } = error
  const code = 'code' in error ? error.code : undefined
  return {
    name,
    message,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    stack,
    ...(cause !== undefined && causes > 0 && { cause: loggedError(cause, causes - 1) })
  }
}
