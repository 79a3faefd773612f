import type { MessageRef } from '../../src/chat/platform.js'
import type { Delivery, HoldReason } from '../../src/model/delivery.js'
import type { DeliveryTable } from '../../src/store/outbox/deliveries.js'
import type { Outcome } from '../../src/store/outbox/line.js'

/** Says what became of one claimed delivery, as the sender does it for many at once. */
export function outcomes({ settle }: Pick<DeliveryTable, 'settle'>) {
  const one = (id: string, outcome: Outcome, owner: string, now: Date) => settle([{ id, outcome }], owner, now)
  return {
    done: (id: string, owner: string, ref: MessageRef, now: Date) => one(id, { state: 'sent', ref }, owner, now),
    hold: (id: string, owner: string, held: { until: Date; reason: HoldReason }, now: Date) =>
      one(id, { state: 'held', ...held }, owner, now),
    retry: (id: string, owner: string, until: Date, error: string) =>
      one(id, { state: 'again', until, error }, owner, until),
    unknown: (id: string, owner: string, until: Date, error: string) =>
      one(id, { state: 'again', until, error, uncertain: true }, owner, until),
    fail: (id: string, owner: string, error: string, now: Date) => one(id, { state: 'failed', error }, owner, now)
  }
}

/** The alert that a channel was, or is to be, sent for a story. */
export async function alertFor(
  { ofStory }: Pick<DeliveryTable, 'ofStory'>,
  channelId: number,
  storyId: number
): Promise<Delivery | null> {
  return (await ofStory(channelId, storyId)).find(({ kind }) => kind === 'alert') ?? null
}
