import type { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, gunzipSync } from 'node:zlib'
import { FetchError } from './fetch-error.js'

/**
 * A response's body, inflated, at most `maxBytes` counted after inflation. Whatever happens, the stream is destroyed.
 *
 * @throws FetchError too-large; network for an encoding that we did not ask for.
 */
export async function readBody(
  body: Readable,
  encoding: string | undefined,
  maxBytes: number,
  signal: AbortSignal,
  host: string
): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  async function collect(source: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of source) {
      size += chunk.length
      if (size > maxBytes) throw new Error('too large')
      chunks.push(chunk)
    }
  }
  const inflating = await inflaters(body, encoding, host)
  try {
    await pipeline([body, ...inflating, collect] as never, { signal })
  } catch (error) {
    // What `collect` throws, the pipeline may report as an abort.
    throw size > maxBytes ? tooLarge(maxBytes, host) : error
  }
  return gunzipFile(Buffer.concat(chunks), maxBytes, host)
}

async function inflaters(body: Readable, encoding: string | undefined, host: string): Promise<Transform[]> {
  const names = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
  const coded = names.filter((name) => name !== '' && name !== 'identity')
  if (coded.length > 2) throw unknownEncoding(body, coded.join(', '), host)
  const transforms: Transform[] = []
  for (const name of coded.toReversed()) {
    if (name === 'gzip' || name === 'x-gzip') transforms.push(createGunzip())
    else if (name === 'br') transforms.push(createBrotliDecompress())
    else if (name === 'deflate') transforms.push((await startsLikeZlib(body)) ? createInflate() : createInflateRaw())
    else throw unknownEncoding(body, name, host)
  }
  return transforms
}

/** "deflate" is zlib by the standard (RFC 9110, 8.4.1.2) and raw deflate on some servers: the first byte tells. */
async function startsLikeZlib(body: Readable): Promise<boolean> {
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    body.unshift(chunk)
    return (chunk[0] & 0x0f) === 8
  }
  return true
}

/** A file that is itself a .gz, sent as it is. */
function gunzipFile(bytes: Buffer, maxBytes: number, host: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes, host)
    return bytes
  }
}

function tooLarge(maxBytes: number, host: string): FetchError {
  const limit = `${Math.round(maxBytes / 1024 / 1024)} MiB`
  return new FetchError('too-large', `${host} sends more than ${limit}: no feed is that long; check the address`)
}

function unknownEncoding(body: Readable, name: string, host: string): FetchError {
  body.on('error', () => {}).destroy()
  return new FetchError('network', `${host} compresses with "${name.slice(0, 40)}", which we did not ask for`)
}
