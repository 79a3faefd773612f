import { expect, test } from '@jest/globals'
import { textMessage } from '../../src/chat/message.js'
import { Figures } from '../../src/web/figures.js'
import { metricsRoute } from '../../src/web/metrics.js'
import { startWebServer } from '../../src/web/server.js'
import { eachDatabase } from '../fakes/databases.js'

const NOON = new Date('2026-03-02T12:00:00Z')
const LATER = new Date('2026-03-02T12:01:30Z')

eachDatabase('metrics', (database) => {
  test('tell what is owed, since when, and the feeds by state', async () => {
    const store = await database.open()
    const place = { platform: 'slack' as const, workspace: { id: 'T1', name: 'T' }, channel: { id: 'C1', name: 'c' } }
    const { channel } = await store.channels.ensure(place, NOON)
    const notice = {
      channelId: channel.id,
      subject: 'notice:1',
      kind: 'notice' as const,
      message: textMessage('Hello.')
    }
    await store.deliveries.owe(notice, NOON)
    const web = await startWebServer({
      port: 0,
      routes: [metricsRoute(new Figures(), store, () => LATER)],
      ready: async () => {}
    })
    const answer = await fetch(`http://127.0.0.1:${web.port}/metrics`)
    const text = await answer.text()
    await web.close()
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(text).toMatch(/^facelaw_deliveries_owed 1$/m)
    expect(text).toMatch(/^facelaw_oldest_owed_seconds 90$/m)
    expect(text).toMatch(/^facelaw_feeds\{state="active"\} 0$/m)
    expect(text).toMatch(/^process_resident_memory_bytes \d+/m)
  })
})
