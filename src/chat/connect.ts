import type { Logger } from '../log.js'
import type { ChatPlatform, CommandHandler } from './platform.js'

/** A platform that could not be reached at start is tried again this often. */
const RECONNECT_SECONDS = 60

/**
 * Starts every platform, `receive` false: for posting only. One that fails (a bad token, no network) is told in the log, and with `retry` tried again,
 * while the others go on.
 * @throws Error with the reasons of all when none can be started
 */
export async function connectPlatforms(
  platforms: readonly ChatPlatform[],
  handler: CommandHandler,
  logger: Logger,
  { retry, receive }: { retry: boolean; receive: boolean }
): Promise<void> {
  if (platforms.length === 0) return
  const start = (platform: ChatPlatform) => platform.start(handler, { receive })
  const results = await Promise.allSettled(platforms.map(start))
  const failures = results.flatMap((result, index) =>
    result.status === 'rejected'
      ? [{ platform: platforms[index]!, reason: String(result.reason?.message ?? result.reason) }]
      : []
  )
  if (failures.length === platforms.length) throw new Error(failures.map(({ reason }) => reason).join('\n'))
  for (const { platform, reason } of failures) {
    logger.error({ platform: platform.name }, `${reason} The rest goes on.`)
    if (retry) connectLater(platform, start, logger)
  }
}

function connectLater(platform: ChatPlatform, start: (platform: ChatPlatform) => Promise<void>, logger: Logger): void {
  setTimeout(async () => {
    try {
      await start(platform)
      logger.info({ platform: platform.name }, 'connected')
    } catch (error) {
      logger.error({ platform: platform.name }, error instanceof Error ? error.message : String(error))
      connectLater(platform, start, logger)
    }
  }, RECONNECT_SECONDS * 1000).unref()
}
