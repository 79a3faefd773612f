import type { Role } from '../roles.js'
import { OVERDUE_MINUTES, type Status } from './status.js'

/** What is owed should be gone by then; longer, and somebody should look. */
const OWED_MINUTES = 5

/** Roles without which something stands still, and what. The web is not everybody's. */
const NEEDED: Partial<Record<Role, string>> = {
  gateway: 'answers commands',
  poller: 'reads feeds',
  sender: 'sends what is owed'
}

/** What is not well, each with what to do next; none: all is well. Names no host and no channel. */
export function faultsOf(status: Status): string[] {
  if (status.processes.length === 0) return ['No process of Facelaw is at work. Start one: facelaw run']
  return [
    ...missingRoles(status),
    ...badConnections(status),
    ...lostShards(status),
    ...lateDeliveries(status),
    ...badFeeds(status)
  ]
}

function missingRoles({ processes }: Status): string[] {
  const held = new Set(processes.flatMap(({ roles }) => roles))
  return Object.entries(NEEDED)
    .filter(([role]) => !held.has(role))
    .map(([role, does]) => `No process ${does}. Start one: facelaw run --role ${role}`)
}

function badConnections({ processes }: Status): string[] {
  const bad = processes.flatMap(({ connections }) =>
    Object.entries(connections)
      .filter(([, { well }]) => !well)
      .map(([platform, { words }]) => `A process ${words} (${platform}).`)
  )
  return [...new Set(bad)].map(
    (text) => `${text} It tries again by itself; its log says why, “facelaw doctor” how to mend it.`
  )
}

function lostShards({ lostShards: { numbers, count } }: Status): string[] {
  if (numbers.length === 0) return []
  return [
    `Nobody is connected to Discord’s shard ${numbers.join(', ')} of ${count}: commands there are not answered. Another process takes over within 30 s; if this stays, start one more with --role gateway.`
  ]
}

function lateDeliveries({ deliveries, lastHour, now }: Status): string[] {
  const faults: string[] = []
  const waited = deliveries.oldestOwedAt ? (now.getTime() - deliveries.oldestOwedAt.getTime()) / 60_000 : 0
  if (waited > OWED_MINUTES)
    faults.push(
      `A message waits since ${Math.round(waited)} minutes. The log of a sender says what it waits for: a rate limit, a platform that is down, or more than one process can send.`
    )
  if (lastHour.refused > 0)
    faults.push(
      `${lastHour.refused} ${lastHour.refused === 1 ? 'message was' : 'messages were'} refused by a platform in the last hour and will not be tried again. The log has the reasons; please report them, for that is a fault of ours.`
    )
  return faults
}

function badFeeds({ feeds, failures, polling }: Status): string[] {
  const faults: string[] = []
  if (polling.overdue > 0)
    faults.push(
      `${polling.overdue} ${polling.overdue === 1 ? 'feed is' : 'feeds are'} overdue by more than ${OVERDUE_MINUTES} minutes. One more poller helps when there is more than it can read; else its log says what holds it up.`
    )
  if (feeds.active > 1 && feeds.failing * 2 > feeds.active)
    faults.push(
      `More than half of the feeds fail, mostly: ${failures[0]?.reason ?? 'unknown'}. Check the network and the proxy; “facelaw doctor” tries each feed.`
    )
  return faults
}
