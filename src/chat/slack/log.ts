import { type HTTPReceiver, LogLevel } from '@slack/bolt'
import type { Logger } from '../../log.js'

/** Bolt's idea of a logger, as its options want it. */
export type BoltLogger = NonNullable<ConstructorParameters<typeof HTTPReceiver>[0]['logger']>

/** What is never written, whatever the library puts into its lines: tokens, and addresses that answer for one. */
const SECRETS = /\bx(?:ox[a-z]|app)[\w.-]*-[\w-]+|\bwss?:\/\/\S+|https?:\/\/hooks\.slack\.com\/\S+/g

/**
 * Bolt's lines in our log. Its debug lines hold whole payloads with response addresses and tokens, so they go nowhere; the
 * rest is freed of secrets.
 */
export function boltLogger(logger: Logger): BoltLogger {
  const write = (level: 'info' | 'warn' | 'error') => {
    return (...words: unknown[]) => logger[level](words.map(describe).join(' ').replace(SECRETS, '[hidden]'))
  }
  return {
    debug() {},
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    getLevel: () => LogLevel.INFO,
    setLevel() {},
    setName() {}
  }
}

function describe(word: unknown): string {
  return word instanceof Error ? word.message : String(word)
}
