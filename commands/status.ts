import { age } from '../src/alerts/alert-message.js'
import type { Command } from '../src/services.js'

export const status: Command = {
  name: 'status',
  description: 'How the bot is doing, in words',
  permission: 'anyone',
  options: [],
  examples: ['status'],
  async run({ services, channel, now }) {
    const { store } = services
    const [feeds, deliveries, subscriptions, database] = await Promise.all([
      store.feeds.counts(),
      store.deliveries.counts(now),
      store.subscriptions.counts(),
      store.describe()
    ])
    const waiting = deliveries.oldestOwedAt ? `, the oldest since ${age(deliveries.oldestOwedAt, now)}` : ''
    const items = [
      `Feeds: ${feeds.active} watched, ${feeds.failing} failing, ${feeds.never} not read yet.`,
      `Deliveries: ${deliveries.owed} waiting${waiting}; ${deliveries.failed} refused by the platform.`,
      `Subscriptions: ${subscriptions.subscriptions} in ${subscriptions.channels} channels.`,
      `Database: ${database.engine === 'pglite' ? 'embedded PostgreSQL' : 'PostgreSQL'} ${database.version}, schema ${database.migration}.`,
      `Version ${services.version}, running since ${services.startedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.`
    ]
    const well = feeds.failing === 0 && deliveries.owed === 0
    const parts = [
      { type: 'text' as const, text: well ? 'All is well.' : 'Running; this needs a look:' },
      { type: 'list' as const, items },
      ...(channel.pausedReason ? [{ type: 'text' as const, text: `This channel: ${channel.pausedReason}` }] : [])
    ]
    return { message: { title: { text: 'Status' }, parts } }
  }
}
