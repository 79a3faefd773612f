import { parentPort } from 'node:worker_threads'
import { EmptyDocumentError, type ParseOptions, parseFeedDocument } from './parse.js'
import type { ParseReply, ParseRequest } from './parse-pool.js'
import { NotAFeedError } from './repair.js'

/** The thread that parses: one document at a time, whatever it does here harms nobody else. See parse-pool.ts. */

async function answer({ bytes, options }: ParseRequest): Promise<ParseReply> {
  try {
    return { feed: await parseFeedDocument(bytes, options) }
  } catch (error) {
    const { message } = error as Error
    if (error instanceof EmptyDocumentError) return { failure: 'empty', message }
    if (error instanceof NotAFeedError) return { failure: 'not-a-feed', message }
    return { failure: 'unreadable', message: `the parser gave up: ${message.slice(0, 300)}` }
  }
}

parentPort?.on('message', async (request: { bytes: Uint8Array; options: ParseOptions }) => {
  parentPort?.postMessage(await answer(request))
})
parentPort?.postMessage('ready')
