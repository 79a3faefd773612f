import { age } from '../alerts/alert-message.js'
import type { Message, Part } from '../chat/message.js'
import type { RunningProcess } from '../store/processes.js'
import { faultsOf } from './faults.js'
import type { Status } from './status.js'

/**
 * How the bot is doing, in words. `whole`: for its operator, with the processes one by one; else for people in chat, who
 * are told nothing of machines.
 */
export function statusMessage(status: Status, { whole }: { whole: boolean }): Message {
  const faults = faultsOf(status)
  const parts: Part[] = [{ type: 'text', text: faults.length === 0 ? 'All is well.' : 'Not all is well:' }]
  if (faults.length > 0) parts.push({ type: 'list', items: faults })
  parts.push({ type: 'text', text: 'In figures:' }, { type: 'list', items: facts(status) })
  const { processes, paused, deliveries } = status
  if (whole && processes.length > 0)
    parts.push(
      { type: 'text', text: 'Processes:' },
      { type: 'list', items: processes.map((one) => processWords(one, status.now)) }
    )
  if (paused.count > 0) {
    const shown = paused.channels.map(({ platform, workspace, channel, reason }) =>
      whole ? `${platform}, ${workspace}, ${channel}: ${reason}` : `${channel}: ${reason}`
    )
    const rest = paused.count - shown.length
    const kept = whole ? ` (${deliveries.kept} in all)` : ''
    parts.push(
      { type: 'text', text: `Paused channels; what is owed to them is kept${kept}:` },
      { type: 'list', items: rest > 0 ? [...shown, `and ${rest} more`] : shown }
    )
  }
  return { title: { text: 'Status' }, parts, ...(faults.length > 0 && { tone: 'bad' as const }) }
}

function facts(status: Status): string[] {
  const { feeds, polling, deliveries, lastHour, subscriptions, database, processes, now } = status
  const reasons = status.failures.map(({ reason, count }) => `${count} ${reason}`).join(', ')
  const waiting = deliveries.oldestOwedAt ? `, the oldest since ${age(deliveries.oldestOwedAt, now)}` : ''
  const read = polling.lastAt ? `; last read ${age(polling.lastAt, now)}` : ''
  const engine = database.engine === 'pglite' ? 'embedded PostgreSQL' : 'PostgreSQL'
  return [
    `Feeds: ${feeds.active} watched, ${feeds.failing} failing${reasons && ` (${reasons})`}, ${feeds.silent} silent for two months, ${feeds.never} not read yet${read}.`,
    `Messages: ${deliveries.owed - deliveries.kept} waiting${waiting}; in the last hour ${lastHour.sent} sent, ${lastHour.refused} refused by the platform.`,
    status.nextDigestAt ? `Next digest: ${minute(status.nextDigestAt)} UTC.` : 'No digest is planned.',
    `Subscriptions: ${subscriptions.subscriptions} in ${subscriptions.channels} ${subscriptions.channels === 1 ? 'channel' : 'channels'}.`,
    `Database: ${engine} ${database.version}, schema ${database.migration}.`,
    `Processes: ${processes.length}, version ${[...new Set(processes.map(({ version }) => version))].join(' and ') || 'unknown'}.`
  ]
}

function processWords({ id, roles, version, startedAt, connections }: RunningProcess, now: Date): string {
  const connected = Object.entries(connections).map(([platform, { words }]) => `; ${platform} ${words}`)
  return `${id}: ${roles.join(', ')}; version ${version}, started ${age(startedAt, now)}${connected.join('')}`
}

function minute(moment: Date): string {
  return moment.toISOString().slice(0, 16).replace('T', ' ')
}
