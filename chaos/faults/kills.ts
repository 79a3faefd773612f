import { KILL_POINTS, type KillPoint } from '../preload.js'
import type { World } from '../world.js'
import type { Fault } from './fault.js'

/** Longer than a lease (25 s), so that another process takes over what the sleeper had in hand. */
const SLEEP_MS = [27_000, 33_000] as const
/** How long a trap waits for its moment: after all were killed, nothing moves before the leases of the dead end (25 s). */
const TRAP_MS = 40_000
/** A start takes less, so that who starts next could look before the message is there. */
const SLOW_MS = 9000

/** A process dies at any moment, or at a point of its work; the others are up meanwhile. */
export const SUDDEN_KILLS: readonly Fault[] = [
  {
    name: 'kill a process',
    weight: 4,
    async begin(world, random) {
      const worker = await world.readyWorker(random)
      return worker?.kill() ? worker.name : 'none is up'
    }
  },
  {
    name: 'kill a process at a point of its work',
    weight: 8,
    async begin(world, random) {
      const point = random.pick(Object.keys(KILL_POINTS) as KillPoint[])
      const afterMs = random.pick([0, 0, 1, 2, 3, 5, 10])
      const worker = await world.readyWorker(random)
      return worker?.killAt({ point, afterMs }) ? `${worker.name}, ${point}, ${afterMs} ms` : 'none is up'
    }
  }
]

/** Processes of Facelaw that die, or sleep, at bad moments. */
export const KILLS: readonly Fault[] = [
  ...SUDDEN_KILLS,
  {
    name: 'kill every process between two statements of one transaction',
    weight: 2,
    sharp: true,
    async begin(world, random) {
      const point = random.pick(['story stored', 'delivery owed'] as const)
      await world.allReady()
      const ordered = world.workers.filter((worker) => worker.killAt({ point, afterMs: 0 }))
      world.bringNews()
      // The others die there as soon as they take over what that one had in hand.
      await world.until(async () => ordered.some((worker) => !worker.ready), TRAP_MS)
      return `${ordered.filter((worker) => !worker.ready).length} at "${point}" so far`
    }
  },
  trap(
    'has arrived on Slack',
    ({ slack }) => slack.workspace.messages.filter((one) => !one.answer && !one.ephemeralFor).length
  ),
  trap(
    'is on its way to Slack, which is slow',
    ({ slack }) => slack.calledWith('chat.postMessage').length,
    ({ slack }) => slack.fail('chat.postMessage', { slow: SLOW_MS }, 3)
  ),
  trap(
    'has arrived on Discord, where the bot cannot read',
    ({ discord, unreadable }) => discord.messages(unreadable.id).length
  ),
  {
    name: 'a process sleeps for longer than its claims live',
    weight: 1,
    async begin(world, random) {
      const worker = await world.readyWorker(random)
      if (!worker?.pause()) return 'none is up'
      world.later(random.between(...SLEEP_MS), () => worker.wake())
      return worker.name
    }
  }
]

/**
 * Kills every process at the very moment at which the platform has, or is about to take, a message: before its answer is
 * on the way, so that nobody has written down that it was posted.
 */
function trap(when: string, count: (chat: World['chat']) => number, prepare = (_chat: World['chat']) => {}): Fault {
  return {
    name: `kill all processes when a message ${when}`,
    weight: 2,
    sharp: true,
    async begin(world) {
      await world.allReady()
      const before = count(world.chat)
      let killed = 0
      const stop = world.onMessage(() => {
        if (killed === 0 && count(world.chat) > before) killed = world.workers.filter((worker) => worker.kill()).length
      })
      world.bringNews()
      prepare(world.chat)
      await world.until(async () => killed > 0, TRAP_MS)
      stop()
      return killed > 0 ? `${killed} killed` : 'none came'
    }
  }
}
