import { createHmac } from 'node:crypto'

/** How a request to the app's own address differs from a good one. */
export interface Forgery {
  /** Signs with this instead of the app's secret. */
  secret?: string
  /** Seconds that the time stamp lies back. */
  age?: number
  retry?: { number: number; reason: string }
}

/** Posts to the app as Slack does: form or JSON, signed over the raw body (docs.slack.dev, "Verifying requests"). */
export async function sendSigned(
  url: string,
  signingSecret: string,
  body: Record<string, unknown>,
  kind: 'command' | 'interactive' | 'event',
  forgery: Forgery = {}
): Promise<{ status: number; body: string }> {
  const raw = encode(body, kind)
  const timestamp = String(Math.floor(Date.now() / 1000) - (forgery.age ?? 0))
  const hash = createHmac('sha256', forgery.secret ?? signingSecret)
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': kind === 'event' ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${hash.update(`v0:${timestamp}:${raw}`).digest('hex')}`,
      ...(forgery.retry && {
        'x-slack-retry-num': String(forgery.retry.number),
        'x-slack-retry-reason': forgery.retry.reason
      })
    },
    body: raw
  })
  return { status: response.status, body: await response.text() }
}

function encode(body: Record<string, unknown>, kind: 'command' | 'interactive' | 'event'): string {
  if (kind === 'event') return JSON.stringify(body)
  if (kind === 'interactive') return new URLSearchParams({ payload: JSON.stringify(body) }).toString()
  return new URLSearchParams(
    Object.entries(body).map(([key, value]): [string, string] => [key, String(value)])
  ).toString()
}
