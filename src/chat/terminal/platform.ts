import { randomUUID } from 'node:crypto'
import { createInterface, type Interface } from 'node:readline'
import type { Button, Message } from '../message.js'
import type { ChannelRef, ChatPlatform, CommandHandler, DeliveryId, MessageRef, RequestOrigin } from '../platform.js'
import { renderTerminal } from './render.js'

/** The terminal is one workspace with one channel. */
export const TERMINAL = {
  platform: 'terminal',
  workspace: { id: 'terminal', name: 'Terminal' },
  channel: { id: 'terminal', name: 'terminal' }
} as const

export interface TerminalSettings {
  input: NodeJS.ReadableStream & { isTTY?: boolean }
  output: NodeJS.WritableStream & { isTTY?: boolean; columns?: number }
}

/** Numbers of buttons that can still be pressed; older ones are forgotten. */
const BUTTONS_KEPT = 200
const PLAIN_WIDTH = 100

/** The person at the keyboard, who may do everything. */
export const TERMINAL_ORIGIN: RequestOrigin = {
  ...TERMINAL,
  actor: { id: 'terminal', name: 'you' },
  isManager: async () => true
}

/** Chat for one person: alerts are printed, `/facelaw …` is read, a button is pressed by its number or its first word. */
export function createTerminalPlatform({ input, output }: TerminalSettings): ChatPlatform {
  const buttons = new Map<number, Button>()
  let lastButtons: Button[] = []
  let count = 0
  let lines: Interface | undefined
  let queue: Promise<void> = Promise.resolve()

  function print(message: Message): void {
    lastButtons = message.buttons ?? []
    const text = renderTerminal(message, {
      colour: output.isTTY === true,
      width: Math.min(output.columns ?? PLAIN_WIDTH, PLAIN_WIDTH),
      buttonNumber: number
    })
    output.write(`${text}\n\n`)
  }

  function number(button: Button): number {
    count++
    buttons.set(count, button)
    buttons.delete(count - BUTTONS_KEPT)
    return count
  }

  function findButton(line: string): Button | undefined {
    if (/^\d{1,9}$/.test(line)) return buttons.get(Number(line))
    return lastButtons.find((button) => button.label.toLowerCase().split(/[\s,]/)[0] === line.toLowerCase())
  }

  async function read(line: string, handler: CommandHandler): Promise<void> {
    const typed = line.trim()
    if (typed === '') return
    const button = findButton(typed)
    const reply = button
      ? await handler.button({ ...TERMINAL_ORIGIN, action: button.action, message: null })
      : await handler.command({ ...TERMINAL_ORIGIN, text: typed.replace(/^\/?facelaw\b\s*/i, '') || 'help' })
    print(reply.message)
  }

  return {
    name: 'terminal',
    async start(handler) {
      lines = createInterface({ input, terminal: false })
      // One after the other, in the order typed.
      lines.on('line', (line) => {
        queue = queue.then(() => read(line, handler))
      })
    },
    async post(channel: ChannelRef, message: Message, _delivery: DeliveryId): Promise<MessageRef> {
      print(message)
      return { ...channel, messageId: randomUUID() }
    },
    // What is printed stays as it is; printed again, it would be a second post.
    async edit() {},
    async stop() {
      lines?.close()
      await queue
    }
  }
}
