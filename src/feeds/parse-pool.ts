import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import PQueue from 'p-queue'
import type { ParsedFeed, PollFailure } from '../model/feed.js'
import { compiledModule } from '../package-root.js'
import type { ParseOptions } from './parse.js'

export interface ParseRequest {
  bytes: Uint8Array
  options: ParseOptions
}

export type ParseReply = { feed: ParsedFeed } | { failure: ParseFailure; message: string }

type ParseFailure = Extract<PollFailure, 'empty' | 'not-a-feed' | 'unreadable'>

/** A document that gave no feed. The message is for people. */
export class ParseError extends Error {
  override name = 'ParseError'

  constructor(
    readonly failure: ParseFailure,
    message: string
  ) {
    super(message)
  }
}

/**
 * Young generation of a thread in MiB: with 16 it took 10 MB more memory and as much processor time for a document of
 * 260 kB.
 */
const YOUNG_MB = 6

export interface ParsePoolOptions {
  /** Worker threads, and so documents at a time; default 1. */
  threads?: number
  /** Milliseconds that one document may take, from the moment that a thread has it; default 2,000. */
  timeoutMs?: number
  /** Heap of one thread in MiB; default 80: enough for 10 MiB, and two threads stay below 400 MB. */
  heapMb?: number
}

export interface ParsePool {
  /** @throws ParseError */
  parse(bytes: Uint8Array, options: ParseOptions): Promise<ParsedFeed>
  close(): Promise<void>
}

/**
 * Parses feeds in worker threads, each with a limit of time and memory: a document that passes one costs its thread,
 * which is replaced, and nothing else. Threads start with the first document and do not keep the process alive.
 */
export function createParsePool(options: ParsePoolOptions = {}): ParsePool {
  const { threads = 1, timeoutMs = 2000, heapMb = 80 } = options
  const queue = new PQueue({ concurrency: threads })
  const idle: ParseThread[] = []

  async function parse(bytes: Uint8Array, parseOptions: ParseOptions): Promise<ParsedFeed> {
    return queue.add(async () => {
      const thread = idle.pop() ?? new ParseThread(heapMb)
      const reply = await thread.run({ bytes, options: parseOptions }, timeoutMs)
      if (thread.alive) idle.push(thread)
      if ('failure' in reply) throw new ParseError(reply.failure, reply.message)
      return reply.feed
    })
  }

  async function close(): Promise<void> {
    queue.clear()
    await queue.onIdle()
    await Promise.all(idle.splice(0).map((thread) => thread.stop()))
  }

  return { parse, close }
}

class ParseThread {
  alive = true
  private readonly worker: Worker
  private readonly ready: Promise<unknown>

  constructor(heapMb: number) {
    this.worker = new Worker(compiledModule('src/feeds/parse-worker.js'), {
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: YOUNG_MB }
    })
    // Also for errors between two documents: without a listener they would end the process.
    this.worker.on('error', () => {
      this.alive = false
    })
    this.ready = once(this.worker, 'message')
    this.ready.catch(() => {})
  }

  /** Never rejects: what goes wrong with the thread is an unreadable document. */
  async run(request: ParseRequest, timeoutMs: number): Promise<ParseReply> {
    this.worker.ref()
    try {
      await this.ready
      const reply = await this.exchange(request, timeoutMs)
      this.worker.unref()
      return reply
    } catch (error) {
      await this.stop()
      return { failure: 'unreadable', message: describe(error as NodeJS.ErrnoException, timeoutMs) }
    }
  }

  async stop(): Promise<void> {
    this.alive = false
    await this.worker.terminate()
  }

  private async exchange(request: ParseRequest, timeoutMs: number): Promise<ParseReply> {
    const deadline = new AbortController()
    // One more turn: after a pause of this thread the answer may lie there, and timers come before messages.
    const timer = setTimeout(() => setImmediate(() => deadline.abort()), timeoutMs)
    try {
      const bytes = new Uint8Array(request.bytes)
      const reply = once(this.worker, 'message', { signal: deadline.signal })
      this.worker.postMessage({ bytes, options: request.options }, [bytes.buffer])
      return (await reply)[0] as ParseReply
    } finally {
      clearTimeout(timer)
    }
  }
}

function describe(error: NodeJS.ErrnoException, timeoutMs: number): string {
  if (error.name === 'AbortError') return `reading the document took longer than ${timeoutMs / 1000} s: given up`
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return 'reading the document took too much memory: given up'
  return `the parser's thread failed: ${error.message}`
}
