import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What a client sends to commit: the statement's text and its end (PostgreSQL's simple query, message `Q`). */
const COMMIT = Buffer.from('commit\0')

/** A line between Facelaw and PostgreSQL that can be cut and held up. */
export interface DatabaseProxy {
  port: number
  /** Cuts every line; says how many there were. */
  cut(): number
  /** The next commits are cut: before the server has them, or after it, when its answer comes. */
  cutAtCommit(when: 'before' | 'after', times: number): void
  /** Nothing passes, until `mend`. */
  hold(): void
  /** All is well, whatever was planned. */
  mend(): void
  close(): Promise<void>
}

interface Line {
  client: Socket
  server: Socket
}

/** Opens a port on loopback that leads to another. */
export async function startProxy(target: number): Promise<DatabaseProxy> {
  const lines = new Set<Line>()
  let planned: { when: 'before' | 'after'; times: number } | null = null
  let held = false

  function join(client: Socket): void {
    const line = { client, server: connect(target, '127.0.0.1') }
    lines.add(line)
    for (const [from, to] of [
      [client, line.server],
      [line.server, client]
    ] as const) {
      from.on('error', () => {})
      from.once('close', () => drop(line))
      from.on('data', (data) => {
        if (from === client && commits(data)) cutAt(line, data)
        else if (!to.write(data)) from.pause()
      })
      to.on('drain', () => {
        if (!held) from.resume()
      })
      if (held) from.pause()
    }
  }

  function commits(data: Buffer): boolean {
    return planned !== null && data.includes(COMMIT)
  }

  function cutAt(line: Line, data: Buffer): void {
    const { when, times } = planned!
    planned = times > 1 ? { when, times: times - 1 } : null
    if (when === 'before') {
      drop(line)
      return
    }
    line.server.removeAllListeners('data')
    line.server.once('data', () => drop(line))
    line.server.write(data)
  }

  function drop(line: Line): void {
    lines.delete(line)
    line.client.destroy()
    line.server.destroy()
  }

  const listener = createServer(join)
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const cut = () => {
    const { size } = lines
    for (const line of lines) drop(line)
    return size
  }
  return {
    port: (listener.address() as AddressInfo).port,
    cut,
    cutAtCommit(when, times) {
      planned = { when, times }
    },
    hold() {
      held = true
      for (const { client, server } of lines) for (const end of [client, server]) end.pause()
    },
    mend() {
      held = false
      planned = null
      for (const { client, server } of lines) for (const end of [client, server]) end.resume()
    },
    async close() {
      cut()
      listener.close()
      await once(listener, 'close')
    }
  }
}
