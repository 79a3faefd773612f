import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import type {
  ButtonRequest,
  ChannelChange,
  ChatPlatform,
  CommandHandler,
  CommandRequest,
  MessageRequest,
  Reply
} from '../../../src/chat/platform.js'
import { createSlackPlatform } from '../../../src/chat/slack/platform.js'
import type { SlackSettings } from '../../../src/chat/slack/settings.js'
import type { Logger } from '../../../src/log.js'
import { createFakeSlack, type FakeSlack, type FakeSlackOptions } from '../../fakes/slack/fake-slack.js'

export const GENERAL = { workspaceId: 'T0FACELAW', channelId: 'C0GENERAL' }

/** A core that keeps what it is told and answers as the test wants. */
export class RecordingHandler implements CommandHandler {
  readonly commands: CommandRequest[] = []
  readonly buttons: ButtonRequest[] = []
  readonly messages: MessageRequest[] = []
  readonly changes: ChannelChange[] = []
  reply: (request: CommandRequest | ButtonRequest | MessageRequest) => Promise<Reply> = async () => ({
    message: { parts: [{ type: 'text', text: 'done' }] }
  })

  constructor(private readonly onChange: () => void) {}

  async command(request: CommandRequest): Promise<Reply> {
    this.commands.push(request)
    this.onChange()
    return this.reply(request)
  }

  async button(request: ButtonRequest): Promise<Reply> {
    this.buttons.push(request)
    this.onChange()
    return this.reply(request)
  }

  async message(request: MessageRequest): Promise<Reply> {
    this.messages.push(request)
    this.onChange()
    return this.reply(request)
  }

  async suggest(): Promise<[]> {
    return []
  }

  async changed(change: ChannelChange): Promise<void> {
    this.changes.push(change)
    this.onChange()
  }
}

export interface Bench {
  slack: FakeSlack
  platform: ChatPlatform
  handler: RecordingHandler
  /** Log lines as written. */
  log: string[]
  close(): Promise<void>
}

export type Mode = 'socket' | 'http'

/** Settings that reach the fake. */
export function settingsFor(slack: FakeSlack, mode: Mode): SlackSettings {
  const way = mode === 'socket' ? { appToken: slack.appToken } : { signingSecret: slack.signingSecret }
  return { botToken: slack.botToken, apiUrl: slack.apiUrl, ...way }
}

export function recordingLogger(log: string[]): Logger {
  return pino({ level: 'debug' }, { write: (line: string) => void log.push(line) })
}

/** A fake Slack and the platform, connected. */
export async function startBench(
  mode: Mode = 'socket',
  { fake, settings }: { fake?: FakeSlackOptions; settings?: Partial<SlackSettings> } = {}
): Promise<Bench> {
  const slack = await createFakeSlack(fake)
  const log: string[] = []
  const handler = new RecordingHandler(() => slack.workspace.changed())
  const platform = createSlackPlatform({ ...settingsFor(slack, mode), ...settings }, recordingLogger(log))
  const web = mode === 'http' ? await serve(platform) : null
  if (web) slack.requestUrl = `http://127.0.0.1:${(web.address() as AddressInfo).port}/slack/events`
  await platform.start(handler)
  async function close(): Promise<void> {
    await platform.stop()
    if (web) await new Promise((resolve) => web.close(resolve).closeAllConnections())
    await slack.close()
  }
  return { slack, platform, handler, log, close }
}

/** What the core's web server does: hands a platform's routes their requests. */
export async function serve(platform: ChatPlatform): Promise<Server> {
  const routes = new Map(platform.routes?.map((route) => [route.path, route]))
  const server = createServer((request, response) => {
    const route = routes.get(new URL(request.url ?? '/', 'http://localhost').pathname)
    if (route) route.listener(request, response)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

/** An address of this machine at which nobody listens. */
export async function closedAddress(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}/api/`
}

/** A promise that the test settles. */
export function gate<Value = void>(): { opened: Promise<Value>; open: (value: Value) => void } {
  let open: (value: Value) => void = () => {}
  const opened = new Promise<Value>((resolve) => {
    open = resolve
  })
  return { opened, open }
}
