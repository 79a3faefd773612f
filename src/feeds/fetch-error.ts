import type { PollFailure } from '../model/feed.js'
import { PrivateAddressError } from './address.js'

/** Why an address gave no document. The message is a sentence for people and names the host only: paths and queries may hold tokens. */
export class FetchError extends Error {
  override name = 'FetchError'

  constructor(
    readonly failure: PollFailure,
    message: string,
    /** Seconds that the server asked us to wait (Retry-After), or null. */
    readonly retryAfterSeconds: number | null = null,
    options?: ErrorOptions
  ) {
    super(message, options)
  }
}

/** What went wrong below HTTP, told apart. `host` for the message. */
export function asFetchError(error: unknown, host: string, timeoutMs: number): FetchError {
  if (error instanceof FetchError) return error
  const causes = causesOf(error)
  const denied = causes.find((cause) => cause instanceof PrivateAddressError)
  if (denied) return new FetchError('private-address', denied.message)
  const codes = causes
    .flatMap((cause) => [String((cause as NodeJS.ErrnoException).code ?? ''), cause.name])
    .filter(Boolean)
  const [failure, sentence] = classify(codes, host, timeoutMs)
  return new FetchError(failure, sentence, null, { cause: error })
}

function classify(codes: string[], host: string, timeoutMs: number): [PollFailure, string] {
  const has = (pattern: RegExp) => codes.some((code) => pattern.test(code))
  if (has(/^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL)/)) {
    return ['dns', `the name ${host} cannot be resolved: check the address; it is tried again`]
  }
  if (has(/^ECONNREFUSED$/))
    return ['refused', `${host} refuses connections: its server may be down; it is tried again`]
  if (has(/TIMEOUT|^TimeoutError$|^ETIMEDOUT$|^AbortError$/)) {
    return ['timeout', `${host} did not answer within ${Math.round(timeoutMs / 1000)} s; it is tried again`]
  }
  if (has(/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/)) {
    return ['tls', `${host} has no valid certificate: its owner must renew it; it is tried again`]
  }
  return ['network', `the connection to ${host} broke off (${codes[0] ?? 'unknown'}); it is tried again`]
}

/** The error with its causes, outermost first. Told by shape: some are DOMExceptions, or of another realm. */
function causesOf(error: unknown): Error[] {
  const causes: Error[] = []
  for (let at = error; isErrorLike(at) && causes.length < 10; at = at.cause) {
    causes.push(at)
    if ('errors' in at && Array.isArray(at.errors)) causes.push(...at.errors.filter(isErrorLike))
  }
  return causes
}

function isErrorLike(value: unknown): value is Error {
  return typeof value === 'object' && value !== null && 'message' in value && 'name' in value
}
