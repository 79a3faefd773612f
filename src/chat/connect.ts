import type { Logger } from '../log.js'
import type { ChatPlatform, CommandHandler } from './platform.js'

/** A platform that could not be reached at start is tried again this often. */
const RECONNECT_SECONDS = 60

/**
 * Starts every platform. One that fails (a bad token, no network) is told in the log, and with `retry` tried again,
 * while the others go on.
 * @throws Error with the reasons of all when none can be started
 */
export async function connectPlatforms(
  platforms: readonly ChatPlatform[],
  handler: CommandHandler,
  logger: Logger,
  { retry }: { retry: boolean }
): Promise<void> {
  const results = await Promise.allSettled(platforms.map((platform) => platform.start(handler)))
  const failures = results.flatMap((result, index) =>
    result.status === 'rejected'
      ? [{ platform: platforms[index]!, reason: String(result.reason?.message ?? result.reason) }]
      : []
  )
  if (failures.length === platforms.length) throw new Error(failures.map(({ reason }) => reason).join('\n'))
  for (const { platform, reason } of failures) {
    logger.error({ platform: platform.name }, `${reason} The rest goes on.`)
    if (retry) connectLater(platform, handler, logger)
  }
}

function connectLater(platform: ChatPlatform, handler: CommandHandler, logger: Logger): void {
  setTimeout(async () => {
    try {
      await platform.start(handler)
      logger.info({ platform: platform.name }, 'connected')
    } catch (error) {
      logger.error({ platform: platform.name }, error instanceof Error ? error.message : String(error))
      connectLater(platform, handler, logger)
    }
  }, RECONNECT_SECONDS * 1000).unref()
}
