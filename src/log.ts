import { type Logger, pino } from 'pino'

export type { Logger }

/** Field names whose values never reach a log, wherever they stand. */
const SECRET_FIELDS = ['token', 'secret', 'password', 'authorization', 'signingSecret', 'appToken', 'botToken']

/** Structured logs on stderr: stdout belongs to alerts and to machine output. */
export function createLogger(level: string): Logger {
  const paths = SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
  return pino({ level, redact: { paths, censor: '[hidden]' } }, pino.destination({ fd: 2, sync: true }))
}
